import {
  GraphQLID, type GraphQLInputType, type GraphQLSchema, isInputObjectType, isListType, isNonNullType, isScalarType, typeFromAST, type VariableDefinitionNode,
} from 'graphql';

/** In the order of JavaScript: from 2^53 on whole numbers are rounded when JSON is read, and what was sent is not known any more. */
const isRounded = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value);

const holdsRounded = (value: unknown): boolean =>
  typeof value === 'object' && value !== null ? Object.values(value).some(holdsRounded) : isRounded(value);

/**
 * Ids among the variables that came as numbers too large to be read exactly: another record could be meant.
 *
 * @param variables - bounded in depth
 * @returns their places, e.g. `$input.caseId`
 */
export function roundedIds(schema: GraphQLSchema, definitions: readonly VariableDefinitionNode[], variables: Readonly<Record<string, unknown>>): string[] {
  if (!holdsRounded(variables)) return [];
  const places: string[] = [];
  for (const { type: node, variable: { name } } of definitions) {
    const type = typeFromAST(schema, node as never) as GraphQLInputType | undefined;
    if (type && Object.hasOwn(variables, name.value)) look(type, variables[name.value], `$${name.value}`, places);
  }
  return places;
}

function look(type: GraphQLInputType, value: unknown, place: string, places: string[]): void {
  if (isNonNullType(type)) return look(type.ofType, value, place, places);
  if (isListType(type)) {
    if (!Array.isArray(value)) return look(type.ofType, value, place, places);
    for (const [i, one] of value.entries()) look(type.ofType, one, `${place}[${i}]`, places);
    return;
  }
  if (isInputObjectType(type)) {
    if (typeof value !== 'object' || value === null) return;
    for (const [name, field] of Object.entries(type.getFields())) {
      if (Object.hasOwn(value, name)) look(field.type, (value as Record<string, unknown>)[name], `${place}.${name}`, places);
    }
    return;
  }
  if (isScalarType(type) && type.name === GraphQLID.name && isRounded(value)) places.push(place);
}
