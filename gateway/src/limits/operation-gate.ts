import type { Principal } from '@casebridge/kernel';
import type { Variables } from './amount';
import type { Budgets, Charge } from './budget';
import { accountsOf, type BudgetPolicies, budgetPolicies, isThisMachine, networkOf } from './budget-policy';
import type { ConcurrencyGate } from './concurrency';
import type { OperationCost } from './cost';
import { CostLimitExceeded } from './limits.errors';

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
  /** Ends the wait when the client is gone. */
  readonly signal?: AbortSignal;
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

  /** @throws SlicingArgumentRequired, CostLimitExceeded, BudgetExhausted, ConcurrencyLimit, GatewayBusy, the reason of the signal */
  async enter(cost: OperationCost, variables: Variables, asker: Asker): Promise<Entry> {
    const estimate = this.estimate(cost, variables);
    const charge = await this.charge(asker, estimate);
    try {
      const pass = await this.options.concurrency.enter(...readerOf(asker), asker.signal);
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

let someone = 0;

/** Who counts as one reader, and whose turn it is. */
function readerOf({ address, principal }: Asker): [reader: string, agency: string] {
  if (principal.kind === 'agency') return [`${principal.agency.code} ${principal.officerId}`, principal.agency.code];
  // Nobody knows who stands behind the machine itself: only what all may have together binds.
  return [isThisMachine(address) ? `public ${(someone += 1)}` : `public ${networkOf(address)}`, 'public'];
}
