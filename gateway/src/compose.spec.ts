import { Supergraph } from '@apollo/federation-internals';
import { buildSchema, type GraphQLObjectType, printSchema } from 'graphql';
import { composePublic, composeSupergraph, CompositionFailed, type SubgraphSource } from './compose';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@tag", "@shareable", "@external", "@requires", "@inaccessible"])';
const subgraph = (name: string, sdl: string): SubgraphSource => ({ name, sdl: `${link}\n${sdl}` });

const firms = subgraph('inspection', `
  type Query { firm(id: ID!): Firm }
  type Firm @key(fields: "id") { id: ID! name: String @tag(name: "public") secretGrade: String }
`);
const penalties = subgraph('enforcement', `
  scalar Day
  enum Kind { FINE CLOSURE }
  enum Inner { A }
  extend scalar Day @tag(name: "public")
  extend enum Kind @tag(name: "public")
  type Query {
    penalties(of: Filter @tag(name: "public"), drafts: Boolean): [Penalty!] @tag(name: "public")
    drafts: [Draft!]
  }
  type Mutation { decide(id: ID!): Penalty }
  type Subscription { decided: Penalty }
  input Filter { text: String @tag(name: "public") officer: String }
  type Penalty { no: String! @tag(name: "public") day: Day! @tag(name: "public") kind: Kind! @tag(name: "public") firm: Firm @tag(name: "public") officer: String inner: Inner }
  type Draft { note: String @tag(name: "public") }
  type Firm @key(fields: "id") { id: ID! }
`);

const apiOf = (supergraph: string) => Supergraph.build(supergraph).apiSchema().toGraphQLJSSchema();
const fieldsOf = (supergraph: string, type: string): string[] =>
  Object.keys((apiOf(supergraph).getType(type) as GraphQLObjectType | undefined)?.getFields() ?? {}).sort();
const clashesOf = (compose: () => string): readonly string[] => {
  try {
    compose();
  } catch (error) {
    if (error instanceof CompositionFailed) return error.clashes;
    throw error;
  }
  return [];
};

describe('composeSupergraph', () => {
  it('joins the fields of all subgraphs, whatever their order', () => {
    const one = composeSupergraph([firms, penalties]);
    expect(composeSupergraph([penalties, firms])).toBe(one);
    expect(fieldsOf(one, 'Firm')).toEqual(['id', 'name', 'secretGrade']);
    expect(fieldsOf(one, 'Query')).toEqual(['drafts', 'firm', 'penalties']);
  });

  it('has no address of a service in it', () => {
    expect(composeSupergraph([firms, penalties])).not.toMatch(/https?:\/\/(?!specs\.apollo\.dev)/);
  });

  it('lists every clash', () => {
    const other = subgraph('credit', 'type Query { firm(id: ID!): Firm penalties: Int } type Firm @key(fields: "id") { id: ID! name: Int }');
    const clashes = clashesOf(() => composeSupergraph([firms, penalties, other]));
    expect(clashes.join('\n')).toMatch(/FIELD_TYPE_MISMATCH.*Firm\.name/s);
    expect(clashes.join('\n')).toMatch(/Query\.penalties/);
    expect(clashes.length).toBeGreaterThan(1);
  });

  it('names the subgraph that cannot be read', () => {
    expect(clashesOf(() => composeSupergraph([firms, { name: 'adr', sdl: 'type {' }]))).toEqual([expect.stringMatching(/^adr: Syntax Error/)]);
  });

  it('refuses a non-null field on an entity that several services know', () => {
    const credit = subgraph('credit', 'type Query { x: Int } type Firm @key(fields: "id") { id: ID! score: Int! file: String }');
    expect(clashesOf(() => composeSupergraph([firms, credit]))).toEqual([expect.stringContaining('NON_NULL_CONTRIBUTION: credit: Firm.score')]);
    const alone = subgraph('credit', 'type Query { x: Int } type Only @key(fields: "id") { id: ID! score: Int! }');
    expect(clashesOf(() => composeSupergraph([firms, alone]))).toEqual([]);
  });

  it('refuses a root field that would take the whole answer with it', () => {
    const credit = subgraph('credit', 'type Query { records: [Int!]! }');
    expect(clashesOf(() => composeSupergraph([firms, credit]))).toEqual([expect.stringContaining('NON_NULL_ROOT: credit: Query.records')]);
  });

  it('refuses @requires with arguments', () => {
    const owner = subgraph('inspection', 'type Query { x: Int } type Firm @key(fields: "id") { id: ID! size(unit: String): Int }');
    const user = (fields: string) =>
      subgraph('credit', `type Query { y: Int } type Firm @key(fields: "id") { id: ID! size(unit: String): Int @external score: Int @requires(fields: "${fields}") }`);
    expect(clashesOf(() => composeSupergraph([owner, user('size(unit: \\"m\\")')]))).toEqual([expect.stringContaining('REQUIRES_WITH_ARGUMENTS: credit: Firm.score')]);
    expect(clashesOf(() => composeSupergraph([owner, user('size')]))).toEqual([]);
  });
});

