import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GraphQLError } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { until } from './testing/carriers';
import { composeForeign, type ForeignService, foreignService } from './testing/foreign-service';

jest.setTimeout(60_000);

const link = (version: string, imports: string, as = ''): string => `extend schema @link(url: "https://specs.apollo.dev/federation/${version}"${as}, import: [${imports}])`;

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly unknown[]; readonly extensions?: Record<string, unknown> }[];
}

let folder: string;
let gateway: ChildProcess;
let url: string;
let output = '';
let file: string;
const services: ForeignService[] = [];
const clients: Client[] = [];

async function serve(sdl: string, resolvers: object): Promise<ForeignService> {
  const service = await foreignService(sdl, resolvers);
  services.push(service);
  return service;
}

async function start(supergraphSdl: string, ...args: string[]): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'casebridge-supergraphs-'));
  file = join(folder, 'supergraph.graphql');
  await writeFile(file, supergraphSdl);
  output = '';
  gateway = spawn(process.execPath, [join(__dirname, 'standalone.js'), '--supergraph', file, '--port', '0', '--anonymous', ...args], {
    env: { ...process.env, HUB_DATA_DIR: folder }, stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [gateway.stdout, gateway.stderr]) stream?.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  for (let waited = 0; waited < 30_000 && gateway.exitCode === null; waited += 50) {
    const ready = /ready (\S+)/.exec(output);
    if (ready) return void (url = ready[1]!);
    await sleep(50);
  }
  throw new Error(`not ready: ${output}`);
}

async function stop(): Promise<void> {
  for (const client of clients.splice(0)) await client.dispose();
  if (gateway.exitCode === null) {
    gateway.kill('SIGTERM');
    await once(gateway, 'exit');
  }
  for (const service of services.splice(0)) await service.stop();
  await rm(folder, { recursive: true, force: true });
}

async function ask(query: string, variables?: object): Promise<Answer> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query, variables }) });
  return (await response.json()) as Answer;
}

/** Everything that a live operation was sent. */
function hear(query: string, variables?: Record<string, unknown>): { readonly results: Answer[]; error: unknown } {
  const client = createClient({ url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0 });
  clients.push(client);
  const heard: { results: Answer[]; error: unknown } = { results: [], error: null };
  client.subscribe({ query, ...(variables ? { variables } : {}) }, { next: (result) => void heard.results.push(result as Answer), error: (error) => void (heard.error = error), complete: () => undefined });
  return heard;
}

/** As the first release of Federation 2 wrote it: without what later versions of the specification of joins added. */
const firstRelease = (supergraphSdl: string): string =>
  supergraphSdl
    .replace('https://specs.apollo.dev/join/v0.3', 'https://specs.apollo.dev/join/v0.2')
    .replace(/directive @join__(?:enumValue|unionMember)\(.*\n/g, '')
    .replace(', isInterfaceObject: Boolean! = false', '')
    .replace(/ *@join__(?:enumValue|unionMember)\([^)]*\)/g, '');

