/** One HTTP/1.1 answer, its body counted and not kept. */
export interface ReadResponse {
  readonly status: number;
  /** Length of the body, in bytes. */
  readonly bytes: number;
  /** The beginning of the body. */
  readonly head: string;
  /** Whether the connection may be used again. */
  readonly keepAlive: boolean;
}

const headBytes = 512;
const endOfHeader = Buffer.from('\r\n\r\n');

/**
 * Reads answers one after the other from a connection with one request at a time. As little as can be done: what the load generator
 * spends is time that a fast server waits for it.
 */
export class ResponseReader {
  private header: Buffer | null = null;
  private status = 0;
  private keepAlive = true;
  /** Bytes still to come, of the body or of the chunk; -1 while a size is being read. */
  private rest = -1;
  private chunked = false;
  private last = false;
  private line = '';
  private bytes = 0;
  private head: Buffer[] = [];
  private headLength = 0;
  private inBody = false;

  /**
   * @returns the answer when this part ends it, null when more is to come
   * @throws RangeError for what is no answer, or more than one
   */
  push(part: Buffer): ReadResponse | null {
    let at = 0;
    if (!this.inBody) {
      const known = this.header ? Buffer.concat([this.header, part]) : part;
      const end = known.indexOf(endOfHeader);
      if (end < 0) {
        this.header = known;
        return null;
      }
      at = end + endOfHeader.length - (known.length - part.length);
      this.readHeader(known.toString('latin1', 0, end));
    }
    const done = this.chunked ? this.chunks(part, at) : this.plain(part, at);
    return done ? this.finish() : null;
  }

  private readHeader(text: string): void {
    const status = /^HTTP\/1\.1 (\d{3})/.exec(text)?.[1];
    if (!status) throw new RangeError('not an HTTP/1.1 answer');
    this.status = Number(status);
    this.keepAlive = !/\r\nconnection: *close/i.test(text);
    this.chunked = /\r\ntransfer-encoding: *chunked/i.test(text);
    const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
    if (!this.chunked && length === undefined) throw new RangeError('an answer without a length');
    this.rest = this.chunked ? -1 : Number(length);
    this.inBody = true;
  }

  private plain(part: Buffer, at: number): boolean {
    this.keep(part, at, part.length);
    this.rest -= part.length - at;
    if (this.rest < 0) throw new RangeError('more than one answer');
    return this.rest === 0;
  }

  private chunks(part: Buffer, start: number): boolean {
    let at = start;
    while (at < part.length) {
      if (this.rest > 0) {
        const end = Math.min(part.length, at + this.rest);
        this.keep(part, at, end);
        this.rest -= end - at;
        at = end;
        continue;
      }
      const end = part.indexOf(10, at);
      this.line += part.toString('latin1', at, end < 0 ? part.length : end + 1);
      if (end < 0) return false;
      at = end + 1;
      const line = this.line.trim();
      this.line = '';
      if (this.rest === 0) this.rest = -1; // the line break behind a chunk
      else if (this.last) {
        if (line !== '') continue; // a trailer
        if (at < part.length) throw new RangeError('more than one answer');
        return true;
      } else {
        const size = Number.parseInt(line, 16);
        if (!(size >= 0)) throw new RangeError('a chunk without a size');
        this.last = size === 0;
        this.rest = size === 0 ? -1 : size;
      }
    }
    return false;
  }

  private keep(part: Buffer, from: number, to: number): void {
    this.bytes += to - from;
    if (this.headLength >= headBytes || to <= from) return;
    const piece = part.subarray(from, Math.min(to, from + headBytes - this.headLength));
    this.head.push(piece);
    this.headLength += piece.length;
  }

  private finish(): ReadResponse {
    const { bytes, head, keepAlive, status } = this;
    this.header = null;
    this.rest = -1;
    this.chunked = this.last = this.inBody = false;
    this.line = '';
    this.bytes = this.headLength = 0;
    this.head = [];
    return { status, bytes, head: head.length === 1 && head[0] ? head[0].toString('utf8') : Buffer.concat(head).toString('utf8'), keepAlive };
  }
}
