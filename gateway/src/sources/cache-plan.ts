import { createHash } from 'node:crypto';
import { type FieldNode, getNamedType, type GraphQLSchema, isLeafType, isObjectType, Kind, print, type SelectionSetNode } from 'graphql';
import type { Fetch } from '../execution/fetch';
import { isObject, type Json } from '../execution/merge';
import { type FetchShape, keyOf } from '../federation/fetch-shape';
import type { CacheableType } from './cacheable';

/** What an answer shows of a record: which one it is, and what of others is in it. */
interface Shown {
  readonly type: string;
  /** Under which key of the answer (of the representation, for the entity itself) its own key stands. */
  readonly key: string;
  /** The service writes a line to the access log for it. */
  readonly logged: boolean;
  /** More than the key is shown: a change of the record changes the answer. */
  readonly told: boolean;
  readonly below: readonly { readonly at: string; readonly shown: Shown }[];
}

/** Records in an answer, as `Type:key`. */
export interface Shows {
  /** A change of one of them is a change of the answer. */
  readonly depends: readonly string[];
  /** Read, for the access log. */
  readonly read: readonly string[];
}

/** How the answers to a fetch are remembered. */
export interface CachePlan {
  /** Equal for fetches that select the same, whatever operation they belong to. */
  readonly digest: string;
  /** Null for a representation of a type that the fetch does not name, or without its key. */
  keyOf(representation: Json): { readonly type: string; readonly key: string } | null;
  /** Null where it cannot be told which records the entity shows. */
  showsOf(representation: Json, entity: Json): Shows | null;
}

class NotCacheable extends Error {}

/**
 * Decides once whether a fetch may be answered out of what is remembered: everything that it selects must be on the list, on the types
 * that it stands on, without arguments; of every record below, the key too, so that it is known which it is.
 *
 * @param schema - of the whole supergraph
 * @returns null when it may not
 */
export function cachePlanOf({ service, shape }: Fetch, schema: GraphQLSchema, list: Readonly<Record<string, CacheableType>>): CachePlan | null {
  if (!shape.entities) return null;
  try {
    const plans = new Plans(service, shape, schema, list);
    const types = plans.roots(shape.entities);
    const text = [service, print(shape.entities), ...[...shape.fragments].sort().map(([name, set]) => `${name} ${print(set)}`)].join('\n');
    return {
      digest: createHash('sha256').update(text).digest('base64url'),
      keyOf: (representation) => {
        const shown = types.get(String(representation['__typename']));
        return shown ? ownKey(shown, representation) : null;
      },
      showsOf: (representation, entity) => {
        const shown = types.get(String(representation['__typename']));
        const own = shown && ownKey(shown, representation);
        if (!shown || !own) return null;
        const collected = new Collected();
        collected.add(shown, own.key);
        return collected.all(shown.below, entity) ? collected.shows : null;
      },
    };
  } catch (cause) {
    if (cause instanceof NotCacheable) return null;
    throw cause;
  }
}

function ownKey({ key, type }: Shown, from: Json): { readonly type: string; readonly key: string } | null {
  const value = from[key];
  return typeof value === 'string' && value !== '' ? { type, key: value } : null;
}

class Collected {
  private readonly depends = new Set<string>();
  private readonly read = new Set<string>();

  get shows(): Shows {
    return { depends: [...this.depends], read: [...this.read] };
  }

  add({ logged, told, type }: Shown, key: string): void {
    if (told) this.depends.add(`${type}:${key}`);
    if (logged) this.read.add(`${type}:${key}`);
  }

  /** False when a record below does not say which it is. */
  all(below: Shown['below'], entity: Json): boolean {
    return below.every(({ at, shown }) => this.each(shown, entity[at]));
  }

