import type { CodeList } from '@casebridge/kernel';
import { registerEnumType } from 'type-graphql';

const registered = new Set<string>();

/**
 * Makes a code list an enum of the graph, its labels the descriptions. Enum names are global to the schema builder, so a list that two
 * services use is registered once.
 */
export function registerCodeList<Code extends string>(list: CodeList<Code>): { readonly [C in Code]: C } {
  if (registered.has(list.name)) return list.values;
  registered.add(list.name);
  registerEnumType(list.values, {
    name: list.name,
    valuesConfig: Object.fromEntries(
      list.codes.map((code) => [code, { description: `${list.labels[code].zh} ${list.labels[code].en}` }]),
    ) as Record<Code, { description: string }>,
  });
  return list.values;
}
