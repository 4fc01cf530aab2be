import { isAgencyCode } from '@casebridge/kernel';
import type { RequestContext } from '@casebridge/platform';
import { agencyLoader } from './agency.loader';

/** Code and name are public; the resolver keeps the rest to agencies. */
export const agencyReference = {
  __resolveReference: (ref: { code: string }, ctx: RequestContext) => (isAgencyCode(ref.code) ? ctx.use(agencyLoader).load(ref.code) : null),
};
