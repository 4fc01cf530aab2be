import { type Clock, DomainError, type Principal } from '@casebridge/kernel';
import { annotate, introspectionScope, isTraced, type Metrics } from '@casebridge/platform';
import { type DocumentNode, type GraphQLError, Kind, OperationTypeNode, parse } from 'graphql';
import type { HubContext } from './context';
import { type DocumentRequest, DocumentResolver, Documents, inOwnWords, type ReadyOperation, TrustedDocuments, withoutType } from './documents';
import { repeatedRoots } from './documents/repeated-roots';
import { DocumentsUnderWay } from './documents/under-way';
import type { Generation } from './federation/generation';
import { type Asker, type BudgetPolicies, type DoorName, type Entry, limitsOf, OperationGate, type OperationGateOptions, operationCostLimits, operationDeadlineMs, Patience, readCostModel, refusal } from './limits';
import { type DoorFigures, figuresOf } from './observability/figures';
import { OperationRecord } from './observability/operation-record';
import { noWishes } from './observability/wishes';

/** A GraphQL request as it came, whatever carried it. */
export interface Question extends DocumentRequest {
  readonly operationName?: unknown;
  readonly variables?: unknown;
}

/** An operation that may run. */
export interface Prepared {
  readonly ready: ReadyOperation;
  readonly text: string;
  /** To be run: the document itself, or what is left of it without what the reader may not ask about the schema. */
  readonly document: DocumentNode;
  /** Equal for equal documents to be run. */
  readonly key: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Of trusted documents: for metrics. */
  readonly trustedName: string | null;
}

export interface PipelineOptions extends Pick<OperationGateOptions, 'budgets' | 'concurrency'> {
  readonly door: DoorName;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly supergraphSdl: string;
  readonly trusted?: TrustedDocuments;
  /** Only trusted documents are answered. Default false. */
  readonly strict?: boolean;
  /** Whether everybody may ask about the schema: it holds nothing that is not for everybody. */
  readonly openSchema: boolean;
  /** Milliseconds that one operation may take. Default `operationDeadlineMs`. */
  readonly operationMs?: number;
  /** Points that one operation may cost. Default: that of the door. */
  readonly costLimit?: number;
  readonly budgetPolicies?: BudgetPolicies;
}

const nobodysDocuments = new TrustedDocuments({ version: 1, operations: {} });

/** What every request of a door goes through before it is planned: document, limits, introspection, variables, budget. */
export class Pipeline {
  readonly gate: OperationGate;
  readonly figures: DoorFigures;
  /** What those that run have been read into. */
  readonly documentsUnderWay = new DocumentsUnderWay();
  /** Operations that run. */
  underWay = 0;
  private readonly resolver: DocumentResolver;
  private made: Documents | null = null;
  /** Without `__type`, for those who may not see the schema: the same object each time, by which plans are found. */
  private readonly closedDocuments = new WeakMap<DocumentNode, DocumentNode>();

  constructor(private readonly generation: Generation, private readonly options: PipelineOptions) {
    const { budgetPolicies, budgets, concurrency, costLimit, door, strict = false, trusted = nobodysDocuments } = options;
    this.gate = new OperationGate({ budgets, concurrency, costLimit: costLimit ?? operationCostLimits[door], ...(budgetPolicies ? { policies: budgetPolicies } : {}) });
    this.resolver = new DocumentResolver(trusted, strict);
    this.figures = figuresOf(options.metrics).door(door);
  }

  /** Bytes of remembered documents: for metrics. */
  get remembered(): { readonly good: number; readonly bad: number } {
    return this.made?.size ?? { good: 0, bad: 0 };
  }

  /** Made at the first request: schema and costs are not needed for a start. */
  private get documents(): Documents {
    const { door, supergraphSdl } = this.options;
    this.made ??= new Documents({ schema: this.generation.schema, limits: limitsOf(door), costs: readCostModel(supergraphSdl) });
    return this.made;
  }

  /** Operations of the trusted documents that this contract knows. */
  *trustedOperations(): Generator<ReadyOperation> {
    for (const { body } of this.options.trusted ?? []) {
      for (const name of operationNamesIn(body)) {
        const ready = this.documents.operation(body, name);
        if (!('errors' in ready)) yield ready;
      }
    }
  }

  /**
   * @param record - where it is noted what was asked, or why it may not run
   * @returns why it may not run
   * @throws AuthenticationRequired where nobody is answered without a token
   */
  prepare(question: Question, principal: Principal, record?: OperationRecord): Prepared | readonly GraphQLError[] {
    const prepared = this.checked(question, principal);
    if ('ready' in prepared) record?.prepared(prepared);
    else {
      record?.refused(prepared);
      this.figures.refused(prepared[0]?.extensions['code']);
    }
    return prepared;
  }

