import { isActiveType, MediaTypeSniffer, sniffMediaType } from './media-type';

const bytes = (text: string): Buffer => Buffer.from(text, 'latin1');
const hex = (text: string): Buffer => Buffer.concat([Buffer.from(text.replaceAll(' ', ''), 'hex'), Buffer.alloc(64, 0xf1)]);

/** A ZIP archive of stored entries, as far as its beginning goes. */
function zip(...entries: readonly (readonly [name: string, content: string])[]): Buffer {
  return Buffer.concat(
    entries.map(([name, content]) => {
      const header = Buffer.alloc(30);
      header.writeUInt32BE(0x504b0304, 0);
      header.writeUInt32LE(content.length, 18);
      header.writeUInt32LE(content.length, 22);
      header.writeUInt16LE(name.length, 26);
      return Buffer.concat([header, bytes(name), bytes(content)]);
    }),
  );
}

it.each<[string, Buffer]>([
  ['application/pdf', hex('25504446 2d312e37 0a25e2e3cfd3')],
  ['application/pdf', bytes('%PDF-1.4\n1 0 obj << >> endobj')],
  ['image/png', hex('89504e47 0d0a1a0a 0000000d 49484452')],
  ['image/jpeg', hex('ffd8ffe0 00104a46 494600')],
  ['image/gif', Buffer.concat([bytes('GIF89a'), hex('01000100')])],
  ['image/webp', Buffer.concat([bytes('RIFF'), hex('24000000').subarray(0, 4), bytes('WEBPVP8 '), hex('')])],
  ['video/mp4', Buffer.concat([hex('00000018').subarray(0, 4), bytes('ftypisom'), hex('')])],
  ['application/gzip', hex('1f8b0800')],
  ['application/x-cfb', hex('d0cf11e0 a1b11ae1')],
  ['application/x-executable', hex('7f454c46 02010100')],
  ['application/x-msdownload', hex('4d5a9000 03000000')],
  ['application/rtf', bytes('{\\rtf1\\ansi text}')],
  ['application/zip', zip(['photo.jpg', 'x'])],
  ['application/ofd', zip(['OFD.xml', '<?xml?>'], ['Doc_0/Document.xml', 'x'])],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', zip(['[Content_Types].xml', 'x'], ['word/document.xml', 'x'])],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', zip(['[Content_Types].xml', 'x'], ['xl/workbook.xml', 'x'])],
  ['application/vnd.oasis.opendocument.text', zip(['mimetype', 'application/vnd.oasis.opendocument.text'], ['content.xml', 'x'])],
  ['application/zip', zip(['mimetype', 'text/html'], ['content.xml', 'x'])],
  ['text/plain', Buffer.from('行政处罚决定书\n罚款 100 元\r\n\t完', 'utf8')],
  ['text/plain', Buffer.from('\ufeffBMW and MZ are words', 'utf8')],
  ['text/plain', Buffer.from('\ufeff案件\n', 'utf16le')],
  ['application/octet-stream', hex('00010203')],
  ['application/octet-stream', Buffer.from('text with a \0 in it')],
  ['application/octet-stream', Buffer.from([0xb0, 0xb8, 0xbc, 0xfe])], // 案件 in GB 18030
])('knows %s', (type, content) => {
  expect(sniffMediaType(content)).toBe(type);
  expect(isActiveType(type)).toBe(false);
});

it.each<[string, string | Buffer]>([
  ['text/html', '<!DOCTYPE html><title>x</title>'],
  ['text/html', '  \n<!-- a comment first --><HTML>'],
  ['text/html', 'harmless words first <script>alert(1)</script>'],
  ['text/html', '\ufeff<body onload=alert(1)>'],
  ['text/html', 'x <img src=x onerror=alert(1)>'],
  ['text/html', Buffer.from('\ufeff<script>alert(1)</script>', 'utf16le')],
  ['text/html', Buffer.concat([Buffer.from([0xb0, 0xb8, 0xbc, 0xfe]), Buffer.from('<html><script>alert(1)</script>')])],
  ['image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ['image/svg+xml', '<?xml version="1.0"?><!-- x --><svg><script/></svg>'],
  ['application/xhtml+xml', '<?xml version="1.0"?><a:html xmlns:a="http://www.w3.org/1999/xhtml"/>'],
  ['application/xml', '<?xml version="1.0" encoding="UTF-8"?><form>数据</form>'],
  ['text/x-php', 'x <?php system("id");'],
  ['text/x-script', '#!/bin/sh\nrm -rf /'],
])('tells %s for what it is', (type, content) => {
  expect(sniffMediaType(Buffer.from(content as string))).toBe(type);
  expect(isActiveType(type)).toBe(true);
});

it('judges the whole file and not its first chunk: text that turns into bytes is no text', () => {
  const sniffer = new MediaTypeSniffer();
  for (let i = 0; i < 20; i += 1) sniffer.update(Buffer.alloc(16 * 1_024, 'a'));
  sniffer.update(Buffer.from([0xff, 0x00]));
  expect(sniffer.result()).toBe('application/octet-stream');
});

it('does not mind where chunks end, also within a character', () => {
  const whole = Buffer.from('药品监督管理局', 'utf8');
  const sniffer = new MediaTypeSniffer();
  for (const byte of whole) sniffer.update(Buffer.from([byte]));
  expect(sniffer.result()).toBe('text/plain');
  const cut = new MediaTypeSniffer();
  cut.update(whole.subarray(0, -1));
  expect(cut.result()).toBe('application/octet-stream');
});

it('says nothing of an empty file but that it has no characters that text has not', () => {
  expect(sniffMediaType(Buffer.alloc(0))).toBe('text/plain');
});
