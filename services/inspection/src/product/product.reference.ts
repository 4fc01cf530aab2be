import { isUuid } from '@casebridge/kernel';
import type { RequestContext } from '@casebridge/platform';
import { productLoader } from './product.loader';

export const productReference = {
  __resolveReference: (ref: { id: string }, ctx: RequestContext) => (isUuid(ref.id) ? ctx.use(productLoader).load(ref.id) : null),
};
