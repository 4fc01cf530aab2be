import type { ServiceName } from '@casebridge/contracts';
import type { ServiceHealth, ServicePort, ServiceRequest } from '@casebridge/platform';
import { type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql';
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit';

type Run = CompiledQuery['query'] | ExecutionResult;
type Question = Pick<ServiceRequest, 'document' | 'operationName' | 'query' | 'variables'>;

/** A lean service: a document is parsed, checked and compiled once, whoever asks. Over HTTP and in process the same. */
export class JitService implements ServicePort {
  private readonly byDocument = new WeakMap<DocumentNode, Run>();
  private readonly byText = new Map<string, Run>();

  constructor(readonly name: ServiceName, private readonly schema: GraphQLSchema) {}

  async execute({ document, operationName, query, variables }: Question): Promise<ExecutionResult> {
    const run = this.runOf(document, query, operationName);
    if (typeof run !== 'function') return run;
    const result = await run(undefined, undefined, variables ?? {});
    // The compiler's errors are of a class of its own.
    return result.errors ? { ...result, errors: result.errors.map(asGraphQLError) } : result;
  }

  subscribe(): Promise<ExecutionResult> {
    return Promise.resolve({ errors: [new GraphQLError('No live streams here')] });
  }

  health(): Promise<ServiceHealth> {
    return Promise.resolve({ name: this.name, ok: true, checks: {} });
  }

  private runOf(document: DocumentNode | undefined, query: string, operationName: string | null | undefined): Run {
    const known = document ? this.byDocument.get(document) : this.byText.get(query);
    if (known) return known;
    const made = this.compile(document, query, operationName);
    if (document) this.byDocument.set(document, made);
    else this.byText.set(query, made);
    return made;
  }

  private compile(document: DocumentNode | undefined, query: string, operationName: string | null | undefined): Run {
    // A document comes from the planner of this process, a text from the network.
    const parsed = document ?? parse(query);
    const faults = document ? [] : validate(this.schema, parsed);
    if (faults.length > 0) return { errors: faults };
    const compiled = compileQuery(this.schema, parsed, operationName ?? undefined);
    return isCompiledQuery(compiled) ? compiled.query : compiled;
  }
}

const asGraphQLError = (error: GraphQLError): GraphQLError =>
  error instanceof GraphQLError ? error : new GraphQLError((error as Error).message, { path: (error as GraphQLError).path, originalError: error });
