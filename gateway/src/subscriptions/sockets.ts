import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { ApolloServer } from '@apollo/server';
import { type Clock, DomainError, type Principal, publicReader } from '@casebridge/kernel';
import { bearerToken, type Directory, type Logger, type Metrics, requestId, TokenMalformed, type TokenVerifier } from '@casebridge/platform';
import { admit } from '@casebridge/platform/dist/identity/admission';
import {
  type ExecutionArgs, type ExecutionResult, type FormattedExecutionResult, GraphQLError, Kind, type OperationDefinitionNode,
} from 'graphql';
import type { Context, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import type { HubContext } from '../context';
import { GatewayDraining, isBug, publicError, ServiceUnavailable, toGraphQLError } from '../errors';
import type { Generation, LiveRequest } from '../federation/generation';
import { isSubscription, SocketDocuments } from './documents';
import { LiveStream } from './live-stream';
import { LiveStreams, lostAccess } from './live-streams';

export interface SocketOptions {
  readonly http: Server;
  /** The only path on which sockets are taken. */
  readonly path: string;
  readonly generation: Generation;
  /** Runs queries and mutations, as it does those that come over HTTP. */
  readonly apollo: ApolloServer<HubContext>;
  readonly tokens: TokenVerifier;
  readonly directory: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
}

export interface Sockets {
  readonly openStreams: number;
  /** Completes the streams, waits for queries and mutations under way, and closes the sockets with 1001. */
  drain(): Promise<void>;
}

interface Session extends Record<PropertyKey, unknown> {
  principal?: Principal;
}

type SocketContext = Context<Record<string, unknown>, Extra & Partial<Session>>;

/** What belongs to one operation on a socket. */
interface Live extends LiveRequest {
  readonly id: string;
  readonly socket: SocketContext;
  readonly query: string;
  readonly operation: OperationDefinitionNode;
  readonly operationName: string | null;
}

const maxMessageBytes = 1024 * 1024;
const keepAliveMs = 12_000;
const drainMs = 10_000;
const goingAway = 'going away: connect again and go on from the last cursor';

/** graphql-transport-ws: live streams, and queries and mutations as well. */
export function serveSockets(options: SocketOptions): Sockets {
  return new SocketServer(options);
}

class SocketServer implements Sockets {
  private readonly server = new WebSocketServer({ noServer: true, maxPayload: maxMessageBytes, perMessageDeflate: false });
  private readonly streams: LiveStreams;
  private readonly documents: SocketDocuments;
  private readonly sessions = new Set<SocketContext>();
  private draining = false;

  constructor(private readonly options: SocketOptions) {
    this.streams = new LiveStreams(options.directory, options.clock);
    this.documents = new SocketDocuments(options.generation);
    useServer<Record<string, unknown>, Session>(
      {
        isProd: true, // words of an unexpected error stay out of the close frame
        onConnect: (ctx) => this.connect(ctx),
        onClose: (ctx) => void this.sessions.delete(ctx),
        onSubscribe: async (ctx, id, payload) => this.survive(async () => this.prepare(ctx, id, payload), (error) => [error]),
        execute: (args) => this.survive(() => this.execute(args.contextValue as Live), (error) => ({ errors: [error] })),
        subscribe: (args) => this.survive<LiveStream | ExecutionResult>(() => this.subscribe(args), (error) => ({ errors: [error] })),
        onNext: (_ctx, _id, _payload, _args, result) => this.formatted(result),
        onError: (_ctx, _id, _payload, errors) => errors.map((e) => publicError(e.toJSON())),
      },
      this.server,
      keepAliveMs,
    );
    options.http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => this.upgrade(request, socket, head));
  }

  get openStreams(): number {
    return this.streams.size;
  }

  async drain(): Promise<void> {
    this.draining = true;
    this.streams.endAll();
    for (let waited = 0; waited < drainMs && this.isBusy(); waited += 10) await sleep(10);
    for (const client of this.server.clients) client.close(1001, goingAway);
    for (let waited = 0; waited < 1_000 && this.server.clients.size > 0; waited += 10) await sleep(10);
    for (const client of this.server.clients) client.terminate(); // did not answer the close
    this.streams.close();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private isBusy(): boolean {
    return [...this.sessions].some((ctx) => Object.keys(ctx.subscriptions).length > 0);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const path = (request.url ?? '').split('?', 1)[0];
    if (path !== this.options.path) return refuseUpgrade(socket, '404 Not Found');
    if (this.draining) return refuseUpgrade(socket, '503 Service Unavailable');
    this.server.handleUpgrade(request, socket, head, (client) => this.server.emit('connection', client, request));
  }

  /** No token at all is the public reader, as over HTTP; a bad one is 4403. */
  private async connect(ctx: SocketContext): Promise<boolean> {
    const { logger, tokens } = this.options;
    try {
      const token = tokenOf(ctx);
      ctx.extra.principal = admit(token === null ? publicReader : await tokens.verify(token));
      this.sessions.add(ctx);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      logger.info({ code: error.code }, 'a socket was refused');
      ctx.extra.socket.close(error.kind === 'UNAVAILABLE' ? 1013 : 4403, error.code);
      return false;
    }
  }

  /** A bug in one operation is the end of that operation; thrown further, it would close the socket under all the others. */
  private async survive<T>(work: () => Promise<T>, instead: (error: GraphQLError) => T): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.options.logger.error({ err: error }, 'an operation on a socket failed');
      return instead(new GraphQLError('Internal server error', { extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } }));
    }
  }

  private prepare(ctx: SocketContext, id: string, payload: SubscribePayload): ExecutionArgs | readonly GraphQLError[] {
    const { clock, directory, generation } = this.options;
    const principal = ctx.extra.principal ?? publicReader;
    const lost = this.draining ? new GatewayDraining() : lostAccess(principal, directory, clock);
    if (lost) return [toGraphQLError(lost)];
    const operationName = payload.operationName || null;
    const checked = this.documents.check(payload.query, operationName);
    if (!('document' in checked)) return checked;
    const { document, operation } = checked;
    const variables = payload.variables ?? {};
    const live: Live = {
      id, socket: ctx, query: payload.query, operation, operationName, variables,
      context: { principal, requestId: requestId(undefined, clock), receivedAt: clock.now() },
    };
    if (isSubscription(operation)) {
      const faults = this.documents.variableFaults(operation, variables);
      if (faults.length > 0) return faults;
    }
    return { schema: generation.schema, document, operationName, variableValues: variables, contextValue: live };
  }

  private async execute({ context, operationName, query, variables }: Live): Promise<ExecutionResult> {
    const { body } = await this.options.apollo.executeOperation(
      { query, ...(operationName ? { operationName } : {}), variables: { ...variables } },
      { contextValue: context },
    );
    if (body.kind !== 'single') throw new Error('an answer in parts, which nobody asked for');
    return body.singleResult as ExecutionResult; // formatted already
  }

  private async subscribe(args: ExecutionArgs): Promise<LiveStream | ExecutionResult> {
    const { generation } = this.options;
    const live = args.contextValue as Live;
    const plan = this.plan(live, args);
    if (plan instanceof GraphQLError) return { errors: [plan] };
    const upstream = await generation.openStream(plan, live);
    if (!(Symbol.asyncIterator in upstream)) return upstream;
    return this.follow(live, plan, upstream);
  }

  private plan(live: Live, args: ExecutionArgs) {
    try {
      return this.documents.plan(live.query, args.document, live.operationName);
    } catch (error) {
      if (error instanceof GraphQLError) return error;
      throw error;
    }
  }

  private follow(live: Live, plan: ReturnType<Generation['planSubscription']>, upstream: AsyncGenerator<ExecutionResult, void, void>): LiveStream {
    const { clock, directory, generation, logger, metrics } = this.options;
    const { principal } = live.context;
    const closed = metrics.subscriptionOpened(rootField(live.operation));
    const stream: LiveStream = new LiveStream({
      upstream,
      handle: async (event) => {
        const cursor = heartbeatOf(event);
        if (cursor !== null) return this.beat(live, cursor);
        // Answers made without real I/O never leave the microtasks: a long replay would keep timers and signals waiting.
        await setImmediate();
        const context: HubContext = { ...live.context, receivedAt: clock.now() };
        return generation.completeEvent(plan, event, { ...live, context });
      },
      onFailure: (error) => {
        logger.error({ err: error, requestId: live.context.requestId }, 'a live stream broke');
        return toGraphQLError(new ServiceUnavailable(plan.primary.serviceName as ServiceUnavailable['service']));
      },
      onClose: () => {
        this.streams.delete(stream);
        closed();
      },
    });
    this.streams.add(stream, principal);
    // The reader may have lost his access, and the gateway may have begun to drain, while the stream was opened.
    const lost = lostAccess(principal, directory, clock);
    if (lost || this.draining) stream.end(lost && toGraphQLError(lost));
    return stream;
  }

  /** A place in an idle stream, as a ping: no client takes it for an event. */
  private beat({ id, socket }: Live, cursor: string): null {
    const { socket: ws } = socket.extra;
    if (ws.readyState === ws.OPEN) ws.send(JSON.stringify({ type: 'ping', payload: { heartbeat: { [id]: cursor } } }));
    return null;
  }

  private formatted(result: ExecutionResult): FormattedExecutionResult {
    const { errors, ...rest } = result;
    if (!errors) return rest;
    const plain = errors.map((e) => (e instanceof GraphQLError ? e.toJSON() : e));
    for (const [i, e] of plain.entries()) {
      if (errors[i] instanceof GraphQLError && isBug(e)) this.options.logger.error({ err: errors[i].originalError ?? errors[i] }, 'an event failed');
    }
    return { ...rest, errors: plain.map(publicError) };
  }
}

