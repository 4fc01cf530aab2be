import type { FetchDataRewrite } from '@apollo/query-planner';
import type { GraphQLSchema } from 'graphql';
import { type Json, isObject } from './merge';
import { possibleNames } from './types';

export type Rewrite = (value: unknown) => void;

const fragmentPrefix = '... on ';
type Change = (object: Json) => void;

/**
 * The planner's changes to the input or the output of a fetch: keys renamed, values set.
 *
 * @returns null where there is nothing to change
 */
export function compileRewrites(schema: GraphQLSchema, rewrites: readonly FetchDataRewrite[] | undefined): Rewrite | null {
  if (!rewrites || rewrites.length === 0) return null;
  const all = rewrites.flatMap((rewrite) => {
    const last = rewrite.path.at(-1);
    return last === undefined ? [] : [compileWalk(schema, rewrite.path.slice(0, -1), changeOf(rewrite, last))];
  });
  return (value) => {
    for (const rewrite of all) rewrite(value);
  };
}

function changeOf(rewrite: FetchDataRewrite, key: string): Change {
  if (rewrite.kind === 'ValueSetter') {
    const value: unknown = rewrite.setValueTo;
    return (object) => void (object[key] = value);
  }
  const to = rewrite.renameKeyTo;
  return (object) => {
    const value = Object.hasOwn(object, key) ? object[key] : undefined;
    if (value === undefined) return;
    object[to] = value;
    object[key] = undefined;
  };
}

function compileWalk(schema: GraphQLSchema, path: readonly string[], change: Change): Rewrite {
  const [first, ...rest] = path;
  const below: Rewrite = first === undefined ? (value) => change(value as Json) : compileStep(schema, first, compileWalk(schema, rest, change));
  const walk: Rewrite = (value) => {
    if (Array.isArray(value)) for (const element of value) walk(element);
    else if (isObject(value)) below(value);
  };
  return walk;
}

function compileStep(schema: GraphQLSchema, element: string, next: Rewrite): Rewrite {
  if (!element.startsWith(fragmentPrefix)) {
    return (value) => {
      const object = value as Json;
      if (Object.hasOwn(object, element)) next(object[element]);
    };
  }
  const names = possibleNames(schema, element.slice(fragmentPrefix.length));
  return (value) => {
    const typename = (value as Json)['__typename'];
    // The type is not always asked for where a rewrite passes; unknown counts as a match.
    if (!typename || names.has(typename as string)) next(value);
  };
}
