import { normaliseCode } from '@casebridge/kernel';
import type { CreditEnterprise } from './enterprise.type';

/** Master data is open to everybody; what is added to it here guards itself. A key that nothing can have is nobody's. */
export const enterpriseReference = {
  __resolveReference: ({ uscc }: CreditEnterprise): CreditEnterprise | null => (normaliseCode(uscc) === uscc ? { uscc } : null),
};
