import { createHash } from 'node:crypto';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { type Clock, DomainError } from '@casebridge/kernel';
import type { Directory, Logger, Metrics, Tracing } from '@casebridge/platform';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { HubContext } from '../context';
import { AuthorizationChanged, GatewayDraining, isBug, ServiceUnavailable, SubscriptionSchemaReload, SubscriptionsExhausted, toGraphQLError } from '../errors';
import type { Generation, SubscriptionPlan } from '../federation/generation';
import { type Asker, isOfTheHouse, networkOf } from '../limits';
import type { DoorFigures } from '../observability/figures';
import type { Pipeline, Prepared } from '../pipeline';
import { readerKey } from '../sources/reader-key';
import type { Beat } from './frame';
import { followUpstream, type UpstreamOpening, UpstreamRefused } from './follow-upstream';
import { LiveStreams, lostAccess } from './live-streams';
import { StreamGroup } from './stream-group';
import { Subscriber } from './subscriber';

/** What plans live operations, and what checks and charges them: both of one supergraph. */
export interface Planning {
  readonly generation: Generation;
  readonly pipeline: Pipeline;
}

export interface EngineOptions extends Planning {
  readonly directory: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** An error as clients see it. */
  readonly formatError: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly limits?: Partial<EngineLimits>;
  readonly tracing?: Tracing | null;
}

export interface EngineLimits {
  /** Live streams of this process. */
  readonly total: number;
  /** Live streams of one officer in this process. */
  readonly perReader: number;
  /** Live streams of readers without a token from one network. */
  readonly perNetwork: number;
  /** Events that may wait for one slow reader, and their characters. */
  readonly frames: number;
  readonly characters: number;
}

export const defaultLimits: EngineLimits = { total: 50_000, perReader: 20_000, perNetwork: 2_000, frames: 256, characters: 4 * 1024 * 1024 };

/** A live operation, checked: it may be planned and opened. */
export interface LiveQuestion {
  readonly prepared: Prepared;
  readonly context: HubContext;
  readonly asker: Asker;
  readonly onBeat: (beat: Beat) => void;
}

/** The same with its plan. */
interface Live extends LiveQuestion {
  readonly plan: SubscriptionPlan;
  readonly planning: Planning;
}

/** Streams of one group, and how they move to another supergraph. */
interface Shared {
  readonly group: StreamGroup;
  move(next: Planning): void;
}

/** Live operations of the process, whatever carries them: shares upstreams and executions, ends what may not go on. */
export class SubscriptionEngine {
  private readonly groups = new Map<string, Shared>();
  /** Live streams by who has them. */
  private readonly held = new Map<string, number>();
  private readonly streams: LiveStreams;
  private readonly limits: EngineLimits;
  private planning: Planning;
  isDraining = false;

  constructor(private readonly options: EngineOptions) {
    this.planning = options;
    this.limits = { ...defaultLimits, ...options.limits };
    this.streams = new LiveStreams(options.directory, options.clock);
  }

  get openStreams(): number {
    return this.streams.size;
  }

  get openUpstreams(): number {
    return this.groups.size;
  }

  /** Completes all streams and opens no more. */
  drain(): void {
    this.isDraining = true;
    this.streams.endAll();
  }

  close(): void {
    this.streams.close();
    for (const { group } of [...this.groups.values()]) group.close();
  }

  /**
   * Moves all streams to another supergraph, one group after the other: those whose upstream stays the same notice nothing, others
   * are opened anew from their cursor, and those that the new graph does not know end with an error that says so.
   *
   * @param spreadMs - over how long, so that not all are opened anew at once
   */
  async adopt(next: Planning, spreadMs = 1_000): Promise<void> {
    this.planning = next;
    const all = [...this.groups.values()];
    for (const shared of all) {
      await sleep(Math.min(20, spreadMs / all.length));
      shared.move(next);
    }
  }

