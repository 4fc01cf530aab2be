import type { Readable } from 'node:stream';
import { type AgencyReader, DomainError, type ErrorKind, type Principal } from '@casebridge/kernel';
import {
  describeFailure, type FilePort, type InternalTokenSigner, type Logger, type MadeFile, type StoredFile,
} from '@casebridge/platform';
import { Pool } from 'undici';
import { z } from 'zod';
import { ServiceUnavailable } from '../errors';
import { LimitedBody } from './limited-body';
import { authorization, codeOf, readResult } from './wire';

/** A service across the network that gives and takes bytes. */
export interface HttpFilesOptions {
  readonly name: string;
  readonly url: string;
  readonly signer: InternalTokenSigner;
  readonly logger: Logger;
}

const idleMs = 30_000;
/** The service may be checking and writing to disk what it has just received. */
const answerMs = 30_000;
const described = z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.number().int().min(0), mediaType: z.string().max(255) });
const storedSchema = described.extend({ id: z.string() });

/** A refusal that the service worded and that its reader may read. */
class ServiceRefusal extends DomainError {
  constructor(
    message: string,
    readonly code: string,
    readonly kind: ErrorKind,
    field?: string,
  ) {
    super(message, field === undefined ? {} : { field });
  }
}

/** Documents of a service across the network, streamed both ways. */
export class HttpFiles implements FilePort {
  private readonly pool: Pool;
  private readonly path: string;

  constructor(private readonly options: HttpFilesOptions) {
    const { origin, pathname } = new URL(options.url);
    this.path = `${pathname.replace(/\/+$/, '')}/files`;
    // Connections of their own: a few slow downloads must not keep queries waiting.
    this.pool = new Pool(origin, { connections: 16, pipelining: 1, connect: { timeout: 2_000 }, headersTimeout: answerMs, bodyTimeout: idleMs });
  }

  /** @throws FileTooLarge, UploadInterrupted, ServiceUnavailable, or the service's own refusal */
  async store(principal: AgencyReader, body: Readable, { limitBytes }: { readonly limitBytes: number }): Promise<StoredFile> {
    const limited = new LimitedBody(body, limitBytes);
    try {
      const { statusCode, body: answer } = await this.pool.request({
        method: 'POST', path: this.path, body: limited,
        headers: { ...(await authorization(this.options.signer, this.options.name, principal)), 'content-type': 'application/octet-stream' },
      });
      const value = await answer.json();
      if (statusCode === 201) return storedSchema.parse(value);
      throw refusalOf(this.options.name, statusCode, value) ?? new Error(`status ${statusCode}`);
    } catch (error) {
      if (limited.fault) throw limited.fault; // what the transport says of it is only the echo
      throw this.worded(error);
    }
  }

  /** @throws ServiceUnavailable */
  async open(principal: Principal, id: string, requestId?: string): Promise<(StoredFile & { readonly stream: Readable }) | null> {
    return this.get(principal, encodeURIComponent(id), requestId, (headers, stream) => {
      const facts = described.safeParse(parsed(headers['x-file']));
      return facts.success ? { id, ...facts.data, stream } : null;
    });
  }

  /** @throws ServiceUnavailable */
  async make(principal: Principal, path: string, requestId?: string): Promise<MadeFile | null> {
    return this.get(principal, path, requestId, (headers, stream) => {
      const { 'content-type': mediaType, 'x-file-name': fileName } = headers;
      // Who read it is in the service's own access log.
      return typeof mediaType === 'string' && typeof fileName === 'string' ? { fileName, mediaType, records: [], stream } : null;
    });
  }

  private async get<T>(principal: Principal, path: string, requestId: string | undefined, read: (headers: Record<string, unknown>, stream: Readable) => T | null): Promise<T | null> {
    try {
      const { statusCode, headers, body } = await this.pool.request({
        method: 'GET', path: `${this.path}/${path}`,
        headers: { ...(await authorization(this.options.signer, this.options.name, principal)), ...(requestId ? { 'x-request-id': requestId } : {}) },
      });
      if (statusCode === 200) {
        const file = read(headers, body);
        if (file) return file;
        body.destroy();
        throw new Error('a file without its description');
      }
      const value: unknown = await body.json().catch(() => null);
      if (statusCode === 404) return null;
      throw refusalOf(this.options.name, statusCode, value) ?? new Error(`status ${statusCode}`);
    } catch (error) {
      throw this.worded(error);
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private worded(error: unknown): Error {
    if (error instanceof DomainError) return error;
    this.options.logger.warn({ service: this.options.name, reason: describeFailure(error) }, 'a service did not take or give a file');
    return new ServiceUnavailable(this.options.name);
  }
}

const kinds: ReadonlySet<unknown> = new Set<ErrorKind>(['NOT_FOUND', 'FORBIDDEN', 'CONFLICT', 'BAD_USER_INPUT', 'UNAUTHENTICATED']);
const isKind = (kind: unknown): kind is ErrorKind => kinds.has(kind);

/** A refusal of the service that its reader may read; null where there is none. */
export function refusalOf(service: string, status: number, value: unknown): DomainError | null {
  const error = status < 500 ? readResult(value, service)?.errors?.[0] : undefined;
  if (!error) return null;
  const code = codeOf(error);
  const { kind, field } = error.extensions;
  // The gateway's own token was refused: that is between the processes and no word to the reader.
  if (code === 'TOKEN_INVALID' || code === 'TOKEN_MALFORMED' || code === 'NOT_ADMITTED') return null;
  if (typeof code !== 'string' || !isKind(kind)) return null;
  return new ServiceRefusal(error.message, code, kind, typeof field === 'string' ? field : undefined);
}

function parsed(header: unknown): unknown {
  try {
    return typeof header === 'string' ? JSON.parse(header) : null;
  } catch {
    return null;
  }
}

