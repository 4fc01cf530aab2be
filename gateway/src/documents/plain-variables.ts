import { Kind, type VariableDefinitionNode } from 'graphql';

const plain: Readonly<Record<string, (value: unknown) => boolean>> = {
  ID: (value) => typeof value === 'string',
  String: (value) => typeof value === 'string',
  Boolean: (value) => typeof value === 'boolean',
  Int: (value) => typeof value === 'number' && (value | 0) === value,
};

/** With more, counting them is no longer left out. */
const mostVariables = 50;

/**
 * Whether variables are as good as most are: none but those of the operation, and each of them a scalar of its type. Much less work than
 * looking at them thoroughly, which is what has to be done where this says no.
 */
export function plainVariables(definitions: readonly VariableDefinitionNode[]): (variables: object) => boolean {
  const rows = new Map<string, { readonly fits: (value: unknown) => boolean; readonly isNullable: boolean }>();
  const required: string[] = [];
  for (const { defaultValue, type, variable: { name } } of definitions) {
    const isNullable = type.kind !== Kind.NON_NULL_TYPE;
    const named = isNullable ? type : type.type;
    const fits = named.kind === Kind.NAMED_TYPE && Object.hasOwn(plain, named.name.value) ? plain[named.name.value] : undefined;
    if (!fits || definitions.length > mostVariables) return () => false;
    rows.set(name.value, { fits, isNullable });
    if (!isNullable && !defaultValue) required.push(name.value);
  }
  return (variables) => {
    for (const [name, value] of Object.entries(variables)) {
      const row = rows.get(name);
      if (!row || !(value === null ? row.isNullable : row.fits(value))) return false;
    }
    return required.every((name) => Object.hasOwn(variables, name));
  };
}
