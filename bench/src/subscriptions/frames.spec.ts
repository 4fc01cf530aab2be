import { clientFrame, FrameReader } from './frames';

const serverFrame = (opcode: number, text: string): Buffer => {
  const payload = Buffer.from(text);
  const head = payload.length < 126 ? Buffer.from([0x80 | opcode, payload.length])
    : payload.length < 65_536 ? Buffer.from([0x80 | opcode, 126, payload.length >> 8, payload.length & 255])
      : Buffer.concat([Buffer.from([0x80 | opcode, 127, 0, 0, 0, 0]), Buffer.from([payload.length >>> 24, (payload.length >> 16) & 255, (payload.length >> 8) & 255, payload.length & 255])]);
  return Buffer.concat([head, payload]);
};

it.each([1, 3, 7, 1_000, 1_000_000])('takes frames of each length out of parts of %d bytes', (size) => {
  const texts = ['', 'a', 'b'.repeat(125), 'c'.repeat(126), 'd'.repeat(65_535), 'e'.repeat(65_536), 'é'];
  const stream = Buffer.concat(texts.map((text) => serverFrame(1, text)));
  const taken: string[] = [];
  const reader = new FrameReader();
  for (let at = 0; at < stream.length; at += size) reader.push(stream.subarray(at, at + size), ({ payload }) => taken.push(payload.toString()));
  expect(taken.map((text) => text.length)).toEqual(texts.map((text) => text.length));
  expect(taken).toEqual(texts);
});

it('refuses a message in parts', () => {
  expect(() => new FrameReader().push(Buffer.from([0x01, 1, 65]), () => undefined)).toThrow('in parts');
});

it('masks what a client sends', () => {
  const frame = clientFrame(1, Buffer.from('x'.repeat(200)));
  expect([...frame.subarray(0, 8)]).toEqual([0x81, 0x80 | 126, 0, 200, 0, 0, 0, 0]);
  expect(clientFrame(10, Buffer.alloc(0))).toEqual(Buffer.from([0x8a, 0x80, 0, 0, 0, 0]));
});
