import { buildSubgraphSchema } from '@apollo/subgraph';
import type { ServiceName } from '@casebridge/contracts';
import { assertAdmitted, type FilePort, maskError, type ServiceHealth, type ServicePort, type ServiceRequest } from '@casebridge/platform';
import { execute, type ExecutionResult, getOperationAST, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';

type Resolvers = Parameters<typeof buildSubgraphSchema>[0] extends infer M ? (M extends { resolvers?: infer R } ? NonNullable<R> : never) : never;

/** `null` stands for a lost upstream; a text for a heartbeat with this cursor; an error for a refusal; anything else is an event. */
export type Push = (Record<string, unknown> & { $place?: unknown }) | string | GraphQLError | null;

/** What links a directive of rights asks the gateway to enforce it: linked where it is used only. */
const linkFor = (sdl: string): string => {
  const used = ['@key', '@tag', '@shareable', '@authenticated', '@requiresScopes', '@policy', '@cost', '@listSize'].filter((name) => sdl.includes(name));
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ${JSON.stringify(used)})`;
};

/** A service with a schema of the test's own, a feed that the test pushes into, and faults on demand. */
export class TestService implements ServicePort {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  readonly requests: ServiceRequest[] = [];
  readonly feeds = new Set<TestFeed>();
  files?: FilePort;
  fault: 'none' | 'throw' | 'hang' = 'none';
  private held: Promise<void> | null = null;
  healthy = true;

  constructor(
    readonly name: ServiceName,
    sdl: string,
    resolvers: Resolvers,
  ) {
    this.sdl = `${linkFor(sdl)}\n${sdl}`;
    this.schema = buildSubgraphSchema({ typeDefs: parse(this.sdl), resolvers });
  }

  async execute(request: ServiceRequest): Promise<ExecutionResult> {
    assertAdmitted(request.principal);
    this.requests.push(request);
    if (this.fault === 'throw') throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
    if (this.fault === 'hang') return new Promise(() => undefined);
    await this.held;
    return this.run(request, undefined);
  }

  /** Answers nothing until the test lets it. */
  hold(): () => void {
    let release: () => void = () => undefined;
    this.held = new Promise((resolve) => (release = resolve));
    return () => {
      this.held = null;
      release();
    };
  }

  subscribe(request: ServiceRequest): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    assertAdmitted(request.principal);
    this.requests.push(request);
    if (this.fault === 'throw') return Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432'));
    const feed = new TestFeed((event) => this.run(request, event), (closed) => this.feeds.delete(closed));
    this.feeds.add(feed);
    if (request.query.includes('logged')) this.replay(feed, request);
    return Promise.resolve(feed);
  }

  /** A log of the service: what was written is kept, and followed from any place by `logged`. */
  readonly log: Record<string, unknown>[] = [];
  /** Whether results tell their place beside the answer, as services of the platform do. */
  tellsPlaces = true;

  /** Writes the next entries, numbered from 1. */
  write(...entries: Record<string, unknown>[]): void {
    for (const entry of entries) {
      const n = this.log.length + 1;
      this.log.push({ n, cursor: `c${n}`, ...entry });
      for (const feed of this.feeds) feed.push(this.entry(n));
    }
  }

  /** Every live stream breaks, as when the process dies. */
  cut(): void {
    for (const feed of [...this.feeds]) feed.push(null);
  }

  private replay(feed: TestFeed, { variables }: ServiceRequest): void {
    const after = variables?.['hub_after'];
    if (typeof after === 'string' && !/^c\d+$/.test(after)) return feed.push(new GraphQLError('after: no', { extensions: { code: 'CURSOR_INVALID', kind: 'BAD_USER_INPUT', field: 'after' } }));
    const from = typeof after === 'string' ? Number(after.slice(1)) : this.log.length;
    for (let n = from + 1; n <= this.log.length; n += 1) feed.push(this.entry(n));
    if (this.tellsPlaces) feed.push(`c${Math.max(from, this.log.length)}`);
  }

  private entry(n: number): Push {
    return { logged: this.log[n - 1], ...(this.tellsPlaces ? { $place: { cursor: `c${n}`, position: n } } : {}) };
  }

  health(): Promise<ServiceHealth> {
    return Promise.resolve({ name: this.name, ok: this.healthy, checks: { database: { ok: this.healthy, message: 'postgres://role:word@host/db' } } });
  }

  push(...events: Push[]): void {
    for (const feed of this.feeds) for (const event of events) feed.push(event);
  }

  private async run(request: ServiceRequest, rootValue: unknown): Promise<ExecutionResult> {
    const document = request.document ?? parse(request.query);
    const faults = validate(this.schema, document);
    if (faults.length > 0 || !getOperationAST(document, request.operationName)) return { errors: faults };
    const result = await execute({
      schema: this.schema, document, rootValue, contextValue: request, variableValues: request.variables, operationName: request.operationName,
    });
    return result.errors ? { ...result, errors: result.errors.map((e) => maskError(e, () => undefined)) } : result;
  }
}

export class TestFeed implements AsyncGenerator<ExecutionResult, void, void> {
  private readonly waitingEvents: Push[] = [];
  private wake: () => void = () => undefined;
  private over = false;

  constructor(
    private readonly resolve: (event: Record<string, unknown>) => Promise<ExecutionResult>,
    private readonly onClose: (feed: TestFeed) => void,
  ) {}

  push(event: Push): void {
    this.waitingEvents.push(event);
    this.wake();
  }

  async next(): Promise<IteratorResult<ExecutionResult, void>> {
    while (this.waitingEvents.length === 0 && !this.over) await new Promise<void>((resolve) => (this.wake = resolve));
    const event = this.waitingEvents.shift();
    if (event === null) {
      this.over = true;
      this.onClose(this);
      throw new Error('the database went away at 10.0.0.7');
    }
    if (this.over || event === undefined) return { value: undefined, done: true };
    if (event instanceof GraphQLError) {
      this.over = true;
      return { value: { data: null, errors: [event] }, done: false };
    }
    if (typeof event === 'string') {
      const position = /^c\d+$/.test(event) ? { position: Number(event.slice(1)) } : {};
      return { value: { extensions: { place: { cursor: event, ...position } } }, done: false };
    }
    const { $place, ...value } = event;
    const result = await this.resolve(value);
    return { value: $place ? { ...result, extensions: { place: $place } } : result, done: false };
  }

  return(): Promise<IteratorResult<ExecutionResult, void>> {
    this.over = true;
    this.onClose(this);
    this.wake();
    return Promise.resolve({ value: undefined, done: true });
  }

  throw(): Promise<IteratorResult<ExecutionResult, void>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
