import { Kind, type OperationDefinitionNode, type SelectionNode, valueFromAST, GraphQLBoolean, visit, type DocumentNode } from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** @param variables - with the defaults of the operation in */
export function isIncluded(node: SelectionNode, variables: Variables): boolean {
  for (const directive of node.directives ?? []) {
    const name = directive.name.value;
    if (name !== 'skip' && name !== 'include') continue;
    const value = directive.arguments?.find((argument) => argument.name.value === 'if')?.value;
    const holds = value?.kind === Kind.VARIABLE ? variables[value.name.value] === true : value?.kind === Kind.BOOLEAN && value.value;
    if (holds === (name === 'skip')) return false;
  }
  return true;
}

/** Names of the variables that decide on @skip and @include, in order. */
export function conditionVariables(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive: (directive) => {
      if (directive.name.value !== 'skip' && directive.name.value !== 'include') return;
      for (const { value } of directive.arguments ?? []) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].sort();
}

/** The value of a condition's variable, its default included. */
export function conditionOf(operation: OperationDefinitionNode, name: string): (variables: Variables) => boolean {
  const definition = operation.variableDefinitions?.find((d) => d.variable.name.value === name);
  const fallback = definition?.defaultValue ? valueFromAST(definition.defaultValue, GraphQLBoolean) === true : false;
  return (variables) => (variables[name] === undefined ? fallback : variables[name] === true);
}

/** Values of condition variables that a client may leave out. */
export function conditionDefaults(document: DocumentNode): Variables {
  const names = new Set(conditionVariables(document));
  const defaults: Record<string, boolean> = {};
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION) continue;
    for (const { defaultValue, variable } of definition.variableDefinitions ?? []) {
      if (defaultValue?.kind === Kind.BOOLEAN && names.has(variable.name.value)) defaults[variable.name.value] = defaultValue.value;
    }
  }
  return defaults;
}
