import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { createHash } from 'node:crypto';
import { BadUserInput, type Clock, Conflict, FixedClock, systemClock, uuidv7 } from '@casebridge/kernel';
import {
  createInternalTokenSigner, createInternalTokenVerifier, createLogger, createMetrics, createTokenVerifier, developmentJwks, directoryOf,
  type FilePort, FileTooLarge, type Logger, loadOrCreateSigningKey, type Metrics, mintDevelopmentToken, type ServicePort, type ServiceRequest, type StaticDirectory,
} from '@casebridge/platform';
import { composePublic, composeSupergraph } from '../compose';
import { createGateway, type Gateway, type GatewayOptions } from '../gateway';
import { HttpService } from '../services/http-service';
import { serveTestService, type ServedTestService } from './serve-test-service';
import { TestService } from './test-service';

export const agencies = { drug: 'DRA-210000', police: 'PSB-210000' } as const;

interface TestCase {
  readonly id: string;
  readonly no: string;
  readonly uscc: string | null;
}

const cases: readonly TestCase[] = [
  { id: '1', no: 'A-1', uscc: 'U1' }, { id: '2', no: 'A-2', uscc: null }, { id: '3', no: 'A-3', uscc: 'U3' },
];
const caseOf = (id: string) => cases.find((c) => c.id === id);
const firmOf = ({ uscc }: TestCase) => (uscc === null ? null : { uscc });

export const testEnforcement = (): TestService =>
  new TestService(
    'enforcement',
    `
      type Query { case(id: ID!): Case cases: [Case!] @tag(name: "public") clash: String bug: String who: String }
      type Mutation { decide(id: ID!, note: String): Decision }
      type Subscription { decided(after: String): Decided logged(after: String, about: ID): Logged }
      type Logged { cursor: String! n: Int! text: String case: Case }
      type Decision { case: Case seen: Int }
      type Decided { n: Int! case: Case who: String }
      type Case @key(fields: "id") { id: ID! no: String @tag(name: "public") firm: Firm @tag(name: "public") }
      type Firm @key(fields: "uscc") { uscc: ID! }
    `,
    {
      Query: {
        case: (_: unknown, { id }: { id: string }) => caseOf(id) ?? null,
        cases: () => cases,
        clash: () => {
          throw new Conflict('The record changed', { state: 'FILED', basis: { instrument: '刑事诉讼法(2018)', article: '113', mark: 'V' } as never });
        },
        bug: () => {
          throw new Error('duplicate key (id)=(110101199003077758) at 10.0.0.7');
        },
        who: (_: unknown, __: unknown, request: ServiceRequest) => readerOf(request),
      },
      Mutation: {
        decide: (_: unknown, { id, note }: { id: string; note?: string }) => {
          if (note === 'bad') throw new BadUserInput('note', 'is bad');
          return { case: caseOf(id), seen: 1 };
        },
      },
      Subscription: { decided: { subscribe: () => undefined }, logged: { subscribe: () => undefined } },
      Logged: { case: ({ id }: { id?: string }) => (id === undefined ? null : caseOf(id)) },
      Decided: {
        case: ({ id }: { id: string }) => caseOf(id),
        who: (_: unknown, __: unknown, request: ServiceRequest) => readerOf(request),
      },
      Case: { __resolveReference: ({ id }: { id: string }) => caseOf(id), firm: firmOf },
    } as never,
  );

const readerOf = ({ principal, clientOperation }: ServiceRequest): string =>
  `${principal.kind === 'agency' ? `${principal.agency.code}/${principal.officerId}` : 'public'} ${clientOperation}`;

export const testInspection = (): TestService =>
  new TestService(
    'inspection',
    'type Query { firms: Int } type Firm @key(fields: "uscc") { uscc: ID! name: String @tag(name: "public") grade: String }',
    { Firm: { __resolveReference: ({ uscc }: { uscc: string }) => ({ uscc, name: `firm ${uscc}`, grade: 'A' }) } } as never,
  );

export const testCredit = (): TestService =>
  new TestService(
    'credit',
    'type Query { files: Int } type Firm @key(fields: "uscc") { uscc: ID! marks: [Int!] rank: String }',
    { Firm: { __resolveReference: ({ uscc }: { uscc: string }) => ({ uscc, marks: [1, 2], rank: 'low' }) } } as never,
  );

/** Files in memory. */
export class TestFiles implements FilePort {
  private readonly files = new Map<string, Buffer>();
  constructor(private readonly clock: Clock) {}

