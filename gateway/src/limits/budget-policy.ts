import type { Principal } from '@casebridge/kernel';

/** How an account fills: a bucket of `burst` points into which `perSecond` points flow. */
export interface BudgetPolicy {
  /** Points a second. */
  readonly perSecond: number;
  /** Points at most. */
  readonly burst: number;
  /** False: each process keeps its own, and asks nobody. */
  readonly shared: boolean;
}

/** Whom an operation is charged to. */
export interface Account {
  readonly name: string;
  readonly policy: BudgetPolicy;
}

/**
 * The budgets, in points of cost (see `costDefaults`; a shared case is estimated at 166, a work list of fifty cases at 613).
 */
export const budgetPolicies = {
  /** Each agency its own: what one asks for takes nothing from another. */
  agency: { perSecond: 200_000, burst: 2_000_000, shared: true },
  /** All readers without a token together, so that they cannot crowd out the agencies. */
  public: { perSecond: 200_000, burst: 2_000_000, shared: true },
  /**
   * Readers without a token from one network. Kept by each process for itself: an attacker has more networks than the database
   * has time for, and what all of them get together is bounded by the account of the public.
   */
  publicNetwork: { perSecond: 5_000, burst: 50_000, shared: false },
} as const satisfies Record<string, BudgetPolicy>;

export type BudgetPolicies = Readonly<Record<keyof typeof budgetPolicies, BudgetPolicy>>;

/** What one operation may cost at most, by door; more is refused before it runs. */
export const operationCostLimits = { hub: 30_000, public: 5_000 } as const;

/** @param address - of the client, as the socket or a trusted proxy says */
export function accountsOf(reader: Principal, address: string, policies: BudgetPolicies = budgetPolicies): readonly Account[] {
  if (reader.kind === 'agency') return [{ name: `agency:${reader.agency.code}`, policy: policies.agency }];
  const all: Account = { name: 'public', policy: policies.public };
  // On the machine itself stands a proxy that does not say for whom, or a test: its budget is that of the public.
  return isThisMachine(address) ? [all] : [{ name: `public:${networkOf(address)}`, policy: policies.publicNetwork }, all];
}

/** Loopback, IPv4 inside IPv6 included. */
export const isThisMachine = (address: string): boolean => /^(?:::ffff:)?127\.|^::1$/i.test(address);

/**
 * The network that an address stands for: whoever has one address has its neighbours too. IPv4 by /24, IPv6 by /48, which is
 * what one site gets; an IPv4 address inside IPv6 is that IPv4 address.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.toLowerCase().split('%');
  const mapped = /^(?:::ffff:|::)?(\d{1,3}\.\d{1,3}\.\d{1,3})\.\d{1,3}$/.exec(bare);
  if (mapped) return `${mapped[1]}.0/24`;
  if (!/^[0-9a-f:.]+$/.test(bare) || !bare.includes(':')) return 'unknown';
  const [head = '', tail] = bare.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const after = tail === '' ? [] : tail.split(':');
    while (groups.length + after.length < 8) groups.push('0');
    groups.push(...after);
  }
  return `${groups.slice(0, 3).map((group) => parseInt(group, 16).toString(16)).join(':')}::/48`;
}
