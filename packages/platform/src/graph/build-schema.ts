import 'reflect-metadata';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { concatAST, type DocumentNode, type GraphQLSchema, parse, print, visit } from 'graphql';
import { buildSchemaSync, createResolversMap, getMetadataStorage, type NonEmptyArray } from 'type-graphql';
import { DateTimeScalar } from './scalars';
import { guardMarked, type SchemaPolicies } from './schema-guards';
import { withMarks } from './schema-marks';

/** Resolves a reference from another service; the context carries the principal, the only guard there is. */
export type ReferenceResolver = { __resolveReference(reference: never, context: never): unknown };

export interface SubgraphOptions {
  readonly resolvers: NonEmptyArray<Function>;
  /** Types that no field names, such as entity stubs that only references reach. */
  readonly orphanedTypes?: Function[];
  readonly references: Readonly<Record<string, ReferenceResolver>>;
  /** Enums and scalars of the public contract (the schema builder takes no directive on them). */
  readonly publicEnums?: readonly string[];
  readonly publicScalars?: readonly string[];
  /** Functions behind `@policy`; a schema with one that is not here is not built. */
  readonly policies?: SchemaPolicies;
}

export interface Subgraph {
  readonly schema: GraphQLSchema;
  /** Printed schema with federation directives: committed and compared. */
  readonly sdl: string;
}

const directives = ['key', 'shareable', 'tag', 'inaccessible', 'external', 'provides', 'requires'];
/** Imported by the schemas that use them only: what links them asks the gateway to enforce them. */
const enforced = ['authenticated', 'requiresScopes', 'policy', 'cost', 'listSize'];

function linkOf(body: DocumentNode): string {
  const used = new Set<string>();
  visit(body, { Directive: ({ name }) => void used.add(name.value) });
  const imports = [...directives, ...enforced.filter((name) => used.has(name))].map((name) => `"@${name}"`).join(', ');
  return `extend schema @link(url: "https://specs.apollo.dev/federation/v2.10", import: [${imports}])`;
}

/**
 * Builds a service's subgraph schema; needs no database and no server.
 *
 * @throws RangeError for a directive of rights that could not be enforced
 */
export function buildSubgraph(options: SubgraphOptions): Subgraph {
  useSimpleResolvers();
  const plain = buildSchemaSync({
    resolvers: options.resolvers,
    orphanedTypes: options.orphanedTypes ?? [],
    validate: false,
    skipCheck: true,
    pubSub: fromTheLog,
    scalarsMap: [{ type: Date, scalar: DateTimeScalar }],
  });
  const tags = [
    ...(options.publicEnums ?? []).map((name) => `extend enum ${name} @tag(name: "public")`),
    ...(options.publicScalars ?? []).map((name) => `extend scalar ${name} @tag(name: "public")`),
  ];
  const body = withMarks(parse([printSchemaWithDirectives(plain), ...tags].join('\n\n')));
  const link = linkOf(body);
  const sdl = `${link}\n\n${print(body)}\n`;
  const resolvers = createResolversMap(plain) as Record<string, Record<string, unknown>>;
  for (const [type, reference] of Object.entries(options.references)) resolvers[type] = { ...resolvers[type], ...reference };
  const schema = buildSubgraphSchema({ typeDefs: concatAST([parse(link), body]), resolvers: resolvers as never });
  guardMarked(schema, body, options.policies ?? {});
  return { sdl, schema };
}

/** Subscriptions name their own source, the service's log; the schema builder insists on a broker all the same. */
const noBroker = (): never => {
  throw new Error('live updates come from the log of the service, not from a broker');
};
const fromTheLog = { publish: noBroker, subscribe: noBroker };

/** A plain property is read by GraphQL's own resolver: no wrapper, and a function property (a count) runs only when it is selected. */
function useSimpleResolvers(): void {
  for (const type of getMetadataStorage().objectTypes) type.simpleResolvers ??= true;
}