  async store(_principal: unknown, body: Readable, { limitBytes }: { limitBytes: number }) {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of body.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limitBytes) throw new FileTooLarge(limitBytes);
      chunks.push(chunk);
    }
    const bytes = Buffer.concat(chunks);
    const id = uuidv7(this.clock);
    this.files.set(id, bytes);
    return { id, ...facts(bytes) };
  }

  open(principal: { kind: string }, id: string) {
    const bytes = this.files.get(id);
    if (!bytes || principal.kind !== 'agency') return Promise.resolve(null);
    return Promise.resolve({ id, ...facts(bytes), stream: Readable.from([bytes]) });
  }

  /** `lists/all.txt` for agencies, `lists/broken.txt` that breaks off. */
  make(principal: { kind: string }, path: string) {
    if (principal.kind !== 'agency' || !path.startsWith('lists/')) return Promise.resolve(null);
    const broken = function* () {
      yield Buffer.alloc(100_000, 120);
      if (path === 'lists/broken.txt') throw new Error('the disk');
    };
    return Promise.resolve({ fileName: path.slice('lists/'.length), mediaType: 'text/plain', records: [], stream: Readable.from(broken()) });
  }
}

const facts = (bytes: Buffer) => ({ sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length, mediaType: 'text/plain' });

export type Form = 'in process' | 'over HTTP';

export interface TestHub {
  readonly gateway: Gateway;
  readonly enforcement: TestService;
  readonly inspection: TestService;
  readonly credit: TestService;
  /** The network form of a service; only over HTTP. */
  served(name: string): ServedTestService;
  readonly directory: StaticDirectory;
  readonly clock: FixedClock | Clock;
  readonly metrics: Metrics;
  readonly logger: Logger;
  /** Every log line so far. */
  readonly lines: string[];
  token(agency: string, options?: { officerId?: string; expiresIn?: number; scopes?: readonly string[] }): Promise<string>;
  post(query: string, options?: { token?: string; path?: string; variables?: object; operationName?: string; headers?: Record<string, string> }): Promise<{ status: number; headers: Headers; body: TestAnswer }>;
  stop(): Promise<void>;
}

export interface TestAnswer {
  data?: Record<string, never> | null;
  errors?: { message: string; path?: (string | number)[]; extensions: Record<string, unknown> }[];
}

export interface TestHubOptions {
  readonly deadlineMs?: number;
  readonly clock?: Clock;
  readonly streamBuffer?: number;
  /** Instead of the usual service of this name. */
  readonly enforcement?: TestService;
  /** What the gateway is given besides what every test needs. */
  readonly gateway?: Partial<GatewayOptions>;
}

/** A gateway before three small services. */
export async function startTestHub(
  form: Form, { deadlineMs = 3_000, clock = systemClock, streamBuffer = 1_000, enforcement: given = testEnforcement(), gateway: other = {} }: TestHubOptions = {},
): Promise<TestHub> {
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-gateway-'));
  const lines: string[] = [];
  const logger = createLogger({ name: 'gateway', level: 'info', to: { write: (line) => void lines.push(line) }, clock });
  const metrics = createMetrics({ defaults: false });
  const directory = directoryOf([{ code: agencies.drug, functions: ['DRUG'] }, { code: agencies.police, functions: ['POLICE'] }]);
  const jwks = await developmentJwks(dataDir, 'test');
  const tokens = createTokenVerifier({ directory, clock, devJwks: () => jwks });
  const key = await loadOrCreateSigningKey(dataDir, 'gateway');
  const signer = await createInternalTokenSigner({ key, clock });

  const all = [given, testInspection(), testCredit()];
  const [enforcement, inspection, credit] = all as [TestService, TestService, TestService];
  enforcement.files = new TestFiles(clock);
  const served = new Map<string, ServedTestService>();
  const ports: ServicePort[] = [];
  const closing: (() => Promise<void>)[] = [];
  for (const service of all) {
    if (form === 'in process') {
      ports.push(service);
      continue;
    }
    const verifier = createInternalTokenVerifier({ keys: { keys: [key.publicJwk] }, service: service.name, clock });
    const server = await serveTestService(service, verifier);
    const port = new HttpService({ name: service.name, url: server.url, signer, logger, deadlineMs, files: service.files !== undefined, streamBuffer });
    served.set(service.name, server);
    ports.push(port);
    closing.push(() => server.stop(), () => port.close());
  }
  const sources = all.map(({ name, sdl }) => ({ name, sdl }));
  const gateway = await createGateway({
    supergraphSdl: composeSupergraph(sources), publicSupergraphSdl: composePublic(sources), services: ports, tokens, directory, clock, logger, metrics,
    port: 0, deadlineMs, ...other,
  });

  return {
    gateway, enforcement, inspection, credit, directory, clock, metrics, logger, lines,
    served: (name) => served.get(name)!,
    token: (code, { officerId, expiresIn, scopes } = {}) =>
      mintDevelopmentToken({
        dataDir, nodeEnv: 'test', agency: directory.agency(code)!, clock, ...(officerId ? { officerId } : {}), ...(expiresIn ? { expiresIn } : {}), ...(scopes ? { scopes } : {}),
      }),
    post: async (query, { token, path = '/graphql', variables, operationName, headers } = {}) => {
      const response = await fetch(`${gateway.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
        body: JSON.stringify({ query, variables, operationName }),
      });
      return { status: response.status, headers: response.headers, body: (await response.json()) as TestAnswer };
    },
    stop: async () => {
      await gateway.stop();
      for (const close of closing) await close();
      tokens.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
