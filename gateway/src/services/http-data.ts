import type { Readable } from 'node:stream';
import { type AgencyReader, DomainError, type Principal } from '@casebridge/kernel';
import { type DataPort, type DataReply, type DataRequest, describeFailure, maxFileBytes } from '@casebridge/platform';
import { Pool } from 'undici';
import { z } from 'zod';
import { ServiceUnavailable } from '../errors';
import { type HttpFilesOptions, refusalOf } from './http-files';
import { LimitedBody } from './limited-body';
import { authorization } from './wire';

const idleMs = 60_000;
/** A manifest reads everything that it lists before it says a word. */
const answerMs = 120_000;
const facts = z.object({
  mediaType: z.string(), fileName: z.string().nullable(), etag: z.string().nullable(), headers: z.record(z.string(), z.string()),
  records: z.array(z.string()), fields: z.array(z.string()),
});

/** Tables of a service across the network, streamed both ways. */
export class HttpData implements DataPort {
  private readonly pool: Pool;
  private readonly base: string;

  constructor(private readonly options: HttpFilesOptions) {
    const { origin, pathname } = new URL(options.url);
    this.base = `${pathname.replace(/\/+$/, '')}/data/`;
    // Connections of their own: a few slow downloads must not keep queries waiting.
    this.pool = new Pool(origin, { connections: 16, pipelining: 1, connect: { timeout: 2_000 }, headersTimeout: answerMs, bodyTimeout: idleMs });
  }

  /** @throws ServiceUnavailable, or the service's own refusal */
  async open(principal: Principal, request: DataRequest): Promise<DataReply | null> {
    try {
      const headers = { ...(await this.headers(principal, request)), ...(request.known.length > 0 ? { 'if-none-match': request.known.join(', ') } : {}) };
      const { body, headers: answered, statusCode } = await this.pool.request({ method: 'GET', path: this.pathOf(request), headers });
      if (statusCode !== 200 && statusCode !== 204) return await this.refused(statusCode, body);
      const described = answered['x-data'];
      const about = facts.parse(JSON.parse(decodeURIComponent(typeof described === 'string' ? described : '')));
      if (statusCode === 204) await body.dump();
      return { ...about, body: statusCode === 204 ? null : body };
    } catch (error) {
      throw this.worded(error);
    }
  }

  /** @throws FileTooLarge, UploadInterrupted, ServiceUnavailable, or the service's own refusal */
  async take(principal: AgencyReader, request: DataRequest, body: Readable): Promise<object | null> {
    const limited = new LimitedBody(body, maxFileBytes);
    try {
      const headers = { ...(await this.headers(principal, request)), 'content-type': 'application/octet-stream' };
      const { body: answer, statusCode } = await this.pool.request({ method: 'POST', path: this.pathOf(request), headers, body: limited });
      if (statusCode !== 202) return await this.refused(statusCode, answer);
      return z.looseObject({}).parse(await answer.json());
    } catch (error) {
      throw limited.fault ?? this.worded(error);
    }
  }

  async close(): Promise<void> {
    await this.pool.close();
  }

  private async headers(principal: Principal, { requestId }: DataRequest): Promise<Record<string, string>> {
    return { ...(await authorization(this.options.signer, this.options.name, principal)), 'x-request-id': requestId };
  }

  private readonly pathOf = ({ path, query }: DataRequest): string => {
    const search = new URLSearchParams(query).toString();
    return `${this.base}${path.split('/').map(encodeURIComponent).join('/')}${search === '' ? '' : `?${search}`}`;
  };

  private async refused(status: number, body: { json(): Promise<unknown> }): Promise<null> {
    const value = await body.json().catch(() => null);
    if (status === 404) return null;
    throw refusalOf(this.options.name, status, value) ?? new Error(`status ${status}`);
  }

  private worded(error: unknown): Error {
    if (error instanceof DomainError) return error;
    this.options.logger.warn({ service: this.options.name, reason: describeFailure(error) }, 'a service did not give or take a table');
    return new ServiceUnavailable(this.options.name);
  }
}
