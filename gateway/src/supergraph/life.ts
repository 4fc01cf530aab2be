import type { CheckResult, Logger } from '@casebridge/platform';
import type { Supergraphs, SupergraphSource } from './artefact';
import type { LastGood } from './last-good';

/** A supergraph that was had and cannot be loaded. */
export class SupergraphUnservable extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : 'The supergraph cannot be loaded', { cause });
    this.name = 'SupergraphUnservable';
  }
}

export interface LifeOptions {
  readonly source: SupergraphSource;
  readonly lastGood: LastGood;
  readonly logger: Logger;
}

export interface Reloaded {
  readonly reloaded: boolean;
  /** Why not. */
  readonly reason?: string;
}

interface Serves {
  reload(next: Supergraphs): Promise<void>;
}

/** What the gateway serves over its life: the newest supergraph that can be loaded, at the start the last good one if need be. */
export class SupergraphLife {
  private present: Supergraphs | null = null;
  private fault: string | null = null;
  private working: Promise<Reloaded> | null = null;

  constructor(private readonly options: LifeOptions) {}

  /**
   * Starts a gateway on the newest supergraph, or on the last good one when the newest cannot be had or loaded.
   *
   * @throws what the newest failed with, when there is no last good one either
   */
  async start<T>(open: (supergraphs: Supergraphs) => Promise<T>): Promise<T> {
    const { lastGood, logger, source } = this.options;
    let newest: Supergraphs | null = null;
    try {
      newest = await source();
      return await this.opened(newest, open);
    } catch (cause) {
      // A port that is taken is not the supergraph's fault.
      const kept = newest && !(cause instanceof SupergraphUnservable) ? null : await lastGood.read();
      if (!kept) throw cause;
      this.fault = wordsOf(cause);
      logger.error({ err: cause }, 'the supergraph cannot be served: the last good one is');
      return this.opened(kept, open);
    }
  }

  /** Reads the source again and serves what it has. Never throws: what is wrong is told, and the present one stays. */
  reload(gateway: Serves): Promise<Reloaded> {
    this.working ??= this.replaced(gateway).finally(() => (this.working = null));
    return this.working;
  }

  /** For readiness: a gateway on an old supergraph serves, and says so. */
  check(): CheckResult {
    return this.fault === null ? { ok: true } : { ok: true, message: `on the last good supergraph: ${this.fault}` };
  }

  private async opened<T>(supergraphs: Supergraphs, open: (supergraphs: Supergraphs) => Promise<T>): Promise<T> {
    const gateway = await open(supergraphs);
    await this.keep(supergraphs);
    return gateway;
  }

  private async replaced(gateway: Serves): Promise<Reloaded> {
    const { logger, source } = this.options;
    try {
      const next = await source();
      if (isOlder(next, this.present)) return this.refused(`it was released at ${next.releasedAt}, before the present one`);
      if (next.supergraphSdl === this.present?.supergraphSdl && next.publicSupergraphSdl === this.present.publicSupergraphSdl) {
        return { reloaded: false, reason: 'It is the present one' };
      }
      await gateway.reload(next);
      this.fault = null;
      await this.keep(next);
      logger.info({ releasedAt: next.releasedAt }, 'another supergraph is served');
      return { reloaded: true };
    } catch (cause) {
      logger.error({ err: cause }, 'a supergraph cannot be served: the present one stays');
      return this.refused(wordsOf(cause));
    }
  }

  private refused(reason: string): Reloaded {
    this.fault = reason;
    return { reloaded: false, reason };
  }

  private async keep(supergraphs: Supergraphs): Promise<void> {
    this.present = supergraphs;
    await this.options.lastGood.keep(supergraphs).catch((err: unknown) => this.options.logger.warn({ err }, 'the supergraph could not be kept for the next start'));
  }
}

const isOlder = (next: Supergraphs, present: Supergraphs | null): boolean =>
  next.releasedAt !== null && present?.releasedAt != null && Date.parse(next.releasedAt) < Date.parse(present.releasedAt);

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message.replaceAll(/\s*\n\s*/g, ' ').slice(0, 1_000) : 'unknown');
