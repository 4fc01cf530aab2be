import {
  type ASTVisitor, createSourceEventStream, type DocumentNode, type ExecutionResult, GraphQLError, type GraphQLSchema, isObjectType, parse, specifiedRules, validate,
  type ValidationContext, ValuesOfCorrectTypeRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { type AccessWriter, selectedFields } from '../access-log';
import { isAdmitted } from '../identity';
import { isTraced, type Logger, type ServiceHealth, traced } from '../process';
import { readerOf } from '../rights';
import { OperationExecutor } from './compiled';
import { maskError } from './errors';
import { withInputFields } from './input-fields';
import { RequestContext, type RequestInfo, type ServiceDeps } from './request-context';
import type { DataPort, FilePort, ReadsNote, ServicePort, ServiceRequest } from './service-port';

/** Where a stream has come in the service's log: the position stays between services, clients get the cursor. */
interface StreamPlace {
  readonly cursor: string;
  readonly position: number;
}

/** Yielded by a subscription's source to keep an idle stream's place; reaches the client as a ping, not as an event. */
export class Heartbeat implements StreamPlace {
  constructor(readonly cursor: string, readonly position: number) {}
}

/** Yielded by a subscription's source: an event with its place, so that readers who ask the same can share a stream. */
export class LiveEvent implements StreamPlace {
  constructor(readonly value: unknown, readonly cursor: string, readonly position: number) {}
}

export interface RuntimeOptions {
  readonly deps: ServiceDeps;
  readonly schema: GraphQLSchema;
  readonly accessLog: AccessWriter;
  readonly logger: Logger;
  readonly health: () => Promise<ServiceHealth>;
  readonly files?: FilePort;
  readonly data?: DataPort;
}

type LoggedRequest = Pick<ServiceRequest, 'principal' | 'requestId' | 'clientOperation' | 'alsoFor'>;

/** Executes operations of one service for admitted principals only, and writes the access log before an answer leaves. */
export class ServiceRuntime implements ServicePort {
  readonly name;
  readonly files?: FilePort;
  readonly data?: DataPort;
  private readonly documents = new LRUCache<string, DocumentNode | readonly GraphQLError[]>({ max: 1_000 });
  private readonly contexts = new WeakMap<object, RequestContext>();
  private readonly operations: OperationExecutor;

  constructor(private readonly options: RuntimeOptions) {
    this.name = options.deps.name;
    this.operations = new OperationExecutor(options.schema);
    if (options.files) this.files = options.files;
    if (options.data) this.data = options.data;
  }

  get schema(): GraphQLSchema {
    return this.options.schema;
  }

  health(): Promise<ServiceHealth> {
    return this.options.health();
  }

  async execute(request: ServiceRequest): Promise<ExecutionResult> {
    const document = this.documentOf(request);
    if (!('kind' in document)) return { errors: document as GraphQLError[] };
    const context = this.contextFor(request);
    if (!isTraced()) return this.run(document, request, context, undefined);
    return traced('execute', { attributes: { 'hub.service': this.name } }, () => this.run(document, request, context, undefined));
  }

  /** @throws RangeError for a document that is not valid here, or records that this schema does not have */
  async noteReads(note: ReadsNote): Promise<void> {
    const document = this.documentOf(note);
    if (!('kind' in document)) throw new RangeError(`reads noted for an operation that is not valid in ${this.name}`);
    for (const record of note.records) {
      if (!isObjectType(this.options.schema.getType(record.slice(0, record.indexOf(':'))))) throw new RangeError('not a record of this service');
    }
    const context = this.contextFor(note);
    for (const record of note.records) context.reads.records.add(record);
    await this.log(document, note, context);
  }

  async subscribe(request: ServiceRequest): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    const document = this.documentOf(request);
    if (!('kind' in document)) return { errors: document as GraphQLError[] };
    const source = await createSourceEventStream({
      schema: this.options.schema, document, contextValue: this.newContext(request), variableValues: request.variables, operationName: request.operationName,
    });
    if (!(Symbol.asyncIterator in source)) return this.masked(source, document, request);
    const events = this.events(source, document, request);
    const finish = events.return.bind(events);
    // A generator's own return() would queue behind the event that it waits for: the source is let go at once.
    return Object.assign(events, {
      return: async (value: void) => {
        await source[Symbol.asyncIterator]().return?.();
        return finish(value);
      },
    });
  }

  private async *events(source: AsyncIterable<unknown>, document: DocumentNode, request: ServiceRequest): AsyncGenerator<ExecutionResult, void, void> {
    try {
      for await (const event of source) {
        if (event instanceof Heartbeat) {
          yield { extensions: { place: placeOf(event) } };
          continue;
        }
        const value = event instanceof LiveEvent ? event.value : event;
        // A context of its own per event: rights, dates and loaders are those of the moment.
        const result = await this.run(document, request, this.newContext({ ...request, receivedAt: this.options.deps.clock.now() }), value);
        yield event instanceof LiveEvent ? { ...result, extensions: { place: placeOf(event) } } : result;
      }
    } catch (cause) {
      const error = cause instanceof GraphQLError ? cause : new GraphQLError((cause as Error).message, { originalError: cause as Error });
      yield { data: null, errors: [this.mask(error, request)] };
    }
  }

  private async run(document: DocumentNode, request: ServiceRequest, context: RequestContext, rootValue: unknown): Promise<ExecutionResult> {
    const result = await this.operations.execute({
      document, rootValue, contextValue: context, variableValues: request.variables, operationName: request.operationName,
    });
    await this.log(document, request, context);
    return this.masked(result, document, request);
  }

  private async log(document: DocumentNode, request: LoggedRequest, context: RequestContext): Promise<void> {
    const { principal } = request;
    if (principal.kind !== 'agency') return;
    const fields = selectedFields(this.options.schema, document);
    // All that the request has read here so far: what a loader remembers from an earlier fetch is read again with other fields.
    const records = [...context.reads.records];
    // A search that found nothing is a reading too; a reference that led to nothing was logged with what it came from.
    if (records.length === 0 && fields.includes('Query._entities')) return;
    const requestIds = new Set([request.requestId, ...(request.alsoFor ?? [])]);
    await Promise.all([...requestIds].map((requestId) =>
      this.options.accessLog.write({ principal, requestId, operation: request.clientOperation, records, fields })));
  }

  private documentOf(request: Pick<ServiceRequest, 'query' | 'document'>): DocumentNode | readonly GraphQLError[] {
    if (request.document) return request.document;
    const known = this.documents.get(request.query);
    if (known) return known;
    let made: DocumentNode | readonly GraphQLError[];
    try {
      const document = parse(request.query);
      const faults = validate(this.options.schema, document, rules);
      made = faults.length > 0 ? faults.map(invalid) : document;
    } catch (cause) {
      made = [cause as GraphQLError];
    }
    this.documents.set(request.query, made);
    return made;
  }

  private contextFor(request: RequestInfo & Pick<ServiceRequest, 'scope'>): RequestContext {
    let context = this.contexts.get(request.scope);
    if (!context || context.request.principal !== request.principal) {
      context = this.newContext(request);
      this.contexts.set(request.scope, context);
    }
    return context;
  }

  private newContext(request: RequestInfo): RequestContext {
    if (!isAdmitted(request.principal)) throw new Error('a principal that was not admitted reached a service');
    const { deps } = this.options;
    return new RequestContext(deps, request, readerOf(request.principal, deps.directory, deps.clock.now()));
  }

  private masked(result: ExecutionResult, document: DocumentNode, request: ServiceRequest): ExecutionResult {
    if (!result.errors) return result;
    const errors = withInputFields(result.errors, { ...request, schema: this.options.schema, document });
    return { ...result, errors: errors.map((e) => this.mask(e, request)) };
  }

  private mask(error: GraphQLError, request: ServiceRequest): GraphQLError {
    return maskError(error, (cause) => {
      this.options.logger.error({ err: cause, requestId: request.requestId, service: this.name }, 'unexpected error');
    }, this.name);
  }
}

/**
 * What a document must keep to before it runs. Leaf values are left to the reading of arguments, as in documents that come parsed and
 * validated: a day that is none is the fault of one field, in process and over HTTP alike.
 */
const rules = specifiedRules.map((rule) => (rule === ValuesOfCorrectTypeRule ? formOfValues : rule));
function formOfValues(context: ValidationContext): ASTVisitor {
  const { ListValue, NullValue, ObjectField, ObjectValue } = ValuesOfCorrectTypeRule(context) as Record<string, never>;
  return { ListValue, NullValue, ObjectField, ObjectValue };
}

const invalid = ({ message, nodes }: GraphQLError): GraphQLError =>
  new GraphQLError(message, { nodes, extensions: { code: 'GRAPHQL_VALIDATION_FAILED', kind: 'BAD_USER_INPUT' } });

const placeOf = ({ cursor, position }: StreamPlace): StreamPlace => ({ cursor, position });
