import {
  GraphQLBoolean, type GraphQLEnumType, GraphQLFloat, GraphQLID, GraphQLInt, type GraphQLScalarType, GraphQLString, isEnumType,
} from 'graphql';

export type IsValid = (value: unknown) => boolean;

const isFiniteNumber: IsValid = (value) => typeof value === 'number' && Number.isFinite(value);
/** Beyond 1e21 the text of a number is no whole number any more. */
const isWhole: IsValid = (value) => Number.isInteger(value) && Math.abs(value as number) < 1e21;
const isText: IsValid = (value) => typeof value === 'string';

/** What a service may answer for a leaf. Of a custom scalar nothing is known here: anything. */
export function leafCheck(type: GraphQLScalarType | GraphQLEnumType): IsValid | null {
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map((value) => value.name));
    return (value) => names.has(value);
  }
  switch (type.name) {
    case GraphQLString.name:
      return isText;
    case GraphQLID.name:
      return (value) => isText(value) || isWhole(value);
    case GraphQLInt.name:
      return isWhole;
    case GraphQLFloat.name:
      return isFiniteNumber;
    case GraphQLBoolean.name:
      return (value) => typeof value === 'boolean';
    default:
      return null;
  }
}
