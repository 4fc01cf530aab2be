import type { RequestContext } from '@casebridge/platform';
import { enterpriseLoader } from './enterprise.loader';
import { usccKey } from './enterprise.rule';

export const enterpriseReference = {
  __resolveReference: (ref: { uscc: string }, ctx: RequestContext) => {
    const code = usccKey(ref.uscc);
    return code === null ? null : ctx.use(enterpriseLoader).load(code);
  },
};
