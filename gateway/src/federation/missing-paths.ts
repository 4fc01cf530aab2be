import { type ExecutionResult, GraphQLError } from 'graphql';
import { type FetchShape, responseKeys } from './fetch-shape';

type Variables = Readonly<Record<string, unknown>>;
type Path = readonly (string | number)[];

/** Above this many missing fields an error names the list instead of each of its places. */
const maxPlaces = 500;

/**
 * Gives a failed fetch errors that say what is missing.
 *
 * The stock executor prefixes the path of a service's error with the place of the fetch, and finds the place of an entity
 * from `['_entities', index, …]`. An error without a path stays without one there, so a service that is down would leave
 * nulls that nothing explains. Here what the gateway itself says of a service becomes one error per field that was asked for and
 * did not come; what the service says of the whole is told once.
 */
export function withMissingPaths(result: ExecutionResult, shape: FetchShape, variables: Variables): ExecutionResult {
  if (result.data != null || !result.errors) return result;
  const placed = result.errors.filter((error) => isPlaced(error, shape));
  const others = result.errors.filter((error) => !isPlaced(error, shape));
  if (others.length === 0) return result;
  const paths = shape.entities ? entityPaths(shape, variables) : responseKeys(shape, shape.operation.selectionSet, variables).map((key) => [key]);
  // Of entities: the object or the list that the fetch completes.
  const whole: Path = !shape.entities && paths.length === 1 ? (paths[0] ?? []) : [];
  return { ...result, errors: [...placed, ...others.flatMap((error) => (isOurs(error) ? paths : [whole]).map((path) => at(error, path)))] };
}

/** Said of a service, and not by it. */
const isOurs = ({ extensions }: GraphQLError): boolean => typeof extensions['service'] === 'string';

const isPlaced = ({ path }: GraphQLError, shape: FetchShape): boolean =>
  path !== undefined && (shape.entities === null ? path.length > 0 : typeof path[1] === 'number' && path.length > 2);

function entityPaths(shape: FetchShape, variables: Variables): Path[] {
  const representations = variables['representations'];
  if (!shape.entities || !Array.isArray(representations)) return [];
  const selections = shape.entities;
  const keys = new Map<string, string[]>();
  const paths: Path[] = [];
  for (const [index, representation] of representations.entries()) {
    const typename = typenameOf(representation);
    const known = keys.get(typename) ?? responseKeys(shape, selections, variables, typename);
    keys.set(typename, known);
    for (const key of known) paths.push(['_entities', index, key]);
    // Without an index the executor leaves the `@` of the list in the path, and the path is cut there.
    if (paths.length > maxPlaces) return [[]];
  }
  return paths;
}

const typenameOf = (representation: unknown): string =>
  typeof representation === 'object' && representation !== null && '__typename' in representation ? String(representation.__typename) : '';

const at = (error: GraphQLError, path: Path): GraphQLError => new GraphQLError(error.message, { path: [...path], extensions: error.extensions });