  /**
   * @returns why not, as a result without data
   * @throws SlicingArgumentRequired, CostLimitExceeded, BudgetExhausted
   */
  async open(question: LiveQuestion): Promise<Subscriber | ExecutionResult> {
    if (this.isDraining) return { errors: [toGraphQLError(new GatewayDraining())] };
    const { asker, context: { principal }, prepared } = question;
    const { planning } = this;
    const { figures, gate } = planning.pipeline;
    try {
      await gate.begin(prepared.ready.cost, prepared.variables, asker);
    } catch (cause) {
      figures.refused(cause instanceof DomainError ? cause.code : undefined);
      throw cause;
    }
    const plan = planned(planning, prepared, question.context);
    if (plan instanceof GraphQLError) return { errors: [plan] };
    const live: Live = { ...question, plan, planning };
    const reader = readerKey(principal);
    // All who have no token are one reader to the services, and must not crowd each other out.
    const holder = principal.kind === 'public' ? `public ${networkOf(asker.address)}` : reader;
    // Behind an address of the house stands a proxy, and behind that everybody.
    const most = principal.kind === 'public' && !isOfTheHouse(asker.address) ? this.limits.perNetwork : this.limits.perReader;
    if (this.streams.size >= this.limits.total || (this.held.get(holder) ?? 0) >= most) return { errors: [toGraphQLError(new SubscriptionsExhausted())] };
    const { after, variables } = plan.resume(prepared.variables);
    const group = this.groupFor(keyOf(reader, prepared, variables), live);
    const release = group.hold();
    const replaying = after === null ? null : new AbortController();
    const subscriber = this.subscriberFor(live, holder, group, replaying);
    try {
      await group.ready;
      if (after === null || !replaying) group.join(subscriber);
      else await this.catchUp(group, subscriber, live, after, replaying);
    } catch (cause) {
      subscriber.end(null);
      if (cause instanceof UpstreamRefused) return refusalOf(cause, plan);
      throw cause;
    } finally {
      release();
    }
    // The reader may have lost his access while the stream was opened.
    const lost = lostAccess(principal, this.options.directory, this.options.clock);
    if (lost || this.isDraining) subscriber.end(lost && toGraphQLError(lost));
    return subscriber;
  }

  private subscriberFor({ context: { principal }, onBeat, plan }: Live, holder: string, group: StreamGroup, replaying: AbortController | null): Subscriber {
    const closed = this.options.metrics.subscriptionOpened(plan.field);
    this.held.set(holder, (this.held.get(holder) ?? 0) + 1);
    const subscriber: Subscriber = new Subscriber({
      principal, onBeat, maxFrames: this.limits.frames, maxCharacters: this.limits.characters, onOverflow: () => this.streamFigures.overflow(),
      onClose: () => {
        this.streams.delete(subscriber);
        group.leave(subscriber);
        replaying?.abort(); // an upstream that is silent would else be kept for nobody until it speaks
        const left = (this.held.get(holder) ?? 1) - 1;
        if (left > 0) this.held.set(holder, left);
        else this.held.delete(holder);
        closed();
      },
    });
    this.streams.add(subscriber, principal);
    return subscriber;
  }

  private groupFor(key: string, first: Live): StreamGroup {
    const known = this.groups.get(key);
    if (known) return known.group;
    let live = first;
    // Who opened the stream may have gone, or his token may have ended: others speak for themselves.
    const spoken = (): Live => {
      const { speaker } = group;
      return speaker ? { ...live, context: { ...live.context, principal: speaker } } : live;
    };
    const group: StreamGroup = new StreamGroup({
      opening: () => this.opening(spoken),
      complete: (result) => this.complete(spoken(), result),
      gap: JSON.stringify({ data: null, extensions: { gap: { reason: 'UPSTREAM_LOST' } } }),
      onGap: () => this.streamFigures.gap(),
      mayRead: (subscriber) => this.mayRead(subscriber, live),
      onFailure: (cause, subscriber) => subscriber.finish(this.lastWord(cause, live.plan)),
      onClose: () => {
        if (this.groups.get(key)?.group === group) this.groups.delete(key);
      },
    });
    const move = (next: Planning): void => {
      const moved = movedTo(next, spoken());
      if (!moved) {
        group.finishAll(toGraphQLError(new SubscriptionSchemaReload()));
        return group.close();
      }
      const isSame = moved.plan.upstream.query === live.plan.upstream.query && moved.plan.primary.serviceName === live.plan.primary.serviceName;
      live = moved;
      if (!isSame) group.restart();
    };
    this.groups.set(key, { group, move });
    return group;
  }

  private opening(live: () => Live): Omit<UpstreamOpening, 'signal' | 'after'> {
    return {
      open: (after) => {
        const { context, plan, planning, prepared: { variables } } = live();
        return planning.generation.openStream(plan, { variables, context: this.fresh(context) }, after);
      },
      placeOf: (result) => live().plan.placeOf(result),
      resumable: live().plan.resumable,
      onLoss: (waitMs) => {
        this.streamFigures.reconnect();
        this.options.logger.warn({ service: live().plan.primary.serviceName, waitMs: Math.round(waitMs) }, 'a live stream was lost and is opened again');
      },
    };
  }

