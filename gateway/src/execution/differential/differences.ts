/**
 * Where the compiled executor answers otherwise than the library's own, and why. There are no others, but for three that the
 * test mends before they spread: see `StockSource` (run.ts) and `textOf` (asked.ts).
 */
export const listedDifferences = {
  'answer lost for a value of the wrong kind':
    'A service answers a text where an object is promised, or an object for a list: stock asserts and the client gets no data at all. Here that value is null.',
  'object of another kind or type':
    'A service answers a list for an object, or an object whose __typename the field cannot have: stock reads fields out of it. Here it is null: what is not of the contract does not go out.',
  'falsy value under a renamed key':
    'Where one response key has different types in a union, the planner renames it for the service and back: stock renames back only what is truthy, and 0, "", false and an answered null are lost.',
  'order of fields in repeated selections':
    'Stock merges what a selection set selects twice before it lays out the answer. Here fields stand in the order of the specification (CollectFields).',
  'lists in lists, answered twice':
    'Two fetches answer one list of lists, each with other fields of its objects: stock keeps the second answer only. Here they are merged, as in a plain list.',
  'path of an entity behind others that were not asked for':
    'Stock numbers the entities of a fetch without those that it left out of it, and gives an error the path of a neighbour.',
} as const;

export type Difference = keyof typeof listedDifferences;

/** How stock says that it gives up. */
export const lostByStock: readonly RegExp[] = [
  /^Invalid non-(list|object|string) value/, /^Unexpected array in result for path element/, /^Cannot use 'in' operator/, /^Got unexpected value for __typename/, /flatMap is not a function/,
];
