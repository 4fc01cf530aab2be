import type { Principal } from '@casebridge/kernel';
import type { ExecutionResult } from 'graphql';
import { referralEventCursor, referralUpdates } from './referral-operations';
import type { ReferralWorld } from './referral-world';
import { dataOf } from './world';

export interface Told {
  readonly cursor: string;
  readonly position: number;
  readonly act: string;
  readonly statusAfter: string;
  readonly dueAtAfter: string | null;
  readonly referral: { readonly id: string; readonly version: number; readonly status: string; readonly case: unknown } | null;
}

export interface Following {
  readonly after?: string | null;
  readonly referralIds?: readonly string[];
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(done: () => boolean): Promise<void> {
  for (const end = Date.now() + 5_000; !done(); await pause(5)) if (Date.now() > end) throw new Error('did not happen within 5 s');
}

export const errorsOf = (result: ExecutionResult): unknown => result.errors?.map((e) => e.extensions);

/** A stream without a cursor begins with what this process shows after the call: waits until it has shown all there is. */
export async function caughtUp(world: ReferralWorld): Promise<void> {
  await world.settle();
  const { tail } = world.harness.service.deps;
  await tail.waitFor(await tail.head());
}

export const cursorOf = async (world: ReferralWorld, who: Principal): Promise<string> =>
  dataOf(await world.send<{ referralEventCursor: string }>(who, referralEventCursor)).referralEventCursor;

/** Whoever follows referrals, and what he has been told so far. */
export class Follower {
  readonly told: Told[] = [];
  /** Cursors of the heartbeats. */
  readonly beats: string[] = [];
  private errors: unknown = null;
  private readonly ended: Promise<void>;

  constructor(
    private readonly world: ReferralWorld,
    private readonly who: Principal,
    private readonly stream: AsyncGenerator<ExecutionResult, void, void>,
  ) {
    this.ended = this.read();
  }

  static async follow(world: ReferralWorld, who: Principal, following: Following = {}): Promise<Follower> {
    const stream = await world.subscribe(who, referralUpdates, { ...following });
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(errorsOf(stream)));
    return new Follower(world, who, stream);
  }

  private async read(): Promise<void> {
    for await (const result of this.stream) {
      const place = result.extensions?.['place'] as { cursor: string } | undefined;
      if (result.errors) this.errors = errorsOf(result);
      else if (result.data) this.told.push(result.data['referralUpdated'] as Told);
      else if (place) this.beats.push(place.cursor); // a place without data is a heartbeat
    }
  }

  /** Places in the log that the heartbeats stand for; a client cannot read them. */
  places(): number[] {
    const list = `referral-events ${this.who.kind === 'agency' ? this.who.agency.code : ''}`;
    return this.beats.map((cursor) => Number(this.world.harness.service.deps.cursors.decode(list, cursor)[0]));
  }

  /** Waits until all that has happened is told, and closes. */
  async close(): Promise<Told[]> {
    await this.world.settle();
    const end = await this.world.harness.service.deps.tail.head();
    await until(() => (this.places().at(-1) ?? -1) >= end);
    await this.stop();
    return this.told;
  }

  async stop(): Promise<void> {
    await Promise.all([this.stream.return(), this.ended]);
  }

  /** Waits for the stream to end by itself; gives the errors that it ended with. */
  async end(): Promise<unknown> {
    await this.ended;
    return this.errors;
  }
}
