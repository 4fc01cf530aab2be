import type { RequestContext } from '@casebridge/platform';
import { loadComplaint } from './complaint.loader';

export const complaintReference = { __resolveReference: (ref: { id: string }, ctx: RequestContext) => loadComplaint(ctx, ref.id) };
