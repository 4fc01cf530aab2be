import type { ServerResponse } from 'node:http';
import type { Principal } from '@casebridge/kernel';
import { type GraphQLError, type GraphQLFormattedError, OperationTypeNode } from 'graphql';
import type { HubContext } from '../context';
import type { Door } from '../door';
import { BadRequest, MethodNotAllowed, NotAcceptable, publicError, statusOf, SubscriptionOverHttp } from '../errors';
import type { Asker } from '../limits';
import { OperationRecord } from '../observability/operation-record';
import { wishesOf } from '../observability/wishes';
import { isSubscription, type Prepared, type Question } from '../pipeline';
import { answerEventStream, wantsEventStream } from '../subscriptions/event-stream';
import { answerTypeFor } from './answer-type';
import { runOn } from './apollo';
import type { Exchange } from './exchange';
import { parseClientJson } from './json';
import { utf8 } from './utf8';

/** Of a GraphQL request, in bytes. Nobody answers for what comes without a token; a fourth of it is a document far beyond the limit on tokens. */
const bodyLimits: Readonly<Record<Principal['kind'], number>> = { agency: 1024 * 1024, public: 256 * 1024 };

/** @throws BadRequest for a body that is no JSON, RequestTooLarge, RequestTimeout, and what the limits refuse */
export async function answerGraphQL(exchange: Exchange, door: Door, principal: Principal, { bodyMs }: { readonly bodyMs: number }): Promise<void> {
  const { method, receivedAt, request, requestId } = exchange;
  exchange.allow('GET', 'POST');
  // Any other type could be sent by a page of another site without asking.
  if (method === 'POST' && !/^application\/(graphql-response\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
    throw new BadRequest('The body must be application/json');
  }
  if (method === 'POST' && !isInUtf8(request.headers['content-type'] ?? '')) throw new BadRequest('The body must be in UTF-8');
  const question = method === 'POST' ? questionOf(parseJson(await exchange.body(bodyLimits[principal.kind], bodyMs, faultOfBeginning))) : questionInAddress(exchange.search);
  const record = new OperationRecord(door.name, wishesOf(request.headers, question.extensions, principal), door.clock);
  exchange.record = record;
  const context: HubContext = { principal, receivedAt, requestId, record };
  const asker: Asker = { principal, address: exchange.address, client: exchange };
  if (wantsEventStream(request.headers.accept)) {
    if (method === 'GET') {
      const prepared = door.pipeline.prepare(question, principal);
      if ('ready' in prepared) refuseAct(prepared);
    }
    return answerEventStream(exchange, door, context, asker, question);
  }
  const type = answerTypeFor(request.headers.accept);
  if (type === null) throw new NotAcceptable();
  // Both of one supergraph, also when another takes its place while the operation waits.
  const { apollo, pipeline } = door;
  const prepared = pipeline.prepare(question, principal, record);
  if (!('ready' in prepared)) return refuse(exchange, prepared);
  if (method === 'GET') refuseAct(prepared);
  if (isSubscription(prepared)) throw new SubscriptionOverHttp();
  await pipeline.within(prepared, asker, context, async (inside) => {
    const { result: { data, errors, extensions }, status } = await runOn(apollo, prepared, inside);
    if (exchange.isGone()) return;
    const { response } = exchange;
    response.statusCode = status;
    response.setHeader('cache-control', 'no-store');
    response.setHeader('content-type', type);
    send(response, JSON.stringify({ errors, data, extensions }));
  });
}

/**
 * A page of any other site can have an address asked for, and an event source asks again by itself: an act in it would be done by anybody, and again.
 *
 * @throws MethodNotAllowed
 */
function refuseAct({ ready }: Prepared): void {
  if (ready.operation.operation === OperationTypeNode.MUTATION) throw new MethodNotAllowed(['POST']);
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
  !type.includes(';') || [...type.matchAll(/;\s*([^\s;=]+)\s*=\s*("(?:[^"\\]|\\.)*"|[^;]*)/g)].every(([, name, value]) => name?.toLowerCase() !== 'charset' || /^"?utf-?8"?\s*$/i.test(value ?? ''));

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
