import { type FieldNode, type GraphQLError, locatedError, type OperationDefinitionNode } from 'graphql';
import type { Selecting, Variables } from './collect';

/** Where a value stands in the answer, from below upwards. */
export interface Path {
  readonly prev: Path | undefined;
  readonly key: string | number;
  readonly typename: string | undefined;
}

export function pathToArray(path: Path | undefined): (string | number)[] {
  const keys: (string | number)[] = [];
  for (let at = path; at; at = at.prev) keys.push(at.key);
  return keys.reverse();
}

/** One execution of a compiled operation. */
export interface Run {
  readonly operation: OperationDefinitionNode;
  readonly selecting: Selecting;
  readonly rootValue: unknown;
  readonly contextValue: unknown;
  readonly variableValues: Variables;
  readonly faults: Faults;
}

/** Errors of one execution: what goes wrong below a value that is null by now is told no more. */
export class Faults {
  readonly errors: GraphQLError[] = [];
  private readonly nulled = new Set<Path | undefined>();

  add(error: GraphQLError, path: Path | undefined): void {
    if (this.errors.length > 0) for (let at = path; at; at = at.prev) if (this.nulled.has(at)) return;
    if (this.nulled.has(undefined)) return;
    this.nulled.add(path);
    this.errors.push(error);
  }
}

export const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function';

/** Where an error is caught: at a field or an item of a list. */
export interface Place {
  readonly nodes: readonly FieldNode[];
  readonly nonNull: boolean;
}

/** Null where null is allowed, else the error goes on to what holds the value. */
export function failed(run: Run, { nodes, nonNull }: Place, cause: unknown, path: Path): null {
  const error = locatedError(cause, nodes, pathToArray(path));
  if (nonNull) throw error;
  run.faults.add(error, path);
  return null;
}

export type Complete = (run: Run, value: unknown, path: Path) => unknown;

/** A promised value as the value that it completes to, with its errors where they belong. */
export const settle = (run: Run, promise: PromiseLike<unknown>, complete: Complete, place: Place, path: Path): PromiseLike<unknown> =>
  promise.then(
    (value) => {
      try {
        const completed = complete(run, value, path);
        return isPromise(completed) ? completed.then(undefined, (cause: unknown) => failed(run, place, cause, path)) : completed;
      } catch (cause) {
        return failed(run, place, cause, path);
      }
    },
    (cause: unknown) => failed(run, place, cause, path),
  );
