import { isUuid, normaliseCode } from '@casebridge/kernel';
import type { RequestContext } from '@casebridge/platform';
import { caseLoader } from './admin-case.loader';
import type { EnforcementEnterprise, EnforcementProduct } from './admin-case.type';

export const caseReference = {
  __resolveReference: (ref: { id: string }, ctx: RequestContext) => ctx.use(caseLoader).load(ref.id),
};

/** Master data is open to all agencies and guarded by its owner; the cases of a stub are guarded one by one. */
export const enterpriseReference = { __resolveReference: (ref: EnforcementEnterprise) => (normaliseCode(ref.uscc) === ref.uscc ? { uscc: ref.uscc } : null) };
export const productReference = { __resolveReference: (ref: EnforcementProduct) => (isUuid(ref.id) ? { id: ref.id } : null) };
