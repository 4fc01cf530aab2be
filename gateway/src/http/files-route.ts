import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import { type AgencyReader, isUuid, type Principal } from '@casebridge/kernel';
import { fileHeaders, type FilePort, FileTooLarge, madeFileHeaders, maxFileBytes, type StoredFile, UploadInterrupted } from '@casebridge/platform';
import busboy from 'busboy';
import { BadRequest, PathNotFound, TokenRequired } from '../errors';
import { LimitedBody } from '../services/limited-body';
import type { Exchange } from './exchange';

/** What multipart may add to the file itself, in bytes. */
const envelopeBytes = 64 * 1024;

/** `POST /files`: the bytes as the body, or the first file of a form. */
export async function storeFile(exchange: Exchange, files: FilePort, principal: Principal): Promise<void> {
  if (principal.kind !== 'agency') throw new TokenRequired();
  const { request } = exchange;
  const form = /^multipart\/form-data\b/i.test(request.headers['content-type'] ?? '');
  const declared = Number(request.headers['content-length'] ?? 0);
  if (declared > maxFileBytes + (form ? envelopeBytes : 0)) throw new FileTooLarge(maxFileBytes);
  const stored = form ? await storeForm(exchange, files, principal) : await storeBody(request, files, principal);
  const { id, mediaType, sha256, size } = stored;
  exchange.json(201, { id, sha256, size, mediaType });
}

/** `GET /files/{id}`: absent and forbidden are one answer. */
export async function sendFile(exchange: Exchange, files: FilePort, principal: Principal, id: string): Promise<void> {
  if (!isUuid(id)) return sendMade(exchange, files, principal, id);
  const file = await files.open(principal, id, exchange.requestId);
  if (!file) throw new PathNotFound('File not found');
  const { response } = exchange;
  if (exchange.isGone()) return void file.stream.destroy();
  response.writeHead(200, fileHeaders(file));
  // Broken off on either side, the connection is cut: a short file never looks like a whole one.
  await pipeline(file.stream, response);
}

/** What files that are made are called: words and ids, in folders. */
const madePath = /^[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*){0,3}$/;

/** `GET /files/{path}`: what is made when it is asked for. */
async function sendMade(exchange: Exchange, files: FilePort, principal: Principal, path: string): Promise<void> {
  const made = path.length <= 200 && madePath.test(path) ? await files.make(principal, path, exchange.requestId) : null;
  if (!made) throw new PathNotFound('File not found');
  const { response } = exchange;
  if (exchange.isGone()) return void made.stream.destroy();
  response.writeHead(200, madeFileHeaders(made));
  await pipeline(made.stream, response);
}

async function storeBody(source: Readable, files: FilePort, principal: AgencyReader): Promise<StoredFile> {
  const body = new LimitedBody(source, maxFileBytes);
  try {
    return await files.store(principal, body, { limitBytes: maxFileBytes });
  } catch (error) {
    throw body.fault ?? error;
  }
}

async function storeForm({ request }: Exchange, files: FilePort, principal: AgencyReader): Promise<StoredFile> {
  const parser = openForm(request.headers);
  try {
    return await new Promise<StoredFile>((resolve, reject) => {
      let stored: Promise<StoredFile> | null = null;
      parser.on('file', (_field, file) => {
        stored = storeBody(file, files, principal);
        stored.then(resolve, reject);
      });
      parser.on('error', () => reject(stored ? new UploadInterrupted() : new BadRequest('The form cannot be read')));
      parser.on('close', () => {
        if (!stored) reject(new BadRequest('The form has no file'));
      });
      request.once('close', () => void (request.complete || parser.destroy(new UploadInterrupted())));
      request.pipe(parser);
    });
  } finally {
    request.unpipe(parser); // the rest of the request is taken in by whoever answers
  }
}

function openForm(headers: Exchange['request']['headers']): busboy.Busboy {
  try {
    // One byte more than a file may have: at the limit itself the parser would cut the file and call it whole.
    return busboy({ headers, limits: { files: 1, fields: 20, fieldSize: 4 * 1024, fileSize: maxFileBytes + 1, parts: 22 } });
  } catch {
    throw new BadRequest('The form cannot be read');
  }
}
