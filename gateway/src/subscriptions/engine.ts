import { setTimeout as sleep } from 'node:timers/promises';
import { type Clock, DomainError } from '@casebridge/kernel';
import type { Directory, Logger, Metrics } from '@casebridge/platform';
import type { ExecutionResult } from 'graphql';
import { GatewayDraining, SubscriptionsExhausted, toGraphQLError } from '../errors';
import { isThisMachine, networkOf } from '../limits';
import { readerKey } from '../sources/reader-key';
import { EventAnswers, type EventAnswersOptions } from './event-answers';
import { UpstreamRefused } from './follow-upstream';
import { type EngineLimits, streamLimits } from './limits';
import { type Live, type LiveQuestion, type Planning, planned, questionKey, refusalOf } from './live-operation';
import { LiveStreams, lostAccess } from './live-streams';
import { SharedStream } from './shared-stream';
import { Subscriber } from './subscriber';

export interface EngineOptions extends Planning, EventAnswersOptions {
  readonly directory: Directory;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly limits?: Partial<EngineLimits>;
}

const stepMs = 20;

/** Live operations of the process, whatever carries them: shares upstreams and executions, ends what may not go on. */
export class SubscriptionEngine {
  /** Those that a newcomer may join, by what they ask in whose name. */
  private readonly joinable = new Map<string, SharedStream>();
  private readonly shared = new Set<SharedStream>();
  /** Live streams by who has them. */
  private readonly held = new Map<string, number>();
  private readonly streams: LiveStreams;
  private readonly answers: EventAnswers;
  private readonly limits: EngineLimits;
  private planning: Planning;
  private openNow = 0;
  isDraining = false;

  constructor(private readonly options: EngineOptions) {
    this.planning = options;
    this.limits = { ...streamLimits, ...options.limits };
    this.streams = new LiveStreams(options.directory, options.clock);
    this.answers = new EventAnswers(options);
  }

  /** Those that have not ended, as far as the gateway is concerned. */
  get openStreams(): number {
    return this.openNow;
  }

  get openUpstreams(): number {
    return this.shared.size;
  }

  /** Completes all streams and opens no more. */
  drain(): void {
    this.isDraining = true;
    this.streams.endAll();
  }

  close(): void {
    this.isDraining = true;
    this.streams.close();
    for (const { group } of [...this.shared]) group.close();
  }

  /**
   * Moves all streams to another supergraph, some after the others: those whose upstream stays the same notice nothing, others
   * are opened anew from their cursor, and those that the new graph does not know end with an error that says so.
   *
   * @param spreadMs - over how long, so that not all are opened anew at once
   */
  async adopt(next: Planning, spreadMs = 1_000): Promise<void> {
    this.planning = next;
    const all = [...this.shared];
    const atOnce = Math.ceil((all.length * stepMs) / Math.max(stepMs, spreadMs));
    for (const [n, shared] of all.entries()) {
      if (n % atOnce === 0) await sleep(Math.min(stepMs, spreadMs));
      shared.move(this.planning); // perhaps a later one by now
    }
  }

  /**
   * @returns why not, as a result without data
   * @throws SlicingArgumentRequired, CostLimitExceeded, BudgetExhausted
   */
  async open(question: LiveQuestion): Promise<Subscriber | ExecutionResult> {
    if (this.isDraining) return goingAway();
    await this.charge(question);
    if (this.isDraining) return goingAway();
    // Nothing is waited for until it is in its group: what serves then is what it is planned for, and what it is moved from.
    const live = planned(this.planning, question);
    if (!('plan' in live)) return { errors: live };
    const { context: { principal }, plan, prepared } = live;
    const reader = readerKey(principal);
    const holder = this.holderOf(live, reader);
    if (!holder) return { errors: [toGraphQLError(new SubscriptionsExhausted())] };
    const { after, variables } = plan.resume(prepared.variables);
    const shared = this.sharedFor(questionKey(reader, prepared, variables), live);
    const subscriber = this.subscriberFor(question, plan.field, holder, shared);
    try {
      await shared.group.ready;
      if (after === null) shared.group.join(subscriber);
      else if (!subscriber.hasEnded) await shared.replay(subscriber, live, after);
    } catch (cause) {
      if (subscriber.hasEnded) return subscriber;
      subscriber.end(null);
      if (cause instanceof UpstreamRefused) return refusalOf(cause, plan);
      if (cause instanceof DomainError) return { errors: [toGraphQLError(cause)] };
      throw cause;
    }
    if (this.isDraining) {
      subscriber.end(null);
      return goingAway();
    }
    // The reader may have lost his access while the stream was opened.
    const lost = lostAccess(principal, this.options.directory, this.options.clock);
    if (lost) subscriber.end(toGraphQLError(lost));
    return subscriber;
  }

  private async charge({ asker, prepared: { ready, variables } }: LiveQuestion): Promise<void> {
    const { figures, gate } = this.planning.pipeline;
    try {
      await gate.begin(ready.cost, variables, asker);
    } catch (cause) {
      figures.refused(cause instanceof DomainError ? cause.code : undefined);
      throw cause;
    }
  }

  /** @returns null for who has as many streams as he may have */
  private holderOf({ asker, context: { principal } }: Live, reader: string): string | null {
    // All who have no token are one reader to the services, and must not crowd each other out.
    const holder = principal.kind === 'public' ? `public ${networkOf(asker.address)}` : reader;
    // An address of this machine is that of a proxy, and behind it stands everybody.
    const most = principal.kind === 'public' && !isThisMachine(asker.address) ? this.limits.perNetwork : this.limits.perReader;
    return this.streams.size >= this.limits.total || (this.held.get(holder) ?? 0) >= most ? null : holder;
  }

  private subscriberFor({ context: { principal }, onBeat }: LiveQuestion, field: string, holder: string, { group }: SharedStream): Subscriber {
    const closed = this.options.metrics.subscriptionOpened(field);
    this.held.set(holder, (this.held.get(holder) ?? 0) + 1);
    this.openNow += 1;
    const subscriber: Subscriber = new Subscriber({
      principal, onBeat, maxFrames: this.limits.frames, maxCharacters: this.limits.characters,
      onOverflow: () => this.planning.pipeline.figures.streams.overflow(),
      onEnd: () => {
        this.openNow -= 1;
        group.leave(subscriber);
        closed();
      },
      onClose: () => {
        this.streams.delete(subscriber);
        const left = (this.held.get(holder) ?? 1) - 1;
        if (left > 0) this.held.set(holder, left);
        else this.held.delete(holder);
      },
    });
    this.streams.add(subscriber, principal);
    group.expect(subscriber);
    return subscriber;
  }

  private sharedFor(key: string, live: Live): SharedStream {
    const known = this.joinable.get(key);
    known?.move(this.planning); // its turn comes now: who asks after another supergraph came is not answered by the old one
    if (known?.isFor(live)) return known;
    const { answers, options: { clock, logger }, streams } = this;
    const shared: SharedStream = new SharedStream(live, {
      answers, clock, logger, streams,
      onClose: () => {
        this.shared.delete(shared);
        if (this.joinable.get(key) === shared) this.joinable.delete(key);
      },
    });
    this.shared.add(shared);
    this.joinable.set(key, shared);
    return shared;
  }
}

const goingAway = (): ExecutionResult => ({ errors: [toGraphQLError(new GatewayDraining())] });
