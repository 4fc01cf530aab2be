import { setImmediate } from 'node:timers/promises';
import type { Clock, Principal } from '@casebridge/kernel';
import type { Logger } from '@casebridge/platform';
import { AuthorizationChanged, SubscriptionSchemaReload, toGraphQLError } from '../errors';
import type { DoorFigures } from '../observability/figures';
import type { EventAnswers } from './event-answers';
import { followUpstream, type Happening, type UpstreamOpening } from './follow-upstream';
import { type Live, type Planning, planned } from './live-operation';
import type { LiveStreams } from './live-streams';
import { StreamGroup } from './stream-group';
import type { Subscriber } from './subscriber';

export interface SharedStreamOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly streams: LiveStreams;
  readonly answers: EventAnswers;
  readonly onClose: () => void;
}

type SomeOpening = Omit<UpstreamOpening, 'control' | 'after' | 'onOpen'>;

/** One question of readers with the same rights: how it is asked and answered now, whichever supergraph is served. */
export class SharedStream {
  readonly group: StreamGroup;

  constructor(private live: Live, private readonly options: SharedStreamOptions) {
    const { answers, onClose, streams } = options;
    this.group = new StreamGroup({
      opening: () => this.opening(() => this.spokenBy(this.group.speaker), () => this.group.speaker),
      complete: (result, speaker) => answers.complete(this.spokenBy(speaker), result),
      gap: JSON.stringify({ data: null, extensions: { gap: { reason: 'UPSTREAM_LOST' } } }),
      onGap: () => this.figures.gap(),
      mayRead: (subscriber) => streams.recheck(subscriber),
      holds: (speaker) => this.holds(speaker),
      lastWord: (cause) => answers.lastWord(cause, this.live.plan),
      onClose,
    });
  }

  /** Whether who asks with these rights now is one of those who are here. */
  isFor({ plan, planning }: Live): boolean {
    return !this.group.isClosed && planning === this.live.planning && plan.authorization.key === this.live.plan.authorization.key;
  }

  /** Asks another supergraph from now on; ends when that does not know the question. */
  move(next: Planning): void {
    const { live } = this;
    if (live.planning === next || this.group.isClosed) return;
    const { speaker } = this.group;
    if (!speaker) return; // nobody is left
    const { asker, context, planning: { pipeline }, prepared } = this.spokenBy(speaker);
    const moved = planned(next, { asker, context: this.options.answers.fresh(context), pipeline, prepared });
    if (!('plan' in moved)) return this.group.end(new SubscriptionSchemaReload());
    this.live = moved;
    if (isOther(live, moved)) this.group.reopen();
  }

  /** Replays for one reader until he has reached the group; resolves as soon as the service has taken the stream. */
  replay(subscriber: Subscriber, { asker, context }: Pick<Live, 'asker' | 'context'>, after: string): Promise<void> {
    const control = this.group.replay(subscriber);
    const mine = (): Live => ({ ...this.live, asker, context });
    return new Promise((resolve, reject) => {
      let isOpen = false;
      const onOpen = (): void => {
        isOpen = true;
        resolve();
      };
      const follow = async (): Promise<void> => {
        for await (const happening of followUpstream({ ...this.opening(mine, () => context.principal), after, control, onOpen })) {
          if (subscriber.hasEnded) return;
          if (happening.kind !== 'gap' && (await this.replayed(subscriber, happening, mine)) && this.group.joinAt(subscriber, happening)) return;
        }
      };
      follow()
        .catch((cause: unknown) => {
          reject(cause as Error);
          if (isOpen) subscriber.finish(this.options.answers.lastWord(cause, this.live.plan));
        })
        .finally(() => {
          control.end();
          resolve(); // the reader may have gone before the service took the stream
        });
    });
  }

  /** @returns whether he has it; else it comes again, or he has ended */
  private async replayed(subscriber: Subscriber, happening: Exclude<Happening, { readonly kind: 'gap' }>, mine: () => Live): Promise<boolean> {
    if (happening.kind === 'beat') {
      subscriber.beat(happening);
      return true;
    }
    await subscriber.room();
    await setImmediate();
    const result = subscriber.hasEnded ? null : happening.take();
    if (!result) return false;
    const text = await this.options.answers.complete(mine(), result);
    if (!this.options.streams.recheck(subscriber)) return false;
    if (!this.holds(subscriber.principal)) {
      subscriber.end(toGraphQLError(new AuthorizationChanged()));
      return false;
    }
    subscriber.push({ text, position: happening.position, cursor: happening.cursor });
    return true;
  }

  private get figures(): DoorFigures['streams'] {
    return this.live.planning.pipeline.figures.streams;
  }

  /** Who opened the stream may have gone, or his token may have ended: others speak for themselves. */
  private spokenBy(speaker: Principal | null): Live {
    const { live } = this;
    return speaker ? { ...live, context: { ...live.context, principal: speaker } } : live;
  }

  private opening(live: () => Live, speaker: () => Principal | null): SomeOpening {
    let openedBy: Principal | null = null;
    return {
      open: (after) => {
        const { context, plan, planning, prepared: { variables } } = live();
        openedBy = context.principal;
        return planning.generation.openStream(plan, { variables, context: this.options.answers.fresh(context) }, after);
      },
      anotherSpeaks: () => {
        const now = speaker();
        return now !== null && now !== openedBy;
      },
      placeOf: (result) => live().plan.placeOf(result),
      isResumable: () => live().plan.resumable,
      onLoss: (waitMs) => {
        this.figures.reconnect();
        this.options.logger.warn({ service: this.live.plan.primary.serviceName, waitMs: Math.round(waitMs) }, 'a live stream was lost and is opened again');
      },
    };
  }

  /** A token's rights may change with time, and a policy may turn. */
  private holds(principal: Principal): boolean {
    const { plan, planning } = this.live;
    return planning.generation.holds(plan, principal, this.options.clock.now());
  }
}

/** Whether the upstream is asked something else, or elsewhere: nobody keeps the old address alive for those who stay on it. */
const isOther = (before: Live, now: Live): boolean =>
  now.plan.upstream.query !== before.plan.upstream.query || now.planning.generation.portOf(now.plan) !== before.planning.generation.portOf(before.plan);
