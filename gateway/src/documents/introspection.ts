import { type DocumentNode, type FieldNode, Kind, type OperationDefinitionNode, type SelectionSetNode, visit } from 'graphql';
import { spreadsOf } from '../limits/measure';
import { fragmentsOf } from './fragments';

/** How far an operation asks about the schema itself; `__typename` does not count. */
export type Introspection = 'none' | 'type' | 'schema';

/** @param document - valid: its fragments do not go round in circles */
export function introspectionOf(document: DocumentNode, operation: OperationDefinitionNode): Introspection {
  const fragments = fragmentsOf(document);
  const reached = new Set<string>();
  let found: Introspection = 'none';
  const open: SelectionSetNode[] = [operation.selectionSet];
  for (let set = open.pop(); set; set = open.pop()) {
    for (const name of spreadsOf(set)) {
      const fragment = fragments.get(name);
      if (reached.has(name) || !fragment) continue;
      reached.add(name);
      open.push(fragment.selectionSet);
    }
    // Names that begin with two underscores are the language's own: nothing else is called so, at whatever level it stands.
    visit(set, {
      Field: ({ name }) => {
        if (name.value === '__schema') found = 'schema';
        else if (name.value === '__type' && found === 'none') found = 'type';
      },
    });
  }
  return found;
}

/**
 * The document with every `__type` asking for a type that cannot be, whose answer is null: in its place, under its name and
 * with its conditions, whichever executor runs it.
 */
export function withoutType(document: DocumentNode): DocumentNode {
  const emptied = visit(document, { Field: (node) => (node.name.value === '__type' ? emptyType(node) : undefined) });
  const used = new Set<string>();
  visit(emptied, { VariableDefinition: () => false, Variable: ({ name }) => void used.add(name.value) });
  // A variable that nothing uses makes the document invalid for whoever validates it again.
  return visit(emptied, { VariableDefinition: ({ variable }) => (used.has(variable.name.value) ? undefined : null) });
}

const emptyType = (node: FieldNode): FieldNode => ({
  ...node,
  arguments: [{ kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'name' }, value: { kind: Kind.STRING, value: '' } }],
});
