import type { CreditEnterprise } from './enterprise.type';

/** Master data is open to everybody; what is added to it here guards itself. */
export const enterpriseReference = {
  __resolveReference: ({ uscc }: CreditEnterprise): CreditEnterprise => ({ uscc }),
};
