import type { RequestContext } from '@casebridge/platform';
import { regionLoader } from './region.loader';
import { isRegionCode } from './region.source';

export const regionReference = {
  __resolveReference: (ref: { code: string }, ctx: RequestContext) => (isRegionCode(ref.code) ? ctx.use(regionLoader).load(ref.code) : null),
};
