import type { MadeFile, StoredFile } from '../graph/service-port';
import { isActiveType, unknownType } from './media-type';

const extensions: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'application/ofd': 'ofd',
  'application/rtf': 'rtf',
  'application/zip': 'zip',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.oasis.opendocument.spreadsheet': 'ods',
  'application/vnd.oasis.opendocument.presentation': 'odp',
  'image/png': 'png',
  'image/jpeg': 'jpg',
  'image/gif': 'gif',
  'image/webp': 'webp',
  'image/tiff': 'tif',
  'image/heif': 'heic',
  'image/bmp': 'bmp',
  'video/mp4': 'mp4',
  'video/quicktime': 'mov',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'text/plain': 'txt',
};

/** What a file of a type is called at its end; nothing that a browser might run. */
export const extensionOf = (mediaType: string): string => (isActiveType(mediaType) ? 'bin' : (extensions[mediaType] ?? 'bin'));

const neverShown = {
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
};

/** The same for a file that is made while it is sent: its length is not known before its end. */
export const madeFileHeaders = ({ fileName, mediaType }: Pick<MadeFile, 'fileName' | 'mediaType'>): Record<string, string> => ({
  'content-type': mediaType, 'content-disposition': `attachment; filename="${fileName}"`, ...neverShown,
});

/**
 * Headers with which a stored file is sent: to be saved, never to be shown or run, under a name that is not the client's.
 *
 * What a browser might run goes out as bytes without a type; its true type is in the record.
 */
export function fileHeaders(stored: StoredFile): Record<string, string> {
  const type = isActiveType(stored.mediaType) ? unknownType : stored.mediaType;
  return {
    // Without a charset the browser might guess one; the bytes of a text were checked to be UTF-8, or have a mark of their own.
    'content-type': type === 'text/plain' ? 'text/plain; charset=utf-8' : type,
    'content-length': String(stored.size),
    'content-disposition': `attachment; filename="${stored.id}.${extensionOf(type)}"`,
    ...neverShown,
    'repr-digest': `sha-256=:${Buffer.from(stored.sha256, 'hex').toString('base64')}:`,
  };
}
