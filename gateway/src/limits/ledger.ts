import type { Clock } from '@casebridge/kernel';
import type { Account, BudgetPolicy } from './budget-policy';

/** Where the accounts are kept. A process takes points ahead, spends them by itself and gives back what is left. */
export interface Ledger {
  /** Takes as many points as there are, at most `wanted`; returns how many it took. */
  take(account: Account, wanted: number): Promise<number>;
  giveBack(account: Account, points: number): Promise<void>;
  /** Forgets accounts that are full because nobody has used them for long. */
  forgetIdle?(): Promise<void>;
}

interface Bucket {
  level: number;
  at: number;
}

/** Fills a bucket up to now. */
function fill(bucket: Bucket, { burst, perSecond }: BudgetPolicy, now: number): void {
  const elapsed = Math.max(0, now - bucket.at); // a clock that is set back fills nothing
  bucket.level = Math.min(burst, bucket.level + (elapsed / 1000) * perSecond);
  bucket.at = now;
}

/** Accounts of this process alone: for networks of the public, for installations without a database, and while it is away. */
export class LocalLedger implements Ledger {
  private readonly buckets = new Map<string, Bucket>();

  /** @param most - accounts at once; with more, those that were used least recently start afresh */
  constructor(
    private readonly clock: Clock,
    private readonly most = 20_000,
  ) {}

  /** As `take`, without waiting. */
  takeNow({ name, policy }: Account, wanted: number): number {
    const bucket = this.bucketOf(name, policy);
    const taken = Math.min(Math.max(0, Math.floor(bucket.level)), wanted);
    bucket.level -= taken;
    return taken;
  }

  take(account: Account, wanted: number): Promise<number> {
    return Promise.resolve(this.takeNow(account, wanted));
  }

  /** Negative for what was spent beyond what was taken; a debt is paid off by filling. */
  giveBackNow({ name, policy }: Account, points: number): void {
    const bucket = this.bucketOf(name, policy);
    bucket.level = Math.min(policy.burst, bucket.level + points);
  }

  giveBack(account: Account, points: number): Promise<void> {
    this.giveBackNow(account, points);
    return Promise.resolve();
  }

  /** Points in an account now. */
  levelOf({ name, policy }: Account): number {
    return this.bucketOf(name, policy).level;
  }

  get size(): number {
    return this.buckets.size;
  }

  private bucketOf(name: string, policy: BudgetPolicy): Bucket {
    const now = this.clock.now().getTime();
    const bucket = this.buckets.get(name) ?? { level: policy.burst, at: now };
    fill(bucket, policy, now);
    this.buckets.delete(name); // the order of a map is that of insertion: what was used goes to the end
    this.buckets.set(name, bucket);
    if (this.buckets.size > this.most) {
      const [oldest] = this.buckets.keys();
      if (oldest !== undefined) this.buckets.delete(oldest);
    }
    return bucket;
  }
}
