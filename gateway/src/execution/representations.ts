import type { QueryPlanSelectionNode } from '@apollo/query-planner';
import { type GraphQLSchema, Kind } from 'graphql';
import { type Json, mergeInto } from './merge';
import { possibleNames } from './types';

/** Takes from an object what a service needs to find it; null when a part is missing, which an earlier error has told. */
export type Extract = (source: Json) => Json | null;

type Take = (source: Json, into: Json) => boolean;

/** @throws NotCompiled for what the planner is not known to make */
export function compileExtract(schema: GraphQLSchema, selections: readonly QueryPlanSelectionNode[]): Extract {
  const takes = selections.flatMap((selection) => takeOf(schema, selection) ?? []);
  return (source) => {
    const into: Json = {};
    for (const take of takes) if (!take(source, into)) return null;
    return into;
  };
}

function takeOf(schema: GraphQLSchema, selection: QueryPlanSelectionNode): Take | null {
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    const { typeCondition, selections } = selection;
    if (!typeCondition) return null;
    const names = possibleNames(schema, typeCondition);
    const extract = compileExtract(schema, selections);
    return (source, into) => {
      if (!names.has(source['__typename'] as string)) return true;
      const part = extract(source);
      if (part) mergeInto(into, part);
      return true;
    };
  }
  const key = selection.alias ?? selection.name;
  const below = selection.selections ? compileExtract(schema, selection.selections) : null;
  const valueOf = below ? nested(below) : (value: unknown) => value;
  return (source, into) => {
    const value = Object.hasOwn(source, key) ? source[key] : undefined;
    if (value === undefined) return false;
    into[key] = valueOf(value);
    return true;
  };
}

const nested = (extract: Extract) => {
  const take = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(take);
    return value === null ? null : extract(value as Json);
  };
  return take;
};
