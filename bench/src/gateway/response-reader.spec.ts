import { ResponseReader, type ReadResponse } from './response-reader';

const body = `{"data":{"名":"${'x'.repeat(40)}"}}`;
const plain = Buffer.from(`HTTP/1.1 200 OK\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const chunked = Buffer.from(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n${chunk(body.slice(0, 7))}${chunk(body.slice(7))}0\r\n\r\n`);
const withTrailer = Buffer.from(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunk(body)}0\r\nx-note: 1\r\n\r\n`);

function readIn(reader: ResponseReader, parts: readonly Buffer[]): (ReadResponse | null)[] {
  return parts.map((part) => reader.push(part));
}

describe('an answer', () => {
  const expected = { status: 200, bytes: Buffer.byteLength(body), head: body, keepAlive: true };

  it.each([['with a length', plain], ['in chunks', chunked], ['in chunks, with a trailer', withTrailer]])('%s is read wherever it is cut', (_, whole) => {
    const reader = new ResponseReader();
    for (let cut = 1; cut < whole.length; cut += 1) {
      expect(readIn(reader, [whole.subarray(0, cut), whole.subarray(cut)])).toEqual([null, expected]);
    }
    const bytes = Array.from({ length: whole.length }, (_unused, i) => whole.subarray(i, i + 1));
    expect(readIn(reader, bytes).at(-1)).toEqual(expected);
    expect(reader.push(whole)).toEqual(expected);
  });

  it('keeps the beginning of a long body only, and counts all of it', () => {
    const read = new ResponseReader().push(Buffer.from(`HTTP/1.1 500 No\r\nConnection: close\r\nContent-Length: 2000\r\n\r\n${'y'.repeat(2_000)}`));
    expect(read).toEqual({ status: 500, bytes: 2_000, head: 'y'.repeat(512), keepAlive: false });
  });

  it('may be empty', () => {
    expect(new ResponseReader().push(Buffer.from('HTTP/1.1 204 No\r\ncontent-length: 0\r\n\r\n'))).toMatchObject({ status: 204, bytes: 0 });
  });

  it.each([
    ['another protocol', 'SSH-2.0\r\n\r\n'], ['no length', 'HTTP/1.1 200 OK\r\n\r\nx'], ['two answers', `${plain}${plain}`],
    ['two answers in chunks', `${chunked}${chunked}`], ['no size', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n'],
  ])('is refused: %s', (_, text) => {
    expect(() => new ResponseReader().push(Buffer.from(text))).toThrow(RangeError);
  });
});
