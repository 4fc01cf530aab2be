import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, DomainError, type Principal, publicReader } from '@casebridge/kernel';
import { bearerToken, type Directory, type Logger, requestId, TokenMalformed, type TokenVerifier, type Tracing } from '@casebridge/platform';
import { admit } from '@casebridge/platform/dist/identity/admission';
import {
  type ExecutionArgs, type ExecutionResult, type FormattedExecutionResult, GraphQLError,
} from 'graphql';
import { type Context, handleProtocols, makeServer, type Server as ProtocolServer, type SubscribePayload } from 'graphql-ws';
import { type ServerOptions, WebSocketServer } from 'ws';
import type { HubContext } from '../context';
import type { Door } from '../door';
import { BadRequest, GatewayDraining, isBug, SubscriptionsExhausted, toGraphQLError } from '../errors';
import type { Connections } from '../http/connections';
import { clientAddress, type TrustedProxies } from '../http/client-address';
import type { Asker } from '../limits';
import { OperationRecord } from '../observability/operation-record';
import { wishesOf } from '../observability/wishes';
import type { Pipeline, Prepared } from '../pipeline';
import type { Beat } from './frame';
import { FrameIterator } from './frame-iterator';
import { KeepAlive } from './keep-alive';
import { lostAccess } from './live-streams';
import { idOf } from './operation-names';
import { socketLimits, type SocketLimits } from './limits';
import { SocketWire } from './socket-wire';
import { Subscriber } from './subscriber';

export interface SocketOptions {
  readonly http: Server;
  /** The only path on which sockets are taken. */
  readonly path: string;
  readonly door: Door;
  /** Null where nobody has a token: everybody is the public reader. */
  readonly tokens: TokenVerifier | null;
  /** Whose word on where a client is counts. */
  readonly proxies: TrustedProxies;
  readonly connections: Connections;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly limits?: Partial<SocketLimits>;
  readonly tracing?: Tracing | null;
}

export interface Sockets {
  /** Completes the streams, waits for queries and mutations under way, and closes the sockets with 1001. */
  drain(): Promise<void>;
}

/** Who is at the other end. The upgrade request itself is not kept. */
interface Peer {
  readonly wire: SocketWire;
  readonly address: string;
  authorization: string | undefined;
  principal: Principal;
  streams: number;
}

type SocketContext = Context<Record<string, unknown>, Peer>;

/** What belongs to one operation on a socket. */
interface Live {
  readonly id: string;
  readonly peer: Peer;
  readonly prepared: Prepared;
  readonly pipeline: Pipeline;
  readonly context: HubContext;
  readonly asker: Asker;
  /** Null once its line is in the log: a stream lives long, and there are many. */
  record: OperationRecord | null;
  readonly startedAt: number;
}

const drainMs = 10_000;
/** For the client's answer to a close. */
const farewellMs = 5_000;
const goingAway = 'going away: connect again and go on from the last cursor';

/** graphql-transport-ws: live streams, and queries and mutations as well. */
export function serveSockets(options: SocketOptions): Sockets {
  return new SocketServer(options);
}

class SocketServer implements Sockets {
  private readonly server: WebSocketServer;
  private readonly protocol: ProtocolServer<Peer>;
  private readonly keepAlive: KeepAlive;
  private readonly sessions = new Set<SocketContext>();
  private readonly limits: SocketLimits;

  constructor(private readonly options: SocketOptions) {
    this.limits = { ...socketLimits, ...options.limits };
    const { initMs, keepAliveMs, messageBytes } = this.limits;
    const settings: ServerOptions & { readonly closeTimeout: number } = {
      noServer: true, handleProtocols, maxPayload: messageBytes, perMessageDeflate: false, autoPong: false, closeTimeout: farewellMs,
    };
    this.server = new WebSocketServer(settings);
    this.keepAlive = new KeepAlive(keepAliveMs);
    this.protocol = makeServer<Record<string, unknown>, Peer>({
      connectionInitWaitTimeout: initMs,
      onConnect: (ctx) => this.connect(ctx),
      onClose: (ctx) => void this.sessions.delete(ctx),
      onSubscribe: async (ctx, name, payload) => this.survive(async () => this.prepare(ctx, idOf(name), payload), (error) => [error]),
      execute: (args) => this.survive(() => this.execute(args.contextValue as Live), (error) => ({ errors: [error] })),
      subscribe: (args) => this.survive<FrameIterator | ExecutionResult>(() => this.subscribe(args), (error) => ({ errors: [error] })),
      onNext: (_ctx, _id, _payload, _args, result) => this.formatted(result),
      onError: ({ extra: { wire } }, name, _payload, errors) => {
        wire.operations.end(name);
        return errors.map((e) => options.door.formatError(e));
      },
      onComplete: ({ extra: { wire } }, name) => wire.operations.end(name),
    });
    options.http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
  }