function refuseUpgrade(socket: Duplex, status: string): void {
  socket.on('error', () => undefined); // the server no longer listens to it: a reset would end the process
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** From `connection_init` (`authorization: 'Bearer …'` or `token`), else from the upgrade request; never from the address. */
function tokenOf({ connectionParams = {}, extra }: SocketContext): string | null {
  const { token } = connectionParams;
  const header = connectionParams['authorization'] ?? connectionParams['Authorization'];
  if (header != null && typeof header !== 'string') throw new TokenMalformed();
  if (header != null) return bearerToken(header);
  if (token != null && typeof token !== 'string') throw new TokenMalformed();
  return token ?? bearerToken(extra.request.headers.authorization);
}

/** Cursor of a result that keeps the place of an idle stream and is no event. */
function heartbeatOf({ data, errors, extensions }: ExecutionResult): string | null {
  if (data != null || errors) return null;
  const heartbeat: unknown = extensions?.['heartbeat'];
  if (typeof heartbeat !== 'object' || heartbeat === null || !('cursor' in heartbeat)) return null;
  return typeof heartbeat.cursor === 'string' ? heartbeat.cursor : null;
}

function rootField({ selectionSet }: OperationDefinitionNode): string {
  const [first] = selectionSet.selections;
  return first?.kind === Kind.FIELD ? first.name.value : 'subscription';
}
