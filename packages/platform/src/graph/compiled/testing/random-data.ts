import {
  getNullableType, type GraphQLNamedType, type GraphQLObjectType, type GraphQLOutputType, type GraphQLSchema, isAbstractType, isEnumType,
  isListType, isObjectType,
} from 'graphql';
import { Chance } from './chance';

/** Lets promises go one by one, in an order of their own, so that nothing depends on how many ticks an executor takes. */
export class Turns {
  private readonly waiting: { readonly rank: number; readonly go: () => void }[] = [];

  promise<T>(rank: number, make: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
      const go = (): void => {
        try {
          resolve(make());
        } catch (cause) {
          reject(cause as Error);
        }
      };
      this.waiting.push({ rank, go });
    });
  }

  /** Until the result is there; what is still promised then is let go as well. */
  async play<T>(result: T | Promise<T>): Promise<T> {
    let settled = false;
    const done = Promise.resolve(result).finally(() => void (settled = true));
    while (!settled) {
      await new Promise((resolve) => setImmediate(resolve));
      this.next();
    }
    return done;
  }

  private next(): void {
    this.waiting.sort((a, b) => b.rank - a.rank);
    this.waiting.pop()?.go();
  }
}

export interface DataOptions {
  readonly schema: GraphQLSchema;
  readonly seed: number;
  /** Without it nothing is a promise. */
  readonly turns?: Turns;
  /** How much of it is wrong, 0 to 1. */
  readonly faults: number;
}

class Refusal extends Error {
  readonly extensions = { code: 'REFUSED' };
}

/**
 * Objects of a schema's types as resolvers return them: plain values, getters, methods, promises, iterables, and whatever can be wrong.
 * The same seed and place give the same value, whoever asks, and in whatever order.
 */
export function objectOf(options: DataOptions, type: GraphQLObjectType, place: string): object {
  const object = { __typename: type.name };
  for (const { name, type: fieldType } of Object.values(type.getFields())) {
    const at = `${place}.${name}`;
    const chance = new Chance(options.seed, at);
    const value = (): unknown => valueOf(options, fieldType, at, new Chance(options.seed, `${at}=`));
    if (chance.is(0.1)) Object.defineProperty(object, name, { enumerable: true, value });
    else Object.defineProperty(object, name, { enumerable: true, get: value });
  }
  return object;
}

/** @throws now and then, as a getter or a method may */
export function valueOf(options: DataOptions, type: GraphQLOutputType, place: string, chance: Chance): unknown {
  const { faults, turns } = options;
  if (turns && chance.is(0.15)) return turns.promise(chance.next(), () => plainOf(options, type, place, chance));
  if (chance.is(faults)) return new Refusal(`returned at ${place}`);
  return plainOf(options, type, place, chance);
}

function plainOf(options: DataOptions, type: GraphQLOutputType, place: string, chance: Chance): unknown {
  const { faults } = options;
  if (chance.is(faults)) throw new Refusal(`thrown at ${place}`);
  if (chance.is(faults)) throw 'no error at all';
  if (chance.is(0.05 + faults)) return chance.is(0.5) ? null : undefined;
  const bare = getNullableType(type);
  if (isListType(bare)) {
    if (chance.is(faults)) return chance.is(0.5) ? 'not a list' : {};
    const items = Array.from({ length: chance.upTo(4) }, (_, i) => {
      const item = (): unknown => plainOf(options, bare.ofType as GraphQLOutputType, `${place}.${i}`, new Chance(options.seed, `${place}.${i}`));
      // All or none: the reference leaves rejections unhandled where an item fails at once and another one later.
      if (options.turns) return options.turns.promise(chance.next(), item);
      try {
        return item();
      } catch (cause) {
        return cause instanceof Error ? cause : null;
      }
    });
    return chance.is(0.1) ? new Set(items) : items;
  }
  if (isAbstractType(bare)) return objectOf(options, chance.pick(options.schema.getPossibleTypes(bare)), place);
  if (isObjectType(bare)) return objectOf(options, bare, place);
  return leafOf(bare as GraphQLNamedType, chance, faults);
}

function leafOf(type: GraphQLNamedType, chance: Chance, faults: number): unknown {
  if (chance.is(faults)) return chance.pick([{}, Number.NaN, Symbol.iterator, 2 ** 40, [], true, '']);
  if (isEnumType(type)) return chance.pick(type.getValues()).value;
  switch (type.name) {
    case 'Int': case 'Fen': return chance.upTo(1_000);
    case 'Float': return chance.next();
    case 'Boolean': return chance.is(0.5);
    case 'Date': return '2026-02-28';
    case 'DateTime': return new Date(1.7e12 + chance.upTo(1e6));
    default: return chance.is(0.1) ? chance.upTo(9) : `text ${chance.upTo(99)}`;
  }
}
