import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import { type GraphQLError, Kind, visit } from 'graphql';
import { keyOf } from '../../federation/fetch-shape';
import { isObject, type Json } from '../merge';
import { type Difference, lostByStock } from './differences';
import type { MannerName } from './faults';
import type { CompiledRun, Ready } from './run';

export interface Comparison {
  readonly ready: Ready;
  readonly manner: MannerName;
  readonly stock: GatewayExecutionResult | Error;
  readonly compiled: CompiledRun;
}

type Path = readonly (string | number)[];

/** Where both executors do not agree and no listed difference says why. */
export class Disagreement extends Error {}

/** @returns the listed differences that were met; throws Disagreement for any other */
export function compare(comparison: Comparison): Difference[] {
  const { compiled: { result: compiled }, manner, stock } = comparison;
  if (compiled.data === undefined) throw new Disagreement('compiled: no data');
  if (stock instanceof Error || stock.data === undefined) {
    const message = stock instanceof Error ? stock.message : String(stock.errors?.at(-1)?.message);
    if (manner !== 'broken' || !lostByStock.some((words) => words.test(message))) throw new Disagreement(`stock lost the answer: ${message}`);
    return ['answer lost for a value of the wrong kind'];
  }
  const met = [...compareData(comparison, stock), ...compareErrors(comparison, stock)];
  if (met.length === 0 && !stock.errors) compareCompletion(stock, compiled, manner);
  return met;
}

function compareData({ compiled: { result }, manner, ready }: Comparison, stock: GatewayExecutionResult): Difference[] {
  if (JSON.stringify(stock.data) === JSON.stringify(result.data)) return [];
  const met = new Set<Difference>();
  for (const { mine, path, theirs } of differences(stock.data, result.data, [])) {
    if (manner === 'broken' && mine === null && completions(result).some((e) => isOfObject(e) && startsWith(e.path ?? [], path))) {
      met.add('object of another kind or type');
    } else if (hasListInList(path, mine)) met.add('lists in lists, answered twice');
    else if (renames(ready) && ((theirs == null && hasFalsyLeaf(mine)) || (mine === null && manner !== 'right'))) met.add('falsy value under a renamed key');
    else throw new Disagreement(`data at ${path.join('.')}: stock ${JSON.stringify(theirs)}, compiled ${JSON.stringify(mine)}`);
  }
  if (met.size === 0) {
    if (!repeatsSelection(ready)) throw new Disagreement('data: same values, another order');
    met.add('order of fields in repeated selections');
  }
  return [...met];
}

function compareErrors({ compiled: { raw, result } }: Comparison, stock: GatewayExecutionResult): Difference[] {
  const [left, right] = without(stock.errors ?? [], result.errors ?? []);
  if (left.length + right.length === 0) return [];
  // Of two errors with one path only one is kept: a wrong path can make two of one, and one of two.
  const unplaced = (errors: readonly GraphQLError[]) => errors.map((e) => textOf(e).replace(/,\d+/g, ',#'));
  const among = (some: readonly GraphQLError[], all: readonly GraphQLError[] = []) => unplaced(some).every((text) => unplaced(all).includes(text));
  if (!among(left, result.errors) || !among(right, stock.errors)) throw new Disagreement(`errors:\nonly stock ${left.map(textOf).join('\n')}\nonly compiled ${right.map(textOf).join('\n')}`);
  for (const error of right) if (!standsAtItsEntity(error, raw)) throw new Disagreement(`compiled: a path that leads elsewhere: ${textOf(error)}`);
  return ['path of an entity behind others that were not asked for'];
}

/** Only without errors does the stock executor say why a value is null; which of several reasons it finds first is its own affair. */
function compareCompletion(stock: GatewayExecutionResult, compiled: GatewayExecutionResult, manner: MannerName): void {
  const [theirs, mine] = [completions(stock), completions(compiled)];
  if (mine.length === 0 ? theirs.length > 0 : theirs.length === 0 && manner !== 'broken') throw new Disagreement('valueCompletion: one says why a value is null, the other does not');
}

