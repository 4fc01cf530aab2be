import {
  type FieldNode, type FragmentDefinitionNode, type GraphQLCompositeType, getNullableType, type GraphQLLeafType, type GraphQLNullableType, type GraphQLOutputType, type GraphQLSchema, isAbstractType,
  isCompositeType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, Kind, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode,
} from 'graphql';
import { keyOf } from '../federation/fetch-shape';
import { isIncluded, type Variables } from './conditions';
import { type Complete, compileLayout, explain, type Layout, type ShapeRun, type Slot } from './layout';
import { leafCheck } from './leaf';
import { isObject, type Json } from './merge';
import { NotCompiled } from './not-compiled';

/** The answer of an operation: what was not asked for is left out, and fields stand in the order of the question. */
export type Shape = (data: Json, run: ShapeRun) => Json | null;

export interface ShapeOptions {
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Coerced; only those of @skip and @include are looked at. */
  readonly variables: Variables;
}

/** @throws NotCompiled */
export function compileShape(options: ShapeOptions): Shape {
  const { operation, schema } = options;
  const root = schema.getRootType(operation.operation);
  if (!root) throw new NotCompiled(`no root type for ${operation.operation}`);
  const layout = new Shapes(options).layout(root, root, [operation.selectionSet]);
  return (data, run) => layout(data, run) ?? null;
}

interface Selected {
  readonly key: string;
  readonly node: FieldNode;
  /** The type whose field was selected: it may promise less than the object's own type, and what it promises is what the client read. */
  readonly parent: GraphQLCompositeType;
  /** Below this field, from every place that selects it. */
  readonly below: SelectionSetNode[];
}

const typenameField = '__typename';

class Shapes {
  constructor(private readonly options: ShapeOptions) {}

  /** Objects of a composite type; fields are laid out once per type that comes. */
  object(declared: GraphQLCompositeType, sets: readonly SelectionSetNode[]): Complete {
    const layouts = new Map<unknown, Layout>();
    const layoutOf = (typename: unknown): Layout | undefined => {
      const type = typename === undefined ? declared : this.typeNamed(typename, declared);
      const layout = type && this.layout(type, declared, sets, typename !== undefined);
      if (layout) layouts.set(typename, layout);
      return layout;
    };
    // Most lists have objects of one type only.
    let lastTypename: unknown;
    let layout: Layout | undefined;
    return (value, run) => {
      if (!isObject(value)) return explain(run, `Invalid value found for an object of type ${declared.name}.`);
      const typename = value[typenameField] ?? undefined;
      if (!layout || typename !== lastTypename) {
        layout = layouts.get(typename) ?? layoutOf(typename);
        lastTypename = typename;
      }
      // The type is not of this contract, or not of this field; its name is nobody's business.
      return layout ? layout(value, run) : explain(run, `Invalid __typename found for an object of type ${declared.name}.`);
    };
  }

  /** Fields of objects of one type, in the order of the question. */
  layout(type: GraphQLCompositeType, declared: GraphQLCompositeType, sets: readonly SelectionSetNode[], typeKnown = true): Layout {
    const selected = new Map<string, Selected>();
    for (const set of sets) this.collect(set, type, declared, typeKnown, selected);
    return compileLayout([...selected.values()].map((field) => this.slot(type, field)));
  }

  /** A type that an object of a declared type may say it has; an interface where its own type is not known (@interfaceObject). */
  private typeNamed(name: unknown, declared: GraphQLCompositeType): GraphQLCompositeType | undefined {
    const type = typeof name === 'string' ? this.options.schema.getType(name) : undefined;
    return isCompositeType(type) && this.satisfies(type, declared) ? type : undefined;
  }

  /**
   * Fields of a selection set for objects of one type, fragments opened, conditions decided.
   *
   * @param type - the object's own; where it is unknown, the narrowest that the fragments around say
   * @param parent - the type that the set selects from
   */
  private collect(set: SelectionSetNode, type: GraphQLCompositeType, parent: GraphQLCompositeType, typeKnown: boolean, selected: Map<string, Selected>): void {
    for (const node of set.selections) {
      if (!isIncluded(node, this.options.variables)) continue;
      if (node.kind === Kind.FIELD) {
        const key = keyOf(node);
        if (key === '__proto__') throw new NotCompiled('a response key that objects give a meaning of their own');
        const field = selected.get(key) ?? { key, node, parent, below: [] };
        if (node.selectionSet) field.below.push(node.selectionSet);
        selected.set(key, field);
        continue;
      }
      const { condition, set: below } = this.fragmentOf(node);
      if (condition && !this.satisfies(type, condition)) continue;
      this.collect(below, typeKnown || !condition ? type : condition, condition ?? parent, typeKnown, selected);
    }
  }

