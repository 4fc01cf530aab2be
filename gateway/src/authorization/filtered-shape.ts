import {
  type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLSchema, isAbstractType, isCompositeType, isInterfaceType, isObjectType, Kind,
  getNamedType, type OperationDefinitionNode, type SelectionSetNode,
} from 'graphql';
import { isIncluded } from '../execution/conditions';
import { isObject, type Json } from '../execution/merge';
import { compileShape, type Shape, type ShapeOptions } from '../execution/shape';
import { keyOf } from '../federation/fetch-shape';

/** An operation and its fragments. */
export interface Selected {
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
}

/**
 * The layout of the answer to an operation of which something was removed: as the reader asked it, with null for what was
 * removed.
 *
 * What was fetched is first cut down to the filtered operation. The plan fetches keys and required fields for its joins,
 * under the names of fields that the reader may have asked for and may not have.
 *
 * @param options - of the operation as the reader asked it
 * @throws NotCompiled
 */
export function compileFilteredShape(options: ShapeOptions, filtered: Selected): Shape {
  const cut = compileCut({ ...options, ...filtered });
  const shape = compileShape(options);
  return (data, run) => shape(cut(data), run);
}

type Cut = (value: unknown) => unknown;

/** Leaves of raw data what an operation selects, and the type names that the layout goes by. Changes nothing: data may be shared. */
export function compileCut(options: ShapeOptions): (data: Json) => Json {
  const root = options.schema.getRootType(options.operation.operation);
  if (!root) throw new RangeError(`no root type for ${options.operation.operation}`);
  const cut = new Cuts(options).object(root, [options.operation.selectionSet]);
  return (data) => cut(data) as Json;
}

const typenameField = '__typename';

class Cuts {
  private readonly schema: GraphQLSchema;

  constructor(private readonly options: ShapeOptions) {
    this.schema = options.schema;
  }

  object(declared: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Cut {
    const layouts = new Map<unknown, ReadonlyMap<string, Cut | null>>();
    const layoutOf = (typename: unknown): ReadonlyMap<string, Cut | null> => {
      const type = typename === undefined ? declared : typeof typename === 'string' ? this.schema.getType(typename) : undefined;
      // Of a type that clients do not know nothing is theirs.
      return isCompositeType(type) ? this.layout(type, sets) : new Map();
    };
    const one: Cut = (value) => {
      if (Array.isArray(value)) return value.map(one);
      if (!isObject(value)) return value;
      const typename = value[typenameField] ?? undefined;
      let layout = layouts.get(typename);
      if (!layout) layouts.set(typename, (layout = layoutOf(typename)));
      const left: Json = typename === undefined ? {} : { [typenameField]: typename };
      for (const [key, below] of layout) if (Object.hasOwn(value, key)) left[key] = below ? below(value[key]) : value[key];
      return left;
    };
    return one;
  }

  private layout(type: GraphQLCompositeType, sets: readonly SelectionSetNode[]): ReadonlyMap<string, Cut | null> {
    const selected = new Map<string, { readonly name: string; readonly below: SelectionSetNode[] }>();
    for (const set of sets) this.collect(set, type, selected);
    return new Map([...selected].map(([key, { below, name }]) => [key, this.below(type, name, below)]));
  }

  private below(parent: GraphQLCompositeType, name: string, sets: readonly SelectionSetNode[]): Cut | null {
    const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
    const type = field && getNamedType(field.type);
    return isCompositeType(type) ? this.object(type, sets) : null;
  }

  private collect(set: SelectionSetNode, type: GraphQLCompositeType, selected: Map<string, { readonly name: string; readonly below: SelectionSetNode[] }>): void {
    for (const node of set.selections) {
      if (!isIncluded(node, this.options.variables)) continue;
      if (node.kind === Kind.FIELD) {
        const field = selected.get(keyOf(node)) ?? { name: node.name.value, below: [] };
        if (node.selectionSet) field.below.push(node.selectionSet);
        selected.set(keyOf(node), field);
        continue;
      }
      const definition = node.kind === Kind.INLINE_FRAGMENT ? node : this.options.fragments.get(node.name.value);
      if (!definition) throw new RangeError('a fragment that is not there');
      const condition = definition.typeCondition?.name.value;
      if (condition === undefined || this.satisfies(type, condition)) this.collect(definition.selectionSet, type, selected);
    }
  }

  private satisfies(type: GraphQLCompositeType, name: string): boolean {
    if (type.name === name) return true;
    const condition = this.schema.getType(name);
    return isAbstractType(condition) && (isObjectType(type) || isInterfaceType(type)) && this.schema.isSubType(condition, type);
  }
}