const completions = ({ extensions }: GatewayExecutionResult): readonly GraphQLError[] => (extensions?.['valueCompletion'] as GraphQLError[] | undefined) ?? [];

const isOfObject = ({ message }: GraphQLError): boolean => /^Invalid (__typename|value) found for an object/.test(message);

function textOf({ extensions, message, path }: GraphQLError): string {
  return JSON.stringify([message, path ?? null, Object.entries(extensions ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))]);
}

/** What only one of the two multisets has. */
function without(a: readonly GraphQLError[], b: readonly GraphQLError[]): [GraphQLError[], GraphQLError[]] {
  const rest = [...b];
  const only = a.filter((error) => {
    const same = rest.findIndex((other) => textOf(other) === textOf(error));
    if (same >= 0) rest.splice(same, 1);
    return same < 0;
  });
  return [only, rest];
}

interface Place {
  readonly path: Path;
  readonly theirs: unknown;
  readonly mine: unknown;
}

/** The outermost places where two values differ; none where only the order of keys does. */
function differences(theirs: unknown, mine: unknown, path: Path): Place[] {
  if (Array.isArray(theirs) && Array.isArray(mine) && theirs.length === mine.length) return theirs.flatMap((value, i) => differences(value, mine[i], [...path, i]));
  if (isObject(theirs) && isObject(mine)) {
    const keys = Object.keys(theirs);
    if (keys.length === Object.keys(mine).length && keys.every((key) => Object.hasOwn(mine, key))) return keys.flatMap((key) => differences(theirs[key], mine[key], [...path, key]));
  }
  return JSON.stringify(theirs) === JSON.stringify(mine) ? [] : [{ path, theirs, mine }];
}

const startsWith = (path: Path, start: Path): boolean => start.every((part, i) => path[i] === part);

function hasFalsyLeaf(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasFalsyLeaf);
  return isObject(value) ? Object.values(value).some(hasFalsyLeaf) : value === 0 || value === '' || value === false;
}

const hasListInList = (path: Path, value: unknown): boolean =>
  path.some((part, i) => typeof part === 'number' && typeof path[i + 1] === 'number') || /\[\[/.test(JSON.stringify(value));

const renames = ({ plan }: Ready): boolean => JSON.stringify(plan).includes('"KeyRenamer"');

/** Whether some selection set selects one thing twice: a field, a fragment, or two fragments on one type. */
function repeatsSelection({ document }: Ready): boolean {
  let repeats = false;
  visit(document, {
    SelectionSet: ({ selections }) => {
      const names = selections.map((node) => (node.kind === Kind.FIELD ? keyOf(node) : `... ${node.kind === Kind.FRAGMENT_SPREAD ? node.name.value : `on ${node.typeCondition?.name.value}`}`));
      repeats ||= new Set(names).size < names.length;
    },
  });
  return repeats;
}

/** Errors of entities tell the representation, and an object on the path has to have it; errors of a service that is down lead to an object that is there. */
function standsAtItsEntity({ message, path = [] }: GraphQLError, raw: Json): boolean {
  const on = valuesOn(path, raw);
  const [, text] = / (?:for|find) (\{.*\})$/.exec(message) ?? [];
  if (text === undefined) return typeof on.at(-2) === 'object' || !/ is (down|unavailable)$/.test(message);
  const { __typename: _typename, ...keys } = JSON.parse(text) as Json;
  return on.some((object) => isObject(object) && Object.entries(keys).every(([key, known]) => isObject(known) || Array.isArray(known) || object[key] === known));
}

function valuesOn(path: Path, raw: Json): unknown[] {
  let value: unknown = raw;
  return [raw, ...path.map((part) => (value = isObject(value) || Array.isArray(value) ? (value as Json)[part] : undefined))];
}