describe('composePublic', () => {
  const contract = composePublic([firms, penalties]);

  it('keeps only tagged fields of a partly public type', () => {
    expect(fieldsOf(contract, 'Penalty')).toEqual(['day', 'firm', 'kind', 'no']);
    expect(fieldsOf(contract, 'Firm')).toEqual(['name']);
    expect(fieldsOf(contract, 'Query')).toEqual(['penalties']);
    expect(fieldsOf(contract, 'Filter')).toEqual(['text']);
  });

  it('hides what no query reaches, although no subgraph imports what hides it', () => {
    const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@tag"])';
    const plain = [
      { name: 'a', sdl: `${link} type Query { things: [Thing] @tag(name: "public") secret: Int } type Thing { no: Int @tag(name: "public") part: Part } type Part @key(fields: "id") { id: ID! }` },
      { name: 'b', sdl: `${link} type Query { parts: Int } type Part @key(fields: "id") { id: ID! label: String @tag(name: "public") }` },
    ];
    expect(fieldsOf(composePublic(plain), 'Thing')).toEqual(['no']);
    expect(fieldsOf(composePublic(plain), 'Part')).toEqual([]);
  });

  it('names nothing that is not tagged', () => {
    const text = printSchema(apiOf(contract));
    for (const hidden of ['secretGrade', 'officer', 'drafts', 'Draft', 'Inner', 'Mutation', 'decide', 'Subscription', 'decided', 'id:']) {
      expect(text).not.toContain(hidden);
    }
    expect(() => buildSchema(text)).not.toThrow();
  });

  it('keeps enums and scalars that are tagged in an extension', () => {
    expect(printSchema(apiOf(contract))).toMatch(/enum Kind \{\s+FINE\s+CLOSURE\s+\}/);
    expect(printSchema(apiOf(contract))).toContain('scalar Day');
  });

  it('keeps the hidden key for the join', () => {
    expect(contract).toMatch(/type Firm[^{]*@join__type\(graph: ENFORCEMENT, key: "id"\)/);
    expect(contract).toMatch(/id: ID! @inaccessible|id: ID!.*@inaccessible/);
  });

  it('refuses a public field that needs a hidden argument', () => {
    const bad = subgraph('credit', 'type Query { list(of: ID!): [String!] @tag(name: "public") }');
    expect(clashesOf(() => composePublic([bad])).join('\n')).toMatch(/REQUIRED_INACCESSIBLE/);
  });

  it('refuses a public tag on an entity as a whole', () => {
    const bad = subgraph('credit', 'type Query { firm: Firm @tag(name: "public") } type Firm @key(fields: "id") @tag(name: "public") { id: ID! name: String }');
    expect(clashesOf(() => composePublic([bad]))).toEqual([expect.stringContaining('PUBLIC_TAG_ON_ENTITY: credit: Firm')]);
  });

  it('hides a public type that no public query leads to', () => {
    const extra = subgraph('credit', 'type Query { a: Int @tag(name: "public") b: Stray } type Stray @tag(name: "public") { word: Colour } enum Colour @tag(name: "public") { RED }');
    const text = printSchema(apiOf(composePublic([extra])));
    expect(text).not.toContain('Stray');
    expect(text).not.toContain('Colour');
  });
});
