import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { type DocumentNode, type FieldNode, GraphQLError, Kind, type SelectionSetNode } from 'graphql';
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
    const path = error.path && (visiblePath(error.path, select) ?? soleRoot(select, result.data));
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
  readonly rootKeys: () => string[];
}

function selectionsOf(document: DocumentNode, operationName: string | null | undefined): Selections | null {
  const operations = document.definitions.filter((d) => d.kind === Kind.OPERATION_DEFINITION);
  const operation = operationName ? operations.find((o) => o.name?.value === operationName) : operations[0];
  if (!operation) return null;
  const fragments = new Map(document.definitions.flatMap((d) => (d.kind === Kind.FRAGMENT_DEFINITION ? [[d.name.value, d.selectionSet] as const] : [])));
  return {
    root: operation.selectionSet, step: (sets, key) => select(sets, key, fragments),
    rootKeys: () => [...new Set(fieldsOf([operation.selectionSet], fragments).filter((node) => node.name.value !== '__typename').map(keyOf))],
  };
}

/** Over all fragments. */
function fieldsOf(sets: readonly SelectionSetNode[], fragments: ReadonlyMap<string, SelectionSetNode>): FieldNode[] {
  const fields: FieldNode[] = [];
  const open = [...sets];
  for (let set = open.pop(); set; set = open.pop()) {
    for (const node of set.selections) {
      const below = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : node.kind === Kind.FRAGMENT_SPREAD ? fragments.get(node.name.value) : undefined;
      if (below) open.push(below);
      if (node.kind === Kind.FIELD) fields.push(node);
    }
  }
  return fields;
}

/** The selections below a response key, over all fragments; null when the client did not ask for it. */
function select(sets: readonly SelectionSetNode[], key: string, fragments: ReadonlyMap<string, SelectionSetNode>): readonly SelectionSetNode[] | null {
  const found = fieldsOf(sets, fragments).filter((node) => keyOf(node) === key);
  return found.length > 0 ? found.flatMap(({ selectionSet }) => selectionSet ?? []) : null;
}

/** Null for a path of which nothing fits. */
function visiblePath(path: Path, selections: Selections | null): Path | null {
  if (!selections) return path;
  let sets: readonly SelectionSetNode[] = [selections.root];
  if (typeof path[0] !== 'string') return null;
  for (const [depth, part] of path.entries()) {
    if (typeof part === 'number') continue;
    const below = part === '@' ? null : selections.step(sets, part);
    if (!below) return depth > 0 ? path.slice(0, depth) : null;
    sets = below;
  }
  return path;
}

/** Where an error must be whose own path leads nowhere: at the one field of the root, or the one that did not come. Undefined where that could be several. */
function soleRoot(selections: Selections | null, data: GatewayExecutionResult['data']): Path | undefined {
  const keys = selections?.rootKeys() ?? [];
  // What a condition left out did not come either, and nothing is wrong with it; a key may be the name of a method.
  const candidates = keys.length === 1 ? keys : keys.filter((key) => !data || (Object.hasOwn(data, key) && data[key] === null));
  return candidates.length === 1 ? candidates : undefined;
}
