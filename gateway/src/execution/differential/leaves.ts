import { type GraphQLLeafType, isEnumType } from 'graphql';
import { pickBy } from './random';

/**
 * A right value of a leaf; among them are all that a program may take for none.
 *
 * @param number - of the entity, where the field is part of its key
 */
export function leafValue(type: GraphQLLeafType, name: string, hash: number, number: number | null): unknown {
  if (isEnumType(type)) return pickBy(hash, type.getValues()).name;
  switch (type.name) {
    case 'ID':
      return `${name === 'id' ? 'n' : name}${number ?? hash % 10}`;
    case 'String':
      return number === null ? pickBy(hash, ['', `${name} ${hash % 100}`, '0', '__proto__', '刑事']) : `${name}${number}`;
    case 'Int':
      return number ?? pickBy(hash, [0, 1, hash % 100, -7]);
    case 'Float':
      return pickBy(hash, [0, 1.5, -2, 1e21, hash / 7]);
    case 'Boolean':
      return hash % 2 === 0;
    default:
      return pickBy(hash, ['', 'text', 0, 7, false, true, [], [1, null, { a: [] }], {}, { a: { b: 1 } }]);
  }
}

/** A value that this leaf does not have, or that only a lenient reader takes for one. */
export function wrongLeaf(type: GraphQLLeafType, hash: number): unknown {
  const others: unknown[] = ['', 'NONE', 0, 3, 3.5, 1e21, 4_294_967_296, true, false];
  if (type.name !== 'Json') others.push([], ['a'], {}, { unasked: 1 });
  return pickBy(hash, others);
}
