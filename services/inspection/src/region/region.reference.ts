import { isRegionCode, type RequestContext } from '@casebridge/platform';
import { regionLoader } from './region.loader';

export const regionReference = {
  __resolveReference: (ref: { code: string }, ctx: RequestContext) => (isRegionCode(ref.code) ? ctx.use(regionLoader).load(ref.code) : null),
};
