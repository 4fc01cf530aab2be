import { setImmediate } from 'node:timers/promises';
import type { Principal } from '@casebridge/kernel';
import type { ExecutionResult, GraphQLError } from 'graphql';
import type { Frame } from './frame';
import { followUpstream, type Happening, type UpstreamControl, type UpstreamOpening } from './follow-upstream';
import type { Subscriber } from './subscriber';

export interface GroupOptions {
  readonly opening: () => Omit<UpstreamOpening, 'signal' | 'onOpen' | 'after'>;
  /** The client's answer to an event, as text: put together once for all. */
  readonly complete: (result: ExecutionResult) => Promise<string>;
  /** What subscribers are sent where events may be missing. */
  readonly gap: string;
  readonly onGap?: () => void;
  /** Ends a subscriber who may not read any more; true when he may. */
  readonly mayRead: (subscriber: Subscriber) => boolean;
  readonly onFailure: (cause: unknown, subscriber: Subscriber) => void;
  readonly onClose: () => void;
}

/** Frames kept for those who come a little later, and how many characters they may have together. */
const keptFrames = 256;
const keptCharacters = 4 * 1024 * 1024;

/**
 * One upstream and one execution per event for all subscribers who ask the same with the same rights. Who resumes from an earlier
 * cursor replays for himself and joins when his place is within what is kept here.
 */
export class StreamGroup {
  private readonly members = new Set<Subscriber>();
  private readonly aborted = new AbortController();
  private readonly frames: Frame[] = [];
  private characters = 0;
  /** Everything after this place is in `frames`; null before the service told a place. */
  private since: number | null = null;
  /** Place of the upstream. */
  private position: number | null = null;
  private holds = 0;
  private readonly control: UpstreamControl = { restart: null };
  /** Rejects with what the service said no with. */
  readonly ready: Promise<void>;

  constructor(private readonly options: GroupOptions) {
    this.ready = new Promise((resolve, reject) => {
      // Not before whoever makes the group has it in hand.
      queueMicrotask(() => {
        this.run(resolve).then(() => this.complete(), (cause: unknown) => {
          reject(cause as Error);
          this.fail(cause);
        });
      });
    });
    this.ready.catch(() => undefined);
  }

  /** In whose name the upstream is opened and events are completed: any member, they all may see the same. */
  get speaker(): Principal | null {
    const [first] = this.members;
    return first?.principal ?? null;
  }

  /** Keeps the upstream open while somebody is on his way to it. */
  hold(): () => void {
    this.holds += 1;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.holds -= 1;
      this.closeIfUnused();
    };
  }

  /** Opens the upstream anew, from the last cursor. */
  restart(): void {
    this.control.restart?.();
  }

  /** Ends all who are here, after what waits for them. */
  finishAll(error: GraphQLError | null): void {
    for (const member of [...this.members]) member.finish(error);
  }

  /** From now on; what was before is nothing to this reader. */
  join(subscriber: Subscriber): void {
    subscriber.position = this.position;
    this.members.add(subscriber);
  }

  /**
   * From a place that the subscriber has reached by himself.
   *
   * @returns false when what follows it is not kept here any more, or not known yet, or too much for the room that he has: he goes on by
   * himself, at his own pace
   */
  joinAt(subscriber: Subscriber, place: { readonly position: number | null; readonly cursor: string | null }): boolean {
    const from = this.indexAfter(place);
    if (from === null) return false;
    const missed = this.frames.slice(from);
    if (!subscriber.hasRoomFor(missed)) return false;
    this.members.add(subscriber);
    for (const frame of missed) subscriber.push(frame);
    return true;
  }

  leave(subscriber: Subscriber): void {
    this.members.delete(subscriber);
    this.closeIfUnused();
  }

  close(): void {
    this.aborted.abort();
    this.options.onClose();
  }

  private closeIfUnused(): void {
    if (this.members.size === 0 && this.holds === 0) this.close();
  }

  private indexAfter({ cursor, position }: { readonly position: number | null; readonly cursor: string | null }): number | null {
    if (position !== null && this.since !== null) {
      if (position < this.since) return null;
      const index = this.frames.findIndex((frame) => (frame.position ?? 0) > position);
      return index < 0 ? this.frames.length : index;
    }
    // A service that tells no places: the same event has the same cursor.
    const index = cursor === null ? -1 : this.frames.findLastIndex((frame) => frame.cursor === cursor);
    return index < 0 ? null : index + 1;
  }

  private async run(opened: () => void): Promise<void> {
    const { signal } = this.aborted;
    for await (const happening of followUpstream({ ...this.options.opening(), after: null, signal, control: this.control, onOpen: opened })) {
      if (signal.aborted) return;
      await this.take(happening);
    }
  }

  private async take(happening: Happening): Promise<void> {
    if (happening.kind === 'gap') {
      this.options.onGap?.();
      this.frames.length = 0;
      this.characters = 0;
      this.since = null;
      return this.tell({ text: this.options.gap, position: null, cursor: null });
    }
    this.position = happening.position ?? this.position;
    if (happening.kind === 'beat') {
      this.since ??= happening.position;
      for (const member of this.members) if (!this.isAhead(member, happening.position)) member.beat(happening);
      return;
    }
    // Answers made without real I/O never leave the microtasks: a long replay would keep timers and signals waiting.
    await setImmediate();
    const text = await this.options.complete(happening.result);
    const frame: Frame = { text, position: happening.position, cursor: happening.cursor };
    if (happening.position !== null) this.since ??= happening.position - 1;
    this.keep(frame);
    this.tell(frame);
  }

  private keep(frame: Frame): void {
    this.frames.push(frame);
    this.characters += frame.text.length;
    while (this.frames.length > keptFrames || this.characters > keptCharacters) {
      const dropped = this.frames.shift();
      if (!dropped) return;
      this.characters -= dropped.text.length;
      if (dropped.position !== null) this.since = dropped.position;
    }
  }

  private tell(frame: Frame): void {
    for (const member of [...this.members]) if (!this.isAhead(member, frame.position) && this.options.mayRead(member)) member.push(frame);
  }

  /** He has had it already, by his own replay. */
  private isAhead(member: Subscriber, position: number | null): boolean {
    return position !== null && member.position !== null && position <= member.position;
  }

  /** The service has ended the stream, and it is not one that goes on for ever. */
  private complete(): void {
    this.finishAll(null);
    this.close();
  }

  private fail(cause: unknown): void {
    for (const member of [...this.members]) this.options.onFailure(cause, member);
    this.members.clear();
    this.close();
  }
}
