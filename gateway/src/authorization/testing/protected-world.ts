import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { getOperationAST, type GraphQLSchema, type OperationDefinitionNode, parse, print, stripIgnoredCharacters, visit, type DocumentNode } from 'graphql';
import type { Grants } from '../requirement';
import { stripSecurity } from '../security-features';

const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: ["@key", "@authenticated", "@requiresScopes", "@policy"])';

/** Synthetic: every kind of place where a directive can stand, and every kind of way to it. */
export const archive = `${link}
type Query {
  open: String
  notice: Notice
  notices: [Notice!]!
  me: Officer @authenticated
  officers: [Officer!] @requiresScopes(scopes: [["staff"]])
  vault: Vault
  vaults: [[Vault]!]
  files: [File!]
  file(id: ID!): File
  found: [Found!]
  grade: Grade
  stamp: Stamp
  firm: Firm
  box: Box
  named: Named
  either: Int @requiresScopes(scopes: [["a", "b"], ["c"]])
  policed: Int @policy(policies: [["p1", "p2"], ["p3"]])
  all: Int @authenticated @requiresScopes(scopes: [["a"]]) @policy(policies: [["p1"]])
}
type Mutation @requiresScopes(scopes: [["write"]]) { note(text: String): Notice wipe: Boolean @authenticated }
type Subscription { changed: Notice @authenticated tick: Int }
type Notice { id: ID! text(lang: String): String secret: String @authenticated score: Int! @requiresScopes(scopes: [["a"]]) author: Officer files(first: Int): [File] }
type Officer { id: ID! name: String phone: String @requiresScopes(scopes: [["phone"]]) boss: Officer }
type Vault @policy(policies: [["seal"]]) { id: ID! content: String }
enum Grade @requiresScopes(scopes: [["grade"]]) { HIGH LOW }
scalar Stamp @authenticated
interface File { id: ID! title: String size: Int owner: Party }
type Report implements File { id: ID! title: String size: Int owner: Party body: String @authenticated }
type Draft implements File { id: ID! title: String @requiresScopes(scopes: [["draft"]]) size: Int owner: Party }
type Sealed implements File @policy(policies: [["seal"]]) { id: ID! title: String size: Int owner: Party }
interface Party { name: String }
type Person implements Party @authenticated { name: String }
type Org implements Party { name: String }
interface Box { content: Party }
type OrgBox implements Box { content: Org }
type PersonBox implements Box { content: Person }
interface Named { label: String more: Int }
type Loud implements Named { label: String @authenticated more: Int }
type Quiet implements Named { label: String more: Int }
union Found = Notice | Vault | Report
type Firm @key(fields: "code") { code: ID! @requiresScopes(scopes: [["firm"]]) name: String }
`;

export const register = `${link}
type Query { ranks: [Firm!] }
type Firm @key(fields: "code") { code: ID! @requiresScopes(scopes: [["firm"]]) rank: Int risk: Int! @policy(policies: [["p1"]]) }
`;

export function compose(subgraphs: Readonly<Record<string, string>>): string {
  const result = composeServices(Object.entries(subgraphs).map(([name, sdl]) => ({ name, url: `test:${name}`, typeDefs: parse(sdl) })));
  if (result.errors) throw new Error(result.errors.map(String).join('\n'));
  return result.supergraphSdl;
}

/** As composition makes it: an interface requires what the types that implement it require. */
export const supergraph = compose({ archive, register });

/** As composition before 2.12 made it: nothing on interfaces. */
export const olderSupergraph = print(
  visit(parse(supergraph), {
    InterfaceTypeDefinition: (node) => ({
      ...node, directives: node.directives?.filter(isOfJoin), fields: node.fields?.map((field) => ({ ...field, directives: field.directives?.filter(isOfJoin) })),
    }),
  }),
);

function isOfJoin({ name }: { readonly name: { readonly value: string } }): boolean {
  return name.value.startsWith('join__');
}

/** What clients may ask. */
export const apiSchema: GraphQLSchema = Supergraph.build(stripSecurity(supergraph).sdl).apiSchema().toGraphQLJSSchema();

/** `token`, scopes, and policies with an exclamation mark: `token a b !p1`. */
export function grants(words: string): Grants {
  const all = words.split(' ').filter((word) => word !== '');
  return {
    authenticated: all.includes('token'),
    scopes: new Set(all.filter((word) => word !== 'token' && !word.startsWith('!'))),
    policies: new Set(all.flatMap((word) => (word.startsWith('!') ? [word.slice(1)] : []))),
  };
}

export const everything = grants('token staff phone a b c write grade draft firm !seal !p1 !p2 !p3');

export function operationOf(document: DocumentNode, name: string | null = null): OperationDefinitionNode {
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('no operation');
  return operation;
}

export const brief = (document: DocumentNode | null): string | null => document && stripIgnoredCharacters(print(document));
