import { type EventEnvelope, type ReferralActed, referralActed } from '@casebridge/contracts';
import { type AgencyReader, Forbidden } from '@casebridge/kernel';
import {
  AuthenticationRequired, caseHidden, CursorExpired, CursorInvalid, type EventStream, Heartbeat, LiveEvent, query, type Reader, readerOf, relationsFor,
  type RequestContext, revocationKey, sql, TokenExpired, TokenRevoked,
} from '@casebridge/platform';

const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;

/** An idle stream says every so often how far it has come; tests set it lower. */
export const heartbeat = { everyMs: 20_000 };

/** What the subscription's resolvers read of an event. */
export interface ReferralEvent extends ReferralActed {
  readonly cursor: string;
}

export interface Following {
  readonly after?: string | null;
  /** Only these; ids that the reader may not see simply never come. */
  readonly referralIds?: readonly string[] | null;
}

type ReferralStream = AsyncGenerator<LiveEvent | Heartbeat, void, void>;

/** Whoever may follow referrals: an officer with a role that reads. */
function follower(ctx: RequestContext): AgencyReader {
  const { principal, reader } = ctx;
  if (principal.kind !== 'agency') throw new AuthenticationRequired();
  if (reader.self === null) throw new Forbidden('Referrals are followed by officers, reviewers and programs');
  return principal;
}

/** Cursors are bound to the agency they were given to: one that was passed on is refused. */
const streamName = (who: AgencyReader): string => `referral-events ${who.agency.code}`;

const cursorAt = (ctx: RequestContext, who: AgencyReader, position: number): string =>
  ctx.deps.cursors.encode(streamName(who), [position, ctx.deps.clock.now().getTime()]);

/** Cursor of the present end of the log: read what you show after it, then subscribe from it. */
export async function referralEventCursor(ctx: RequestContext): Promise<string> {
  const who = follower(ctx);
  return cursorAt(ctx, who, await ctx.deps.tail.head());
}

/** @throws CursorInvalid, CursorExpired */
async function positionOf(ctx: RequestContext, who: AgencyReader, after: string): Promise<number> {
  const [position, issuedAt] = ctx.deps.cursors.decode(streamName(who), after).map(Number);
  if (position === undefined || issuedAt === undefined || position > (await ctx.deps.tail.head())) throw new CursorInvalid('after');
  if (ctx.deps.clock.now().getTime() - issuedAt > KEPT_DAYS * DAY_MS) throw new CursorExpired('after', KEPT_DAYS);
  return position;
}

/**
 * Acts on referrals in the order of the log: from a cursor without loss, then live; without a cursor from this call on. Rights are asked
 * anew for each event. An idle stream yields heartbeats that carry a fresh cursor.
 *
 * @throws AuthenticationRequired, Forbidden, CursorInvalid, CursorExpired before the stream begins
 * @throws TokenRevoked, TokenExpired from the stream
 */
export async function referralEvents(ctx: RequestContext, { after, referralIds }: Following): Promise<ReferralStream> {
  const who = follower(ctx);
  const from = after == null ? {} : { after: await positionOf(ctx, who, after) };
  const ended = new AbortController();
  // Subscribed here and not in the generator: that starts at its first next(), and what happens before must not be lost.
  const stream = ctx.deps.tail.subscribe({ types: [referralActed.type], ...from }, ended.signal);
  const events = relay(ctx, who, stream, referralIds == null ? null : new Set(referralIds));
  const finish = events.return.bind(events);
  // A generator's own return() would queue behind the event that it waits for.
  return Object.assign(events, { return: (value: void) => (ended.abort(), finish(value)) });
}

async function* relay(ctx: RequestContext, who: AgencyReader, stream: EventStream, wanted: ReadonlySet<string> | null): ReferralStream {
  const beat = new Beat(heartbeat.everyMs);
  let next = stream.next();
  try {
    for (;;) {
      const step = await Promise.race([next, beat.due]);
      if (step?.done) return;
      assertStillValid(ctx, who);
      const event = step ? await toldTo(ctx, who, step.value, wanted) : null;
      if (step && event) yield new LiveEvent(event, event.cursor, step.value.position);
      // Events that are not the reader's do not put the heartbeat off: how much goes on elsewhere is not told by its absence. While
      // nothing waits to be handed out the stream's own place is safe to resume from; after an event it is the event's.
      else if (beat.isDue) {
        const position = step ? step.value.position : stream.position;
        yield new Heartbeat(cursorAt(ctx, who, position), position);
      }
      if (event || beat.isDue) beat.restart();
      if (step) next = stream.next();
    }
  } finally {
    beat.stop();
    next.catch(() => undefined); // what it was waiting for is nobody's any more, its failure neither
    await stream.return();
  }
}

/** Revocations hold on open streams too, and no stream outlives its token. */
function assertStillValid(ctx: RequestContext, who: AgencyReader): void {
  if (ctx.deps.directory.isRevoked(revocationKey(who))) throw new TokenRevoked();
  if (ctx.deps.clock.now() >= who.expiresAt) throw new TokenExpired();
}

async function toldTo(ctx: RequestContext, who: AgencyReader, envelope: EventEnvelope, wanted: ReadonlySet<string> | null): Promise<ReferralEvent | null> {
  const data = envelope.data as ReferralActed;
  if (wanted && !wanted.has(data.referralId)) return null;
  const reader = readerOf(who, ctx.deps.directory, ctx.deps.clock.now());
  if (!wasReader(reader, data) || (await hiddenNow(ctx, reader, data.caseId))) return null;
  return { ...data, cursor: cursorAt(ctx, who, envelope.position) };
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

/** Comes due some time after it was started last. */
class Beat {
  isDue = false;
  due!: Promise<null>;
  private timer: NodeJS.Timeout | undefined;

  /** Due for the first time at once: whoever comes learns where he stands. */
  constructor(private readonly everyMs: number) {
    this.restart(0);
  }

  restart(ms = this.everyMs): void {
    this.stop();
    this.isDue = false;
    this.due = new Promise((resolve) => {
      this.timer = setTimeout(() => {
        this.isDue = true;
        resolve(null);
      }, ms);
    });
  }

  stop(): void {
    clearTimeout(this.timer);
  }
}
