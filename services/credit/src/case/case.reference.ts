import type { RequestContext } from '@casebridge/platform';
import { caseLoader } from './case.source';

/** The principal of the context is the only guard a reference has. */
export const caseReference = {
  __resolveReference: (ref: { id: string }, ctx: RequestContext) => ctx.use(caseLoader).load(ref.id),
};
