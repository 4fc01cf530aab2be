import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';
import { fragmentsOf } from './fragments';

/**
 * Response keys that a mutation selects more than once at its root, over fragments.
 *
 * The language merges them into one act. The planner, where their conditions differ and the act of another service stands
 * between, plans the act twice.
 *
 * @param document - valid: its fragments do not go round in circles
 */
export function repeatedRoots(document: DocumentNode, operation: OperationDefinitionNode): string[] {
  const fragments = fragmentsOf(document);
  const seen = new Set<string>();
  const repeated = new Set<string>();
  const visit = ({ selections }: SelectionSetNode): void => {
    for (const node of selections) {
      if (node.kind === Kind.FIELD) {
        if (node.name.value === '__typename') continue; // no act
        const key = node.alias?.value ?? node.name.value;
        if (seen.has(key)) repeated.add(key);
        seen.add(key);
        continue;
      }
      const set = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : fragments.get(node.name.value)?.selectionSet;
      if (set && repeated.size === 0) visit(set);
    }
  };
  visit(operation.selectionSet);
  return [...repeated];
}
