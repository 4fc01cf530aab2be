import { type ConstDirectiveNode, type ConstValueNode, type DocumentNode, Kind, parse, valueFromASTUntyped } from 'graphql';

/** How long a list may be, as `@listSize` says. */
export interface ListSize {
  /** Null: not said. */
  readonly assumedSize: number | null;
  /** Arguments that give the length; a dot leads into an input object. */
  readonly slicingArguments: readonly string[];
  /** Fields right below that have this length instead of the field itself: `nodes` and `edges` of a connection. */
  readonly sizedFields: readonly string[];
  readonly requireOneSlicingArgument: boolean;
}

/** What a supergraph says of cost: `@cost` and `@listSize`, whatever names they were imported under. */
export interface CostModel {
  /** By name of the object, scalar or enum. */
  readonly types: ReadonlyMap<string, number>;
  /** By `Type.field`, of objects, interfaces and input objects. */
  readonly fields: ReadonlyMap<string, number>;
  /** By `Type.field(argument)`. */
  readonly arguments: ReadonlyMap<string, number>;
  /** By `Type.field`. */
  readonly listSizes: ReadonlyMap<string, ListSize>;
}

/** What counts where the schema says nothing. Points of cost, and elements of lists. */
export const costDefaults = {
  /** Every operation, so that many that cost nothing else cost something. */
  operation: 1,
  /** One object, of whatever composite type. */
  object: 1,
  /** One scalar or enum value. */
  leaf: 0,
  /** One input object among the arguments. */
  inputObject: 1,
  /** Elements of a list whose length nobody gives: lists without paging in this hub are those of one record. */
  list: 10,
  /** Each act: a transaction with locks, events and its line in the log. */
  mutation: 10,
  /** Each root field of a subscription, when it begins. */
  subscription: 10,
  /** `__schema` and `__type`, whatever is asked below: answered from memory, but some hundred kilobytes. */
  introspection: 50,
} as const;

export type CostDefaults = Readonly<Record<keyof typeof costDefaults, number>>;

const specification = 'https://specs.apollo.dev/cost';

/**
 * Reads the directives of cost from a supergraph.
 *
 * @throws RangeError for a directive with arguments of the wrong kind, which composition lets nobody write
 */
export function readCostModel(supergraph: string | DocumentNode): CostModel {
  const document = typeof supergraph === 'string' ? parse(supergraph, { noLocation: true }) : supergraph;
  const names = directiveNames(document);
  const model = { types: new Map<string, number>(), fields: new Map<string, number>(), arguments: new Map<string, number>(), listSizes: new Map<string, ListSize>() };
  if (!names) return model;
  const weigh = (into: Map<string, number>, coordinate: string, directives: readonly ConstDirectiveNode[] | undefined): void => {
    const found = directives?.find((d) => d.name.value === names.cost);
    if (found) into.set(coordinate, weightOf(coordinate, argumentsOf(found)['weight']));
  };
  for (const type of document.definitions) {
    if (!('name' in type) || !type.name || type.kind === Kind.OPERATION_DEFINITION || type.kind === Kind.FRAGMENT_DEFINITION) continue;
    if (type.kind === Kind.DIRECTIVE_DEFINITION) continue;
    const typeName = type.name.value;
    weigh(model.types, typeName, type.directives);
    if (!('fields' in type)) continue;
    for (const field of type.fields ?? []) {
      const coordinate = `${typeName}.${field.name.value}`;
      weigh(model.fields, coordinate, field.directives);
      if (!('arguments' in field)) continue;
      for (const argument of field.arguments ?? []) weigh(model.arguments, `${coordinate}(${argument.name.value})`, argument.directives);
      const listSize = field.directives?.find((d) => d.name.value === names.listSize);
      if (listSize) model.listSizes.set(coordinate, listSizeOf(coordinate, argumentsOf(listSize)));
    }
  }
  return model;
}

/** Names that the two directives have in this document; null when it does not link them. */
function directiveNames(document: DocumentNode): { cost: string; listSize: string } | null {
  for (const node of document.definitions) {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const directive of node.directives ?? []) {
      const link = argumentsOf(directive);
      const { url } = link;
      if (typeof url !== 'string' || !url.startsWith(`${specification}/v0.`)) continue;
      const prefix = typeof link['as'] === 'string' ? link['as'] : 'cost';
      const imported = new Map((Array.isArray(link['import']) ? (link['import'] as unknown[]) : []).map(importOf));
      // A directive that has the name of its specification needs no prefix.
      return { cost: imported.get('cost') ?? prefix, listSize: imported.get('listSize') ?? `${prefix}__listSize` };
    }
  }
  return null;
}

function importOf(element: unknown): [string, string] {
  const { name, as } = typeof element === 'string' ? { name: element, as: element } : (element as { name: string; as?: string });
  return [bare(name), bare(as ?? name)];
}

const bare = (directive: string): string => directive.replace(/^@/, '');

const argumentsOf = (directive: ConstDirectiveNode): Record<string, unknown> =>
  Object.fromEntries((directive.arguments ?? []).map((argument) => [argument.name.value, valueFromASTUntyped(argument.value as ConstValueNode)]));

function weightOf(coordinate: string, value: unknown): number {
  // The specification that others follow writes weights as text; federation as whole numbers.
  const weight = typeof value === 'string' ? Number(value) : value;
  if (typeof weight !== 'number' || !Number.isFinite(weight)) throw new RangeError(`${coordinate}: a weight is a number`);
  return weight;
}

function listSizeOf(coordinate: string, { assumedSize, slicingArguments, sizedFields, requireOneSlicingArgument }: Record<string, unknown>): ListSize {
  if (assumedSize != null && (typeof assumedSize !== 'number' || assumedSize < 0)) throw new RangeError(`${coordinate}: assumedSize is a number of elements`);
  return {
    assumedSize: assumedSize ?? null,
    slicingArguments: namesOf(slicingArguments),
    sizedFields: namesOf(sizedFields),
    requireOneSlicingArgument: requireOneSlicingArgument !== false,
  };
}

const namesOf = (value: unknown): string[] => (Array.isArray(value) ? (value as unknown[]).filter((name): name is string => typeof name === 'string') : []);

