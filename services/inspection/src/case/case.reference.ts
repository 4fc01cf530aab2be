import { isUuid } from '@casebridge/kernel';
import type { RequestContext } from '@casebridge/platform';
import { visibleCaseLoader } from './case.loader';

export const caseReference = {
  __resolveReference: (ref: { id: string }, ctx: RequestContext) => (isUuid(ref.id) ? ctx.use(visibleCaseLoader).load(ref.id) : null),
};
