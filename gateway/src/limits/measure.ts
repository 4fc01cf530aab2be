import { type DocumentNode, type FragmentDefinitionNode, Kind, type OperationDefinitionNode, type SelectionSetNode, type ValueNode } from 'graphql';
import type { DocumentLimits } from './document-limits';
import { fragmentsOf } from '../documents/fragments';

export interface Measured extends Pick<DocumentLimits, 'definitions' | 'depth' | 'aliases' | 'directives' | 'rootFields' | 'fields'> {
  /** Fragments name each other in a circle, which validation refuses; the figures count the circle once. */
  readonly cyclic: boolean;
}

/** Figures of a selection set, fragments opened. */
interface Tally {
  fields: number;
  aliases: number;
  directives: number;
  depth: number;
  /** Fields that stand at the top of the set itself. */
  top: number;
}

const zero: Readonly<Tally> = Object.freeze({ fields: 0, aliases: 0, directives: 0, depth: 0, top: 0 });

/**
 * Figures of a document that was parsed and not yet validated. Each fragment is counted once and its figures are used wherever
 * it is spread, so that the time is that of the text and not of what the text expands to.
 */
export function measureDocument(document: DocumentNode): Measured {
  const { cyclic, tallies } = tallyFragments(fragmentsOf(document));
  const operations = document.definitions.filter((d): d is OperationDefinitionNode => d.kind === Kind.OPERATION_DEFINITION);
  const total: Tally = { ...zero };
  let rootFields = 0;
  for (const operation of operations) {
    const tally = tallySet(operation.selectionSet, tallies);
    add(total, tally, 0);
    rootFields = Math.max(rootFields, tally.top);
    total.directives += operation.directives?.length ?? 0;
    for (const variable of operation.variableDefinitions ?? []) total.directives += variable.directives?.length ?? 0;
  }
  // A fragment that nothing spreads is validated too.
  for (const tally of unused(operations, fragmentsOf(document), tallies)) add(total, tally, 0);
  const { aliases, depth, directives, fields } = total;
  return { definitions: document.definitions.length, depth, aliases, directives, rootFields, fields, cyclic };
}

function add(into: Tally, tally: Readonly<Tally>, levels: number): void {
  into.fields += tally.fields;
  into.aliases += tally.aliases;
  into.directives += tally.directives;
  into.depth = Math.max(into.depth, tally.depth + levels);
}

/** Calls itself once per brace, of which the text has no more at once than its limit. */
function tallySet(set: SelectionSetNode, fragments: ReadonlyMap<string, Readonly<Tally>>): Tally {
  const tally: Tally = { ...zero };
  for (const node of set.selections) {
    tally.directives += node.directives?.length ?? 0;
    if (node.kind === Kind.FIELD) {
      tally.fields++;
      tally.top++;
      if (node.alias) tally.aliases++;
      add(tally, node.selectionSet ? tallySet(node.selectionSet, fragments) : zero, 1);
    } else {
      const below = node.kind === Kind.INLINE_FRAGMENT ? tallySet(node.selectionSet, fragments) : (fragments.get(node.name.value) ?? zero);
      add(tally, below, 0);
      tally.top += below.top;
    }
  }
  return tally;
}

/** Fragments after those that they spread; with a stack of its own, since a chain of fragments may be as long as the document. */
function tallyFragments(fragments: ReadonlyMap<string, FragmentDefinitionNode>): { cyclic: boolean; tallies: Map<string, Tally> } {
  const tallies = new Map<string, Tally>();
  const begun = new Set<string>();
  let cyclic = false;
  const open = [...fragments.keys()];
  for (let name = open.at(-1); name !== undefined; name = open.at(-1)) {
    const fragment = fragments.get(name);
    if (!fragment || tallies.has(name)) {
      open.pop();
      continue;
    }
    if (!begun.has(name)) {
      begun.add(name);
      for (const spread of spreadsOf(fragment.selectionSet)) {
        if (tallies.has(spread)) continue;
        if (begun.has(spread)) cyclic = true;
        else open.push(spread);
      }
      continue;
    }
    const tally = tallySet(fragment.selectionSet, tallies);
    tally.directives += fragment.directives?.length ?? 0;
    tallies.set(name, tally);
    open.pop();
  }
  return { cyclic, tallies };
}

