import { type CooperationActed, cooperationActed } from '@casebridge/contracts';
import { and, query, type RequestContext, sql } from '@casebridge/platform';
import { type Followed, followEvents, headCursor, type Told } from '../shared/live-events';
import { cooperationRecords } from './cooperation.source';

export type CooperationEvent = Told<CooperationActed>;

const acts: Followed<CooperationActed> = {
  type: cooperationActed.type, stream: 'cooperation-events',
  open: async (ctx, reader, { cooperationId }) => {
    const { from, where } = cooperationRecords(reader);
    return (await query(ctx.deps.dataSource.manager, sql`select 1 as shown from ${from} where ${and(sql`w.id = ${cooperationId}`, where)}`)).length > 0;
  },
};

export const cooperationEventCursor = (ctx: RequestContext): Promise<string> => headCursor(ctx, acts);

/** Acts on what both ends may read, as `followEvents` tells them. */
export const cooperationEvents = (ctx: RequestContext, { after }: { readonly after?: string | null }) => followEvents(ctx, acts, after, () => true);
