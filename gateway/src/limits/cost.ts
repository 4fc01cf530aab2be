import {
  type DirectiveNode, type DocumentNode, type FieldNode, type FragmentDefinitionNode, getNamedType, type GraphQLCompositeType, type GraphQLField, type GraphQLNamedType,
  type GraphQLOutputType, type GraphQLSchema, isAbstractType, isCompositeType, isInterfaceType, isListType, isNonNullType, isObjectType, Kind,
  type OperationDefinitionNode, type SelectionSetNode, valueFromASTUntyped,
} from 'graphql';
import { type Amount, amountOf, both, type Condition, either, largest, sum, times, type Variables, when } from './amount';
import { type CostDefaults, costDefaults, type CostModel } from './cost-model';
import { argumentsCost, slicedSize } from './input-cost';
import { fragmentsOf } from '../documents/fragments';

export interface CostOptions {
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  readonly model: CostModel;
  /** Default `costDefaults`. */
  readonly defaults?: CostDefaults;
}

/**
 * What an operation costs, compiled once. Points: 1 is one object of an answer, at the defaults; see `costDefaults`.
 *
 * @see https://ibm.github.io/graphql-specs/cost-spec.html, in the form that federation 2.9 gives it
 */
export interface OperationCost {
  /**
   * Before it runs: every list as long as it may be, of several possible types the dearest.
   *
   * @param variables - as the client sent them, checked
   * @throws SlicingArgumentRequired
   */
  estimate(variables: Variables): number;
  /**
   * Afterwards: what came, lists as long as they are. Operation, mutations and arguments count the same as before.
   *
   * @param data - of the answer
   */
  actual(data: unknown, variables: Variables): number;
}

/** @param document - valid, its fragments opened within the limits: this visits every one of the fields */
export function compileCost(document: DocumentNode, operation: OperationDefinitionNode, options: CostOptions): OperationCost {
  return new Compiler(document, operation, options).compile();
}

/** A selection set, and when it is there. */
interface Use {
  readonly set: SelectionSetNode;
  readonly if: Condition;
}

/** All that is asked under one name at one place. */
interface Selected {
  readonly node: FieldNode;
  if: Condition;
  readonly below: Use[];
}

type Sizes = ReadonlyMap<string, Amount>;

interface Costed {
  readonly estimate: Amount;
  readonly actual: (value: unknown, variables: Variables) => number;
}

const free: Costed = { estimate: 0, actual: () => 0 };
const noSizes: Sizes = new Map();

class Compiler {
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly defaults: CostDefaults;
  private readonly schema: GraphQLSchema;
  private readonly model: CostModel;

  constructor(
    document: DocumentNode,
    private readonly operation: OperationDefinitionNode,
    options: CostOptions,
  ) {
    this.fragments = fragmentsOf(document);
    this.defaults = options.defaults ?? costDefaults;
    this.schema = options.schema;
    this.model = options.model;
  }

  compile(): OperationCost {
    const { operation } = this;
    const root = this.schema.getRootType(operation.operation);
    if (!root) throw new RangeError(`no root type for ${operation.operation}`);
    const uses = [{ set: operation.selectionSet, if: true }];
    const perField = operation.operation === 'query' ? 0 : this.defaults[operation.operation];
    const entry = sum([this.defaults.operation, ...this.rootFields(root, uses).map((field) => when(field.if, perField))]);
    const { actual, estimate } = this.objects(root, uses, noSizes);
    const fallbacks = defaultsOf(operation);
    const complete = fallbacks ? (variables: Variables): Variables => ({ ...fallbacks, ...defined(variables) }) : (variables: Variables): Variables => variables;
    return {
      estimate: (variables) => {
        const given = complete(variables);
        return Math.max(0, amountOf(entry, given) + amountOf(estimate, given));
      },
      actual: (data, variables) => {
        const given = complete(variables);
        return Math.max(0, amountOf(entry, given) + actual(data, given));
      },
    };
  }

  private rootFields(root: GraphQLCompositeType, uses: readonly Use[]): Selected[] {
    return [...this.collect(root, uses).values()].flatMap((group) => [...group.values()]);
  }

