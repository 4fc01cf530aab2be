import { type ReferralActed, referralActed } from '@casebridge/contracts';
import { recordId } from '@casebridge/kernel';
import { caseHidden, query, type Reader, relationsFor, type RequestContext, sql } from '@casebridge/platform';
import { type Followed, followEvents, headCursor, type Told } from '../shared/live-events';

/** What the subscription's resolvers read of an event. */
export type ReferralEvent = Told<ReferralActed>;

export interface Following {
  readonly after?: string | null;
  /** Only these; ids that the reader may not see simply never come. */
  readonly referralIds?: readonly string[] | null;
}

const acts: Followed<ReferralActed> = {
  type: referralActed.type, stream: 'referral-events',
  open: async (ctx, reader, event) => wasReader(reader, event) && !(await hiddenNow(ctx, reader, event.caseId)),
};

export const referralEventCursor = (ctx: RequestContext): Promise<string> => headCursor(ctx, acts);

/**
 * Acts on referrals, as `followEvents` tells them.
 *
 * @throws BadUserInput for what is no id
 */
export function referralEvents(ctx: RequestContext, { after, referralIds }: Following) {
  const only = referralIds == null ? null : new Set(referralIds.map((id, i) => recordId(id, `referralIds.${i}`)));
  return followEvents(ctx, acts, after, ({ referralId }) => only === null || only.has(referralId));
}

/** Whoever was owner, superior or party at the event's position may be told of it, then and later. */
function wasReader(reader: Reader, event: ReferralActed): boolean {
  const relations = relationsFor(reader, 'referral');
  return (
    (relations.includes('owner') && event.ownerCode === reader.self) ||
    (relations.includes('superior') && reader.below.includes(event.ownerCode)) ||
    (relations.includes('party') && event.readers.some((code) => reader.partyCodes.includes(code)))
  );
}

/** Sealed or excluded now: not told, whatever was at the time. */
async function hiddenNow(ctx: RequestContext, reader: Reader, caseId: string): Promise<boolean> {
  const rows = await query(ctx.deps.dataSource.manager, sql`
    select 1 as shown from admin_case c where c.case_id = ${caseId} and not ${caseHidden('c')(reader)}`);
  return rows.length === 0;
}
