import { setImmediate } from 'node:timers/promises';
import type { DomainError, Principal } from '@casebridge/kernel';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { AuthorizationChanged, toGraphQLError } from '../errors';
import type { Beat, Frame } from './frame';
import { type EventHappening, followUpstream, type Happening, type UpstreamOpening } from './follow-upstream';
import type { Subscriber } from './subscriber';
import { UpstreamControl } from './upstream-control';

export interface GroupOptions {
  readonly opening: () => Omit<UpstreamOpening, 'control' | 'onOpen' | 'after'>;
  /** The client's answer to an event, as text: put together once for all, in the name of one of them. */
  readonly complete: (result: ExecutionResult, speaker: Principal) => Promise<string>;
  /** What subscribers are sent where events may be missing. */
  readonly gap: string;
  readonly onGap?: () => void;
  /** Ends a subscriber whose access has ended; true when he may read. Asked for each of them and each event. */
  readonly mayRead: (subscriber: Subscriber) => boolean;
  /** Whether what they may see is what the stream was planned for. All have the same rights: one answers for all. */
  readonly holds: (speaker: Principal) => boolean;
  readonly lastWord: (cause: unknown) => GraphQLError;
  readonly onClose: () => void;
}

type Place = Pick<Frame | Beat, 'cursor' | 'position'>;

/**
 * One upstream and one execution per event for all subscribers who ask the same with the same rights. Who resumes from an earlier
 * cursor replays for himself and joins when he has reached the place of the others. No answer is kept for who comes later: what was told
 * to the others may since have been sealed, or closed to him; the service looks at each event of a replay anew.
 */
export class StreamGroup {
  private readonly members = new Set<Subscriber>();
  /** On their way here: those who wait for the upstream, and those who replay. They keep it open. */
  private readonly waiting = new Set<Subscriber>();
  private readonly replaying = new Map<Subscriber, UpstreamControl>();
  private readonly control = new UpstreamControl();
  /** Place of the upstream. */
  private position: number | null = null;
  /** What those who are here were told last, or where they began; null before the service told a place, and where events may be missing. */
  private head: Place | null = null;
  private isOpen = false;
  private closed = false;
  private settle!: (refusal: { readonly cause: unknown } | null) => void;
  /** Rejects with what the service said no with, or why the stream has ended before it was open. */
  readonly ready: Promise<void>;

