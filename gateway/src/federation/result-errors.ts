import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { type DocumentNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql';
import { keyOf } from './fetch-shape';

type Path = readonly (string | number)[];

/**
 * Mends what the stock executor leaves of errors: paths that name fields fetched for a join only (the client never asked for
 * them, and at the public door may not know of them), paths with an unresolved `@`, and one and the same error several times.
 */
export function tidyErrors(result: GatewayExecutionResult, document: DocumentNode, operationName: string | null | undefined): GatewayExecutionResult {
  const { errors, extensions } = result;
  const completion: unknown = extensions?.['valueCompletion'];
  if (!errors && completion === undefined) return result;
  const select = selectionsOf(document, operationName);
  const seen = new Set<string>();
  const tidy = errors?.flatMap((error) => {
    const path = error.path && visiblePath(error.path, select);
    const key = JSON.stringify([error.message, path, error.extensions?.['code'], error.extensions?.['service']]);
    if (seen.has(key)) return [];
    seen.add(key);
    return [path === error.path && error instanceof GraphQLError ? error : rebuilt(error, path)];
  });
  return {
    ...result,
    ...(tidy ? { errors: tidy } : {}),
    ...(extensions ? { extensions: { ...extensions, ...(Array.isArray(completion) ? { valueCompletion: completion.map(briefly) } : {}) } } : {}),
  };
}

const rebuilt = (error: GraphQLError, path: Path | undefined): GraphQLError =>
  new GraphQLError(error.message, {
    ...(error.nodes ? { nodes: error.nodes } : {}),
    ...(path ? { path: [...path] } : {}),
    ...(error.extensions ? { extensions: error.extensions } : {}),
    ...(error instanceof GraphQLError && error.originalError ? { originalError: error.originalError } : { originalError: error }),
  });

/** Why a value is null that the schema promises: which field, and nothing of how it came. */
const briefly = (error: GraphQLError): { message: string; path?: Path } => ({ message: error.message, ...(error.path ? { path: error.path } : {}) });

type Select = (set: readonly SelectionSetNode[], key: string) => readonly SelectionSetNode[] | null;

interface Selections {
  readonly root: SelectionSetNode;
  readonly step: Select;
}

function selectionsOf(document: DocumentNode, operationName: string | null | undefined): Selections | null {
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const operation = operationName ? operations.find((o) => o.name?.value === operationName) : operations[0];
  if (!operation) return null;
  const fragments = new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d.selectionSet] as const] : [])));
  return { root: operation.selectionSet, step: (sets, key) => select(sets, key, fragments) };
}

/** The selections below a response key, over all fragments; null when the client did not ask for it. */
function select(sets: readonly SelectionSetNode[], key: string, fragments: ReadonlyMap<string, SelectionSetNode>): readonly SelectionSetNode[] | null {
  const below: SelectionSetNode[] = [];
  let found = false;
  const open = [...sets];
  for (let set = open.pop(); set; set = open.pop()) {
    for (const node of set.selections) {
      if (node.kind === Kind.INLINE_FRAGMENT) open.push(node.selectionSet);
      else if (node.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(node.name.value);
        if (fragment) open.push(fragment);
      } else if (keyOf(node) === key) {
        found = true;
        if (node.selectionSet) below.push(node.selectionSet);
      }
    }
  }
  return found ? below : null;
}

function visiblePath(path: Path, selections: Selections | null): Path {
  if (!selections) return path;
  let sets: readonly SelectionSetNode[] = [selections.root];
  for (const [depth, part] of path.entries()) {
    if (typeof part === 'number') continue;
    const below = part === '@' ? null : selections.step(sets, part);
    if (!below) return path.slice(0, depth);
    sets = below;
  }
  return path;
}
