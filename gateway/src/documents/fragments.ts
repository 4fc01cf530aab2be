import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, OperationTypeNode, type SelectionNode, type SelectionSetNode } from 'graphql';

/** The fragments of a document by name. */
export const fragmentsOf = (document: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> =>
  new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d] as const] : [])));

/** What a selection set selects, and what the fragments in it select. */
export function* openedSelections({ selections }: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>): Generator<SelectionNode, void, void> {
  for (const node of selections) {
    yield node;
    const inside = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value)?.selectionSet : undefined;
    if (inside) yield* openedSelections(inside, fragments);
  }
}

/**
 * The live operation of a valid document that has a condition on the way to its root field: what is subscribed to would depend on it.
 *
 * @see GraphQL specification, September 2025, section 5.2.4.1
 */
export function conditionalSubscriptionIn(document: DocumentNode): OperationDefinitionNode | undefined {
  const fragments = fragmentsOf(document);
  return document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION).find(({ operation, selectionSet }) =>
    operation === OperationTypeNode.SUBSCRIPTION
    && [...openedSelections(selectionSet, fragments)].some(({ directives = [] }) => directives.some(({ name: { value } }) => value === 'skip' || value === 'include')));
}
