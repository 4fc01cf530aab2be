import type { Principal } from '@casebridge/kernel';
import type { Variables } from './amount';
import type { Budgets, Charge } from './budget';
import { accountsOf, type BudgetPolicies, budgetPolicies, isThisMachine, networkOf } from './budget-policy';
import { type ConcurrencyGate, publicTurn } from './concurrency';
import type { OperationCost } from './cost';
import { ClientGone, CostLimitExceeded, GatewayBusy } from './limits.errors';
import type { Patience } from './patience';

export interface OperationGateOptions {
  readonly budgets: Budgets;
  readonly concurrency: ConcurrencyGate;
  /** Points that one operation may cost at this door. */
  readonly costLimit: number;
  /** Default `budgetPolicies`. */
  readonly policies?: BudgetPolicies;
}

export interface Asker {
  readonly principal: Principal;
  /** Of the client, as the socket or a trusted proxy says. */
  readonly address: string;
  /** Who waits for the answer; without it somebody always does. */
  readonly client?: Client;
}

export interface Client {
  /** @returns what takes the listener away again */
  onGone(listener: () => void): () => void;
}

/** An operation that was let in: it runs now. */
export interface Entry {
  /** Points that it may cost. */
  readonly estimate: number;
  /**
   * It has been answered, or has failed: to be called exactly once whatever happened.
   *
   * @param data - of the answer; null or undefined when there is none
   * @returns points that it really cost
   */
  done(data: unknown): number;
}

/** The limits on running, in the order in which they cost least to ask: cost of one operation, budget, concurrency. */
export class OperationGate {
  constructor(private readonly options: OperationGateOptions) {}

  /**
   * @param patience - bounds the waits for the budget and for a place
   * @throws SlicingArgumentRequired, CostLimitExceeded, BudgetExhausted, ConcurrencyLimit, GatewayBusy, ClientGone
   */
  async enter(cost: OperationCost, variables: Variables, asker: Asker, patience?: Patience): Promise<Entry> {
    const estimate = this.estimate(cost, variables);
    const [reader, agency] = readerOf(asker);
    const charging = this.charge(asker, estimate);
    if (charging instanceof Promise) this.options.concurrency.expect(reader, agency);
    const charge = charging instanceof Promise ? await inTime(charging, patience) : charging;
    const wait = new Wait(asker.client, patience);
    try {
      const pass = await this.options.concurrency.enter(reader, agency, () => wait.signal);
      return {
        estimate,
        done: (data) => {
          pass.leave();
          const actual = cost.actual(data, variables);
          charge.settle(actual);
          return actual;
        },
      };
    } catch (cause) {
      charge.settle(0);
      throw cause;
    } finally {
      wait.over();
    }
  }

  /**
   * Of a live stream: what it costs to begin, which is charged at once. It holds no place among the operations that run.
   *
   * @throws SlicingArgumentRequired, CostLimitExceeded, BudgetExhausted
   */
  async begin(cost: OperationCost, variables: Variables, asker: Asker): Promise<void> {
    await this.charge(asker, this.estimate(cost, variables));
  }

  /**
   * Of a live stream: one event that was sent. Never refused, since an event that happened is not to be lost; what it cost is
   * missing for what the reader asks next.
   *
   * @returns points that it cost
   */
  event(cost: OperationCost, variables: Variables, { address, principal }: Asker, data: unknown): number {
    const actual = cost.actual(data, variables);
    this.options.budgets.debit(accountsOf(principal, address, this.options.policies ?? budgetPolicies), actual);
    return actual;
  }

  private estimate(cost: OperationCost, variables: Variables): number {
    const estimate = Math.ceil(cost.estimate(variables));
    if (estimate > this.options.costLimit) throw new CostLimitExceeded(estimate, this.options.costLimit);
    return estimate;
  }

  private charge({ address, principal }: Asker, points: number): Charge | Promise<Charge> {
    return this.options.budgets.charge(accountsOf(principal, address, this.options.policies ?? budgetPolicies), points);
  }
}

/** What is charged after the time is over is given back. */
async function inTime(charging: Promise<Charge>, patience: Patience | undefined): Promise<Charge> {
  const charge = await (patience ? patience.within<Charge | null>(() => charging, () => null) : charging);
  if (charge) return charge;
  charging.then((late) => late.settle(0), () => undefined);
  throw new GatewayBusy();
}

/** What ends the wait for a place from outside. Most operations wait for nothing, and make none of this. */
class Wait {
  private ends: (() => void)[] = [];

  constructor(private readonly client: Client | undefined, private readonly patience: Patience | undefined) {}

  /** To be asked for once. */
  get signal(): AbortSignal {
    const ended = new AbortController();
    if (this.patience) this.ends.push(this.patience.onOver(() => ended.abort(new GatewayBusy())));
    if (this.client) this.ends.push(this.client.onGone(() => ended.abort(new ClientGone())));
    return ended.signal;
  }

  over(): void {
    for (const end of this.ends) end();
    this.ends = [];
  }
}

let someone = 0;

/** Who counts as one reader, and whose turn it is. */
function readerOf({ address, principal }: Asker): [reader: string, agency: string] {
  if (principal.kind === 'agency') return [`${principal.agency.code} ${principal.officerId}`, principal.agency.code];
  // Nobody knows who stands behind the machine itself: only what all may have together binds.
  return [isThisMachine(address) ? `public ${(someone += 1)}` : `public ${networkOf(address)}`, publicTurn];
}
