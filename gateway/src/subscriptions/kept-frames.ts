import type { Beat, Frame } from './frame';

/** Frames of one stream, and how many characters they may have together. */
const mostFrames = 256;
const mostCharacters = 4 * 1024 * 1024;
/** How long frames are kept after the last who replayed: a connection that was lost comes again soon. In milliseconds. */
const lingerMs = 10_000;

type Place = Pick<Frame | Beat, 'cursor' | 'position'>;

/** Bounds what all streams of a process keep together; the frames of who began first go first. */
export class FrameBudget {
  private readonly keeping = new Set<KeptFrames>();
  private characters = 0;

  /** @param mostCharacters - of all frames kept */
  constructor(private readonly mostCharacters = 64 * 1024 * 1024) {}

  get used(): number {
    return this.characters;
  }

  took(kept: KeptFrames, characters: number): void {
    this.characters += characters;
    this.keeping.add(kept);
    for (const oldest of this.keeping) {
      if (this.characters <= this.mostCharacters) return;
      oldest.drop();
    }
  }

  gave(kept: KeptFrames, characters: number, isEmpty: boolean): void {
    this.characters -= characters;
    if (isEmpty) this.keeping.delete(kept);
  }
}

/**
 * What a stream has sent since somebody began to replay it: he joins when his own place is within this. Nothing is kept for nobody.
 */
export class KeptFrames {
  private frames: Frame[] = [];
  private characters = 0;
  /** Everything after this place is kept; null before the service told a place. */
  private since: number | null = null;
  private isKeeping = false;
  private timer: NodeJS.Timeout | null = null;

  constructor(private readonly budget: FrameBudget) {}

  /** @param position - where the stream is */
  keep(position: number | null): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    if (this.isKeeping) return;
    this.isKeeping = true;
    this.since = position;
  }

  /** Nobody replays any more. */
  linger(): void {
    if (!this.isKeeping || this.timer) return;
    this.timer = setTimeout(() => this.stop(), lingerMs);
    this.timer.unref();
  }

  stop(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    this.isKeeping = false;
    this.forget();
  }

  /** Events were left out, or their answers would be others now. */
  forget(since: number | null = null): void {
    const { characters } = this;
    this.frames = [];
    this.characters = 0;
    this.since = since;
    this.budget.gave(this, characters, true);
  }

  add(frame: Frame): void {
    const { cursor, position, text } = frame;
    if (!this.isKeeping || (position === null && cursor === null)) return;
    if (position !== null) this.since ??= position - 1;
    this.frames.push(frame);
    this.characters += text.length;
    this.budget.took(this, text.length);
    while (this.frames.length > mostFrames || this.characters > mostCharacters) this.shift();
  }

  beat(position: number | null): void {
    this.since ??= position;
  }

  /** Makes room for others: who misses these goes on replaying. */
  drop(): void {
    this.forget(this.frames.at(-1)?.position ?? this.since);
  }

  /** @returns null when they are not kept any more, or not known yet */
  after({ cursor, position }: Place): readonly Frame[] | null {
    if (!this.isKeeping) return null;
    if (position !== null && this.since !== null) {
      if (position < this.since) return null;
      const index = this.frames.findIndex((frame) => (frame.position ?? 0) > position);
      return index < 0 ? [] : this.frames.slice(index);
    }
    // A service that tells no places: the same event has the same cursor.
    const index = cursor === null ? -1 : this.frames.findLastIndex((frame) => frame.cursor === cursor);
    return index < 0 ? null : this.frames.slice(index + 1);
  }

  private shift(): void {
    const dropped = this.frames.shift();
    if (!dropped) return;
    this.characters -= dropped.text.length;
    if (dropped.position !== null) this.since = dropped.position;
    this.budget.gave(this, dropped.text.length, this.frames.length === 0);
  }
}
