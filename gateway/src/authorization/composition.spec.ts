import { ApolloGateway, LocalGraphQLDataSource } from '@apollo/gateway';
import { buildSchema, printSchema } from 'graphql';
import { composePublic, composeSupergraph, CompositionFailed, type SubgraphSource } from '../compose';
import { readProtectedGraph } from './protected-graph';
import { stripSecurity } from './security-features';

const subgraph = (name: string, sdl: string): SubgraphSource => ({
  name,
  sdl: `extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@tag", "@external", "@requires", "@authenticated", "@requiresScopes", "@policy"])\n${sdl}`,
});
const clashesOf = (compose: () => string): readonly string[] => {
  try {
    compose();
  } catch (error) {
    if (error instanceof CompositionFailed) return error.clashes;
    throw error;
  }
  return [];
};
const load = async (supergraphSdl: string) => {
  const buildService = () => new LocalGraphQLDataSource(buildSchema('type Query { a: Int }'));
  const gateway = new ApolloGateway({ supergraphSdl, buildService, logger: { debug() {}, info() {}, warn() {}, error() {} } });
  const { executor } = await gateway.load();
  return executor;
};

const firms = subgraph('inspection', `
  type Query { firm: Firm @tag(name: "public") officers: [String] @requiresScopes(scopes: [["staff"]]) }
  type Firm @key(fields: "id") { id: ID! name: String @tag(name: "public") tier: String @authenticated }
`);
const marks = subgraph('credit', `
  type Query { marks: [Mark] @policy(policies: [["regulator"]]) }
  type Mark @authenticated { points: Int }
  type Firm @key(fields: "id") { id: ID! mark: Mark }
`);

describe('the graph of services that protect something', () => {
  it('carries what each of them requires', () => {
    const { types } = readProtectedGraph(composeSupergraph([firms, marks]));
    const open = { authenticated: false, scopes: [], policies: [] };
    expect(types.get('Query')?.fields.get('officers')?.requirement).toEqual({ ...open, scopes: [[['staff']]] });
    expect(types.get('Query')?.fields.get('marks')?.requirement).toEqual({ ...open, authenticated: true, policies: [[['regulator']]] });
    expect(types.get('Firm')?.fields.get('tier')?.requirement).toEqual({ ...open, authenticated: true });
    expect(types.get('Firm')?.fields.get('mark')?.requirement).toEqual({ ...open, authenticated: true });
    expect(types.get('Firm')?.fields.get('name')?.requirement).toBeNull();
  });

  it('does not compose where a service reads by @requires what it does not protect', () => {
    const reader = (rights: string) => subgraph('adr', `type Query { x: Int } type Firm @key(fields: "id") { id: ID! tier: String @external advice: String @requires(fields: "tier") ${rights} }`);
    expect(clashesOf(() => composeSupergraph([firms, reader('')])).join()).toMatch(/Firm\.advice.*auth/i);
    expect(clashesOf(() => composeSupergraph([firms, reader('@authenticated')]))).toEqual([]);
  });
});

describe('the public contract of services that protect something', () => {
  it('has nothing of it, and loads', async () => {
    const contract = composePublic([firms, marks]);
    const planner = stripSecurity(contract);
    await expect(load(planner.sdl)).resolves.toBeDefined();
    const gateway = new ApolloGateway({ supergraphSdl: planner.sdl, buildService: () => new LocalGraphQLDataSource(buildSchema('type Query { a: Int }')) });
    let api = '';
    gateway.onSchemaLoadOrUpdate(({ apiSchema }) => (api = printSchema(apiSchema)));
    await gateway.load();
    expect(api.replace(/\s+/g, ' ')).toContain('type Query { firm: Firm }');
    expect(api).not.toMatch(/tier|officers|marks|Mark|authenticated|Scope|Policy/);
  });

  it.each([
    ['a field', 'type Query { a: Int @tag(name: "public") @authenticated }', ['Query.a']],
    ['a field, by its type', 'type Query { a: A @tag(name: "public") } type A @policy(policies: [["p"]]) { b: Int @tag(name: "public") }', ['Query.a', 'A']],
    ['a field, by its enum', 'type Query { a: A @tag(name: "public") } enum A @requiresScopes(scopes: [["s"]]) @tag(name: "public") { B }', ['Query.a']],
    ['an interface, by a type that implements it', `
      type Query { a: I @tag(name: "public") } interface I { b: Int @tag(name: "public") }
      type A implements I { b: Int @tag(name: "public") } type B implements I @authenticated { b: Int @tag(name: "public") }`, ['Query.a', 'I', 'B']],
  ])('refuses %s that needs rights', (_what, sdl, coordinates) => {
    const faults = clashesOf(() => composePublic([subgraph('credit', sdl)]));
    expect([...faults].sort()).toEqual(coordinates.map((coordinate) => `AUTH_ON_PUBLIC: ${coordinate} is public and needs rights`).sort());
  });
});