  async drain(): Promise<void> {
    this.options.door.engine.drain();
    for (let waited = 0; waited < drainMs && this.isBusy(); waited += 10) await sleep(10);
    for (const client of this.server.clients) client.close(1001, goingAway);
    for (let waited = 0; waited < 1_000 && this.server.clients.size > 0; waited += 10) await sleep(10);
    for (const client of this.server.clients) client.terminate(); // did not answer the close
    this.keepAlive.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private isBusy(): boolean {
    return [...this.sessions].some((ctx) => Object.keys(ctx.subscriptions).length > 0);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path !== this.options.path) return refuseUpgrade(socket, '404 Not Found');
    if (this.options.door.engine.isDraining) return refuseUpgrade(socket, '503 Service Unavailable');
    const { authorization } = request.headers;
    const address = clientAddress(request, this.options.proxies);
    if (!this.options.connections.claim(socket, address)) return refuseUpgrade(socket, '503 Service Unavailable');
    this.server.handleUpgrade(request, socket, head, (client) => {
      const wire = new SocketWire(client, socket, this.options.logger);
      const closed = this.protocol.opened(wire, { wire, address, authorization, principal: publicReader, streams: 0 });
      const forget = this.keepAlive.add(wire);
      client.once('close', (code, reason) => {
        forget();
        closed(code, String(reason)).catch((error: unknown) => this.options.logger.error({ err: error }, 'a socket was not closed in order'));
      });
    });
  }

  /** No token at all is the public reader, as over HTTP; a bad one is 4403. */
  private async connect(ctx: SocketContext): Promise<boolean> {
    const { logger, tokens } = this.options;
    const peer = ctx.extra;
    try {
      const token = tokens && tokenOf(ctx);
      peer.principal = admit(tokens && token !== null ? await tokens.verify(token) : publicReader);
      this.sessions.add(ctx);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      logger.info({ code: error.code }, 'a socket was refused');
      peer.wire.close(error.kind === 'UNAVAILABLE' ? 1013 : 4403, error.code);
      return false;
    } finally {
      // Nobody asks again, and it may be a megabyte of anything.
      delete (ctx as { connectionParams?: unknown }).connectionParams;
      peer.authorization = undefined;
    }
  }

