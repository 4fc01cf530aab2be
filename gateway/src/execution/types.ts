import { type GraphQLSchema, isAbstractType, isInterfaceType } from 'graphql';

/** Names of types whose objects satisfy a type condition, the type itself included. */
export function possibleNames(schema: GraphQLSchema, condition: string): ReadonlySet<string> {
  const names = new Set([condition]);
  const type = schema.getType(condition);
  if (!isAbstractType(type)) return names;
  for (const object of schema.getPossibleTypes(type)) names.add(object.name);
  if (isInterfaceType(type)) for (const below of schema.getImplementations(type).interfaces) names.add(below.name);
  return names;
}
