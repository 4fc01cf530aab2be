import type { Clock } from '@casebridge/kernel';
import type { Account } from './budget-policy';
import { inTime } from './in-time';
import { type Ledger, LocalLedger } from './ledger';
import { BudgetExhausted } from './limits.errors';

export interface BudgetsOptions {
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** The ledger failed: from now on, for a second, this process spends on its own account. For the log and a metric. */
  readonly onLedgerFailure: (cause: unknown) => void;
  /** Milliseconds to wait for the ledger at most. Default 500. */
  readonly patienceMs?: number;
}

/** An operation that was paid for by its estimate. */
export interface Charge {
  /** Once it is known what it really cost. A second call does nothing. */
  settle(actual: number): void;
}

/** What one process holds of an account. */
interface Purse {
  readonly account: Account;
  /** Points in hand; below zero when operations cost more than was estimated. */
  balance: number;
  /** Points spent since `since`, and a second on average before that. */
  spent: number;
  since: number;
  perSecond: number;
  lastUsed: number;
  /** Points that were asked for the last time. */
  lease: number;
  /** Points that operations wait for. */
  awaited: number;
  asking: Promise<void> | null;
  /** Instant before which the ledger is known to have nothing. */
  emptyUntil: number;
}

/** Seconds of spending that a process takes ahead. */
const leaseSeconds = 1;
/** As parts of what an account gets in a second: the smallest lease, and the largest. */
const smallestLease = 1 / 50;
const largestLease = 1;
const pauseWhenEmptyMs = 100;
const pauseAfterFailureMs = 1_000;
const idleMs = 2_000;
const mostQuestions = 20;

/**
 * Charges operations to accounts. Each process takes points for about a second ahead and spends them without asking anybody, so
 * that most operations wait for nothing; all processes together never get more than an account has. What operations really cost
 * is corrected afterwards, so that an account may be overdrawn by what was estimated too low, and pays that off first.
 */
export class Budgets {
  private readonly purses = new Map<string, Purse>();
  private readonly local: LocalLedger;
  private failedUntil = 0;

  constructor(private readonly options: BudgetsOptions) {
    this.local = new LocalLedger(options.clock);
  }

  /**
   * Charges an operation to all of the accounts, or to none.
   *
   * @param cost - estimated; an account is charged its burst at most
   * @throws BudgetExhausted, at once or by rejecting
   */
  charge(accounts: readonly Account[], cost: number): Charge | Promise<Charge> {
    for (const [i, account] of accounts.entries()) {
      if (this.payNow(account, cost)) continue;
      const paid = accounts.slice(0, i);
      if (account.policy.shared) return this.chargeSlowly(paid, accounts.slice(i), cost);
      for (const other of paid) this.credit(other, priceFor(other, cost));
      throw this.refusal(account, cost);
    }
    return this.charged(accounts, cost);
  }

  /** Charges what has happened already, into debt if need be. */
  debit(accounts: readonly Account[], points: number): void {
    for (const account of accounts) this.credit(account, -points);
  }

  /** Gives back what was taken ahead and is not used; called every second or so. */
  async giveBackIdle(): Promise<void> {
    const now = this.now();
    await this.giveBack([...this.purses.values()].filter((purse) => now - purse.lastUsed >= idleMs && !purse.asking));
  }

  /** Gives back everything. What is charged afterwards is taken anew. */
  async close(): Promise<void> {
    for (const { asking } of [...this.purses.values()]) await asking;
    await this.giveBack([...this.purses.values()]);
  }

  private async giveBack(purses: readonly Purse[]): Promise<void> {
    await Promise.all(purses.map(async (purse) => {
      this.purses.delete(purse.account.name);
      if (purse.balance === 0) return;
      try {
        await inTime(this.options.ledger.giveBack(purse.account, purse.balance), this.patienceMs);
      } catch (cause) {
        this.options.onLedgerFailure(cause); // the account fills again by itself
      }
    }));
  }

  private payNow(account: Account, cost: number): boolean {
    const price = priceFor(account, cost);
    if (!account.policy.shared) {
      const taken = this.local.takeNow(account, price);
      if (taken >= price) return true;
      this.local.giveBackNow(account, taken);
      return false;
    }
    const purse = this.purseOf(account);
    purse.lastUsed = this.now();
    if (purse.balance < price) return false;
    purse.balance -= price;
    purse.spent += price;
    // Ahead of need, so that nobody waits.
    if (purse.balance < purse.lease / 2 && !purse.asking && purse.emptyUntil <= purse.lastUsed) void this.ask(purse);
    return true;
  }