  private fragmentOf(node: Exclude<SelectionNode, FieldNode>): { set: SelectionSetNode; condition: GraphQLCompositeType | null } {
    const { fragments, schema } = this.options;
    const definition = node.kind === Kind.INLINE_FRAGMENT ? node : fragments.get(node.name.value);
    if (!definition) throw new NotCompiled('a fragment that is not there');
    const name = definition.typeCondition?.name.value;
    const condition = name === undefined ? null : schema.getType(name);
    if (condition !== null && !isCompositeType(condition)) throw new NotCompiled('a fragment on no composite type');
    return { set: definition.selectionSet, condition };
  }

  private satisfies(type: GraphQLCompositeType, condition: GraphQLCompositeType): boolean {
    if (type === condition) return true;
    return isAbstractType(condition) && (isObjectType(type) || isInterfaceType(type)) && this.options.schema.isSubType(condition, type);
  }

  private slot(type: GraphQLCompositeType, { below, key, node, parent }: Selected): Slot {
    const name = node.name.value;
    if (name === typenameField) return isObjectType(type) ? { key, kind: 'constant', value: type.name } : { key, kind: 'computed', value: this.ownTypename(key, type) };
    if (name === '__schema' || name === '__type') return { key, kind: 'computed', value: (_from, run) => run.introspect(node) ?? null };
    const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
    if (!field) throw new NotCompiled(`no field ${parent.name}.${name}`);
    const missing = isNonNullType(field.type) ? `Cannot return null for non-nullable field ${parent.name}.${name}.` : null;
    const nullable = getNullableType(field.type);
    if (!isLeafType(nullable)) return { key, kind: 'branch', complete: this.complete(nullable, below), missing };
    return { key, kind: 'leaf', isValid: leafCheck(nullable), invalid: invalidLeaf(nullable), missing };
  }

  /** Of an @interfaceObject: its real type may have come under this key only; when it did not come at all, the object is void. */
  private ownTypename(key: string, type: GraphQLCompositeType): (from: Json) => unknown {
    const names = new Set<unknown>(isAbstractType(type) ? this.options.schema.getPossibleTypes(type).map(({ name }) => name) : []);
    return (from) => (Object.hasOwn(from, key) && names.has(from[key]) ? from[key] : undefined);
  }

  /** Completes values that are not null. */
  private complete(type: GraphQLNullableType & GraphQLOutputType, below: readonly SelectionSetNode[]): Complete {
    if (isListType(type)) return this.list(type.ofType as GraphQLOutputType, below);
    if (isCompositeType(type)) return this.object(type, below);
    if (!isLeafType(type)) throw new NotCompiled(`values of ${String(type)}`);
    const isValid = leafCheck(type);
    const words = invalidLeaf(type);
    return isValid ? (value, run) => (isValid(value) ? value : explain(run, words)) : (value) => value;
  }

  private list(of: GraphQLOutputType, below: readonly SelectionSetNode[]): Complete {
    const complete = this.complete(getNullableType(of), below);
    const nullable = !isNonNullType(of);
    const missing = `Cannot return null for non-nullable array element of type ${String(of)}.`;
    return (value, run) => {
      if (!Array.isArray(value)) return explain(run, `Invalid value found for a list of ${String(of)}.`);
      const { path } = run;
      const last = path.push(0) - 1;
      let stands = true;
      const list = value.map((raw: unknown, i) => {
        path[last] = i;
        const element = raw == null ? raw : complete(raw, run);
        if (element != null) return element;
        if (raw == null && !nullable) explain(run, missing);
        stands &&= nullable;
        return null;
      });
      path.pop();
      return stands ? list : undefined;
    };
  }
}

const invalidLeaf = ({ name }: GraphQLLeafType): string => `Invalid value found for a field of type ${name}.`;
