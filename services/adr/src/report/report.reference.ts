import type { RequestContext } from '@casebridge/platform';
import { loadReport } from './report.loader';

export const reportReference = { __resolveReference: (ref: { id: string }, ctx: RequestContext) => loadReport(ctx, ref.id) };
