import { type ConstDirectiveNode, type DocumentNode, type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, parseConstValue, type TypeNode, visit } from 'graphql';

/** Of a page when the client names no size, as `BothWaysPage` and `ForwardPage` have it. */
const pageSize = 20;
/** A count reads all the rows that it counts; an object of an answer is 1. */
const countWeight = 10;
/** Words are looked for in several columns, with leading wildcards. */
const textFilterWeight = 20;
const actingRoots: ReadonlySet<string> = new Set(['Mutation', 'Subscription']);

/**
 * Marks what holds for every schema of the house, so that no resolver has to remember it: how long the pages of a connection are,
 * what counts and searches by words cost, and that acts and live updates need a token (services refuse without one as well).
 *
 * @param body - as the schema builder prints it
 */
export function withMarks(body: DocumentNode): DocumentNode {
  const types = new Map(body.definitions.flatMap((node) => (node.kind === Kind.OBJECT_TYPE_DEFINITION ? [[node.name.value, node] as const] : [])));
  let type = '';
  return visit(body, {
    ObjectTypeDefinition: {
      enter: (node) => void (type = node.name.value),
      leave: (node) => (actingRoots.has(node.name.value) ? marked(node, 'authenticated') : undefined),
    },
    FieldDefinition: (node) => {
      const connection = types.get(namedType(node.type));
      if (connection?.name.value.endsWith('Connection')) return paged(node, connection);
      return type.endsWith('Connection') && node.name.value === 'totalCount' ? marked(node, 'cost', { weight: String(countWeight) }) : undefined;
    },
    InputObjectTypeDefinition: (node) => void (type = node.name.value),
    InputValueDefinition: (node, _key, _parent, _path, ancestors) => {
      const inFilter = type.endsWith('Filter') && ancestors.some((above) => 'kind' in above && above.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION);
      return inFilter && node.name.value === 'text' ? marked(node, 'cost', { weight: String(textFilterWeight) }) : undefined;
    },
  });
}

function paged(node: FieldDefinitionNode, connection: ObjectTypeDefinitionNode): FieldDefinitionNode | undefined {
  const slicing = ['first', 'last'].filter((name) => node.arguments?.some((argument) => argument.name.value === name));
  if (!slicing.includes('first')) return undefined;
  const sized = ['nodes', 'edges'].filter((name) => connection.fields?.some((field) => field.name.value === name));
  return marked(node, 'listSize', {
    assumedSize: String(pageSize), slicingArguments: JSON.stringify(slicing), sizedFields: JSON.stringify(sized), requireOneSlicingArgument: 'false',
  });
}

/** What says something itself keeps its word. */
function marked<T extends { readonly directives?: readonly ConstDirectiveNode[] }>(node: T, directive: string, given: Readonly<Record<string, string>> = {}): T {
  if (node.directives?.some(({ name }) => name.value === directive)) return node;
  const mark: ConstDirectiveNode = {
    kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: directive },
    arguments: Object.entries(given).map(([name, value]) => ({ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value: parseConstValue(value, { noLocation: true }) })),
  };
  return { ...node, directives: [...(node.directives ?? []), mark] };
}

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));
