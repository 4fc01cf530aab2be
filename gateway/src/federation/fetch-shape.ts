import {
  type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, OperationTypeNode, type SelectionSetNode,
} from 'graphql';
import { isIncluded } from '../execution/conditions';

export type FetchKind = 'query' | 'mutation' | 'subscription' | 'entities';

type Variables = Readonly<Record<string, unknown>>;

/** A fetch of the plan: one operation, either on root fields or on `_entities` of representations. */
export interface FetchShape {
  readonly kind: FetchKind;
  readonly operation: OperationDefinitionNode;
  readonly fragments: ReadonlyMap<string, SelectionSetNode>;
  /** What is selected of the entities, in a fetch of entities. */
  readonly entities: SelectionSetNode | null;
}

/** @throws RangeError when the document has no operation, which a plan never makes */
export function fetchShape(document: DocumentNode): FetchShape {
  const operation = document.definitions.find((d) => d.kind === Kind.OPERATION_DEFINITION);
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new RangeError('A fetch without an operation');
  const fragments = new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d.selectionSet] as const] : [])));
  const [first] = operation.selectionSet.selections;
  const entities =
    operation.operation === OperationTypeNode.QUERY && first?.kind === Kind.FIELD && first.name.value === '_entities' ? (first.selectionSet ?? null) : null;
  return { kind: entities ? 'entities' : operation.operation, operation, fragments, entities };
}

/** Response keys that a selection set gives on a type; without a type, on any. `__typename` tells nothing that could be missing. */
export function responseKeys(shape: FetchShape, selections: SelectionSetNode, variables: Variables, typename?: string): string[] {
  const keys = new Set<string>();
  const visit = (set: SelectionSetNode): void => {
    for (const node of set.selections) {
      if (!isIncluded(node, variables)) continue;
      if (node.kind === Kind.FIELD) {
        if (node.name.value !== '__typename') keys.add(keyOf(node));
      } else if (node.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = shape.fragments.get(node.name.value);
        if (fragment) visit(fragment);
      } else if (!typename || !node.typeCondition || node.typeCondition.name.value === typename) {
        visit(node.selectionSet);
      }
    }
  };
  visit(selections);
  return [...keys];
}

export const keyOf = (field: FieldNode): string => field.alias?.value ?? field.name.value;
