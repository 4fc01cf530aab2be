/** A WebSocket message or control frame of a server: unmasked, and not compressed. */
export interface ServerFrame {
  /** 1 text, 2 binary, 8 close, 9 ping, 10 pong. */
  readonly opcode: number;
  readonly payload: Buffer;
}

/** Takes frames off a stream of bytes. Servers of this bench send each message whole. */
export class FrameReader {
  private rest: Buffer = Buffer.alloc(0);

  /** @throws when a message comes in parts */
  push(part: Buffer, take: (frame: ServerFrame) => void): void {
    const bytes = this.rest.length === 0 ? part : Buffer.concat([this.rest, part]);
    let at = 0;
    for (;;) {
      const frame = frameAt(bytes, at);
      if (!frame) break;
      take(frame);
      at = frame.end;
    }
    this.rest = at === bytes.length ? Buffer.alloc(0) : bytes.subarray(at);
  }
}

function frameAt(bytes: Buffer, at: number): (ServerFrame & { end: number }) | null {
  if (bytes.length < at + 2) return null;
  const first = bytes.readUInt8(at);
  if ((first & 0x80) === 0 || (first & 0x0f) === 0) throw new Error('a message in parts');
  const short = bytes.readUInt8(at + 1) & 0x7f;
  const head = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < at + head) return null;
  const length = short === 127 ? Number(bytes.readBigUInt64BE(at + 2)) : short === 126 ? bytes.readUInt16BE(at + 2) : short;
  const end = at + head + length;
  return bytes.length < end ? null : { opcode: first & 0x0f, payload: bytes.subarray(at + head, end), end };
}

/** A client's frame, of less than 64 KiB. The mask is zero: it hides nothing on a loopback. */
export function clientFrame(opcode: number, payload: Buffer): Buffer {
  const long = payload.length > 125;
  const head = Buffer.alloc(long ? 8 : 6);
  head.writeUInt8(0x80 | opcode, 0);
  head.writeUInt8(0x80 | (long ? 126 : payload.length), 1);
  if (long) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}
