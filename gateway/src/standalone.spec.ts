import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@apollo/composition';
import { execute, type GraphQLSchema, parse } from 'graphql';
import { until } from './testing/carriers';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])';
const shopSdl = `${link} type Query { items: [Item] broken: String } type Item @key(fields: "id") { id: ID! }`;
const stockSdl = `${link} type Item @key(fields: "id") { id: ID! left: Int } type Query { total: Int }`;

const servers: Server[] = [];
let folder: string;
let gateway: ChildProcess | null = null;
let output = '';

async function serve(schema: GraphQLSchema): Promise<string> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const { query, variables } = JSON.parse(Buffer.concat(chunks).toString()) as { query: string; variables?: Record<string, unknown> };
      void Promise.resolve(execute({ schema, document: parse(query), variableValues: variables })).then((result) => {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(result));
      });
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  servers.push(server);
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function composed(services: Record<string, { sdl: string; url: string }>): string {
  const { errors, supergraphSdl } = composeServices(Object.entries(services).map(([name, { sdl, url }]) => ({ name, url, typeDefs: parse(sdl) })));
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
}

async function start(...args: string[]): Promise<string> {
  output = '';
  gateway = spawn(process.execPath, [join(__dirname, 'standalone.js'), ...args], { env: { ...process.env, HUB_DATA_DIR: folder }, stdio: ['ignore', 'pipe', 'pipe'] });
  gateway.stdout?.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  gateway.stderr?.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const ready = (): string | undefined => /ready (\S+)/.exec(output)?.[1];
  await until('it is ready or has ended', () => ready() !== undefined || gateway!.exitCode !== null, 20_000);
  if (!ready()) throw new Error(`not ready: ${output}`);
  return ready()!;
}

const ask = async (url: string, query: string, headers: Record<string, string> = {}) => {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify({ query }) });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

jest.setTimeout(60_000);

