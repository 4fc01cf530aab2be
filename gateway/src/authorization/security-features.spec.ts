import { Supergraph } from '@apollo/federation-internals';
import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { buildSchema, printSchema } from 'graphql';
import { UnenforceableSupergraph } from './errors';
import { policiesOf, readProtectedGraph } from './protected-graph';
import { hashOf, stripSecurity } from './security-features';
import { archive, compose, register, supergraph } from './testing/protected-world';

const renamed = compose({
  one: `extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.10", as: "fed", import: [{name: "@authenticated", as: "@withToken"}, {name: "@policy", as: "@rule"}, "@shareable"])
    type Query { a: Int @withToken b: Int @fed__requiresScopes(scopes: [["x", "x"], ["y"]]) c: Int @rule(policies: [["p"]]) d: Int @shareable }`,
  two: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", as: "fed", import: ["@shareable"])
    type Query { d: Int @shareable @fed__requiresScopes(scopes: [["z"]]) }`,
});
const load = (supergraphSdl: string) =>
  new ApolloGateway({ supergraphSdl, buildService: () => new LocalGraphQLDataSource(buildSchema('type Query { a: Int }')), logger: { debug() {}, info() {}, warn() {}, error() {} } }).load();
const faultsOf = (read: () => unknown): readonly string[] => {
  try {
    read();
  } catch (error) {
    if (error instanceof UnenforceableSupergraph) return error.faults;
    throw error;
  }
  return [];
};

describe('stripSecurity', () => {
  it('makes a supergraph that the library loads, which refuses it as it was', async () => {
    for (const sdl of [supergraph, renamed]) {
      await expect(load(sdl)).rejects.toThrow(/SECURITY but is unsupported/);
      await expect(load(stripSecurity(sdl).sdl)).resolves.toBeDefined();
    }
  });

  it('takes away nothing but the marks', () => {
    const { hash, sdl } = stripSecurity(supergraph);
    expect(supergraph.split('for: SECURITY')).toHaveLength(4);
    expect(sdl).toBe(supergraph.replaceAll(', for: SECURITY', ''));
    expect(hash).toBe(hashOf(supergraph));
    expect(stripSecurity(sdl)).toEqual({ sdl, hash: hashOf(sdl) });
  });

  it('leaves the mark on what it does not know, so that the library refuses it', async () => {
    const strange = supergraph.replace('@link(url: "https://specs.apollo.dev/policy', '@link(url: "https://example.org/wall/v1.0", for: SECURITY) @link(url: "https://specs.apollo.dev/policy');
    expect(stripSecurity(strange).sdl).toContain('@link(url: "https://example.org/wall/v1.0", for: SECURITY)');
    await expect(load(stripSecurity(strange).sdl)).rejects.toThrow(/wall.*SECURITY but is unsupported/);
    const lookalike = supergraph.replace('specs.apollo.dev/policy/', 'specs.apollo.dev/policyX/');
    await expect(load(stripSecurity(lookalike).sdl)).rejects.toThrow(/policyX.*SECURITY but is unsupported/);
  });

  it('gives back a supergraph without such features', () => {
    const open = compose({ one: 'type Query { a: String }' });
    expect(stripSecurity(open)).toEqual({ sdl: open, hash: hashOf(open) });
    expect(readProtectedGraph(open)).toMatchObject({ isOpen: true, hash: hashOf(open) });
  });

  it('leaves nothing of the directives in what clients may ask', () => {
    const text = printSchema(Supergraph.build(stripSecurity(supergraph).sdl).apiSchema().toGraphQLJSSchema());
    expect(text).not.toMatch(/authenticated|requiresScopes|policy|Scope/);
  });
});

describe('readProtectedGraph', () => {
  it('knows directives by what they are, not by how they are called', () => {
    const fields = readProtectedGraph(renamed).types.get('Query')?.fields;
    const none = { authenticated: false, scopes: [], policies: [] };
    expect([...(fields ?? [])].map(([name, { requirement }]) => [name, requirement])).toEqual(expect.arrayContaining([
      ['a', { ...none, authenticated: true }], ['b', { ...none, scopes: [[['x'], ['y']]] }], ['c', { ...none, policies: [[['p']]] }], ['d', { ...none, scopes: [[['z']]] }],
    ]));
  });

  it('puts together what a field and its type require', () => {
    const graph = readProtectedGraph(compose({
      one: archive.replace('grade: Grade\n', 'grade: Grade @requiresScopes(scopes: [["more"]])\n'), two: register,
    }));
    expect(graph.types.get('Query')?.fields.get('grade')?.requirement?.scopes).toEqual([[['more']], [['grade']]]);
    expect(graph.types.get('Vault')?.requirement?.policies).toEqual([[['seal']]]);
    expect(graph.types.get('File')?.implementers?.policies).toEqual([[['seal']]]);
    expect([...policiesOf(graph)].sort()).toEqual(['p1', 'p2', 'p3', 'seal']);
  });

  it('refuses what of the purpose SECURITY it does not know', () => {
    const context = compose({
      one: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@context", "@fromContext", "@authenticated"])
        type Query { t: T } type T @key(fields: "id") @context(name: "c") { id: ID! of: String! @authenticated u: U }
        type U @key(fields: "id") { id: ID! f(a: String @fromContext(field: "$c { of }")): Int @authenticated }`,
      two: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key"]) type Query { x: Int } type U @key(fields: "id") { id: ID! }`,
    });
    expect(context).toMatch(/context\/v0\.1", for: SECURITY/);
    expect(faultsOf(() => readProtectedGraph(context))).toEqual(['https://specs.apollo.dev/context/v0.1 is for: SECURITY and not known here']);
    const strange = supergraph.replace('@link(url: "https://specs.apollo.dev/policy', '@link(url: "https://example.org/wall/v1.0", for: SECURITY) @link(url: "https://specs.apollo.dev/policy');
    expect(() => readProtectedGraph(strange)).toThrow(/wall/);
  });

  it('refuses an unknown version of a directive that it knows, marked or not', () => {
    expect(() => readProtectedGraph(supergraph.replace('authenticated/v0.1', 'authenticated/v0.9'))).toThrow(/authenticated\/v0\.9/);
    expect(() => readProtectedGraph(stripSecurity(supergraph).sdl.replace('authenticated/v0.1', 'authenticated/v0.9'))).toThrow(/authenticated\/v0\.9/);
  });

  it('enforces directives that are linked without the mark', () => {
    expect(readProtectedGraph(stripSecurity(supergraph).sdl).types).toEqual(readProtectedGraph(supergraph).types);
  });

  it('refuses a requirement that nobody can meet', () => {
    const never = supergraph.replace('@policy(policies: [["p1", "p2"], ["p3"]])', '@policy(policies: [])');
    expect(faultsOf(() => readProtectedGraph(never))).toEqual(['Query.policed: @policy without alternatives, which nobody could meet']);
  });
});
