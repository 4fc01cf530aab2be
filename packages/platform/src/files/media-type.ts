import { filetypeinfo } from 'magic-bytes.js';
import { zipHead } from './zip-names';

export const unknownType = 'application/octet-stream';

/** Bytes from the beginning of a file that its type is judged by. */
export const headLength = 64 * 1024;

/** Binary signatures by the names that the list gives them; the order decides where a file bears several. What is not here is `application/octet-stream`. */
const binaryTypes: readonly (readonly [typename: string, mediaType: string])[] = [
  ['pdf', 'application/pdf'],
  ['png', 'image/png'],
  ['jpg', 'image/jpeg'],
  ['gif', 'image/gif'],
  ['webp', 'image/webp'],
  ['tif', 'image/tiff'],
  ['heif', 'image/heif'],
  ['mov', 'video/quicktime'],
  ['mp4', 'video/mp4'],
  ['mkv', 'video/x-matroska'],
  ['avi', 'video/x-msvideo'],
  ['wav', 'audio/wav'],
  ['mp3', 'audio/mpeg'],
  ['ogx', 'application/ogg'],
  ['7z', 'application/x-7z-compressed'],
  ['rar', 'application/vnd.rar'],
  ['gz', 'application/gzip'],
  ['rtf', 'application/rtf'],
  ['doc', 'application/x-cfb'], // the container of the old office formats and of mail; which of them it is stands deep inside
  ['ELF', 'application/x-executable'],
  ['Mach-O', 'application/x-executable'],
  ['exe', 'application/x-msdownload'],
  ['bmp', 'image/bmp'],
];

/** The two formats of the list whose files may be text from end to end. */
const textualTypes: readonly (readonly [start: string, mediaType: string])[] = [
  ['%PDF-', 'application/pdf'],
  ['{\\rtf', 'application/rtf'],
];

/** Formats that are an archive of parts, told by a part that only they have. OFD is the fixed-layout format of Chinese authorities (GB/T 33190). */
const archives: readonly (readonly [part: RegExp, mediaType: string])[] = [
  [/^OFD\.xml$/i, 'application/ofd'],
  [/^word\//, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  [/^xl\//, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  [/^ppt\//, 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
  [/^META-INF\/MANIFEST\.MF$/, 'application/java-archive'],
];

const declaredArchives: ReadonlySet<string> = new Set([
  'application/vnd.oasis.opendocument.text',
  'application/vnd.oasis.opendocument.spreadsheet',
  'application/vnd.oasis.opendocument.presentation',
  'application/epub+zip',
]);

const xmlStart = /^[\s\ufeff]*<\?xml[\s?]/i;
const xhtml = /<!doctype\s+html|["']http:\/\/www\.w3\.org\/1999\/xhtml["']/i;
const svg = /<svg[\s>/]/i;
const html = /<(?:!doctype\s+html|html|head|body|script|iframe|object|embed|form|img|style|meta|base|link)[\s>/]/i;
const php = /<\?php\b/i;
const script = /^[\s\ufeff]*#!/;

const activeTypes: ReadonlySet<string> = new Set([
  'application/xml', 'application/xhtml+xml', 'image/svg+xml', 'text/html', 'text/x-php', 'text/x-script',
]);

/** Control characters that no text has; tab, line feed, form feed, carriage return and escape are left. */
const notText = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]/;

/**
 * Judges the type of a file while its bytes go by. The name and the type that the client gives are not asked: they are his word.
 */
export class MediaTypeSniffer {
  private readonly parts: Buffer[] = [];
  private headSize = 0;
  private readonly decoder = new TextDecoder('utf-8', { fatal: true });
  private text = true;

  update(chunk: Buffer): void {
    if (this.headSize < headLength) {
      const part = chunk.subarray(0, headLength - this.headSize);
      this.parts.push(part);
      this.headSize += part.length;
    }
    if (this.text) this.text = this.decodes(chunk);
  }

  /** The media type, without parameters; after the last chunk, once. */
  result(): string {
    const text = this.text && this.decodes(null);
    const head = Buffer.concat(this.parts);
    if (text) return textType(head.toString('utf8'));
    const wide = wideText(head);
    if (wide !== null) return textType(wide);
    // Markup in an encoding that is not looked for (GB 18030) is ASCII all the same.
    return binaryType(head) ?? activeType(head.toString('latin1')) ?? unknownType;
  }

  private decodes(chunk: Buffer | null): boolean {
    try {
      return !notText.test(chunk ? this.decoder.decode(chunk, { stream: true }) : this.decoder.decode());
    } catch {
      return false;
    }
  }
}

/** The type of these bytes. */
export function sniffMediaType(bytes: Buffer): string {
  const sniffer = new MediaTypeSniffer();
  sniffer.update(bytes);
  return sniffer.result();
}

/** Whether a browser or a shell might run what is in such a file. */
export const isActiveType = (mediaType: string): boolean => activeTypes.has(mediaType);

/** The head as text where a byte order mark says that it is UTF-16; browsers heed that mark. */
function wideText(head: Buffer): string | null {
  const mark = head.length >= 2 ? head.readUInt16BE(0) : 0;
  if (mark !== 0xfffe && mark !== 0xfeff) return null;
  const text = new TextDecoder(mark === 0xfffe ? 'utf-16le' : 'utf-16be').decode(head.subarray(0, head.length - (head.length % 2)));
  return notText.test(text) ? null : text;
}

const textType = (text: string): string =>
  textualTypes.find(([start]) => text.startsWith(start))?.[1] ?? activeType(text) ?? 'text/plain';

function binaryType(head: Buffer): string | null {
  if (head.length >= 4 && head.readUInt32BE(0) === 0x504b0304) return archiveType(head);
  const found = new Set(filetypeinfo(head.subarray(0, 4_096)).map(({ typename }) => typename));
  return binaryTypes.find(([typename]) => found.has(typename))?.[1] ?? null;
}

function archiveType(head: Buffer): string {
  const { names, declaredType } = zipHead(head);
  if (declaredType !== null && declaredArchives.has(declaredType)) return declaredType;
  return archives.find(([part]) => names.some((name) => part.test(name)))?.[1] ?? 'application/zip';
}

/** Looked for anywhere in the head: a comment or a stray byte before it must not hide what a browser or a shell would run. */
function activeType(text: string): string | null {
  if (xmlStart.test(text)) return svg.test(text) ? 'image/svg+xml' : xhtml.test(text) ? 'application/xhtml+xml' : 'application/xml';
  if (svg.test(text)) return 'image/svg+xml';
  if (html.test(text)) return 'text/html';
  if (php.test(text)) return 'text/x-php';
  return script.test(text) ? 'text/x-script' : null;
}
