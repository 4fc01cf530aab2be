import type { EventEnvelope } from '@casebridge/contracts';
import { type AgencyReader, Forbidden } from '@casebridge/kernel';
import {
  AuthenticationRequired, CursorExpired, CursorInvalid, type EventStream, Heartbeat, LiveEvent, type Reader, readerOf, type RequestContext, revocationKey, TokenExpired, TokenRevoked,
} from '@casebridge/platform';

const KEPT_DAYS = 90;
const DAY_MS = 86_400_000;

/** An idle stream says every so often how far it has come; tests set it lower. */
export const heartbeat = { everyMs: 20_000 };

/** A kind of event that officers follow live. */
export interface Followed<Data> {
  /** Of the integration event. */
  readonly type: string;
  /** Names the cursors. */
  readonly stream: string;
  /** Whether this reader may be told of it, asked anew for each event. */
  readonly open: (ctx: RequestContext, reader: Reader, data: Data) => Promise<boolean>;
}

/** An event and the cursor after it. */
export type Told<Data> = Data & { readonly cursor: string };

type LiveStream = AsyncGenerator<LiveEvent | Heartbeat, void, void>;

/** Whoever may follow: an officer with a role that reads. */
function follower(ctx: RequestContext): AgencyReader {
  const { principal, reader } = ctx;
  if (principal.kind !== 'agency') throw new AuthenticationRequired();
  if (reader.self === null) throw new Forbidden('Live updates are for officers, reviewers and programs');
  return principal;
}

/** Cursors are bound to the agency they were given to: one that was passed on is refused. */
const streamName = ({ stream }: Pick<Followed<never>, 'stream'>, who: AgencyReader): string => `${stream} ${who.agency.code}`;

const cursorAt = (ctx: RequestContext, of: Pick<Followed<never>, 'stream'>, who: AgencyReader, position: number): string =>
  ctx.deps.cursors.encode(streamName(of, who), [position, ctx.deps.clock.now().getTime()]);

/** Cursor of the present end of the log: read what you show after it, then subscribe from it. */
export async function headCursor(ctx: RequestContext, of: Pick<Followed<never>, 'stream'>): Promise<string> {
  const who = follower(ctx);
  return cursorAt(ctx, of, who, await ctx.deps.tail.head());
}

/** @throws CursorInvalid, CursorExpired */
async function positionOf(ctx: RequestContext, of: Pick<Followed<never>, 'stream'>, who: AgencyReader, after: string): Promise<number> {
  const [position, issuedAt] = ctx.deps.cursors.decode(streamName(of, who), after).map(Number);
  if (position === undefined || issuedAt === undefined || position > (await ctx.deps.tail.head())) throw new CursorInvalid('after');
  if (ctx.deps.clock.now().getTime() - issuedAt > KEPT_DAYS * DAY_MS) throw new CursorExpired('after', KEPT_DAYS);
  return position;
}

/**
 * Events in the order of the log: from a cursor without loss, then live; without a cursor from this call on. Rights are asked anew for each event. An idle
 * stream yields heartbeats that carry a fresh cursor.
 *
 * @param wanted - what of it this subscription is about
 * @throws AuthenticationRequired, Forbidden, CursorInvalid, CursorExpired before the stream begins
 * @throws TokenRevoked, TokenExpired from the stream
 */
export async function followEvents<Data>(ctx: RequestContext, of: Followed<Data>, after: string | null | undefined, wanted: (data: Data) => boolean): Promise<LiveStream> {
  const who = follower(ctx);
  const from = after == null ? {} : { after: await positionOf(ctx, of, who, after) };
  const ended = new AbortController();
  // Subscribed here and not in the generator: that starts at its first next(), and what happens before must not be lost.
  const stream = ctx.deps.tail.subscribe({ types: [of.type], ...from }, ended.signal);
  const events = relay(ctx, who, stream, of, wanted);
  const finish = events.return.bind(events);
  // A generator's own return() would queue behind the event that it waits for.
  return Object.assign(events, { return: (value: void) => (ended.abort(), finish(value)) });
}

async function* relay<Data>(ctx: RequestContext, who: AgencyReader, stream: EventStream, of: Followed<Data>, wanted: (data: Data) => boolean): LiveStream {
  const beat = new Beat(heartbeat.everyMs);
  let next = stream.next();
  try {
    for (;;) {
      const step = await Promise.race([next, beat.due]);
      if (step?.done) return;
      assertStillValid(ctx, who);
      const event = step ? await toldTo(ctx, who, step.value, of, wanted) : null;
      if (step && event) yield new LiveEvent(event, event.cursor, step.value.position);
      // Events that are not the reader's do not put the heartbeat off: how much goes on elsewhere is not told by its absence. While
      // nothing waits to be handed out the stream's own place is safe to resume from; after an event it is the event's.
      else if (beat.isDue) {
        const position = step ? step.value.position : stream.position;
        yield new Heartbeat(cursorAt(ctx, of, who, position), position);
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

async function toldTo<Data>(ctx: RequestContext, who: AgencyReader, envelope: EventEnvelope, of: Followed<Data>, wanted: (data: Data) => boolean): Promise<Told<Data> | null> {
  const data = envelope.data as Data;
  if (!wanted(data)) return null;
  const reader = readerOf(who, ctx.deps.directory, ctx.deps.clock.now());
  if (!(await of.open(ctx, reader, data))) return null;
  return { ...data, cursor: cursorAt(ctx, of, who, envelope.position) };
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
