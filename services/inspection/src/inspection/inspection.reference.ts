import { isUuid } from '@casebridge/kernel';
import type { RequestContext } from '@casebridge/platform';
import { inspectionLoader } from './inspection.loader';

export const inspectionReference = {
  __resolveReference: (ref: { id: string }, ctx: RequestContext) => (isUuid(ref.id) ? ctx.use(inspectionLoader).load(ref.id) : null),
};
