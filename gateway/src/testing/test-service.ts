import { buildSubgraphSchema } from '@apollo/subgraph';
import type { ServiceName } from '@casebridge/contracts';
import { assertAdmitted, type FilePort, maskError, type ServiceHealth, type ServicePort, type ServiceRequest } from '@casebridge/platform';
import { execute, type ExecutionResult, getOperationAST, type GraphQLSchema, parse, validate } from 'graphql';

type Resolvers = Parameters<typeof buildSubgraphSchema>[0] extends infer M ? (M extends { resolvers?: infer R } ? NonNullable<R> : never) : never;

/** `null` stands for a lost upstream; a text for a heartbeat with this cursor; anything else is an event. */
export type Push = Record<string, unknown> | string | null;

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@tag", "@shareable"])';

/** A service with a schema of the test's own, a feed that the test pushes into, and faults on demand. */
export class TestService implements ServicePort {
  readonly sdl: string;
  readonly schema: GraphQLSchema;
  readonly requests: ServiceRequest[] = [];
  readonly feeds = new Set<TestFeed>();
  files?: FilePort;
  fault: 'none' | 'throw' | 'hang' = 'none';
  healthy = true;

  constructor(
    readonly name: ServiceName,
    sdl: string,
    resolvers: Resolvers,
  ) {
    this.sdl = `${link}\n${sdl}`;
    this.schema = buildSubgraphSchema({ typeDefs: parse(this.sdl), resolvers });
  }

  async execute(request: ServiceRequest): Promise<ExecutionResult> {
    assertAdmitted(request.principal);
    this.requests.push(request);
    if (this.fault === 'throw') throw new Error('connect ECONNREFUSED 10.0.0.7:5432');
    if (this.fault === 'hang') return new Promise(() => undefined);
    return this.run(request, undefined);
  }

  subscribe(request: ServiceRequest): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    assertAdmitted(request.principal);
    this.requests.push(request);
    if (this.fault === 'throw') return Promise.reject(new Error('connect ECONNREFUSED 10.0.0.7:5432'));
    const feed = new TestFeed((event) => this.run(request, event), (closed) => this.feeds.delete(closed));
    this.feeds.add(feed);
    return Promise.resolve(feed);
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
    if (event === null) throw new Error('the database went away at 10.0.0.7');
    if (this.over || event === undefined) return { value: undefined, done: true };
    if (typeof event === 'string') return { value: { extensions: { heartbeat: { cursor: event } } }, done: false };
    return { value: await this.resolve(event), done: false };
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
