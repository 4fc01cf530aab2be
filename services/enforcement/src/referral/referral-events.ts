import { type ReferralActed, referralActed } from '@casebridge/contracts';
import type { EventEnvelope } from '@casebridge/contracts';
import {
  AuthenticationRequired, caseHidden, CursorExpired, Heartbeat, query, type Reader, readerOf, type RequestContext, relationsFor, revocationKey, sql,
  TokenRevoked,
} from '@casebridge/platform';

const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;
/** An idle stream says every so often how far it has come. */
const HEARTBEAT_MS = 20_000;

/** What the subscription's resolvers read of an event. */
export interface ReferralEvent extends ReferralActed {
  readonly cursor: string;
}

/** Cursors are bound to the agency they were given to: one that was passed on is refused. */
const listName = (reader: Reader): string => `referral-events ${reader.self ?? ''}`;

const cursorAt = (ctx: RequestContext, position: number): string =>
  ctx.deps.cursors.encode(listName(ctx.reader), [position, ctx.deps.clock.now().getTime()]);

/** Cursor of the present end of the log: read what you show after it, then subscribe from it. */
export async function referralEventCursor(ctx: RequestContext): Promise<string> {
  if (ctx.reader.self === null) throw new AuthenticationRequired();
  return cursorAt(ctx, await ctx.deps.tail.head());
}

function positionOf(ctx: RequestContext, after: string): number {
  const [position, issuedAt] = ctx.deps.cursors.decode(listName(ctx.reader), after);
  if (ctx.deps.clock.now().getTime() - Number(issuedAt) > KEPT_DAYS * DAY_MS) throw new CursorExpired('after', KEPT_DAYS);
  return Number(position);
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

/**
 * Acts on referrals in the order of the log: from a cursor without loss, then live. Rights are asked anew for each event; an idle stream
 * yields heartbeats that carry a fresh cursor.
 *
 * @param referralIds - only these; ids that the reader may not see simply never come
 */
export async function* referralEvents(
  ctx: RequestContext, after: string | null, referralIds: readonly string[] | null, heartbeatMs = HEARTBEAT_MS,
): AsyncGenerator<ReferralEvent | Heartbeat, void, void> {
  const { principal } = ctx;
  if (principal.kind !== 'agency' || ctx.reader.self === null) throw new AuthenticationRequired();
  const wanted = referralIds === null ? null : new Set(referralIds);
  const ended = new AbortController();
  const stream = ctx.deps.tail.subscribe({ types: [referralActed.type], ...(after === null ? {} : { after: positionOf(ctx, after) }) }, ended.signal);
  try {
    let next = stream.next();
    for (;;) {
      const step = await withHeartbeat(next, heartbeatMs);
      if (step === null) {
        yield new Heartbeat(cursorAt(ctx, stream.position));
        continue;
      }
      if (step.done) return;
      if (ctx.deps.directory.isRevoked(revocationKey(principal))) throw new TokenRevoked();
      const event = await visibleEvent(ctx, step.value, wanted);
      if (event) yield event;
      next = stream.next();
    }
  } finally {
    ended.abort();
  }
}

async function visibleEvent(ctx: RequestContext, envelope: EventEnvelope, wanted: ReadonlySet<string> | null): Promise<ReferralEvent | null> {
  const data = envelope.data as ReferralActed;
  if (wanted && !wanted.has(data.referralId)) return null;
  const reader = readerOf(ctx.principal, ctx.deps.directory, ctx.deps.clock.now());
  if (!wasReader(reader, data) || (await hiddenNow(ctx, reader, data.caseId))) return null;
  return { ...data, cursor: cursorAt(ctx, envelope.position) };
}

/** Null when nothing came within the time; the same promise is waited for again. */
async function withHeartbeat<T>(next: Promise<T>, ms: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const idle = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([next, idle]);
  } finally {
    clearTimeout(timer);
  }
}
