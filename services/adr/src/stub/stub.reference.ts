import { isUuid, normaliseCode } from '@casebridge/kernel';
import type { RequestContext } from '@casebridge/platform';
import { visibleCaseLoader } from './case.loader';

/** A case that the reader may not see answers as one that does not exist, here as in its own service. */
export const caseReference = {
  __resolveReference: (ref: { id: string }, ctx: RequestContext) => ctx.use(visibleCaseLoader).load(ref.id),
};

/** Master data is open; what hangs below is guarded by its own lists. A key that nothing can have is nobody's. */
export const enterpriseReference = { __resolveReference: (ref: { uscc: string }) => (normaliseCode(ref.uscc) === ref.uscc ? { uscc: ref.uscc } : null) };
export const productReference = { __resolveReference: (ref: { id: string }) => (isUuid(ref.id) ? { id: ref.id } : null) };
