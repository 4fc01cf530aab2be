import { type SupervisionFound, supervisionFound, type SupervisionFindingKind } from '@casebridge/contracts';
import { query, type RequestContext, sql, visible } from '@casebridge/platform';
import { type Followed, followEvents, headCursor, type Told } from '../shared/live-events';
import { subject, supervisionFacts } from './supervision.source';

export type SupervisionEvent = Told<SupervisionFound>;

const found: Followed<SupervisionFound> = {
  type: supervisionFound.type, stream: 'supervision-events',
  open: async (ctx, reader, { caseId, clueId, owesCode }) => {
    const rows = await query(ctx.deps.dataSource.manager, sql`
      select 1 as shown from (select ${caseId}::uuid as case_id, ${clueId}::uuid as clue_id) f ${subject} where ${visible(reader, 'supervision', supervisionFacts(sql`${owesCode}::text`))}`);
    return rows.length > 0;
  },
};

export const supervisionEventCursor = (ctx: RequestContext): Promise<string> => headCursor(ctx, found);

/** What is found, as `followEvents` tells it; of some kinds only, where these are given. */
export const supervisionEvents = (ctx: RequestContext, { after, kinds }: { readonly after?: string | null; readonly kinds?: readonly SupervisionFindingKind[] | null }) =>
  followEvents(ctx, found, after, ({ kind }) => kinds == null || (kinds as readonly string[]).includes(kind));
