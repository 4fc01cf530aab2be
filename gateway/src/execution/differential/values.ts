import { astFromValue, type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType, isRequiredInputField, print } from 'graphql';
import type { Tape } from './random';

/** A value that an argument or a variable of this type may have, as JSON. */
export function inputValue(type: GraphQLInputType, tape: Tape, depth = 0): unknown {
  if (isNonNullType(type)) return inputValue(type.ofType, tape, depth) ?? inputValue(type.ofType, tape, depth + 1);
  if (depth === 0 && tape.chance(8)) return null;
  if (isListType(type)) return Array.from({ length: tape.below(3) }, () => inputValue(type.ofType, tape, depth + 1));
  if (isEnumType(type)) return tape.pick(type.getValues()).name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    if (type.isOneOf) {
      const field = tape.pick(fields);
      return { [field.name]: inputValue(field.type, tape, depth + 2) };
    }
    return Object.fromEntries(
      fields.flatMap((field) => (isRequiredInputField(field) || (depth < 3 && tape.chance(40)) ? [[field.name, inputValue(field.type, tape, depth + 1)]] : [])),
    );
  }
  switch (type.name) {
    case 'Int':
      return tape.below(6);
    case 'Float':
      return tape.below(6) / 2;
    case 'Boolean':
      return tape.chance(50);
    case 'ID':
      return `n${tape.below(6)}`;
    default:
      return tape.pick(['a', '', '刑事']);
  }
}

/** The same in the text of an operation. */
export function literal(value: unknown, type: GraphQLInputType): string {
  const node = astFromValue(value, type);
  if (!node) throw new RangeError(`no literal of ${String(type)}`);
  return print(node);
}
