import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { type DocumentNode, GraphQLError, type GraphQLSchema, isInterfaceType, isObjectType, Kind, TypeInfo, visit, visitWithTypeInfo } from 'graphql';

/** Before an alias while its operation is planned and run; nobody's field begins so. */
const prefix = '_clientAlias__';

/**
 * Aliases that are names of fields, out of the planner's way and back again. What a fetch needs for keys and `@requires` it selects
 * under the names of the fields: with `{ id: code }` in the same place the planner would mix the two, and answer or send the one for the other.
 */
export class ClientAliases {
  private readonly fields: ReadonlySet<string>;
  private readonly known = new WeakMap<DocumentNode, DocumentNode>();

  /**
   * @param schema - what clients may ask
   * @param supergraphSchema - whose fields, hidden ones included, fetches may need
   */
  constructor(private readonly schema: GraphQLSchema, supergraphSchema: GraphQLSchema) {
    this.fields = new Set(['__typename', ...Object.values(supergraphSchema.getTypeMap()).flatMap((type) => (isObjectType(type) || isInterfaceType(type) ? Object.keys(type.getFields()) : []))]);
  }

  /** The document to plan and run: itself where nothing is in the way. Root fields keep their aliases, since no fetch needs more of them. */
  aside(document: DocumentNode): DocumentNode {
    const known = this.known.get(document);
    if (known) return known;
    const aside = this.renamed(document);
    this.known.set(document, aside);
    return aside;
  }

  private renamed(document: DocumentNode): DocumentNode {
    const { fields, schema } = this;
    const types = new TypeInfo(schema);
    const roots = new Set<unknown>([schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]);
    return visit(document, visitWithTypeInfo(types, {
      Field: (node) => {
        const alias = node.alias?.value;
        if (alias === undefined || alias === node.name.value || roots.has(types.getParentType()) || !(fields.has(alias) || alias.startsWith(prefix))) return undefined;
        return { ...node, alias: { kind: Kind.NAME, value: prefix + alias } };
      },
    }));
  }
}

const original = (key: string): string => (key.startsWith(prefix) ? key.slice(prefix.length) : key);

function restored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(restored);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, below]) => [original(key), restored(below)]));
}

const restoredError = (error: GraphQLError): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes, source: error.source, positions: error.positions, originalError: error.originalError, extensions: error.extensions,
    path: error.path?.map((part) => (typeof part === 'string' ? original(part) : part)),
  });

/** The answer of a document that was run with aliases aside, under the keys that the client gave. */
export function withClientAliases({ data, errors, extensions }: GatewayExecutionResult): GatewayExecutionResult {
  const completion: unknown = extensions?.['valueCompletion'];
  return {
    ...(errors ? { errors: errors.map(restoredError) } : {}),
    data: restored(data) as GatewayExecutionResult['data'],
    ...(Array.isArray(completion) ? { extensions: { ...extensions, valueCompletion: (completion as GraphQLError[]).map(restoredError) } } : extensions ? { extensions } : {}),
  };
}
