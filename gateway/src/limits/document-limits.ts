import type { GraphQLError } from 'graphql';
import { refusal, type RefusalCode } from './refusals';

/** Which contract is asked: everything, by agencies, or what is public, by anybody. */
export type DoorName = 'hub' | 'public';

interface LimitRow {
  readonly code: RefusalCode;
  /** Begins the message; the numbers follow. */
  readonly says: string;
  readonly hub: number;
  readonly public: number;
  readonly why: string;
}

/**
 * What one document, and the variables with it, may be. A configuration may set other numbers; `Infinity` sets none.
 *
 * Counts hold after fragments are opened, so that a fragment is no way around them; of a document with several operations
 * they are those of all together, because all are validated.
 */
export const documentLimits = {
  characters: {
    code: 'DOCUMENT_TOO_LONG', says: 'Characters in the document', hub: 100_000, public: 20_000,
    why: 'the longest document of a client known to us has 3 000; nothing longer is even looked at',
  },
  nesting: {
    code: 'NESTING_LIMIT_EXCEEDED', says: 'Braces and brackets open at once', hub: 100, public: 64,
    why: 'the parser calls itself at each of them; 100 are far from the end of its stack',
  },
  tokens: {
    code: 'TOKEN_LIMIT_EXCEEDED', says: 'Tokens in the document', hub: 10_000, public: 2_000,
    why: 'parsing takes about 0.3 µs a token and validation some more; the introspection of common tools has 160',
  },
  definitions: {
    code: 'DEFINITION_LIMIT_EXCEEDED', says: 'Operations and fragments in the document', hub: 100, public: 30,
    why: 'validation walks the fragments once for every operation',
  },
  depth: {
    code: 'DEPTH_LIMIT_EXCEEDED', says: 'Levels of fields', hub: 25, public: 18,
    why: 'each level of entities is another round of fetches; the introspection of common tools has 15',
  },
  aliases: {
    code: 'ALIAS_LIMIT_EXCEEDED', says: 'Aliases', hub: 100, public: 20,
    why: 'an alias asks for the same field again, e.g. to guess receipt codes by the hundred in one request',
  },
  directives: {
    code: 'DIRECTIVE_LIMIT_EXCEEDED', says: 'Directives', hub: 100, public: 30,
    why: 'conditions multiply the ways in which an answer is laid out',
  },
  rootFields: {
    code: 'ROOT_FIELD_LIMIT_EXCEEDED', says: 'Fields at the root', hub: 30, public: 10,
    why: 'root fields are fetched side by side: each is a query of its own for some database',
  },
  fields: {
    code: 'FIELD_LIMIT_EXCEEDED', says: 'Fields after fragments are opened', hub: 3_000, public: 1_000,
    why: 'planning and layout grow with it; twenty fragments that name each other twice make a million',
  },
  repeats: {
    code: 'REPEAT_LIMIT_EXCEEDED', says: 'Comparisons of fields that answer under one name', hub: 20_000, public: 5_000,
    why: 'validation compares them in pairs, arguments included, so time grows with the square; a thousand times `id` makes a million',
  },
  variableValues: {
    code: 'VARIABLE_LIMIT_EXCEEDED', says: 'Values in the variables', hub: 10_000, public: 500,
    why: 'each is checked against its type and sent on to services',
  },
  variableDepth: {
    code: 'VARIABLE_LIMIT_EXCEEDED', says: 'Levels of the variables', hub: 20, public: 10,
    why: 'types of input that name themselves are checked by functions that call themselves',
  },
} as const satisfies Record<string, LimitRow>;

export type LimitName = keyof typeof documentLimits;
export type DocumentLimits = Readonly<Record<LimitName, number>>;

/** The limits of a door, with what the configuration sets otherwise. */
export function limitsOf(door: DoorName, overrides: Partial<DocumentLimits> = {}): DocumentLimits {
  const rows = Object.entries(documentLimits).map(([name, row]) => [name, overrides[name as LimitName] ?? row[door]] as const);
  return Object.fromEntries(rows) as Record<LimitName, number>;
}

/** A refusal for every figure that is over its limit; `extensions` have `limit` and `found`. */
export function overLimits(figures: Partial<DocumentLimits>, limits: DocumentLimits): GraphQLError[] {
  return Object.entries(figures).flatMap(([key, found]) => {
    const name = key as LimitName;
    const limit = limits[name];
    if (found <= limit) return [];
    const { code, says } = documentLimits[name];
    return [refusal(code, `${says}: ${found < Number.MAX_SAFE_INTEGER ? found : 'too many to count'}, and the limit is ${limit}`, {
      limit, found: Math.min(found, Number.MAX_SAFE_INTEGER),
    })];
  });
}

/** Values and levels of what a client sends as variables, counted without recursion and no further than needed. */
export function measureVariables(variables: unknown, limits: DocumentLimits): Pick<DocumentLimits, 'variableValues' | 'variableDepth'> {
  let variableValues = 0;
  let variableDepth = 0;
  let level: unknown[] = [variables];
  while (level.length > 0 && variableValues <= limits.variableValues && variableDepth <= limits.variableDepth) {
    const below: unknown[] = [];
    for (const value of level) {
      if (typeof value !== 'object' || value === null) continue;
      const parts = Array.isArray(value) ? (value as unknown[]) : Object.values(value);
      variableValues += parts.length;
      if (variableValues > limits.variableValues) break;
      for (const part of parts) below.push(part);
    }
    if (below.length > 0) variableDepth++;
    level = below;
  }
  return { variableValues, variableDepth };
}
