import {
  type DocumentNode, type FragmentDefinitionNode, getNamedType, type GraphQLCompositeType, type GraphQLNamedType, type GraphQLSchema, isAbstractType, isCompositeType,
  isInterfaceType, isObjectType, Kind, type OperationDefinitionNode, type SelectionNode, type SelectionSetNode,
} from 'graphql';
import { fragmentsOf } from '../documents/fragments';

/** Selections in an opened operation: with more of them the planner would be busy for too long. */
const mostSelections = 10_000;

/**
 * An operation whose fragments stand on object types wherever they stood on another interface, or on a union, than the field's own type.
 *
 * The planner has no way from an interface that a service knows as an object (`@interfaceObject`) to a second interface; to the
 * object types it has. Only for planning: the answer is laid out by what the client wrote.
 *
 * @param document - valid against `schema`
 * @throws RangeError where that would make it too long
 */
export function withObjectFragments(document: DocumentNode, operation: OperationDefinitionNode, schema: GraphQLSchema): DocumentNode {
  const root = schema.getRootType(operation.operation);
  if (!root) throw new RangeError(`a schema without the root of a ${operation.operation}`);
  const selectionSet = new Opening(schema, fragmentsOf(document)).set(operation.selectionSet, root);
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }] };
}

/** Opens the fragments of one operation. */
class Opening {
  private selections = 0;

  constructor(private readonly schema: GraphQLSchema, private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>) {}

  set({ selections }: SelectionSetNode, parent: GraphQLCompositeType): SelectionSetNode {
    return { kind: Kind.SELECTION_SET, selections: selections.flatMap((node) => this.selection(node, parent)) };
  }

  private selection(node: SelectionNode, parent: GraphQLCompositeType): SelectionNode[] {
    this.selections += 1;
    if (this.selections > mostSelections) throw new RangeError('too many selections after fragments were opened');
    if (node.kind === Kind.FIELD) {
      const type = this.typeOf(parent, node.name.value);
      if (!node.selectionSet || !isCompositeType(type)) return [node];
      const below = this.set(node.selectionSet, type);
      return [{ ...node, selectionSet: below.selections.length > 0 ? below : typenameOnly }];
    }
    const fragment = node.kind === Kind.FRAGMENT_SPREAD ? this.fragments.get(node.name.value) : node;
    if (!fragment) return [];
    const named = fragment.typeCondition && this.schema.getType(fragment.typeCondition.name.value);
    const condition = isCompositeType(named) ? named : parent;
    return this.typesOf(condition, parent).flatMap((type): SelectionNode[] => {
      const selectionSet = this.set(fragment.selectionSet, type);
      if (selectionSet.selections.length === 0) return [];
      return [{ kind: Kind.INLINE_FRAGMENT, directives: node.directives ?? [], typeCondition: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } }, selectionSet }];
    });
  }

  /** What a fragment is to stand on: itself where the planner knows a way to it. */
  private typesOf(condition: GraphQLCompositeType, parent: GraphQLCompositeType): readonly GraphQLCompositeType[] {
    if (condition === parent) return [condition];
    if (isObjectType(condition)) return parent === condition || (isAbstractType(parent) && this.schema.isSubType(parent, condition)) ? [condition] : [];
    if (isObjectType(parent)) return this.schema.isSubType(condition, parent) ? [parent] : [];
    return this.schema.getPossibleTypes(parent).filter((type) => this.schema.isSubType(condition, type));
  }

  private typeOf(parent: GraphQLCompositeType, field: string): GraphQLNamedType | undefined {
    const known = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[field] : undefined;
    return known && getNamedType(known.type);
  }
}

/** Of an object of whose possible types the client asks for none. */
const typenameOnly: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }] };