  constructor(private readonly options: GroupOptions) {
    this.ready = new Promise((resolve, reject) => {
      this.settle = (refusal) => (refusal ? reject(refusal.cause as Error) : resolve());
    });
    this.ready.catch(() => undefined);
    // Not before whoever makes the group has it in hand.
    queueMicrotask(() => void this.run().then(() => this.shut(null), (cause: unknown) => this.shut({ cause })));
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /** In whose name the upstream is opened and events are completed: anybody here who may still read, they all may see the same. */
  get speaker(): Principal | null {
    for (const some of [this.members, this.waiting, this.replaying.keys()]) {
      for (const one of some) if (this.options.mayRead(one)) return one.principal;
    }
    return null;
  }

  /** Somebody is on his way: the upstream is kept open until he has joined, or has ended. */
  expect(subscriber: Subscriber): void {
    this.waiting.add(subscriber);
  }

  /** From now on; what was before is nothing to this reader. */
  join(subscriber: Subscriber): void {
    if (!this.take(subscriber)) return;
    subscriber.position = this.position;
    this.members.add(subscriber);
  }

  /** He comes from an earlier place, and replays by himself until `joinAt`. */
  replay(subscriber: Subscriber): UpstreamControl {
    const control = new UpstreamControl();
    if (!this.take(subscriber)) control.end();
    else this.replaying.set(subscriber, control);
    return control;
  }

  /**
   * From a place that the subscriber has reached by himself.
   *
   * @returns false when the others have been told something that he has not: he goes on by himself
   */
  joinAt(subscriber: Subscriber, place: Place): boolean {
    if (this.closed || subscriber.hasEnded || !this.isReachedAt(place)) return false;
    this.members.add(subscriber);
    this.arrived(subscriber);
    return true;
  }

  /** A service that tells no places: the same event has the same cursor. */
  private isReachedAt({ cursor, position }: Place): boolean {
    if (!this.head) return false;
    if (position !== null && this.head.position !== null) return position >= this.head.position;
    return cursor !== null && cursor === this.head.cursor;
  }

  leave(subscriber: Subscriber): void {
    this.members.delete(subscriber);
    this.waiting.delete(subscriber);
    this.arrived(subscriber);
    if (this.closed) return;
    if (this.members.size + this.waiting.size + this.replaying.size === 0) this.close();
  }

  /** The upstream is asked something else, or elsewhere: it is opened anew, from the last cursor, as are those of who replays. */
  reopen(): void {
    for (const control of [this.control, ...this.replaying.values()]) control.restart();
  }

  /** Ends all who are here or on their way, after what waits for them. */
  end(refusal: DomainError): void {
    this.shut({ cause: refusal });
  }

  /** The upstream is not needed any more. Who still waits for it is let go. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.control.end();
    for (const control of this.replaying.values()) control.end();
    this.settle(null);
    this.options.onClose();
  }

  private shut(refusal: { readonly cause: unknown } | null): void {
    if (this.closed) return;
    const all = [...this.members, ...this.waiting, ...this.replaying.keys()];
    if (!this.isOpen && refusal) this.settle(refusal); // who waits hears it from there
    this.close();
    if (!this.isOpen) return;
    const word = refusal && this.options.lastWord(refusal.cause);
    for (const subscriber of all) subscriber.finish(word);
  }

  /** @returns false for who comes too late */
  private take(subscriber: Subscriber): boolean {
    this.waiting.delete(subscriber);
    return !this.closed && !subscriber.hasEnded;
  }

  private arrived(subscriber: Subscriber): void {
    const control = this.replaying.get(subscriber);
    if (!control) return;
    this.replaying.delete(subscriber);
    control.end(); // an upstream that is silent would else be kept for nobody until it speaks
  }

  private async run(): Promise<void> {
    const { control } = this;
    const onOpen = (): void => {
      this.isOpen = true;
      this.settle(null);
    };
    for await (const happening of followUpstream({ ...this.options.opening(), after: null, control, onOpen })) {
      if (this.closed) return;
      await this.pass(happening);
    }
  }

  private async pass(happening: Happening): Promise<void> {
    if (happening.kind === 'event') return this.answer(happening);
    if (happening.kind === 'gap') {
      this.options.onGap?.();
      this.head = null;
      return this.tell({ text: this.options.gap, position: null, cursor: null });
    }
    const { position } = happening;
    this.position = position ?? this.position;
    if (position !== null) this.head ??= { cursor: null, position };
    for (const member of this.members) if (!isAhead(member, position)) member.beat(happening);
  }

  private async answer({ cursor, position, take }: EventHappening): Promise<void> {
    // Answers made without real I/O never leave the microtasks: a long replay would keep timers and signals waiting.
    await setImmediate();
    const { speaker } = this;
    if (!speaker) return;
    const result = take();
    if (!result) return;
    this.position = position ?? this.position;
    const frame: Frame = { text: await this.options.complete(result, speaker), position, cursor };
    if (this.closed) return;
    this.head = frame;
    this.tell(frame);
  }

  private tell(frame: Frame): void {
    const { speaker } = this;
    if (!speaker) return;
    if (!this.options.holds(speaker)) return this.revoke();
    for (const member of this.members) if (!isAhead(member, frame.position) && this.options.mayRead(member)) member.push(frame);
  }

  /** What they may see has changed: what waits for them is not for them any more either. */
  private revoke(): void {
    const changed = toGraphQLError(new AuthorizationChanged());
    for (const subscriber of [...this.members, ...this.waiting, ...this.replaying.keys()]) subscriber.end(changed);
  }
}

/** He has had it already, by his own replay. */
const isAhead = (member: Subscriber, position: number | null): boolean => position !== null && member.position !== null && position <= member.position;
