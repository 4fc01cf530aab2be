import type { SocketWire } from './socket-wire';

const parts = 12;

/** Probes every socket once in a period, a part of them at a time: ten thousand at once would hold up everybody's events. */
export class KeepAlive {
  private readonly circle = Array.from({ length: parts }, () => new Set<SocketWire>());
  private readonly timer: NodeJS.Timeout;
  private at = 0;
  private next = 0;

  /** @param periodMs - a client who is silent for two of them is cut off */
  constructor(periodMs: number) {
    this.timer = setInterval(() => this.turn(), periodMs / parts);
    this.timer.unref();
  }

  /** @returns what ends it */
  add(wire: SocketWire): () => void {
    this.next = (this.next + 1) % parts;
    const part = this.circle[this.next];
    part?.add(wire);
    return () => void part?.delete(wire);
  }

  close(): void {
    clearInterval(this.timer);
  }

  private turn(): void {
    this.at = (this.at + 1) % parts;
    for (const wire of this.circle[this.at] ?? []) wire.probe();
  }
}