describe('a gateway before services that are not this hub\'s', () => {
  let shop: string;
  let stock: string;
  let file: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'casebridge-standalone-'));
    shop = await serve(buildSubgraphSchema({
      typeDefs: parse(shopSdl),
      resolvers: { Query: { items: () => [{ id: '1' }, { id: '2' }], broken: () => { throw new Error('out of paper'); } } } as never,
    }));
    stock = await serve(buildSubgraphSchema({
      typeDefs: parse(stockSdl), resolvers: { Item: { __resolveReference: ({ id }: { id: string }) => ({ id, left: Number(id) * 10 }) }, Query: { total: () => 30 } } as never,
    }));
    file = join(folder, 'supergraph.graphql');
    await writeFile(file, composed({ shop: { sdl: shopSdl, url: shop } }));
  });
  afterEach(async () => {
    if (gateway && gateway.exitCode === null) {
      gateway.kill('SIGTERM');
      await once(gateway, 'exit');
    }
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    await rm(folder, { recursive: true, force: true });
  });

  it('serves any supergraph, its schema open, errors in the words of the services', async () => {
    const url = await start('--supergraph', file, '--port', '0', '--anonymous');
    expect(await ask(url, '{ items { id } }')).toEqual({ status: 200, body: { data: { items: [{ id: '1' }, { id: '2' }] } } });
    expect((await ask(url, '{ __schema { queryType { name } } }')).body).toEqual({ data: { __schema: { queryType: { name: 'Query' } } } });
    expect((await ask(url, '{ broken }')).body).toMatchObject({ data: { broken: null }, errors: [{ message: 'out of paper', path: ['broken'] }] });
  });

  it('gives what it refuses a code and a kind, and says which methods there are', async () => {
    const url = await start('--supergraph', file, '--port', '0', '--anonymous');
    const refusal = async (init: RequestInit, search = ''): Promise<unknown[]> => {
      const response = await fetch(`${url}${search}`, init);
      const { errors: [error] } = (await response.json()) as { errors: [{ extensions: object }] };
      return [response.status, response.headers.get('allow'), error.extensions];
    };
    const fault = { code: 'BAD_REQUEST', kind: 'BAD_USER_INPUT' };
    expect(await refusal({ headers: { accept: 'image/png' } }, '?query={items{id}}')).toEqual([406, null, fault]);
    expect(await refusal({}, '?query={nothing}')).toEqual([400, null, { code: 'GRAPHQL_VALIDATION_FAILED', kind: 'BAD_USER_INPUT' }]);
  });

  it('takes another supergraph on SIGHUP, with services that are new, and keeps the present one when the new one is broken', async () => {
    const url = await start('--supergraph', file, '--port', '0', '--anonymous');
    await writeFile(file, 'type Query { nonsense');
    gateway!.kill('SIGHUP');
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect((await ask(url, '{ items { id } }')).body).toEqual({ data: { items: [{ id: '1' }, { id: '2' }] } });
    await writeFile(file, composed({ shop: { sdl: shopSdl, url: shop }, stock: { sdl: stockSdl, url: stock } }));
    gateway!.kill('SIGHUP');
    let body: Record<string, unknown> = {};
    await until('it knows the other service', async () => !('errors' in ({ body } = await ask(url, '{ items { id left } }')).body));
    expect(body).toEqual({ data: { items: [{ id: '1', left: 10 }, { id: '2', left: 20 }] } });
  });

  it('follows a service to another address', async () => {
    const url = await start('--supergraph', file, '--port', '0', '--anonymous');
    const moved = await serve(buildSubgraphSchema({ typeDefs: parse(shopSdl), resolvers: { Query: { items: () => [{ id: 'moved' }] } } as never }));
    await writeFile(file, composed({ shop: { sdl: shopSdl, url: moved } }));
    gateway!.kill('SIGHUP');
    let body: unknown;
    await until('the other is asked', async () => JSON.stringify(({ body } = await ask(url, '{ items { id } }')).body).includes('moved'));
    expect(body).toEqual({ data: { items: [{ id: 'moved' }] } });
  });

  it.each<[string, () => Promise<void>]>([
    ['broken', () => writeFile(file, 'type Query { nonsense')],
    ['gone', () => rm(file)],
  ])('starts on the last supergraph that was good when the file is %s', async (_how, spoil) => {
    const [, port] = /:(\d+)\//.exec(shop)!; // a port that is ours when its server is gone
    const free = servers.splice(servers.findIndex((server) => String((server.address() as AddressInfo).port) === port), 1)[0]!;
    free.close();
    free.closeAllConnections();
    await writeFile(file, composed({ stock: { sdl: stockSdl, url: stock } }));
    const url = await start('--supergraph', file, '--port', port!, '--anonymous');
    expect((await ask(url, '{ total }')).body).toEqual({ data: { total: 30 } });
    gateway!.kill('SIGTERM');
    await once(gateway!, 'exit');
    await spoil();
    expect((await ask(await start('--supergraph', file, '--port', port!, '--anonymous'), '{ total }')).body).toEqual({ data: { total: 30 } });
  });

  it('wants a token without --anonymous, and says how it is used when it is used wrongly', async () => {
    const url = await start('--supergraph', file, '--port', '0');
    expect((await ask(url, '{ items { id } }', { authorization: 'Bearer nonsense' })).status).toBe(401);
    gateway!.kill('SIGTERM');
    await once(gateway!, 'exit');
    await expect(start('--port', '0')).rejects.toThrow(/--supergraph and --port are needed/);
    expect(gateway!.exitCode).toBe(78);
  });

  it.each<[string, (free: string) => string[], RegExp]>([
    ['a supergraph that is not there', () => ['--supergraph', '/nowhere/supergraph.graphql', '--port', '0'], /--supergraph \/nowhere\/supergraph\.graphql: cannot be read \(ENOENT\)$/m],
    ['a folder', () => ['--supergraph', folder, '--port', '0'], /: cannot be read \(EISDIR\)$/m],
    ['a text that is no supergraph', (broken) => ['--supergraph', broken, '--port', '0'], /broken\.graphql: cannot be served: /],
    ['a flag that there is not', () => ['--supergraph', file, '--port', '0', '--fast'], /Unknown option '--fast'/],
    ['a port that is none', () => ['--supergraph', file, '--port', 'http'], /--port must be a whole number from 0 to 65535/],
    ['an admin port that is none', () => ['--supergraph', file, '--port', '0', '--admin-port', '70000'], /--admin-port must be a whole number/],
  ])('says what is wrong with %s, and ends with 78', async (_what, args, words) => {
    const broken = join(folder, 'broken.graphql');
    await writeFile(broken, 'type Query { ok: Int }');
    await expect(start(...args(broken))).rejects.toThrow(words);
    expect(gateway!.exitCode).toBe(78);
    expect(output).not.toMatch(/\n {4}at /); // no stack traces
  });

  it('says that the port is taken, and by which flag it was given', async () => {
    const port = String((servers[0]!.address() as AddressInfo).port);
    await expect(start('--supergraph', file, '--port', port)).rejects.toThrow(`--port ${port}: is taken on 127.0.0.1`);
    expect(gateway!.exitCode).toBe(78);
  });

  it('says how it is used when asked, and does nothing else', async () => {
    await expect(start('--help')).rejects.toThrow(/--supergraph FILE --port N/);
    await until('it has ended', () => gateway!.exitCode !== null);
    expect(gateway!.exitCode).toBe(0);
  });

  it('does not take what it served of another file for this one', async () => {
    const url = await start('--supergraph', file, '--port', '0', '--anonymous');
    expect((await ask(url, '{ items { id } }')).status).toBe(200);
    gateway!.kill('SIGTERM');
    await once(gateway!, 'exit');
    const other = join(folder, 'other.graphql');
    await writeFile(other, 'type Query { nonsense');
    await expect(start('--supergraph', other, '--port', '0', '--anonymous')).rejects.toThrow(/other\.graphql: cannot be served/);
  });

  it('answers what is under way when it is told to end, and ends well', async () => {
    let answers: (items: object[]) => void = () => undefined;
    let asked = false;
    const items = (): Promise<object[]> => {
      asked = true;
      return new Promise((resolve) => (answers = resolve));
    };
    const slow = await serve(buildSubgraphSchema({ typeDefs: parse(shopSdl), resolvers: { Query: { items } } as never }));
    await writeFile(file, composed({ shop: { sdl: shopSdl, url: slow } }));
    const url = await start('--supergraph', file, '--port', '0', '--anonymous');
    const answer = ask(url, '{ items { id } }');
    await until('it is under way', () => asked);
    gateway!.kill('SIGTERM');
    await until('nobody else is taken', () => fetch(url).then(() => false, () => true));
    answers([{ id: 'slow' }]);
    expect((await answer).body).toEqual({ data: { items: [{ id: 'slow' }] } });
    await until('it has ended', () => gateway!.exitCode !== null);
    expect(gateway!.exitCode).toBe(0);
  });

  it('bounds an operation by --operation-ms', async () => {
    const never = await serve(buildSubgraphSchema({ typeDefs: parse(shopSdl), resolvers: { Query: { items: () => new Promise(() => undefined) } } as never }));
    await writeFile(file, composed({ shop: { sdl: shopSdl, url: never }, stock: { sdl: stockSdl, url: stock } }));
    const url = await start('--supergraph', file, '--port', '0', '--anonymous', '--operation-ms', '2000');
    expect((await ask(url, '{ total items { id } }')).body).toMatchObject({ data: { total: 30, items: null }, errors: [{ path: ['items'], extensions: { code: 'DEADLINE_EXCEEDED', service: 'shop' } }] });
  });

  it('bounds what an operation costs by --max-cost, and by nothing without it', async () => {
    const query = `{ ${Array.from({ length: 12 }, (_, i) => `a${i}: items { id }`).join(' ')} }`;
    const bounded = await start('--supergraph', file, '--port', '0', '--anonymous', '--max-cost', '100');
    expect((await ask(bounded, query)).body).toMatchObject({ errors: [{ extensions: { code: 'COST_LIMIT_EXCEEDED', limit: 100 } }] });
    gateway!.kill('SIGTERM');
    await until('it has ended', () => gateway!.exitCode !== null);
    await writeFile(file, composed({ shop: { sdl: shopSdl.replace('items: [Item]', 'items: [Item] @cost(weight: 200000000)').replace('"@key"', '"@key", "@cost"').replace('v2.7', 'v2.9'), url: shop }, stock: { sdl: stockSdl, url: stock } }));
    const unbounded = await start('--supergraph', file, '--port', '0', '--anonymous');
    expect(Object.keys((await ask(unbounded, query)).body['data'] as object)).toHaveLength(12);
  });

  it('tells a collector of traces what it did, when the environment names one', async () => {
    let traced = '';
    const collector = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
        traced += gunzipSync(Buffer.concat(chunks)).toString('latin1');
        response.end('{}');
      });
    });
    collector.listen(0, '127.0.0.1');
    await once(collector, 'listening');
    servers.push(collector);
    process.env['OTEL_EXPORTER_OTLP_ENDPOINT'] = `http://127.0.0.1:${(collector.address() as AddressInfo).port}`;
    try {
      const url = await start('--supergraph', file, '--port', '0', '--anonymous');
      await ask(url, '{ items { id } }');
      gateway!.kill('SIGTERM');
      await once(gateway!, 'exit');
    } finally {
      delete process.env['OTEL_EXPORTER_OTLP_ENDPOINT'];
    }
    expect(traced).toContain('fetch shop');
  });
});