  private async chargeSlowly(paid: readonly Account[], rest: readonly Account[], cost: number): Promise<Charge> {
    const done = [...paid];
    for (const account of rest) {
      if (this.payNow(account, cost) || (await this.payAfterAsking(account, cost))) {
        done.push(account);
        continue;
      }
      for (const other of done) this.credit(other, priceFor(other, cost));
      throw this.refusal(account, cost);
    }
    return this.charged(done, cost);
  }

  private async payAfterAsking(account: Account, cost: number): Promise<boolean> {
    if (!account.policy.shared) return false;
    const price = priceFor(account, cost);
    const purse = this.purseOf(account);
    purse.awaited += price;
    try {
      // Others may wait for the same answer and take what it brings.
      for (let questions = 0; questions < mostQuestions; questions++) {
        if (!purse.asking && purse.emptyUntil > this.now()) return false;
        await (purse.asking ?? this.ask(purse));
        if (this.payNow(account, cost)) return true;
      }
      return false;
    } finally {
      purse.awaited -= price;
    }
  }

  private ask(purse: Purse): Promise<void> {
    const now = this.now();
    const { account: { policy } } = purse;
    const seconds = Math.max(0.05, (now - purse.since) / 1000);
    purse.perSecond = (purse.perSecond + purse.spent / seconds) / 2;
    purse.spent = 0;
    purse.since = now;
    const lease = Math.min(Math.max(purse.perSecond * leaseSeconds, policy.perSecond * smallestLease), policy.perSecond * largestLease, policy.burst);
    purse.lease = Math.ceil(Math.max(lease, 1));
    const wanted = Math.ceil(Math.max(purse.awaited - purse.balance, purse.lease));
    purse.asking = this.taken(purse.account, wanted).then((granted) => {
      purse.asking = null;
      purse.balance += granted;
      if (granted < wanted) purse.emptyUntil = this.now() + pauseWhenEmptyMs;
    });
    return purse.asking;
  }

  private async taken(account: Account, wanted: number): Promise<number> {
    if (this.failedUntil > this.now()) return this.local.takeNow(account, wanted);
    const answer = this.options.ledger.take(account, wanted);
    try {
      return await inTime(answer, this.patienceMs);
    } catch (cause) {
      this.failedUntil = this.now() + pauseAfterFailureMs;
      this.options.onLedgerFailure(cause);
      answer.then((late) => this.credit(account, late), () => undefined);
      return this.local.takeNow(account, wanted);
    }
  }

  private charged(accounts: readonly Account[], cost: number): Charge {
    let open = true;
    return {
      settle: (actual) => {
        if (!open) return;
        open = false;
        for (const account of accounts) this.credit(account, priceFor(account, cost) - Math.max(0, actual));
      },
    };
  }

  private credit(account: Account, points: number): void {
    if (points === 0) return;
    if (!account.policy.shared) return this.local.giveBackNow(account, points);
    const purse = this.purseOf(account);
    purse.balance += points;
    purse.spent -= points;
  }

  private refusal(account: Account, cost: number): BudgetExhausted {
    const inHand = account.policy.shared ? this.purseOf(account).balance : this.local.levelOf(account);
    const seconds = Math.ceil((priceFor(account, cost) - inHand) / account.policy.perSecond);
    return new BudgetExhausted(cost, Math.max(1, seconds));
  }

  private purseOf(account: Account): Purse {
    let purse = this.purses.get(account.name);
    if (!purse) {
      const now = this.now();
      purse = { account, balance: 0, spent: 0, since: now, perSecond: 0, lastUsed: now, lease: 0, awaited: 0, asking: null, emptyUntil: 0 };
      this.purses.set(account.name, purse);
    }
    return purse;
  }

  private get patienceMs(): number {
    return this.options.patienceMs ?? 500;
  }

  private now(): number {
    return this.options.clock.now().getTime();
  }
}

/** What costs more than an account can ever hold empties it, and is not refused for ever. */
const priceFor = ({ policy }: Account, cost: number): number => Math.min(cost, policy.burst);