  /** One object of a type, with what is selected below it. */
  private objects(type: GraphQLCompositeType, uses: readonly Use[], sizes: Sizes): Costed {
    const groups = [...this.collect(type, uses)].map(([condition, selected]) => {
      const fields = [...selected].map(([key, field]) => ({ key, ...this.field(condition, field, sizes) }));
      return { condition, fields, estimate: sum(fields.map((field) => field.estimate)) };
    });
    const priced = groups.flatMap(({ fields }) => fields).filter((field) => field.estimate !== 0 || field.actual !== free.actual);
    const byKey = new Map<string, Costed['actual'][]>();
    for (const { actual, key } of priced) byKey.set(key, [...(byKey.get(key) ?? []), actual]);
    const entries = [...byKey];
    return {
      estimate: this.dearest(type, groups),
      actual: entries.length === 0 ? free.actual : (value, variables) => {
        if (typeof value !== 'object' || value === null) return 0;
        let total = 0;
        for (const [key, costs] of entries) {
          if (!Object.hasOwn(value, key)) continue;
          const below = (value as Record<string, unknown>)[key];
          // The same name below several type conditions: which of them it was, the answer does not say.
          total += costs.length === 1 ? (costs[0] as Costed['actual'])(below, variables) : Math.max(...costs.map((cost) => cost(below, variables)));
        }
        return total;
      },
    };
  }

  /** Of the types that may come, what the dearest costs. */
  private dearest(type: GraphQLCompositeType, groups: readonly { readonly condition: GraphQLCompositeType; readonly estimate: Amount }[]): Amount {
    if (groups.every(({ condition }) => condition === type)) return sum(groups.map((group) => group.estimate));
    const alternatives = new Map<string, Amount>();
    for (const object of isAbstractType(type) ? this.schema.getPossibleTypes(type) : [type]) {
      const applying = groups.filter(({ condition }) => condition === object || (isAbstractType(condition) && this.schema.isSubType(condition, object)));
      const key = applying.map(({ condition }) => condition.name).join(' ');
      if (!alternatives.has(key)) alternatives.set(key, sum(applying.map((group) => group.estimate)));
    }
    return largest([...alternatives.values()]);
  }

  /** What is selected, by the narrowest type condition and by the name it answers under: what stands there twice is paid for once. */
  private collect(type: GraphQLCompositeType, uses: readonly Use[]): Map<GraphQLCompositeType, Map<string, Selected>> {
    const groups = new Map<GraphQLCompositeType, Map<string, Selected>>();
    const visit = (set: SelectionSetNode, condition: Condition, current: GraphQLCompositeType): void => {
      for (const node of set.selections) {
        const included = both(condition, this.includes(node.directives));
        if (included === false) continue;
        if (node.kind !== Kind.FIELD) {
          const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.fragments.get(node.name.value);
          if (fragment) visit(fragment.selectionSet, included, this.narrowed(current, fragment.typeCondition?.name.value));
          continue;
        }
        const group = groups.get(current) ?? new Map<string, Selected>();
        groups.set(current, group);
        const key = node.alias?.value ?? node.name.value;
        const field = group.get(key) ?? { node, if: false, below: [] };
        field.if = either(field.if, included);
        if (node.selectionSet) field.below.push({ set: node.selectionSet, if: included });
        group.set(key, field);
      }
    };
    for (const use of uses) visit(use.set, use.if, type);
    return groups;
  }

  private narrowed(current: GraphQLCompositeType, name: string | undefined): GraphQLCompositeType {
    const condition = name === undefined ? current : this.schema.getType(name);
    if (!isCompositeType(condition) || condition === current) return current;
    const covered = isAbstractType(condition) && (isObjectType(current) || isInterfaceType(current)) && this.schema.isSubType(condition, current);
    return covered ? current : condition;
  }

