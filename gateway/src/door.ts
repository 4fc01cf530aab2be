import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import type { ApolloServer } from '@apollo/server';
import type { Clock } from '@casebridge/kernel';
import type { GraphQLError, GraphQLFormattedError } from 'graphql';
import type { HubContext } from './context';
import { Generation, type GenerationOptions } from './federation/generation';
import { createApollo } from './http/apollo';
import type { DoorName } from './limits';
import { figuresOf } from './observability/figures';
import { Pipeline, type PipelineOptions } from './pipeline';
import type { EngineLimits } from './subscriptions/limits';
import { type EngineOptions, SubscriptionEngine } from './subscriptions/engine';

/** All that is derived from one supergraph. */
interface Serving {
  readonly apollo: ApolloServer<HubContext>;
  readonly generation: Generation;
  readonly pipeline: Pipeline;
}

export type DoorOptions = GenerationOptions & PipelineOptions & Omit<EngineOptions, 'generation' | 'pipeline' | 'limits'> & { readonly streamLimits?: Partial<EngineLimits> };

/** An old supergraph is kept for the answers under way for this long at most, in milliseconds. */
const retireMs = 60_000;

/**
 * One contract and all that serves it: schema, planner, caches, limits, live streams. Another supergraph takes the place of the
 * present one without a request noticing: it is loaded and its plans are made before, and the old one lives until it is not needed.
 */
export class Door {
  readonly engine: SubscriptionEngine;
  private serving: Serving;
  private closed = false;

  /** @throws UnenforceableSupergraph */
  constructor(private readonly options: DoorOptions) {
    this.serving = servingOf(options);
    this.engine = new SubscriptionEngine({ ...options, ...this.serving, ...(options.streamLimits ? { limits: options.streamLimits } : {}) });
    const figures = figuresOf(options.metrics);
    figures.watchDoor(options.door, () => ({ documents: this.pipeline.remembered, plans: this.generation.plans, upstreams: this.engine.openUpstreams }));
    figures.watchConcurrency(() => options.concurrency.load);
  }

  get name(): DoorName {
    return this.options.door;
  }

  get clock(): Clock {
    return this.options.clock;
  }

  /** An error as clients see it. */
  formatError(error: GraphQLError): GraphQLFormattedError {
    return this.options.formatError(error.toJSON());
  }

  get apollo(): ApolloServer<HubContext> {
    return this.serving.apollo;
  }

  get generation(): Generation {
    return this.serving.generation;
  }

  get pipeline(): Pipeline {
    return this.serving.pipeline;
  }

  /** @throws when the supergraph cannot be loaded */
  start(): Promise<void> {
    return this.serving.apollo.start();
  }

  /** Plans the operations that are known beforehand, one by one: the first reader of each would wait for it otherwise. */
  async warmUp({ generation, pipeline }: Pick<Serving, 'generation' | 'pipeline'> = this.serving): Promise<void> {
    if (this.closed) return;
    for (const ready of pipeline.trustedOperations()) {
      await setImmediate();
      if (this.closed) return;
      try {
        generation.warm(ready);
      } catch (err) {
        this.options.logger.warn({ err, operation: ready.name }, 'a known operation cannot be planned');
      }
    }
  }

  /**
   * Loads another supergraph beside the present one and plans what is known of it.
   *
   * @returns what serves it from then on
   * @throws when it cannot be loaded; nothing has changed then
   */
  async prepare(supergraphSdl: string): Promise<() => Promise<void>> {
    const next = servingOf({ ...this.options, supergraphSdl, validate: true });
    await next.apollo.start();
    await this.warmUp(next);
    return async () => {
      const old = this.serving;
      this.serving = next;
      await this.engine.adopt(next);
      this.retire(old).catch((err: unknown) => this.options.logger.warn({ err }, 'the old supergraph could not be put away'));
    };
  }

  async stop(): Promise<void> {
    this.closed = true;
    this.engine.close();
    await this.serving.apollo.stop();
  }

  private async retire({ apollo, pipeline }: Serving): Promise<void> {
    for (let waited = 0; pipeline.underWay > 0 && waited < retireMs && !this.closed; waited += 50) await sleep(50, undefined, { ref: false });
    await apollo.stop();
  }
}

function servingOf(options: DoorOptions): Serving {
  const generation = new Generation(options);
  const pipeline = new Pipeline(generation, options);
  return { generation, pipeline, apollo: createApollo(generation, { ...options, documents: pipeline.documentsUnderWay }) };
}
