import {
  BREAK, coerceInputValue, type DocumentNode, getNullableType, getOperationAST, GraphQLError, type GraphQLInputType, type GraphQLSchema, isInputObjectType,
  isInputType, isListType, isNonNullType, isValueNode, Kind, type OperationDefinitionNode, typeFromAST, TypeInfo, type ValueNode, valueFromAST,
  type VariableDefinitionNode, visit, visitWithTypeInfo,
} from 'graphql';

type Variables = Readonly<Record<string, unknown>>;

export interface Asked {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Variables | undefined;
}

/**
 * Faults that GraphQL finds in values, with the field that each is in, as every other refusal names it: the argument and the way from there,
 * such as `input.items.0.amountFen`, whether the client wrote the value into the document or sent it beside it.
 *
 * @param errors - of one execution, or of its variables, in their order
 */
export function withInputFields(errors: readonly GraphQLError[], asked: Asked): readonly GraphQLError[] {
  if (errors[0]?.nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION) {
    const fields = fieldsOfVariables(asked);
    return errors.map((error, i) => inField(error, fields[i]));
  }
  return errors.map((error) => {
    const node = error.nodes?.[0];
    return node && isValueNode(node) ? inField(error, fieldOfLiteral(node, asked)) : error;
  });
}

const inField = (error: GraphQLError, field: string | undefined): GraphQLError =>
  field === undefined ? error : new GraphQLError(error.message, {
    nodes: error.nodes, path: error.path, originalError: error.originalError, extensions: { ...error.extensions, field },
  });

/** Of each fault of the variables, in the order in which GraphQL tells them. */
function fieldsOfVariables({ document, operationName, schema, variables = {} }: Asked): string[] {
  const operation = getOperationAST(document, operationName);
  return (operation?.variableDefinitions ?? []).flatMap((definition) => {
    const name = definition.variable.name.value;
    const ways = faultyWays(schema, definition, variables);
    if (ways.length === 0) return [];
    const place = placeOf(name, document, operation as OperationDefinitionNode);
    return ways.map((way) => [place, ...way].join('.'));
  });
}

function faultyWays(schema: GraphQLSchema, { defaultValue, type: node, variable }: VariableDefinitionNode, variables: Variables): (readonly (string | number)[])[] {
  const type = typeFromAST(schema, node as never) as GraphQLInputType | undefined;
  if (!isInputType(type)) return [[]];
  if (!Object.hasOwn(variables, variable.name.value)) return defaultValue === undefined && isNonNullType(type) ? [[]] : [];
  const ways: (readonly (string | number)[])[] = [];
  coerceInputValue(variables[variable.name.value], type, (way) => ways.push(way));
  return ways;
}

/** Where a variable is first used in an operation; where it is not, its name. */
function placeOf(name: string, document: DocumentNode, operation: OperationDefinitionNode): string {
  let place: string | null = null;
  const definitions = document.definitions.filter((d) => d === operation || d.kind === Kind.FRAGMENT_DEFINITION);
  visit({ kind: Kind.DOCUMENT, definitions } satisfies DocumentNode, {
    Argument: (node) => {
      place = useIn(node.value, name, node.name.value);
      return place === null ? false : BREAK;
    },
  });
  return place ?? name;
}

function useIn(value: ValueNode, name: string, place: string): string | null {
  if (value.kind === Kind.VARIABLE) return value.name.value === name ? place : null;
  const parts = value.kind === Kind.LIST ? value.values.map((part, i) => [String(i), part] as const)
    : value.kind === Kind.OBJECT ? value.fields.map((field) => [field.name.value, field.value] as const) : [];
  for (const [key, part] of parts) {
    const found = useIn(part, name, `${place}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

/** The innermost part of an argument's value that does not fit. */
function fieldOfLiteral(value: ValueNode, { document, schema, variables = {} }: Asked): string | undefined {
  const types = new TypeInfo(schema);
  let field: string | undefined;
  visit(document, visitWithTypeInfo(types, {
    Argument: (node) => {
      const argument = types.getArgument();
      if (node.value !== value || !argument) return undefined;
      field = faultIn(argument.type, value, variables, node.name.value);
      return BREAK;
    },
  }));
  return field;
}

function faultIn(type: GraphQLInputType, value: ValueNode, variables: Variables, place: string): string {
  const bare = getNullableType(type) as GraphQLInputType;
  const isFaulty = (of: GraphQLInputType, part: ValueNode): boolean => valueFromAST(part, of, variables as Record<string, unknown>) === undefined;
  if (isListType(bare) && value.kind === Kind.LIST) {
    const at = value.values.findIndex((part) => isFaulty(bare.ofType, part));
    return at < 0 ? place : faultIn(bare.ofType, value.values[at] as ValueNode, variables, `${place}.${at}`);
  }
  if (isInputObjectType(bare) && value.kind === Kind.OBJECT) {
    for (const { name, value: part } of value.fields) {
      const field = bare.getFields()[name.value];
      if (field && isFaulty(field.type, part)) return faultIn(field.type, part, variables, `${place}.${name.value}`);
    }
  }
  return place;
}