  /** A bug in one operation is the end of that operation; thrown further, it would close the socket under all the others. */
  private async survive<T>(work: () => Promise<T>, instead: (error: GraphQLError) => T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof DomainError) return instead(toGraphQLError(error));
      this.options.logger.error({ err: error }, 'an operation on a socket failed');
      return instead(new GraphQLError('Internal server error', { extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } }));
    }
  }

  private prepare({ extra: peer }: SocketContext, id: string, payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] {
    const { clock, directory, door: { engine, generation, pipeline } } = this.options;
    const { address, principal } = peer;
    const lost = engine.isDraining ? new GatewayDraining() : lostAccess(principal, directory, clock);
    if (lost) return [toGraphQLError(lost)];
    if (id.length > this.limits.idCharacters) return [toGraphQLError(new BadRequest(`An id has at most ${this.limits.idCharacters} characters`))];
    const startedAt = performance.now();
    const record = new OperationRecord(this.options.door.name, wishesOf({}, payload.extensions, principal), clock);
    const prepared = pipeline.prepare({ ...payload }, principal, record);
    forget(payload);
    const context: HubContext = { principal, requestId: requestId(undefined, clock), receivedAt: clock.now() };
    if (!('ready' in prepared)) {
      this.account(context, record, startedAt);
      return prepared;
    }
    const live: Live = { id, peer, prepared, pipeline, asker: { principal, address, client: peer.wire }, context, record, startedAt };
    const { document, variables } = prepared;
    return { schema: generation.schema, document, operationName: prepared.ready.name, variableValues: variables, contextValue: live };
  }

  /** One line per operation: of a stream when it is open, or is not. */
  private account({ principal, requestId }: HubContext, record: OperationRecord, startedAt: number): void {
    const agency = principal.kind === 'agency' ? principal.agency.code : null;
    this.options.logger.info({ ms: Math.round(performance.now() - startedAt), requestId, agency, graphql: record.line() }, 'operation on a socket');
  }

  private async accounted<T>(live: Live, work: (context: HubContext) => Promise<T>): Promise<T> {
    const { context, record, startedAt } = live;
    if (!record) return work(context);
    live.record = null;
    try {
      return await work({ ...context, record });
    } catch (cause) {
      record.failed(cause);
      throw cause;
    } finally {
      this.account(context, record, startedAt);
    }
  }

  private execute(live: Live): Promise<ExecutionResult> {
    const { tracing } = this.options;
    const work = (): Promise<ExecutionResult> => this.accounted(live, (context) => this.run(live, context));
    return tracing ? tracing.begin('operation', null, { kind: 'server', attributes: { 'hub.request': live.context.requestId } }, work) : work();
  }

  private run({ asker, prepared }: Live, context: HubContext): Promise<ExecutionResult> {
    const { apollo, pipeline } = this.options.door;
    const { ready, text, variables } = prepared;
    return pipeline.within(prepared, asker, context, async (contextValue) => {
      const { body } = await apollo.executeOperation({ query: text, variables, ...(ready.name === null ? {} : { operationName: ready.name }) }, { contextValue });
      if (body.kind !== 'single') throw new Error('an answer in parts, which nobody asked for');
      return body.singleResult as ExecutionResult; // formatted already
    });
  }

  private subscribe({ contextValue }: ExecutionArgs): Promise<FrameIterator | ExecutionResult> {
    const live = contextValue as Live;
    return this.accounted(live, async ({ record }) => {
      const opened = await this.open(live);
      if (!(opened instanceof FrameIterator)) record?.refused(opened.errors ?? []);
      return opened;
    });
  }

  private async open({ asker, context, id, peer, pipeline, prepared }: Live): Promise<FrameIterator | ExecutionResult> {
    if (peer.streams >= this.limits.streams) throw new SubscriptionsExhausted();
    peer.streams += 1; // before it is opened: many may be asked for at once
    const left = (): void => void (peer.streams -= 1);
    try {
      const opened = await this.options.door.engine.open({ asker, context, pipeline, prepared, onBeat: beatsTo(peer.wire, id) });
      if (opened instanceof Subscriber) return new FrameIterator(opened, framesTo(peer.wire, id), left);
      left();
      return opened;
    } catch (cause) {
      left();
      throw cause;
    }
  }

  private formatted(result: ExecutionResult): FormattedExecutionResult {
    const { errors, ...rest } = result;
    if (!errors) return rest;
    const plain = errors.map((e) => (e instanceof GraphQLError ? e.toJSON() : e));
    for (const [i, e] of plain.entries()) {
      if (errors[i] instanceof GraphQLError && isBug(e)) this.options.logger.error({ err: errors[i].originalError ?? errors[i] }, 'an event failed');
    }
    return { ...rest, errors: errors.map((e) => (e instanceof GraphQLError ? this.options.door.formatError(e) : e)) };
  }
}

/** The head of its messages is made once for each stream. */
function framesTo(wire: SocketWire, id: string): (text: string) => Promise<void> {
  const head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
  return (text) => wire.write(`${head}${text}}`);
}

/** A place in an idle stream, as a ping: no client takes it for an event. */
const beatsTo = (wire: SocketWire, id: string) => ({ cursor }: Beat): void => wire.tell({ type: 'ping', payload: { heartbeat: { [id]: cursor } } });

/** The library keeps what it was sent for as long as the operation lasts. */
function forget(payload: object): void {
  for (const key of Object.keys(payload)) delete (payload as Record<string, unknown>)[key];
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => undefined); // the server no longer listens to it: a reset would end the process
  socket.end(`HTTP/1.1 ${status}\r\n${status.startsWith('503') ? 'Retry-After: 1\r\n' : ''}Connection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** From `connection_init` (`authorization: 'Bearer …'` or `token`), else from the upgrade request; never from the address. */
function tokenOf({ connectionParams = {}, extra }: SocketContext): string | null {
  const { token } = connectionParams;
  const header = connectionParams['authorization'] ?? connectionParams['Authorization'];
  if (header != null && typeof header !== 'string') throw new TokenMalformed();
  if (header != null) return bearerToken(header);
  if (token != null && typeof token !== 'string') throw new TokenMalformed();
  return token ?? bearerToken(extra.authorization);
}