/** Names of the fragments that a selection set spreads, at whatever level. */
export function spreadsOf(set: SelectionSetNode): Set<string> {
  const names = new Set<string>();
  const open = [set];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const node of next.selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD) names.add(node.name.value);
      else if (node.selectionSet) open.push(node.selectionSet);
    }
  }
  return names;
}

function unused(
  operations: readonly OperationDefinitionNode[], fragments: ReadonlyMap<string, FragmentDefinitionNode>, tallies: ReadonlyMap<string, Tally>,
): Tally[] {
  const reached = new Set<string>();
  const open = operations.flatMap((operation) => [...spreadsOf(operation.selectionSet)]);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const fragment = fragments.get(name);
    if (reached.has(name) || !fragment) continue;
    reached.add(name);
    open.push(...spreadsOf(fragment.selectionSet));
  }
  return [...tallies].filter(([name]) => !reached.has(name)).map(([, tally]) => tally);
}

interface Repeated {
  nodes: number;
  /** Fields and values in their arguments. */
  size: number;
  readonly sets: SelectionSetNode[];
}

/** Nodes looked at; the fields of a document within the limits are far fewer. */
const mostVisits = 100_000;

/**
 * How much validation compares because fields answer under one name at one place: for each such place, every field with every
 * other, each as heavy as its arguments.
 *
 * @param document - not cyclic
 * @returns infinity where fragments lead to more places than can be counted: those that spread each other twice and end in one that
 * is not there hold no field, and no other limit sees them
 */
export function countRepeats(document: DocumentNode): number {
  const fragments = fragmentsOf(document);
  let repeats = 0;
  const visits = { left: mostVisits };
  const open: SelectionSetNode[][] = document.definitions.flatMap((d) => (d.kind === Kind.OPERATION_DEFINITION ? [[d.selectionSet]] : []));
  for (let sets = open.pop(); sets; sets = open.pop()) {
    const places = new Map<string, Repeated>();
    for (const set of sets) collect(set, fragments, places, visits);
    if (visits.left <= 0) return Number.POSITIVE_INFINITY;
    for (const { nodes, sets: below, size } of places.values()) {
      repeats += (nodes - 1) * size;
      if (below.length > 0) open.push(below);
    }
  }
  return repeats;
}

function collect(
  set: SelectionSetNode, fragments: ReadonlyMap<string, FragmentDefinitionNode>, places: Map<string, Repeated>, visits: { left: number },
): void {
  const open = [set];
  for (let next = open.pop(); next; next = open.pop()) {
    for (const node of next.selections) {
      visits.left -= 1;
      if (visits.left <= 0) return;
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        const fragment = fragments.get(node.name.value);
        if (fragment) open.push(fragment.selectionSet);
      } else if (node.kind === Kind.INLINE_FRAGMENT) open.push(node.selectionSet);
      else {
        const key = node.alias?.value ?? node.name.value;
        const place = places.get(key) ?? { nodes: 0, size: 0, sets: [] };
        place.nodes++;
        place.size += 1 + (node.arguments ?? []).reduce((size, argument) => size + sizeOf(argument.value), 0);
        if (node.selectionSet) place.sets.push(node.selectionSet);
        places.set(key, place);
      }
    }
  }
}

function sizeOf(value: ValueNode): number {
  let size = 0;
  const open: ValueNode[] = [value];
  for (let next = open.pop(); next; next = open.pop()) {
    size++;
    if (next.kind === Kind.LIST) open.push(...next.values);
    else if (next.kind === Kind.OBJECT) open.push(...next.fields.map((field) => field.value));
  }
  return size;
}
