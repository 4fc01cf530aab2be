import { pipeline } from 'node:stream/promises';
import type { Principal } from '@casebridge/kernel';
import { type DataPort, type DataRequest, FileTooLarge, maxFileBytes } from '@casebridge/platform';
import { BadRequest, PathNotFound, TokenRequired } from '../errors';
import type { Charge } from '../limits';
import { LimitedBody } from '../services/limited-body';
import type { Exchange } from './exchange';

/** Charges a reader, by whom and whence, with points of his budget. */
export type Charging = (principal: Principal, address: string, points: number) => Charge | Promise<Charge>;

/** Points that a whole table costs; whether the reader has it already takes as much to find out. What is not there costs as much as a small question. */
const wholeFile = 10_000;
const nothingRead = 100;

/** `GET` of a table as a file, made while it is sent: absent and forbidden are one answer. */
export async function sendData(exchange: Exchange, data: DataPort, principal: Principal, charge: Charging): Promise<void> {
  const { response } = exchange;
  const charged = await charge(principal, exchange.address, wholeFile);
  const reply = await data.open(principal, requestOf(exchange));
  if (!reply) {
    charged.settle(nothingRead);
    throw new PathNotFound('No such data');
  }
  const { body, etag, fileName, headers, mediaType } = reply;
  if (exchange.isGone()) return void body?.destroy();
  const tags = { ...headers, ...(etag === null ? {} : { etag }), 'cache-control': principal.kind === 'public' ? 'no-cache' : 'no-store' };
  if (!body || exchange.method === 'HEAD') {
    body?.destroy();
    response.writeHead(body ? 200 : 304, { ...tags, ...(body ? { 'content-type': mediaType } : {}) });
    return void response.end();
  }
  response.writeHead(200, {
    ...tags, 'content-type': mediaType, 'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    ...(fileName === null ? {} : { 'content-disposition': `attachment; filename="${fileName}"` }),
  });
  // Broken off on either side, the connection is cut: a short file never looks like a whole one.
  await pipeline(body, response);
}

/** `POST` of a table: stored as it is and checked afterwards; the receipt says where to ask. */
export async function takeData(exchange: Exchange, data: DataPort, principal: Principal): Promise<void> {
  if (principal.kind !== 'agency') throw new TokenRequired();
  if (Number(exchange.request.headers['content-length'] ?? 0) > maxFileBytes) throw new FileTooLarge(maxFileBytes);
  const body = new LimitedBody(exchange.request, maxFileBytes);
  let receipt: object | null;
  try {
    receipt = await data.take(principal, requestOf(exchange), body);
  } catch (error) {
    throw body.fault ?? error;
  }
  if (!receipt) throw new PathNotFound('No such data');
  exchange.json(202, receipt);
}

function requestOf({ path, request, requestId, search }: Exchange): DataRequest {
  const tags = request.headers['if-none-match'];
  return { path: decoded(path).replace(/^\/(?:public\/data\/|exchange\/)/, (route) => (route === '/exchange/' ? 'exchange/' : 'public/')), query: Object.fromEntries(new URLSearchParams(search)), known: tags?.split(',').map((tag) => tag.trim().replace(/^W\//, '')) ?? [], requestId };
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new BadRequest('The path cannot be read');
  }
}