describe.each([['as composed (join v0.3)', (sdl: string) => sdl], ['as the first release wrote it (join v0.2)', firstRelease]] as const)('a supergraph of Federation 2.0 %s', (_name, written) => {
  let accounts: ForeignService;
  let reviews: ForeignService;
  const done: string[] = [];

  beforeAll(async () => {
    const users = [{ id: '1', org: { code: 'A' }, name: 'Ada', zip: '100' }, { id: '2', org: { code: 'B' }, name: 'Bo', zip: '200' }];
    accounts = await serve(`
      ${link('v2.0', '"@key", "@shareable", "@tag"')}
      type Query { me: User users: [User!]! broken: String }
      type Mutation { rename(id: ID!, name: String!): User }
      type User @key(fields: "id") @key(fields: "org { code } name") { id: ID! org: Org! name: String @tag(name: "open") zip: String }
      type Org @shareable { code: String! }`,
    {
      Query: {
        me: () => users[0], users: () => users,
        broken: () => {
          throw new GraphQLError('out of paper', { extensions: { code: 'PRINTER', tray: { no: 2 }, retry: [1, 2] } });
        },
      },
      Mutation: {
        rename: async (_: unknown, { id, name }: { id: string; name: string }) => {
          await sleep(30);
          done.push(`rename ${name}`);
          return { ...users.find((u) => u.id === id), name };
        },
      },
      User: { __resolveReference: (ref: { id?: string; name?: string }) => users.find((u) => u.id === ref.id || u.name === ref.name) },
    });
    reviews = await serve(`
      ${link('v2.0', '"@key", "@external", "@requires", "@provides", "@shareable"')}
      type Query { latest: [Review!]! @provides(fields: "author { name }") }
      type Mutation { review(author: ID!, text: String!): Review }
      type Review @key(fields: "id") { id: ID! text: String author: User @provides(fields: "name") strict: User! }
      type User @key(fields: "id") { id: ID! name: String @external zip: String @external reviews: [Review!]! delivery: String @requires(fields: "zip") }`,
    {
      Query: { latest: () => [{ id: 'r1', text: 'good', author: { id: '1', name: 'Ada' } }] },
      Mutation: {
        review: (_: unknown, { author, text }: { author: string; text: string }) => {
          done.push(`review ${text}`);
          return { id: 'r9', text, author: { id: author, name: 'Ada' } };
        },
      },
      Review: { strict: () => ({ id: '404' }) },
      User: {
        __resolveReference: (ref: { id: string; zip?: string }) => ref,
        reviews: ({ id }: { id: string }) => (id === '1' ? [{ id: 'r1', text: 'good', author: { id, name: 'Ada' } }] : []),
        delivery: ({ zip }: { zip?: string }) => (zip ? `to ${zip}` : null),
      },
    });
    const composed = written(composeForeign({ accounts, reviews }));
    expect(composed).toContain(written === firstRelease ? 'join/v0.2' : 'join/v0.3');
    await start(composed);
  });
  afterAll(stop);
  afterEach(() => {
    accounts.answer = null;
    reviews.answer = null;
  });

  it('answers over entities, with required and provided fields', async () => {
    expect(await ask('{ users { name org { code } delivery reviews { text author { id name } } } latest { id author { name } } }')).toEqual({
      data: {
        users: [
          { name: 'Ada', org: { code: 'A' }, delivery: 'to 100', reviews: [{ text: 'good', author: { id: '1', name: 'Ada' } }] },
          { name: 'Bo', org: { code: 'B' }, delivery: 'to 200', reviews: [] },
        ],
        latest: [{ id: 'r1', author: { name: 'Ada' } }],
      },
    });
  });

  it('answers under aliases that are names of keys and of required fields', async () => {
    expect(await ask('{ users { id: name zip: id delivery reviews { id: text author { name: id id: name } } } }')).toEqual({
      data: {
        users: [
          { id: 'Ada', zip: '1', delivery: 'to 100', reviews: [{ id: 'good', author: { name: '1', id: 'Ada' } }] },
          { id: 'Bo', zip: '2', delivery: 'to 200', reviews: [] },
        ],
      },
    });
  });

  it('answers under aliases that are __typename', async () => {
    expect(await ask('{ me { __typename: name delivery reviews { __typename: text author { __typename: name id } } } }')).toEqual({
      data: { me: { __typename: 'Ada', delivery: 'to 100', reviews: [{ __typename: 'good', author: { __typename: 'Ada', id: '1' } }] } },
    });
  });

  it('answers under such aliases with more conditions than are compiled', async () => {
    const names = [...'abcdefghi'];
    const query = `query (${names.map((name) => `$${name}: Boolean!`).join(' ')}) { users { id: name zip: id delivery ${names.map((name) => `${name}: name @include(if: $${name})`).join(' ')} } }`;
    expect(await ask(query, Object.fromEntries(names.map((name) => [name, false])))).toEqual({
      data: { users: [{ id: 'Ada', zip: '1', delivery: 'to 100' }, { id: 'Bo', zip: '2', delivery: 'to 200' }] },
    });
  });

  it('places an error of a service whose path leads nowhere', async () => {
    accounts.answer = (_request, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"me":null},"errors":[{"message":"lost","path":["_entities",0,"x"]}]}');
    expect(await ask('{ me { name } }')).toMatchObject({ data: { me: null }, errors: [{ message: 'lost', path: ['me'] }] });
  });

  it('takes __typename for no act', async () => {
    for (const query of ['mutation { __typename a: __typename }', 'mutation { a: __typename ... { a: __typename __typename } __typename }']) {
      expect(await ask(query)).toEqual({ data: { __typename: 'Mutation', a: 'Mutation' } });
    }
  });

  it('does acts of several services in their order', async () => {
    done.length = 0;
    const { data } = await ask('mutation { a: rename(id: "1", name: "one") { name } b: review(author: "1", text: "two") { author { name } } c: rename(id: "2", name: "three") { name } }');
    expect(data).toEqual({ a: { name: 'one' }, b: { author: { name: 'Ada' } }, c: { name: 'three' } });
    expect(done).toEqual(['rename one', 'review two', 'rename three']);
  });

  it('hands on errors with the extensions of the service', async () => {
    expect(await ask('{ me { name } broken }')).toEqual({
      data: { me: { name: 'Ada' }, broken: null }, errors: [{ message: 'out of paper', path: ['broken'], extensions: { code: 'PRINTER', tray: { no: 2 }, retry: [1, 2] } }],
    });
  });

  it.each<[string, (service: ForeignService) => void]>([
    ['resets connections', (service) => void (service.answer = (request) => void request.socket.resetAndDestroy())],
    ['answers with 500', (service) => void (service.answer = (_request, response) => void response.writeHead(500).end('oops'))],
    ['answers no JSON', (service) => void (service.answer = (_request, response) => void response.end('<html>'))],
  ])('gives what there is when a service %s, and says what is missing', async (_how, breaks) => {
    breaks(reviews);
    expect(await ask('{ me { name delivery } }')).toEqual({
      data: { me: { name: 'Ada', delivery: null } },
      errors: [{ message: 'reviews is unavailable', path: ['me', 'delivery'], extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'reviews' } }],
    });
  });

  it('hands on what a service refuses a request with, whatever its status', async () => {
    reviews.answer = (_request, response) => void response.writeHead(401, { 'content-type': 'application/json' }).end('{"errors":[{"message":"who are you","extensions":{"code":"GRAPHQL_LOGIN"}}]}');
    expect(await ask('{ me { name delivery } }')).toMatchObject({ data: { me: { name: 'Ada', delivery: null } }, errors: [{ message: 'who are you', path: ['me'], extensions: { code: 'GRAPHQL_LOGIN' } }] });
  });

  const answers = (service: ForeignService, body: object): void => void (service.answer = (_request, response) => void response.setHeader('content-type', 'application/json').end(JSON.stringify(body)));

  it('tells once what a service says of all that it was asked for, and everything that it says', async () => {
    answers(accounts, { errors: [{ message: 'closed today' }, { message: 'come again', extensions: { code: 'CLOSED' } }] });
    expect(await ask('{ me { name } broken }')).toEqual({
      data: { me: null, broken: null },
      errors: [{ message: 'closed today', extensions: { code: 'DOWNSTREAM_SERVICE_ERROR' } }, { message: 'come again', extensions: { code: 'CLOSED' } }],
    });
  });

  it.each([[[]], [[{}, {}]], ['none'], [null]])('takes %j for no answer to a question about one entity, and names service and places', async (entities) => {
    answers(reviews, { data: { _entities: entities } });
    expect(await ask('{ me { name delivery } }')).toEqual({
      data: { me: { name: 'Ada', delivery: null } },
      errors: [{ message: expect.stringContaining('another number of entities') as string, path: ['me', 'delivery'], extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', service: 'reviews' } }],
    });
  });

  it('says that a service told errors that are none, beside its data', async () => {
    answers(reviews, { data: { _entities: [{ delivery: 'soon' }] }, errors: ['what', { code: 7 }, null] });
    expect(await ask('{ me { name delivery } }')).toEqual({
      data: { me: { name: 'Ada', delivery: 'soon' } },
      errors: [{ message: 'The service told an error that is none: it has no message', extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', service: 'reviews' } }],
    });
  });
});

describe('a supergraph of Federation 2.3 to 2.5, with directives under other names', () => {
  beforeAll(async () => {
    const media = await serve(`
      ${link('v2.3', '{ name: "@key", as: "@identified" }, "@interfaceObject", { name: "@inaccessible", as: "@hidden" }, { name: "@tag", as: "@label" }')}
      type Query { media: [Media!]! search(kind: Kind = BOOK): [Found!]! secret: String @hidden }
      interface Media @identified(fields: "id") { id: ID! title: String! @label(name: "x") }
      interface Printed { title: String! self: Media }
      type Book implements Media & Printed @identified(fields: "id") { id: ID! title: String! @label(name: "x") pages: Int internal: Int @hidden self: Media }
      type Film implements Media @identified(fields: "id") { id: ID! title: String! minutes: Int }
      union Found = Book | Film
      enum Kind { BOOK FILM SECRET @hidden }`,
    (() => {
      const all = [{ __typename: 'Book', id: 'b', title: 'Law', pages: 9 }, { __typename: 'Film', id: 'f', title: 'Case', minutes: 90 }];
      return {
        Query: { media: () => all, search: (_: unknown, { kind }: { kind: string }) => all.filter((one) => one.__typename.toUpperCase() === kind) },
        Media: { __resolveType: (one: { __typename: string }) => one.__typename, __resolveReference: ({ id }: { id: string }) => all.find((one) => one.id === id) },
        Printed: { __resolveType: (one: { __typename: string }) => one.__typename },
        Book: { __resolveReference: ({ id }: { id: string }) => all.find((one) => one.id === id), self: (one: object) => one },
        Film: { __resolveReference: ({ id }: { id: string }) => all.find((one) => one.id === id) },
        Found: { __resolveType: (one: { __typename: string }) => one.__typename },
      };
    })());
    const ratings = await serve(`
      ${link('v2.5', '{ name: "@key", as: "@identified" }, "@interfaceObject", "@shareable"', ', as: "fed"')}
      type Query { best: Media bests: [Media!]! }
      type Media @identified(fields: "id") @interfaceObject { id: ID! stars: Int! }`,
    { Query: { best: () => ({ __typename: 'Media', id: 'f' }), bests: () => [{ id: 'f' }, { id: 'b' }] }, Media: { __resolveReference: ({ id }: { id: string }) => ({ id }), stars: ({ id }: { id: string }) => (id === 'b' ? 3 : 5) } });
    await start(composeForeign({ media, ratings }));
  });
  afterAll(stop);

  it('answers over interfaces that a service knows as objects, unions and enums', async () => {
    expect(await ask('{ media { __typename title stars ... on Book { pages } ... on Film { minutes } } best { __typename title stars } search(kind: FILM) { ... on Media { stars } ... on Film { minutes } } }')).toEqual({
      data: {
        media: [{ __typename: 'Book', title: 'Law', stars: 3, pages: 9 }, { __typename: 'Film', title: 'Case', stars: 5, minutes: 90 }],
        best: { __typename: 'Film', title: 'Case', stars: 5 },
        search: [{ stars: 5, minutes: 90 }],
      },
    });
  });

  it('answers fragments on other interfaces and unions where a service knows an interface as an object', async () => {
    expect(await ask('{ bests { ... on Printed { title } } best { ... on Printed { title } } }')).toEqual({ data: { bests: [{}, { title: 'Law' }], best: {} } });
    const query = `query ($yes: Boolean = true, $no: Boolean = false) {
      bests { stars ...F @include(if: $yes) ... on Printed @include(if: $no) { a: title } ... on Found { ... on Film { minutes } ... on Printed { ... on Media { id: title } } } }
    } fragment F on Printed { self { __typename ... on Printed { name: title ... on Media { stars } } } }`;
    expect(await ask(query)).toEqual({
      data: { bests: [{ stars: 5, minutes: 90 }, { stars: 3, self: { __typename: 'Book', name: 'Law', stars: 3 }, id: 'Law' }] },
    });
  });

  it('does not know what is inaccessible', async () => {
    for (const query of ['{ secret }', '{ search(kind: SECRET) { __typename } }', '{ media { ... on Book { internal } } }']) {
      expect(((await ask(query)).errors ?? [])[0]?.extensions?.['code']).toBe('GRAPHQL_VALIDATION_FAILED');
    }
    expect(JSON.stringify(await ask('{ __schema { types { name fields { name } enumValues { name } } } }'))).not.toMatch(/secret|internal|SECRET|join__|link__/);
  });
});

describe('a supergraph of Federation 2.9 and later, with live updates', () => {
  let ticks: ForeignService;
  let names: ForeignService;
  let ticking: { n: number }[] = [];
  /** Streams that have begun so far: they get what ticks from then on. */
  let listening = 0;
  let wake: () => void = () => undefined;

  beforeAll(async () => {
    ticks = await serve(`
      ${link('v2.9', '"@key", "@override", "@cost", "@listSize", "@shareable"')}
      type Query { things(first: Int): [Thing!]! @listSize(slicingArguments: ["first"]) }
      type Subscription { ticked: Tick refused: Int }
      type Tick { n: Int! thing: Thing }
      type Thing @key(fields: "id") { id: ID! size: Int @cost(weight: 3) note: String @shareable old: String @override(from: "names", label: "percent(0)") moved: String @override(from: "names") }`,
    {
      Query: { things: (_: unknown, { first = 2 }: { first?: number }) => [{ id: 't1' }, { id: 't2' }].slice(0, first) },
      Subscription: {
        ticked: {
          subscribe: async function* () {
            let at = ticking.length;
            listening += 1;
            for (; ; at += 1) {
              while (ticking.length <= at) await new Promise<void>((resolve) => (wake = resolve));
              yield { ticked: ticking[at] };
            }
          },
        },
        refused: {
          subscribe: () => {
            throw new GraphQLError('not today', { extensions: { code: 'CLOSED', until: 'monday' } });
          },
        },
      },
      Tick: { thing: ({ n }: { n: number }) => ({ id: `t${n}` }) },
      Thing: { __resolveReference: ({ id }: { id: string }) => ({ id }), size: () => 7, note: () => 'of ticks', old: () => 'new place', moved: () => 'new place' },
    });
    names = await serve(`
      ${link('v2.12', '"@key", "@shareable"')}
      type Query { named: String }
      type Thing @key(fields: "id") { id: ID! name: String note: String @shareable old: String moved: String }`,
    { Thing: { __resolveReference: ({ id }: { id: string }) => ({ id, name: `thing ${id}`, old: 'old place', moved: 'old place', note: 'of names' }) } });
    // What other features leave in a supergraph for those who know them.
    const composed = composeForeign({ ticks, names });
    const withForeign = composed
      .replace('scalar join__FieldSet', 'scalar join__FieldSet\n\ndirective @join__directive(graphs: [join__Graph!], name: String!, args: join__DirectiveArguments) repeatable on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION\n\nscalar join__DirectiveArguments')
      .replace(/\ntype Thing\n/, '\ntype Thing\n  @join__directive(graphs: [TICKS], name: "audited", args: { level: 3 })\n');
    await start(composed.includes('directive @join__directive') ? composed.replace(/\ntype Thing\n/, '\ntype Thing\n  @join__directive(graphs: [TICKS], name: "audited", args: { level: 3 })\n') : withForeign);
  });
  afterAll(stop);

  const tick = (...ns: number[]): void => {
    ticking.push(...ns.map((n) => ({ n })));
    wake();
  };

  it('asks fields where they are, moved ones included', async () => {
    expect(await ask('query ($first: Int!) { things(first: $first) { id name size old moved } }', { first: 1 })).toEqual({
      data: { things: [{ id: 't1', name: 'thing t1', size: 7, old: 'old place', moved: 'new place' }] },
    });
  });

  it('streams events, completed by the other services', async () => {
    const heard = hear('subscription { ticked { n thing { name size } } }');
    await until('it listens', () => listening === 1);
    tick(1, 2, 3);
    await until('three events', () => heard.results.length === 3);
    expect(heard.results).toEqual([1, 2, 3].map((n) => ({ data: { ticked: { n, thing: { name: `thing t${n}`, size: 7 } } } })));
    names.answer = (request) => void request.socket.resetAndDestroy();
    tick(4);
    await until('the event without the name', () => heard.results.length === 4);
    names.answer = null;
    expect(heard.results[3]).toEqual({
      data: { ticked: { n: 4, thing: { name: null, size: 7 } } },
      errors: [{ message: 'names is unavailable', path: ['ticked', 'thing', 'name'], extensions: { code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'names' } }],
    });
    ticks.cut();
    await until('the gap', () => heard.results.length === 5);
    expect(heard.results[4]).toEqual({ data: null, extensions: { gap: { reason: 'UPSTREAM_LOST' } } });
    await until('it listens again', () => listening === 2);
    tick(5);
    await until('the next event', () => heard.results.length === 6);
    expect(heard.results[5]?.data).toEqual({ ticked: { n: 5, thing: { name: 'thing t5', size: 7 } } });
  });

  it('hands on what a service refuses a stream with', async () => {
    const heard = hear('subscription { refused }');
    await until('a word', () => heard.error !== null || heard.results.length > 0);
    expect(heard.error ?? heard.results[0]?.errors).toEqual([expect.objectContaining({ message: 'not today', extensions: { code: 'CLOSED', until: 'monday' } })]);
  });

  it.each(['@skip(if: true)', '@include(if: false)', '@skip(if: false)'])('refuses a stream with a condition on its root field: %s', async (condition) => {
    const heard = hear(`subscription { ticked ${condition} { n } }`);
    await until('a word', () => heard.error !== null || heard.results.length > 0);
    expect(heard).toEqual({ results: [], error: [expect.objectContaining({ message: expect.stringContaining('without @skip and @include'), extensions: { code: 'GRAPHQL_VALIDATION_FAILED', kind: 'BAD_USER_INPUT' } })] });
  });

  it('moves streams to a service that the next supergraph has elsewhere', async () => {
    const heard = hear('subscription { ticked { n } }');
    const before = listening;
    await until('it is open', () => listening > before);
    const moved = await serve(ticks.sdl, {
      Subscription: { ticked: { subscribe: async function* () { yield { ticked: { n: 70 } }; await new Promise(() => undefined); } } }, Thing: { __resolveReference: ({ id }: { id: string }) => ({ id }) },
    });
    await writeFile(file, composeForeign({ ticks: moved, names }));
    gateway.kill('SIGHUP');
    await until('the event from there', () => heard.results.length === 2);
    expect(heard.results).toEqual([{ data: null, extensions: { gap: { reason: 'UPSTREAM_LOST' } } }, { data: { ticked: { n: 70 } } }]);
    await ticks.stop(); // nobody is there any more
    expect(await ask('{ named }')).toEqual({ data: { named: null } });
  });
});