  /** Replays for one reader until he has reached what the group keeps; resolves as soon as the service has taken the stream. */
  private catchUp(group: StreamGroup, subscriber: Subscriber, question: Live, after: string, aborted: AbortController): Promise<void> {
    const release = group.hold();
    return new Promise((resolve, reject) => {
      const replay = async (): Promise<void> => {
        for await (const happening of followUpstream({ ...this.opening(() => question), after, signal: aborted.signal, onOpen: resolve })) {
          if (subscriber.hasEnded) return;
          if (happening.kind === 'gap') continue; // only fields with a cursor are replayed
          if (happening.kind === 'beat') subscriber.beat(happening);
          else {
            await subscriber.room();
            await setImmediate();
            const text = await this.complete(question, happening.result);
            if (!this.mayRead(subscriber, question)) return;
            subscriber.push({ text, position: happening.position, cursor: happening.cursor });
          }
          if (group.joinAt(subscriber, happening)) return;
        }
      };
      replay()
        .catch((cause: unknown) => {
          reject(cause as Error);
          subscriber.finish(this.lastWord(cause, question.plan));
        })
        .finally(() => {
          aborted.abort();
          release();
          resolve(); // the reader may have gone before the service took the stream
        });
    });
  }

  private get streamFigures(): DoorFigures['streams'] {
    return this.planning.pipeline.figures.streams;
  }

  /** An event is the beginning of a trace: the request that opened the stream has long been answered. */
  private complete(live: Live, event: ExecutionResult): Promise<string> {
    this.streamFigures.event();
    const { tracing } = this.options;
    return tracing ? tracing.begin(`event ${live.plan.field}`, null, { attributes: { 'hub.service': live.plan.primary.serviceName } }, () => this.completed(live, event)) : this.completed(live, event);
  }

  private async completed({ asker, context, plan, planning, prepared: { ready, variables } }: Live, event: ExecutionResult): Promise<string> {
    const result = await planning.generation.completeEvent(plan, event, { variables, context: this.fresh(context) });
    planning.pipeline.gate.event(ready.cost, variables, { ...asker, principal: context.principal }, result.data);
    const { errors, ...rest } = result;
    if (!errors) return JSON.stringify(rest);
    for (const error of errors) {
      if (error instanceof GraphQLError && isBug(error.toJSON())) this.options.logger.error({ err: error.originalError ?? error }, 'an event failed');
    }
    return JSON.stringify({ ...rest, errors: errors.map((error) => this.options.formatError(error instanceof GraphQLError ? error.toJSON() : error)) });
  }

  /** Asked for each event: a token may have ended, an agency changed, a policy turned. */
  private mayRead(subscriber: Subscriber, { plan, planning }: Live): boolean {
    if (!this.streams.recheck(subscriber)) return false;
    if (planning.generation.holds(plan, subscriber.principal, this.options.clock.now())) return true;
    subscriber.end(toGraphQLError(new AuthorizationChanged()));
    return false;
  }

  private fresh(context: HubContext): HubContext {
    return { ...context, receivedAt: this.options.clock.now() };
  }

  private lastWord(cause: unknown, plan: SubscriptionPlan): GraphQLError {
    if (cause instanceof UpstreamRefused) {
      const [first] = refusalOf(cause, plan).errors ?? [];
      if (first) return first;
    } else this.options.logger.error({ err: cause }, 'a live stream broke');
    const { extensions, message } = toGraphQLError(cause instanceof DomainError ? cause : new ServiceUnavailable(plan.primary.serviceName));
    return new GraphQLError(message, { path: [plan.key], extensions });
  }
}

/** What the service refused with, at the place of the field that the client asked for. */
function refusalOf({ result: { errors } }: UpstreamRefused, { key, primary }: SubscriptionPlan): ExecutionResult {
  const given = errors?.length ? errors : [toGraphQLError(new ServiceUnavailable(primary.serviceName))];
  return { errors: given.map((error) => new GraphQLError(error.message, { path: error.path ?? [key], extensions: error.extensions })) };
}

function planned({ generation }: Planning, { document, key, ready }: Prepared, context: HubContext): SubscriptionPlan | GraphQLError {
  try {
    return generation.planSubscription(document, key, ready.name, context);
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

/** The same question to another supergraph; null when that does not know it. */
function movedTo(planning: Planning, live: Live): Live | null {
  const { context, prepared: { ready, text, variables } } = live;
  const prepared = planning.pipeline.prepare({ query: text, operationName: ready.name, variables }, context.principal);
  if (!('ready' in prepared)) return null;
  const plan = planned(planning, prepared, context);
  return plan instanceof GraphQLError ? null : { ...live, prepared, plan, planning };
}

/** Who asks the same with the same rights gets the same. */
function keyOf(reader: string, { key, ready }: Prepared, variables: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(variables).sort();
  return createHash('sha256').update(JSON.stringify([reader, key, ready.name, names.map((name) => [name, variables[name]])])).digest('base64');
}
