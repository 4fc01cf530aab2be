import type { Principal } from '@casebridge/kernel';
import { GraphQLError } from 'graphql';
import { SubscriptionBufferOverflow, toGraphQLError } from '../errors';
import type { Beat, Frame } from './frame';

export interface SubscriberOptions {
  readonly principal: Principal;
  /** Events that may wait for a slow reader, and how many characters they may have together. */
  readonly maxFrames: number;
  readonly maxCharacters: number;
  /** A place in an idle stream: no event, and nothing that a reader waits for. */
  readonly onBeat: (beat: Beat) => void;
  /** Told that the reader was too slow. */
  readonly onOverflow?: () => void;
  /** Called once, however it ends: nothing more is taken in. */
  readonly onEnd: () => void;
  /** Called once, when nothing waits to be read any more either. */
  readonly onClose: () => void;
}

/** The last word of a stream. */
export interface Ending {
  readonly error: GraphQLError | null;
}

/**
 * One reader's end of a live stream: a bounded queue and its place. Nothing is dropped in silence: a reader who is too slow gets
 * all that waits, then an error with the cursor to come again from.
 */
export class Subscriber {
  private readonly queue: Frame[] = [];
  private characters = 0;
  private ending: Ending | null = null;
  private wakeReader: (() => void) | null = null;
  private wakeWriter: (() => void) | null = null;
  private isOver = false;
  private closed = false;
  /** Place of the last frame or beat that was taken in. */
  position: number | null = null;
  private lastCursor: string | null = null;

  constructor(private readonly options: SubscriberOptions) {}

  get principal(): Principal {
    return this.options.principal;
  }

  get hasEnded(): boolean {
    return this.ending !== null;
  }

  /** Takes a frame in; one for which there is no room ends the stream. */
  push(frame: Frame): void {
    if (this.ending) return;
    if (this.isFull()) {
      this.options.onOverflow?.();
      const cursor = this.lastCursor;
      const overflow = toGraphQLError(new SubscriptionBufferOverflow());
      return this.finish(new GraphQLError(overflow.message, { extensions: { ...overflow.extensions, ...(cursor === null ? {} : { cursor }) } }));
    }
    this.queue.push(frame);
    this.characters += frame.text.length;
    this.position = frame.position ?? this.position;
    this.lastCursor = frame.cursor ?? this.lastCursor;
    this.wake();
  }

  beat(beat: Beat): void {
    if (this.ending) return;
    this.position = beat.position ?? this.position;
    this.lastCursor = beat.cursor;
    // While events wait a later place would skip them.
    if (this.queue.length === 0) this.options.onBeat(beat);
  }

  /** Resolves when there is room again: who replays for one reader goes at that reader's pace. */
  async room(): Promise<void> {
    while (this.isFull() && !this.ending) await new Promise<void>((resolve) => (this.wakeWriter = resolve));
  }

  /** Ends after what waits has been read. */
  finish(error: GraphQLError | null): void {
    if (this.ending) return;
    this.close({ error });
  }

  /** Ends at once; what waits is not handed out any more: the reader has lost his right to it, or is gone. */
  end(error: GraphQLError | null): void {
    // Another last word would tell of what he does not get now.
    const ending = this.ending && this.queue.length === 0 ? this.ending : { error };
    this.queue.length = 0;
    this.close(ending);
  }

  /** The next frame, or how the stream ended. */
  async next(): Promise<Frame | Ending> {
    for (;;) {
      const frame = this.queue.shift();
      if (frame) {
        this.characters -= frame.text.length;
        this.wakeWriter?.();
        if (this.ending && this.queue.length === 0) this.close(this.ending);
        return frame;
      }
      if (this.ending) return this.ending;
      await new Promise<void>((resolve) => (this.wakeReader = resolve));
    }
  }

  private isFull(): boolean {
    const { maxCharacters, maxFrames } = this.options;
    return this.queue.length >= maxFrames || (this.queue.length > 0 && this.characters >= maxCharacters);
  }

  private close(ending: Ending): void {
    this.ending = ending;
    this.wake();
    this.wakeWriter?.();
    if (!this.isOver) {
      this.isOver = true;
      this.options.onEnd();
    }
    if (this.closed || this.queue.length > 0) return;
    this.closed = true;
    this.options.onClose();
  }

  private wake(): void {
    const { wakeReader } = this;
    this.wakeReader = null;
    wakeReader?.();
  }
}

export const isFrame = (step: Frame | Ending): step is Frame => 'text' in step;
