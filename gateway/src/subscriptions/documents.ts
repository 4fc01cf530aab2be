import {
  type DocumentNode, getOperationAST, getVariableValues, GraphQLError, type GraphQLSchema, type OperationDefinitionNode, OperationTypeNode, parse,
  specifiedRules, validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Generation, SubscriptionPlan } from '../federation/generation';

interface Checked {
  readonly document: DocumentNode;
  readonly plans: Map<string | null, SubscriptionPlan>;
}

const cached = 1_000;
/** Longer texts are parsed each time: a thousand of them would be a memory full of one reader's queries. */
const cachedLength = 16 * 1024;
const maxFaults = 20;

const refusal = (code: string, message: string): GraphQLError => new GraphQLError(message, { extensions: { code, kind: 'BAD_USER_INPUT' } });

/** Documents that come over sockets: parsed, checked against what clients may ask, planned once. */
export class SocketDocuments {
  private readonly known = new LRUCache<string, Checked>({ max: cached });

  constructor(private readonly generation: Generation) {}

  /** The operation of a text, or why there is none. */
  check(query: unknown, operationName: string | null): { document: DocumentNode; operation: OperationDefinitionNode } | readonly GraphQLError[] {
    if (typeof query !== 'string') return [refusal('BAD_REQUEST', 'The query must be a text')];
    let checked = this.known.get(query);
    if (!checked) {
      const read = readDocument(query, this.generation.schema);
      if (!('document' in read)) return read;
      checked = { document: read.document, plans: new Map() };
      if (query.length <= cachedLength) this.known.set(query, checked);
    }
    const operation = getOperationAST(checked.document, operationName);
    if (!operation) return [refusal('OPERATION_RESOLUTION_FAILURE', 'Say with operationName which operation is meant')];
    return { document: checked.document, operation };
  }

  /** @throws GraphQLError when it cannot be served */
  plan(query: string, document: DocumentNode, operationName: string | null): SubscriptionPlan {
    const plans = this.known.get(query)?.plans;
    const plan = plans?.get(operationName) ?? this.generation.planSubscription(document, operationName);
    plans?.set(operationName, plan);
    return plan;
  }

  /** What is wrong with the variables. */
  variableFaults(operation: OperationDefinitionNode, variables: Record<string, unknown>): readonly GraphQLError[] {
    const { errors } = getVariableValues(this.generation.schema, operation.variableDefinitions ?? [], variables, { maxErrors: maxFaults });
    return (errors ?? []).map((e) => new GraphQLError(e.message, { extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT' } }));
  }
}

function readDocument(query: string, schema: GraphQLSchema): { document: DocumentNode } | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(query);
  } catch (error) {
    return [refusal('GRAPHQL_PARSE_FAILED', (error as Error).message)];
  }
  const faults = validated(schema, document);
  if (faults.length === 0) return { document };
  return faults.map(
    (e) => new GraphQLError(e.message, { ...(e.nodes ? { nodes: e.nodes } : {}), extensions: { code: 'GRAPHQL_VALIDATION_FAILED', kind: 'BAD_USER_INPUT' } }),
  );
}

function validated(schema: GraphQLSchema, document: DocumentNode): readonly GraphQLError[] {
  try {
    return validate(schema, document, specifiedRules, { maxErrors: maxFaults, hideSuggestions: true });
  } catch (error) {
    // The rule on root fields of subscriptions evaluates their conditions without having variables, and throws.
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

export const isSubscription = (operation: OperationDefinitionNode): boolean => operation.operation === OperationTypeNode.SUBSCRIPTION;
