import {
  type GraphQLArgument, type GraphQLError, type GraphQLInputType, type GraphQLObjectType, type GraphQLSchema, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType,
  isUnionType, isInterfaceType, getNamedType,
} from 'graphql';

/** Text that clients send by mistake or on purpose. */
const texts: readonly string[] = [
  '', ' ', '\u0000', 'a\u0000b', '\uD800', '%', '\\', '_%_', `'; --`, '\u202E', '👮🏽', '（演示）', 'x'.repeat(101), '长'.repeat(20_001), '\n\n', '{}', '[]', 'null', '-1',
  '00000000-0000-0000-0000-000000000000', '019AA0F0-0000-7000-8000-0000000000AA', '210100', '99999999999999999999', '91210102MA00000001',
];
const days: readonly string[] = ['0001-01-01', '9999-12-31', '2026-02-30', '2026-11-21', '1582-10-10', '2026-11-21T00:00:00Z', '', '-0001-01-01', '10000-01-01'];
const today = '2026-11-22';
const integers: readonly number[] = [0, -1, 1, 100, 101, 2_147_483_647, -2_147_483_648];
const amounts: readonly number[] = [0, -1, 1, 9_007_199_254_740_991, 0.5, 1e21];

/** A source of choices that is the same in every run. */
export function choices(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

export interface HostileOperation {
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Operations on every root field of a service and on every type by its key, with inputs that fit the types and nothing else.
 *
 * @param known - keys of records that are there, so that inputs get past the first question
 */
export function hostileOperations(schema: GraphQLSchema, rounds: number, known: readonly string[] = [], seed = 7): HostileOperation[] {
  const pick = choices(seed);
  const one = <T>(values: readonly T[]): T => values[pick(values.length)] as T;

  const valueOf = (type: GraphQLInputType, name: string, depth: number): unknown => {
    if (isNonNullType(type)) return valueOf(type.ofType, name, depth) ?? valueOf(type.ofType, name, depth) ?? fallback(type.ofType, name, depth);
    return pick(5) < 3 ? null : fallback(type, name, depth);
  };
  const fallback = (type: GraphQLInputType, name: string, depth: number): unknown => {
    if (isNonNullType(type)) return fallback(type.ofType, name, depth);
    if (isListType(type)) return Array.from({ length: one([0, 1, 1, 2, 2, 3, 120]) }, () => valueOf(type.ofType, name, depth + 1));
    if (isEnumType(type)) return one(type.getValues()).name;
    if (isInputObjectType(type)) return Object.fromEntries(Object.values(type.getFields()).map((f) => [f.name, valueOf(f.type, f.name, depth + 1)]));
    switch (type.name) {
      case 'Int': return one(integers);
      case 'Fen': return one(amounts);
      case 'Boolean': return pick(2) === 0;
      case 'Date': return pick(2) === 0 ? today : one(days);
      case 'DateTime': return one([...days, '2026-11-21T10:00:00+08:00']);
      case 'ID': return known.length > 0 && pick(3) > 0 ? one(known) : one(texts);
      default: return pick(2) === 0 ? `演示${pick(1_000)}` : one([...texts, ...known]);
    }
  };

  const operations: HostileOperation[] = [];
  for (const root of [schema.getQueryType(), schema.getMutationType()]) {
    for (const field of Object.values(root?.getFields() ?? {})) {
      if (field.name.startsWith('_')) continue;
      for (let i = 0; i < rounds; i += 1) {
        const declared = field.args.map((a: GraphQLArgument) => `$${a.name}: ${a.type.toString()}`).join(', ');
        const given = field.args.map((a) => `${a.name}: $${a.name}`).join(', ');
        operations.push({
          query: `${root === schema.getQueryType() ? 'query' : 'mutation'} H${declared ? `(${declared})` : ''} { ${field.name}${given ? `(${given})` : ''} ${selectionOf(getNamedType(field.type) as GraphQLObjectType, 0)} }`,
          variables: Object.fromEntries(field.args.map((a) => [a.name, valueOf(a.type, a.name, 0)])),
        });
      }
    }
  }
  // Keys as the gateway would send them for any type that is referred to; each service looks at the one that it knows.
  const entity = schema.getType('_Entity');
  for (const { name } of isUnionType(entity) ? entity.getTypes() : []) {
    for (let i = 0; i < rounds; i += 1) {
      const key = pick(2) === 0 && known.length > 0 ? one(known) : one(texts);
      operations.push({
        query: `query H($r: [_Any!]!) { _entities(representations: $r) { ... on ${name} { __typename } } }`,
        variables: { r: [{ __typename: name, id: key, uscc: key, code: key }] },
      });
    }
  }
  return operations;
}

/** Everything without arguments that must be given, two levels deep. */
function selectionOf(type: GraphQLObjectType, depth: number): string {
  if (isLeafType(type) || isUnionType(type) || isInterfaceType(type)) return '';
  const fields = Object.values(type.getFields()).filter((f) => f.args.every((a) => !isNonNullType(a.type) || a.defaultValue !== undefined));
  const parts = fields.flatMap((f) => {
    const named = getNamedType(f.type);
    if (isLeafType(named)) return [f.name];
    return depth < 2 ? [`${f.name} ${selectionOf(named as GraphQLObjectType, depth + 1)}`] : [];
  });
  return `{ ${parts.length > 0 ? parts.join(' ') : '__typename'} }`;
}

/** What in an answer is a fault of the service: an error that is no refusal. */
export const faultsOf = ({ query, variables }: HostileOperation, errors: readonly GraphQLError[] | undefined): readonly string[] =>
  (errors ?? []).filter(({ extensions }) => extensions['kind'] === undefined || extensions['code'] === 'INTERNAL_SERVER_ERROR')
    .map(({ message, extensions }) => `${String(extensions['code'])} ${message}: ${query.slice(0, 200)} ${JSON.stringify(variables).slice(0, 300)}`);
