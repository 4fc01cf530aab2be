import type { ServerResponse } from 'node:http';
import { HeaderMap } from '@apollo/server';
import type { Principal } from '@casebridge/kernel';
import { GraphQLError, type GraphQLFormattedError, OperationTypeNode } from 'graphql';
import type { HubContext } from '../context';
import type { Door } from '../door';
import { BadRequest, MethodNotAllowed, publicError, statusOf } from '../errors';
import type { Asker } from '../limits';
import { OperationRecord } from '../observability/operation-record';
import { wishesOf } from '../observability/wishes';
import type { Prepared, Question } from '../pipeline';
import { answerEventStream, wantsEventStream } from '../subscriptions/event-stream';
import type { Exchange } from './exchange';
import { parseClientJson } from './json';
import { utf8 } from './utf8';

/** Of a GraphQL request, in bytes. */
const bodyLimit = 1024 * 1024;

/** @throws BadRequest for a body that is no JSON, RequestTooLarge, RequestTimeout, and what the limits refuse */
export async function answerGraphQL(exchange: Exchange, door: Door, principal: Principal, { bodyMs }: { readonly bodyMs: number }): Promise<void> {
  const { method, receivedAt, request, requestId } = exchange;
  exchange.allow('GET', 'POST');
  // Any other type could be sent by a page of another site without asking.
  if (method === 'POST' && !/^application\/(graphql-response\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new BadRequest('The body must be application/json');
  }
  if (method === 'POST' && !isInUtf8(request.headers['content-type'] ?? '')) throw new BadRequest('The body must be in UTF-8');
  const question = method === 'POST' ? questionOf(parseJson(await exchange.body(bodyLimit, bodyMs, faultOfBeginning))) : questionInAddress(exchange.search);
  const record = new OperationRecord(door.name, wishesOf(request.headers, question.extensions, principal), door.clock);
  exchange.record = record;
  const context: HubContext = { principal, receivedAt, requestId, record };
  const asker: Asker = { principal, address: exchange.address, client: exchange };
  if (wantsEventStream(request.headers.accept)) {
    if (method === 'GET') refuseActs(door, question, principal);
    return answerEventStream(exchange, door, context, asker, question);
  }
  // Both of one supergraph, also when another takes its place while the operation waits.
  const { apollo, pipeline } = door;
  const prepared = pipeline.prepare(question, principal, record);
  if (!('ready' in prepared)) return refuse(exchange, prepared);
  await pipeline.within(prepared, asker, context, (inside) => run(exchange, apollo, prepared, inside));
}

/**
 * An event source asks again by itself, and any page can make one: an act in an address would be done again and by anybody.
 *
 * @throws MethodNotAllowed
 */
function refuseActs({ pipeline }: Door, question: Question, principal: Principal): void {
  const prepared = pipeline.prepare(question, principal);
  if ('ready' in prepared && prepared.ready.operation.operation === OperationTypeNode.MUTATION) throw new MethodNotAllowed(['POST']);
}

async function run(exchange: Exchange, apollo: Door['apollo'], { ready, text, variables }: Prepared, context: HubContext): Promise<void> {
  const { method, request, response } = exchange;
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
  const body = { query: text, variables, ...(ready.name === null ? {} : { operationName: ready.name }) };
  // A query in the address runs as if it had been sent; an act in the address is refused, which the method tells.
  const asGet = method === 'GET' && ready.operation.operation === OperationTypeNode.MUTATION;
  if (!asGet) headers.set('content-type', 'application/json');
  const result = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: asGet ? { method, headers, search: exchange.search, body: undefined } : { method: 'POST', headers, search: '', body },
    context: () => Promise.resolve(context),
  });
  if (exchange.isGone()) return;
  response.statusCode = result.status ?? 200;
  response.setHeader('cache-control', 'no-store');
  for (const [name, value] of result.headers) response.setHeader(name, value);
  if (result.body.kind !== 'complete') throw new Error('an answer in parts, which nobody asked for');
  send(response, result.body.string);
}

/** From so many characters on it is cheaper to encode a text once than to have it measured and encoded: measured, a sixth of the whole for 200 KB. */
const longText = 16_384;

function send(response: ServerResponse, text: string): void {
  if (text.length < longText) return void response.end(text);
  const bytes = utf8(text);
  response.setHeader('content-length', bytes.length);
  response.end(bytes);
}

/** Refusals before anything has run. What the document or its variables are refused for is an answer to who asked for plain JSON. */
function refuse(exchange: Exchange, errors: readonly GraphQLError[]): void {
  const plain = errors.map((error): GraphQLFormattedError => publicError(error.toJSON()));
  const accept = exchange.request.headers.accept ?? '';
  const modern = /application\/graphql-response\+json/i.test(accept);
  const { code, kind } = (plain[0]?.extensions ?? {}) as { code: string; kind: Parameters<typeof statusOf>[0]['kind'] };
  const answered = !modern && /application\/json/i.test(accept) && answeredInJson.has(code);
  exchange.json(answered ? 200 : statusOf({ code, kind }), { errors: plain }, modern ? 'application/graphql-response+json' : 'application/json');
}

/** GraphQL over HTTP, section on application/json. */
const answeredInJson: ReadonlySet<string> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/** Whether a content type names no other charset. */
const isInUtf8 = (type: string): boolean =>
  [...type.matchAll(/;\s*([^\s;=]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g)].every(([, name, value]) => name?.toLowerCase() !== 'charset' || /^"?utf-?8"?\s*$/i.test(value ?? ''));

const blanks = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** Lists, texts, numbers, true, false and null begin with one of these. */
const otherValue = /[["\-0-9tfn]/;

/** Nothing but an object is a request: a megabyte of something else is not read to its end. */
function faultOfBeginning(beginning: Buffer): BadRequest | null {
  const first = beginning.find((byte) => !blanks.has(byte));
  if (first === undefined || first === 0x7b) return null;
  return new BadRequest(otherValue.test(String.fromCharCode(first)) ? notAnObject : notJson);
}

const notJson = 'The body is not JSON';
const notAnObject = 'The body must be one JSON object';

function parseJson(text: string): unknown {
  try {
    return parseClientJson(text);
  } catch {
    throw new BadRequest(notJson);
  }
}

function questionOf(body: unknown): Question {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) throw new BadRequest(notAnObject);
  const { extensions } = body as Question;
  if (extensions != null && (typeof extensions !== 'object' || Array.isArray(extensions))) throw new BadRequest('The extensions must be an object');
  return body;
}

function questionInAddress(search: string): Question {
  const { extensions, variables, ...others } = Object.fromEntries(new URLSearchParams(search));
  return questionOf({
    ...others,
    ...(variables ? { variables: parseJson(variables) } : {}),
    ...(extensions ? { extensions: parseJson(extensions) } : {}),
  });
}