  private field(parent: GraphQLCompositeType, { below, if: condition, node }: Selected, sizes: Sizes): Costed {
    const name = node.name.value;
    if (name === '__schema' || name === '__type') {
      const { introspection } = this.defaults;
      return { estimate: when(condition, introspection), actual: () => introspection };
    }
    const field = 'getFields' in parent ? parent.getFields()[name] : undefined;
    if (!field) return free; // __typename
    const coordinate = `${parent.name}.${name}`;
    const named = getNamedType(field.type);
    const sized = this.sizesOf(parent, field, node);
    const weight = this.fieldWeight(parent, field, named);
    const children = isCompositeType(named) ? this.objects(named, below, sized.below) : free;
    const given = argumentsCost(coordinate, field, node, this.model, this.defaults);
    const elements = this.elements(field.type, sizes.get(name) ?? sized.own);
    const estimate = when(condition, sum([given, times(elements, sum([weight, children.estimate]))]));
    if (estimate === 0 && weight === 0 && children.actual === free.actual) return free;
    return { estimate, actual: actualOf(weight, children, given) };
  }

  private elements(type: GraphQLOutputType, size: Amount): Amount {
    if (isNonNullType(type)) return this.elements(type.ofType, size);
    return isListType(type) ? times(size, this.elements(type.ofType, this.defaults.list)) : 1;
  }

  /** How long the field's own list is, and the lists below that it gives the length of. */
  private sizesOf(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, node: FieldNode): { own: Amount; below: Sizes } {
    const listSize = this.ofField(parent, field.name, this.model.listSizes)[0];
    if (!listSize) return { own: this.defaults.list, below: noSizes };
    const size = slicedSize(node, field, listSize, listSize.assumedSize ?? this.defaults.list);
    if (listSize.sizedFields.length === 0) return { own: size, below: noSizes };
    return { own: this.defaults.list, below: new Map(listSize.sizedFields.map((name) => [name, size])) };
  }

  private fieldWeight(parent: GraphQLCompositeType, field: GraphQLField<unknown, unknown>, named: GraphQLNamedType): number {
    const own = this.ofField(parent, field.name, this.model.fields);
    return own.length > 0 ? Math.max(...own) : this.typeWeight(named);
  }

  private typeWeight(type: GraphQLNamedType): number {
    const own = this.model.types.get(type.name);
    if (own !== undefined || !isCompositeType(type)) return own ?? this.defaults.leaf;
    if (!isAbstractType(type)) return this.defaults.object;
    return Math.max(this.defaults.object, ...this.schema.getPossibleTypes(type).map((object) => this.model.types.get(object.name) ?? 0));
  }

  /** What the model says of a field; of an interface's field that it says nothing of, what it says of those that implement it. */
  private ofField<T>(parent: GraphQLCompositeType, name: string, model: ReadonlyMap<string, T>): T[] {
    const own = model.get(`${parent.name}.${name}`);
    if (own !== undefined) return [own];
    if (!isInterfaceType(parent)) return [];
    return this.schema.getPossibleTypes(parent).flatMap((object) => model.get(`${object.name}.${name}`) ?? []);
  }

  private includes(directives: readonly DirectiveNode[] | undefined): Condition {
    let included: Condition = true;
    for (const directive of directives ?? []) {
      const name = directive.name.value;
      if (name !== 'skip' && name !== 'include') continue;
      const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
      if (!value) continue;
      const expected = name === 'include';
      const met: Condition = value.kind === Kind.VARIABLE
        ? (variables) => (variables[value.name.value] === true) === expected
        : (value.kind === Kind.BOOLEAN && value.value) === expected;
      included = both(included, met);
    }
    return included;
  }
}

function actualOf(weight: number, children: Costed, given: Amount): Costed['actual'] {
  const each: Costed['actual'] = children.actual === free.actual ? () => weight : (value, variables) => weight + children.actual(value, variables);
  const count = (value: unknown, variables: Variables): number => {
    if (value === null || value === undefined) return 0;
    if (!Array.isArray(value)) return each(value, variables);
    let total = 0;
    for (const element of value as unknown[]) total += count(element, variables);
    return total;
  };
  return given === 0 ? count : (value, variables) => amountOf(given, variables) + count(value, variables);
}

function defaultsOf(operation: OperationDefinitionNode): Variables | null {
  const entries = (operation.variableDefinitions ?? []).flatMap(({ defaultValue, variable }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)] as const] : []);
  return entries.length > 0 ? Object.fromEntries(entries) : null;
}

const defined = (variables: Variables): Variables => Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
