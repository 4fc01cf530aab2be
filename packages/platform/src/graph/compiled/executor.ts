import {
  type DocumentNode, type ExecutionResult, type FragmentDefinitionNode, getVariableValues, GraphQLError, type GraphQLSchema, Kind,
  type OperationDefinitionNode, OperationTypeNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { collect, conditionVariables, type Fragments, type Selecting, type Variables } from './collect';
import { Faults, isPromise, type Run } from './run';
import { Selection } from './selection';

export interface OperationArgs {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly rootValue?: unknown;
  readonly contextValue?: unknown;
  readonly variableValues?: Variables | undefined;
}

/** An operation for one outcome of its conditions. */
interface Variant {
  readonly selecting: Selecting;
  /** Compiled when it first runs. */
  root?: Selection;
}

interface Operation {
  readonly node: OperationDefinitionNode;
  readonly fragments: Fragments;
  readonly conditions: readonly string[];
  readonly variants: LRUCache<string, Variant>;
}

/** Selections of one operation kept at a time; every condition may double them. */
const maxVariants = 16;
const maxVariableErrors = 50;

/**
 * Executes operations like graphql-js, whose answers it must equal, and works out what depends on the document alone once per document:
 * merged selections, completion by type, the conditions. Compiled forms live as long as their documents.
 *
 * Closures over the schema, no generated source: text of a query never becomes code.
 */
export class OperationExecutor {
  private readonly operations = new WeakMap<DocumentNode, Map<string | null, Operation | GraphQLError>>();

  constructor(private readonly schema: GraphQLSchema) {}

  /** @param args - a document that was validated against the schema */
  execute(args: OperationArgs): ExecutionResult | Promise<ExecutionResult> {
    const operation = this.operationOf(args.document, args.operationName ?? null);
    if (operation instanceof GraphQLError) return { errors: [operation] };
    const { coerced, errors } = getVariableValues(this.schema, operation.node.variableDefinitions ?? [], args.variableValues ?? {}, { maxErrors: maxVariableErrors });
    if (errors) return { errors };
    const variant = this.variantOf(operation, coerced);
    const run: Run = {
      operation: operation.node, selecting: variant.selecting, rootValue: args.rootValue, contextValue: args.contextValue, variableValues: coerced,
      faults: new Faults(),
    };
    const answer = (data: ExecutionResult['data']): ExecutionResult => (run.faults.errors.length === 0 ? { data } : { errors: run.faults.errors, data });
    const failure = (cause: unknown): ExecutionResult => {
      run.faults.add(cause as GraphQLError, undefined);
      return answer(null);
    };
    try {
      variant.root ??= this.rootOf(run);
      const { operation: kind } = operation.node;
      const data = kind === OperationTypeNode.MUTATION ? variant.root.runInOrder(run, args.rootValue) : variant.root.run(run, args.rootValue, undefined);
      return isPromise(data) ? data.then(answer, failure) : answer(data);
    } catch (cause) {
      return failure(cause);
    }
  }

  private rootOf(run: Run): Selection {
    const { operation, selectionSet } = run.operation;
    const type = this.schema.getRootType(operation);
    if (!type) throw new GraphQLError(`Schema is not configured to execute ${operation} operation.`, { nodes: run.operation });
    return new Selection(run, type, collect(run.selecting, type, [selectionSet]));
  }

  private variantOf({ conditions, fragments, variants }: Operation, variables: Variables): Variant {
    const key = conditions.map((name) => (Object.hasOwn(variables, name) ? String(variables[name]) : '-')).join();
    const known = variants.get(key);
    if (known) return known;
    // Of the variables only those are kept on which the selection depends.
    const own = Object.fromEntries(conditions.filter((name) => Object.hasOwn(variables, name)).map((name) => [name, variables[name]]));
    const made: Variant = { selecting: { schema: this.schema, fragments, conditions: own } };
    variants.set(key, made);
    return made;
  }

  private operationOf(document: DocumentNode, name: string | null): Operation | GraphQLError {
    let byName = this.operations.get(document);
    if (!byName) this.operations.set(document, (byName = new Map<string | null, Operation | GraphQLError>()));
    const known = byName.get(name);
    if (known) return known;
    const made = operationIn(document, name);
    if (!(made instanceof GraphQLError)) byName.set(name, made); // names that are not there are without number
    return made;
  }
}

function operationIn(document: DocumentNode, name: string | null): Operation | GraphQLError {
  const operations: OperationDefinitionNode[] = [];
  const fragments = Object.create(null) as Record<string, FragmentDefinitionNode>;
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments[definition.name.value] = definition;
    else if (definition.kind === Kind.OPERATION_DEFINITION && (name === null || definition.name?.value === name)) operations.push(definition);
  }
  if (name === null && operations.length > 1) return new GraphQLError('Must provide operation name if query contains multiple operations.');
  const node = operations.at(-1);
  if (!node) return new GraphQLError(name === null ? 'Must provide an operation.' : `Unknown operation named "${name}".`);
  return { node, fragments, conditions: conditionVariables(document), variants: new LRUCache({ max: maxVariants }) };
}
