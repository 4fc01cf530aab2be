import { createHash } from 'node:crypto';
import { withInputFields } from '@casebridge/platform';
import {
  type DocumentNode, getOperationAST, getVariableValues, GraphQLError, type GraphQLSchema, type OperationDefinitionNode, parse, specifiedRules, validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { suggestion } from '../errors';
import type { CostModel } from '../limits/cost-model';
import { compileCost, type OperationCost } from '../limits/cost';
import { type DocumentLimits, measureVariables, overLimits } from '../limits/document-limits';
import { countRepeats, measureDocument } from '../limits/measure';
import { refusal } from '../limits/refusals';
import { conditionalSubscriptionIn } from './fragments';
import { type Introspection, introspectionOf } from './introspection';
import { roundedIds } from './exact-ids';
import { plainVariables } from './plain-variables';
import { scanText } from './scan';

export interface DocumentsOptions {
  /** What clients of this door may ask. */
  readonly schema: GraphQLSchema;
  readonly limits: DocumentLimits;
  readonly costs: CostModel;
  /** MiB for documents that are good. Default 32. */
  readonly cacheMiB?: number;
  /** MiB for what is wrong with others. Default 2. */
  readonly failuresMiB?: number;
}

/** One operation of a valid document, within the limits. */
export interface ReadyOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Null: it has none. */
  readonly name: string | null;
  /** Of the text, as hexadecimal SHA-256. */
  readonly hash: string;
  /** Of text and operation: for caches of plans. */
  readonly key: string;
  readonly introspection: Introspection;
  readonly cost: OperationCost;
  /** Whether variables are good at a glance; when not, they are looked at thoroughly. */
  readonly takesAsPlain: (variables: object) => boolean;
}

export interface Refused {
  readonly errors: readonly GraphQLError[];
}

interface Known {
  readonly document: DocumentNode;
  readonly hash: string;
  /** By the operation name of the request. */
  readonly operations: Map<string | null, ReadyOperation | Refused>;
}

/** Bytes that a character of a text takes as syntax tree, with its operations and what they cost: measured at 70. */
const bytesPerCharacter = 100;
const bytesPerDocument = 2_048;
/** An error with its stack. */
const bytesPerFault = 2_048;
/** Of texts as keys: a longer one is found by its hash, since the engine tells texts longer than 16 383 characters apart by length only. */
const longestKey = 8_192;
const maxFaults = 20;

export const sha256 = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

/**
 * The documents of one door and one generation: text in, operation out, each text parsed, measured and validated once. What is
 * wrong is remembered too, in a place of its own, so that a flood of bad documents cannot push out the good ones.
 *
 * Nothing that a client sends makes this throw.
 */
export class Documents {
  private readonly good: LRUCache<string, Known>;
  private readonly bad: LRUCache<string, Refused>;

  constructor(private readonly options: DocumentsOptions) {
    this.good = new LRUCache({ maxSize: (options.cacheMiB ?? 32) * 1024 * 1024 });
    this.bad = new LRUCache({ maxSize: (options.failuresMiB ?? 2) * 1024 * 1024 });
  }

  /** Documents that are remembered: for metrics. */
  get size(): { readonly good: number; readonly bad: number } {
    return { good: this.good.size, bad: this.bad.size };
  }

  /** @param operationName - as the client sent it; empty counts as none */
  operation(query: unknown, operationName: unknown): ReadyOperation | Refused {
    if (typeof query !== 'string') return { errors: [refusal('BAD_REQUEST', 'The query must be a text')] };
    if (operationName != null && typeof operationName !== 'string') return { errors: [refusal('BAD_REQUEST', 'The operationName must be a text')] };
    const known = this.read(query);
    return 'errors' in known ? known : this.choose(known, operationName || null);
  }

  /** What is wrong with the variables of an operation: too many, too deep, or not of their types. Null when nothing is. */
  variableFaults({ document, name, operation, takesAsPlain }: ReadyOperation, variables: unknown): readonly GraphQLError[] | null {
    const { limits, schema } = this.options;
    variables ??= {};
    if (typeof variables !== 'object' || variables === null || Array.isArray(variables)) return [refusal('BAD_REQUEST', 'The variables must be an object')];
    if (takesAsPlain(variables)) return null;
    const over = overLimits(measureVariables(variables, limits), limits);
    if (over.length > 0) return over;
    const definitions = operation.variableDefinitions ?? [];
    if (definitions.length === 0) return null;
    const rounded = roundedIds(schema, definitions, variables as Record<string, unknown>);
    if (rounded.length > 0) return rounded.slice(0, maxFaults).map((place) => refusal('BAD_USER_INPUT', `Variable "${place}" is an ID and a number too large to be read exactly: send it as a text`));
    const { errors } = getVariableValues(schema, definitions, variables as Record<string, unknown>, { maxErrors: maxFaults, hideSuggestions: true });
    if (!errors) return null;
    return withInputFields(errors, { schema, document, operationName: name, variables: variables as Record<string, unknown> })
      .map((e) => refusal('BAD_USER_INPUT', e.message.replace(suggestion, ''), e.extensions, e.nodes));
  }

