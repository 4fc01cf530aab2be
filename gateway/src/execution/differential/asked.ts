import {
  type DocumentNode, type FieldNode, type FragmentDefinitionNode, getDirectiveValues, GraphQLIncludeDirective, type GraphQLObjectType, type GraphQLSchema,
  GraphQLSkipDirective, isAbstractType, isObjectType, Kind, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode, valueFromASTUntyped,
} from 'graphql';

type Values = Record<string, unknown>;

/** Fields by response key. */
export type Fields = ReadonlyMap<string, readonly FieldNode[]>;

/** A fetch as a service reads it, by the letter of the specification and without any code of the gateway. */
export class Asked {
  readonly rootType: GraphQLObjectType;
  readonly root: SelectionSetNode;
  /** Of a fetch of entities. */
  readonly representations: readonly Values[] | null;
  private readonly variables: Values;
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;

  constructor(private readonly schema: GraphQLSchema, document: DocumentNode, given: Readonly<Values>) {
    const operation = document.definitions.find((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION);
    const rootType = operation && schema.getRootType(operation.operation);
    if (!rootType) throw new RangeError('a fetch that this service cannot answer');
    this.rootType = rootType;
    this.fragments = new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));
    this.variables = {};
    for (const { defaultValue, variable } of operation.variableDefinitions ?? []) {
      const name = variable.name.value;
      if (given[name] !== undefined) this.variables[name] = given[name];
      else if (defaultValue) this.variables[name] = valueFromASTUntyped(defaultValue);
    }
    const [first] = operation.selectionSet.selections;
    const entities = first?.kind === Kind.FIELD && first.name.value === '_entities' ? first.selectionSet : undefined;
    this.root = entities ?? operation.selectionSet;
    this.representations = entities ? (this.variables['representations'] as Values[]) : null;
  }

  /** Variables and arguments that an answer may depend on. */
  get facts(): string {
    const { representations, ...others } = this.variables;
    // A gateway may ask for equal entities once or several times.
    const distinct = new Set((this.representations ?? []).map(textOf));
    return JSON.stringify([others, [...distinct].sort(), representations === undefined]);
  }

  fields(type: GraphQLObjectType, sets: readonly SelectionSetNode[]): Fields {
    const found = new Map<string, FieldNode[]>();
    for (const set of sets) this.collect(type, set, found);
    return found;
  }

  argumentsOf(node: FieldNode): string {
    return (node.arguments ?? []).map(({ name, value }) => `${name.value}:${JSON.stringify(valueFromASTUntyped(value, this.variables))}`).join();
  }

  private collect(type: GraphQLObjectType, set: SelectionSetNode, found: Map<string, FieldNode[]>): void {
    for (const node of set.selections) {
      if (!this.isIncluded(node)) continue;
      if (node.kind === Kind.FIELD) {
        const key = (node.alias ?? node.name).value;
        found.set(key, [...(found.get(key) ?? []), node]);
        continue;
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : this.fragments.get(node.name.value);
      if (fragment && this.applies(type, fragment.typeCondition?.name.value)) this.collect(type, fragment.selectionSet, found);
    }
  }

  private applies(type: GraphQLObjectType, condition: string | undefined): boolean {
    if (condition === undefined || condition === type.name) return true;
    const wanted = this.schema.getType(condition);
    return isAbstractType(wanted) && isObjectType(type) && this.schema.isSubType(wanted, type);
  }

  private isIncluded(node: SelectionNode): boolean {
    return (
      getDirectiveValues(GraphQLSkipDirective, node, this.variables)?.['if'] !== true &&
      getDirectiveValues(GraphQLIncludeDirective, node, this.variables)?.['if'] !== false
    );
  }
}

/** A representation without lists of lists: the library's own executor sends nulls instead of what is in them. */
export const textOf = (representation: Values): string =>
  JSON.stringify(representation, (_, value: unknown) => (Array.isArray(value) && value.some((v) => v === null || Array.isArray(v)) ? value.length : value));
