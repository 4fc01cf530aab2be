import { type Citation, Conflict, DomainError, type ErrorKind, houseRule } from '@casebridge/kernel';
import type { EntityManager } from 'typeorm';
import type { RequestContext } from '../graph';
import { committedAfter, noteActCommit } from './act-commit.repository';
import { ActRefused } from './act.errors';
import { RecentCommits } from './recent-commits';
import { type Acting, useCase } from './use-case';

/** A record as an act finds it, once it is known to be open to who acts. */
export interface Found {
  readonly id: string;
  readonly state: string;
  readonly changedAt: Date;
  /** It was seen to change while this act waited for its lock. */
  readonly changedMeanwhile?: boolean;
}

const commits = new RecentCommits();
const CHANGED = 'The record was changed while this request was under way';

/** The record that an act is on. A refusal tells of it what was found, so what is not open to the caller must not be put here. */
export class ActTarget {
  private found: Found | null = null;
  private lost = false;
  /** Whether what was done to the record after the request had arrived may be told. */
  private open = false;

  constructor(private readonly receivedAt: Date) {}

  get state(): string | null {
    return this.found?.state ?? null;
  }

  /** Somebody else changed the record after the request had reached the hub: of ten acts sent at once one succeeds. */
  get lostRace(): boolean {
    return this.lost;
  }

  /** A record that is there and stands as it is; the last one found is the one that the act is on. */
  is(found: Found): void {
    this.found = found;
    this.open = true;
    this.lost = found.changedMeanwhile === true || commits.overtook(found.id, found.changedAt, this.receivedAt);
  }

  /** A record that the caller sees as it stood at an instant, and nothing later: what others did to it since is not told. */
  was(found: Found): void {
    this.found = found;
    this.open = false;
    this.lost = found.changedMeanwhile === true || found.changedAt.getTime() >= this.receivedAt.getTime();
  }

  /** Asks for what other processes committed; a refusal must know, an act that is done need not. */
  async askForRace(em: EntityManager): Promise<void> {
    if (!this.lost && this.open && this.found) this.lost = await committedAfter(em, this.found.id, this.receivedAt);
  }

  /**
   * By what was found itself.
   *
   * @throws Conflict
   */
  refuseIfChanged(): void {
    if (this.lost) throw new Conflict(CHANGED);
  }

  /**
   * For acts that no state keeps from being done twice.
   *
   * @throws Conflict
   */
  async refuseIfOvertaken(em: EntityManager): Promise<void> {
    await this.askForRace(em);
    this.refuseIfChanged();
  }
}

/** What an act is given. Records are locked with it, so that none can be without its refusals saying how they stood. */
export interface ActOn extends Acting {
  readonly target: ActTarget;
}

export interface ActDefinition<Result> {
  /** The article that the act rests on: that of its refusals for the state of the record or the rights of the caller. */
  readonly basis: Citation;
  readonly revive: (acting: ActOn, stored: Result) => Promise<Result>;
  /** Ids of the records that it changed, as its target names them. */
  readonly changed: (result: Result) => readonly string[];
}

/**
 * Defines an act of a service: a use case whose refusals all carry code, state and article (or the house rule where no article says so), and of which ten sent at once have one
 * effect and nine CONFLICTs.
 *
 * @throws ActRefused for every refusal but those that must tell nothing of the record: NOT_FOUND, and that there is no token
 */
export const defineAct =
  <Command extends object, Result>(
    name: string,
    run: (acting: ActOn, command: Command) => Promise<Result>,
    { basis, revive, changed }: ActDefinition<Result>,
  ) =>
  async (ctx: RequestContext, command: Command, key: string): Promise<Result> => {
    const target = new ActTarget(ctx.request.receivedAt);
    let changes: readonly string[] = [];
    const perform = useCase<Command, Result>(
      name,
      async (acting, given) => {
        const result = await run({ ...acting, target }, given);
        changes = changed(result);
        await noteActCommit(acting.tx.em, changes, ctx.deps.clock.now());
        return result;
      },
      { revive: (acting, stored) => revive({ ...acting, target }, stored) },
    );
    try {
      const result = await perform(ctx, command, key);
      for (const id of changes) commits.note(id, ctx.deps.clock.now());
      return result;
    } catch (cause) {
      if (isOfState(cause)) await target.askForRace(ctx.deps.dataSource.manager);
      throw refusalOf(cause, target, basis);
    }
  };

/** Refusals that rest on no article, whatever act they are of: how an input is written, who comes too late, a key that is used twice. */
const noArticle: Readonly<Record<string, Citation>> = {
  BAD_USER_INPUT: houseRule('输入校验'), CONFLICT: houseRule('并发修改'), IDEMPOTENCY_KEY_REUSED: houseRule('幂等键'),
};

/** Refusals of these kinds say the same whether there is a record or not. */
const silent: ReadonlySet<ErrorKind> = new Set(['NOT_FOUND', 'UNAUTHENTICATED', 'UNAVAILABLE']);

/** Refused for the state that the record was in. */
const isOfState = (cause: unknown): boolean => cause instanceof DomainError && cause.kind === 'CONFLICT' && cause.state !== undefined;

function refusalOf(cause: unknown, target: ActTarget, basis: Citation): unknown {
  if (!(cause instanceof DomainError) || silent.has(cause.kind)) return cause;
  // Refused for the state it met, and that state is somebody else's doing of a moment ago: the race is lost.
  const refusal = isOfState(cause) && target.lostRace ? new Conflict(CHANGED) : cause;
  return new ActRefused(refusal, { state: cause.state ?? target.state, basis: refusal.basis ?? noArticle[refusal.code] ?? basis });
}

/** When an act of this request happens: never before the last act on the record, whatever the clocks of two processes say. */
export const instantOf = (acting: Acting, record: { readonly updatedAt: Date } | null): Date => {
  const now = acting.tx.clock.now();
  return record && record.updatedAt > now ? record.updatedAt : now;
};

/** The same act, bound to one instant: all that it writes bears it. */
export const at = (acting: ActOn, now: Date): ActOn => ({ ...acting, tx: { ...acting.tx, clock: { now: () => new Date(now) } } });

/**
 * @param expected - the version that the caller read, or none
 * @throws Conflict when the record has another version
 */
export function assertVersion(actual: number, expected: number | null | undefined): void {
  if (expected != null && expected !== actual) throw new Conflict(`The record has version ${actual}, not ${expected}`, { field: 'input.expectedVersion' });
}