  private checked(question: Question, principal: Principal): Prepared | readonly GraphQLError[] {
    this.generation.authorizer.admit(principal);
    const resolved = this.resolver.resolve(question);
    if (!('text' in resolved)) return [resolved];
    const knowsSchema = this.options.openSchema || maySeeSchema(principal);
    const told = (faults: readonly GraphQLError[], variables?: unknown): readonly GraphQLError[] =>
      knowsSchema ? faults : inOwnWords(faults, this.generation.schema, resolved.text, variables);
    const ready = this.documents.operation(resolved.text, question.operationName);
    if ('errors' in ready) return told(ready.errors);
    this.resolver.register(resolved);
    const closed = ready.introspection !== 'none' && !knowsSchema;
    if (closed && ready.introspection === 'schema') {
      return [refusal('INTROSPECTION_FORBIDDEN', `The schema is shown to tokens with the scope ${introspectionScope}`)];
    }
    if (ready.operation.operation === OperationTypeNode.MUTATION) {
      const [twice] = repeatedRoots(ready.document, ready.operation);
      if (twice !== undefined) return [refusal('BAD_USER_INPUT', `A mutation does an act once: ${twice} is selected more than once`)];
    }
    const faults = this.documents.variableFaults(ready, question.variables);
    if (faults) return told(faults, question.variables);
    return {
      ready, text: resolved.text, trustedName: resolved.trustedName,
      document: closed ? this.closedDocument(ready) : ready.document,
      key: closed ? `${ready.hash} without types` : ready.hash,
      variables: (question.variables ?? {}) as Record<string, unknown>,
    };
  }

  private closedDocument({ document }: ReadyOperation): DocumentNode {
    const known = this.closedDocuments.get(document) ?? withoutType(document);
    this.closedDocuments.set(document, known);
    return known;
  }

  /**
   * Runs a query or a mutation within the limits: charged by its estimate before, by what it cost after.
   *
   * @throws CostLimitExceeded, BudgetExhausted, ConcurrencyLimit, GatewayBusy, ClientGone
   */
  async within<T>(prepared: Prepared, asker: Asker, context: HubContext, run: (context: HubContext) => Promise<T>): Promise<T> {
    const { document, key } = prepared;
    const record = context.record ?? new OperationRecord(this.options.door, noWishes, this.options.clock);
    // From here on the supergraph is needed, also while the operation waits for its place.
    this.underWay += 1;
    const patience = this.patience();
    try {
      const entry = await this.entry(prepared, asker, record, patience);
      this.documentsUnderWay.begin(prepared.ready.hash, prepared.ready.document, prepared.text);
      try {
        const { principal, receivedAt, requestId } = context;
        return await this.entered(prepared, entry, record, (answered) => run({ principal, receivedAt, requestId, record, patience, toRun: { document, key, answered } }));
      } finally {
        this.documentsUnderWay.end(prepared.ready.hash);
      }
    } finally {
      patience.close();
      this.underWay -= 1;
    }
  }

  /** Of one operation, or one event of a live one, from now on. To be closed when it is answered. */
  patience(): Patience {
    return new Patience(this.options.operationMs ?? operationDeadlineMs);
  }

  private async entered<T>(prepared: Prepared, entry: Entry, record: OperationRecord, run: (answered: (data: unknown) => void) => Promise<T>): Promise<T> {
    const startedAt = performance.now();
    let data: unknown = null;
    let failed = true;
    try {
      const answer = await run((given) => void (data = given));
      failed = false;
      return answer;
    } finally {
      const actual = entry.done(data);
      record.left(actual);
      const seconds = (performance.now() - startedAt) / 1_000;
      this.figures.ran({
        trusted: trustedOf(prepared), outcome: failed ? 'failed' : record.hasErrors ? 'errors' : 'ok', seconds, estimate: entry.estimate, actual,
      });
    }
  }

  private async entry({ ready, trustedName, variables }: Prepared, asker: Asker, record: OperationRecord, patience: Patience): Promise<Entry> {
    if (isTraced()) {
      const operation = trustedName ?? 'other';
      const type = ready.operation.operation;
      annotate({ 'graphql.operation.type': type, 'hub.trusted': operation, 'hub.document': ready.hash.slice(0, 12), 'hub.door': this.options.door }, `${type} ${operation}`);
    }
    try {
      const entry = await this.gate.enter(ready.cost, variables, asker, patience);
      record.entered(entry.estimate);
      return entry;
    } catch (cause) {
      this.figures.refused(cause instanceof DomainError ? cause.code : undefined);
      throw cause;
    }
  }
}

export const isSubscription = ({ ready }: Prepared): boolean => ready.operation.operation === OperationTypeNode.SUBSCRIPTION;

/** A trusted document is small and known: its operations are too. */
const trustedOf = ({ ready, trustedName }: Prepared): { readonly document: string; readonly operation: string } | null =>
  trustedName === null ? null : { document: trustedName, operation: ready.name ?? 'none' };

const maySeeSchema = (principal: Principal): boolean => principal.kind === 'agency' && principal.scopes.includes(introspectionScope);

const operationNamesIn = (text: string): (string | null)[] =>
  parse(text).definitions.flatMap((d) => (d.kind === Kind.OPERATION_DEFINITION ? [d.name?.value ?? null] : []));