  private read(text: string): Known | Refused {
    const { characters } = this.options.limits;
    if (text.length > characters) return { errors: overLimits({ characters: text.length }, this.options.limits) };
    const long = text.length > longestKey;
    const hash = long ? sha256(text) : null;
    const key = hash ?? text;
    const known = this.good.get(key) ?? this.bad.get(key);
    if (known) return known;
    const document = this.parsed(text);
    if ('errors' in document) {
      this.bad.set(key, document, { size: key.length * 2 + document.errors.reduce((size, error) => size + bytesPerFault + error.message.length, bytesPerFault) });
      return document;
    }
    const read: Known = { document, hash: hash ?? sha256(text), operations: new Map() };
    this.good.set(key, read, { size: bytesPerDocument + text.length * bytesPerCharacter });
    return read;
  }

  /** The errors of a refused text hold no part of the document: they are kept, and a tree is much larger than its text. */
  private parsed(text: string): DocumentNode | Refused {
    const { limits, schema } = this.options;
    const scanned = overLimits(scanText(text), limits);
    if (scanned.length > 0) return { errors: scanned };
    let document: DocumentNode;
    try {
      document = parse(text, { maxTokens: limits.tokens });
    } catch (error) {
      return { errors: [located('GRAPHQL_PARSE_FAILED', error as GraphQLError)] };
    }
    const { cyclic, ...figures } = measureDocument(document);
    const over = overLimits(figures, limits);
    if (over.length > 0) return { errors: over };
    // A circle has no end to walk to; validation refuses it.
    const repeats = cyclic ? [] : overLimits({ repeats: countRepeats(document) }, limits);
    if (repeats.length > 0) return { errors: repeats };
    const faults = validated(schema, document);
    return faults.length > 0 ? { errors: faults.map((fault) => located('GRAPHQL_VALIDATION_FAILED', fault)) } : document;
  }

  private choose(known: Known, operationName: string | null): ReadyOperation | Refused {
    const chosen = known.operations.get(operationName);
    if (chosen) return chosen;
    const operation = getOperationAST(known.document, operationName);
    if (!operation) {
      const message = operationName === null ? 'Say with operationName which operation is meant' : 'There is no operation of this name in the document';
      return { errors: [refusal('OPERATION_RESOLUTION_FAILURE', message)] }; // not kept: there is no end of names
    }
    if (!this.options.schema.getRootType(operation.operation)) {
      return { errors: [refusal('GRAPHQL_VALIDATION_FAILED', `There is no ${operation.operation} here`)] }; // no rule of validation says so
    }
    const ready = this.ready(known, operation);
    known.operations.set(operationName, ready);
    return ready;
  }

  private ready({ document, hash }: Known, operation: OperationDefinitionNode): ReadyOperation {
    const { costs, schema } = this.options;
    const name = operation.name?.value ?? null;
    return {
      document, operation, name, hash, key: `${hash} ${name ?? ''}`,
      introspection: introspectionOf(document, operation),
      cost: compileCost(document, operation, { schema, model: costs }),
      takesAsPlain: plainVariables(operation.variableDefinitions ?? []),
    };
  }
}

/** What is said of a subscription whose root field stands under a condition. */
export const conditionalSubscription = 'This subscription cannot be served: it needs one root field, without @skip and @include';

function validated(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  try {
    const faults = validate(schema, document, specifiedRules, { maxErrors: maxFaults, hideSuggestions: true });
    const conditional = faults.length === 0 ? conditionalSubscriptionIn(document) : undefined;
    return conditional ? [new GraphQLError(conditionalSubscription, { nodes: conditional })] : faults;
  } catch (error) {
    // The rule on root fields of subscriptions evaluates their conditions without having variables, and throws.
    if (error instanceof GraphQLError) return [new GraphQLError(conditionalSubscription, { nodes: error.nodes ?? [] })];
    throw error;
  }
}

/** A fault as it is kept: words and places, without the tree and the text that a library's error holds on to. */
function located(code: 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED', { locations, message }: GraphQLError): GraphQLError {
  const error = refusal(code, message.replace(suggestion, ''));
  if (locations) Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
  return error;
}
