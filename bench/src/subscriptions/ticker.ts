import { buildSubgraphSchema } from '@apollo/subgraph';
import type { ServiceHealth, ServicePort, ServiceRequest } from '@casebridge/platform';
import { type DocumentNode, execute, type ExecutionResult, type GraphQLSchema, parse } from 'graphql';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@tag"])';

/** Tells of cases; what they are called, another service knows. */
export const tickerSdl = `${link}
  type Query { ticks: Int @tag(name: "public") }
  type Subscription { ticked(after: String): Tick }
  type Tick { cursor: String! n: Int! at: Float! text: String! case: Case }
  type Case @key(fields: "id") { id: ID! no: String }
`;
export const titlesSdl = `${link}
  type Query { titles: Int }
  type Case @key(fields: "id") { id: ID! title: String }
`;

const caseOf = (id: string) => ({ id, no: `No. ${id}` });
const resolvers = {
  enforcement: {
    Subscription: { ticked: { subscribe: () => undefined } },
    Case: { __resolveReference: ({ id }: { id: string }) => caseOf(id) },
  },
  inspection: { Case: { __resolveReference: ({ id }: { id: string }) => ({ id, title: `Case ${id}` }) } },
};

interface Tick {
  readonly cursor: string;
  readonly n: number;
  readonly at: number;
  readonly text: string;
  readonly case: { readonly id: string; readonly no: string };
}

/** A service in memory. What is published goes to all its open streams. */
export class TickerService implements ServicePort {
  private readonly schema: GraphQLSchema;
  private readonly streams = new Set<TickStream>();
  private published = 0;

  constructor(readonly name: 'enforcement' | 'inspection') {
    const typeDefs = parse(name === 'enforcement' ? tickerSdl : titlesSdl);
    this.schema = buildSubgraphSchema({ typeDefs, resolvers: resolvers[name] as never });
  }

  async execute(request: ServiceRequest): Promise<ExecutionResult> {
    return this.run(request, undefined);
  }

  subscribe(request: ServiceRequest): Promise<TickStream> {
    const stream = new TickStream((tick) => this.run(request, { ticked: tick }), (closed) => this.streams.delete(closed));
    this.streams.add(stream);
    return Promise.resolve(stream);
  }

  /** @param at - when it happened, in milliseconds of the clock that the readers have too */
  publish(at: number, text: string): void {
    this.published += 1;
    const n = this.published;
    for (const stream of this.streams) stream.push({ cursor: `c${n}`, n, at, text, case: caseOf(String(n % 100)) });
  }

  get openStreams(): number {
    return this.streams.size;
  }

  health(): Promise<ServiceHealth> {
    return Promise.resolve({ name: this.name, ok: true, checks: {} });
  }

  private async run({ document, operationName, query, variables }: ServiceRequest, rootValue: unknown): Promise<ExecutionResult> {
    const parsed: DocumentNode = document ?? parse(query);
    return execute({ schema: this.schema, document: parsed, rootValue, variableValues: variables, operationName });
  }
}

/** Ticks in their order, each answered as the operation asks. */
export class TickStream implements AsyncGenerator<ExecutionResult, void, void> {
  private readonly waiting: Tick[] = [];
  private wake: () => void = () => undefined;
  private over = false;

  constructor(private readonly answer: (tick: Tick) => Promise<ExecutionResult>, private readonly onClose: (stream: TickStream) => void) {}

  push(tick: Tick): void {
    this.waiting.push(tick);
    this.wake();
  }

  async next(): Promise<IteratorResult<ExecutionResult, void>> {
    while (this.waiting.length === 0 && !this.over) await new Promise<void>((resolve) => (this.wake = resolve));
    const tick = this.waiting.shift();
    if (this.over || !tick) return { value: undefined, done: true };
    return { value: { ...(await this.answer(tick)), extensions: { place: { cursor: tick.cursor, position: tick.n } } }, done: false };
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