  private each(shown: Shown, value: unknown): boolean {
    if (value === null || value === undefined) return true;
    if (Array.isArray(value)) return value.every((one) => this.each(shown, one));
    const own = isObject(value) ? ownKey(shown, value) : null;
    if (!own) return false;
    this.add(shown, own.key);
    return this.all(shown.below, value as Json);
  }
}

/** Fields that are selected under one key of the answer. */
interface Selected {
  readonly node: FieldNode;
  readonly below: SelectionSetNode[];
  /** At one place at least no condition stands before it. */
  always: boolean;
}

class Plans {
  constructor(
    private readonly service: string,
    private readonly shape: FetchShape,
    private readonly schema: GraphQLSchema,
    private readonly list: Readonly<Record<string, CacheableType>>,
  ) {}

  /** Every type that the fetch selects from. */
  roots(entities: SelectionSetNode): ReadonlyMap<string, Shown> {
    const names = new Set<string>();
    for (const node of entities.selections) {
      if (node.kind === Kind.FIELD && node.name.value === '__typename') continue;
      if (node.kind !== Kind.INLINE_FRAGMENT || !node.typeCondition) throw new NotCacheable();
      names.add(node.typeCondition.name.value);
    }
    return new Map([...names].map((name) => {
      const known = this.known(name);
      if (known.service !== this.service) throw new NotCacheable();
      return [name, { ...this.shown(name, [entities], true), key: known.key, told: true }];
    }));
  }

  private known(name: string): CacheableType {
    const known = this.list[name];
    if (!known) throw new NotCacheable();
    return known;
  }

  private shown(name: string, sets: readonly SelectionSetNode[], isRoot: boolean): Shown {
    const known = this.known(name);
    const type = this.schema.getType(name);
    if (!isObjectType(type)) throw new NotCacheable();
    const selected = new Map<string, Selected>();
    for (const set of sets) this.collect(set, name, true, isRoot, selected);
    const below: { at: string; shown: Shown }[] = [];
    let key: string | undefined;
    let told = false;
    for (const [at, field] of selected) {
      const fieldName = field.node.name.value;
      if (fieldName === '__typename') continue;
      const definition = type.getFields()[fieldName];
      if (!definition || !Object.hasOwn(known.fields, fieldName) || definition.args.length > 0 || field.node.arguments?.length) throw new NotCacheable();
      if (fieldName === known.key) {
        if (field.always) key = at;
        continue;
      }
      told = true;
      const named = getNamedType(definition.type);
      if (!isLeafType(named)) below.push({ at, shown: this.shown(named.name, field.below, false) });
    }
    if (!isRoot && key === undefined) throw new NotCacheable();
    return { type: name, key: key ?? known.key, logged: known.logged && known.service === this.service, told, below };
  }

  /** @param isRoot - of several types; the fragments that are not on this one belong to others */
  private collect(set: SelectionSetNode, type: string, always: boolean, isRoot: boolean, into: Map<string, Selected>): void {
    for (const node of set.selections) {
      const here = always && !node.directives?.length;
      if (node.directives?.some(({ name }) => name.value !== 'skip' && name.value !== 'include')) throw new NotCacheable();
      if (node.kind === Kind.FIELD) {
        const field = into.get(keyOf(node)) ?? { node, below: [], always: false };
        if (field.node.name.value !== node.name.value) throw new NotCacheable();
        if (node.selectionSet) field.below.push(node.selectionSet);
        field.always ||= here;
        into.set(keyOf(node), field);
        continue;
      }
      const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.shape.fragments.get(node.name.value) : node.selectionSet;
      // What a named fragment stands on is not kept beside it: the planner makes none, and a fetch that has one goes to the service.
      if (!fragment || node.kind === Kind.FRAGMENT_SPREAD) throw new NotCacheable();
      const condition = node.typeCondition?.name.value;
      if (condition !== undefined && condition !== type) {
        if (isRoot) continue;
        throw new NotCacheable();
      }
      this.collect(fragment, type, here, false, into);
    }
  }
}
