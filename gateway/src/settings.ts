import { commaSeparated, wholeNumber } from '@casebridge/platform';
import { z } from 'zod';
import { trustedProxies } from './http/client-address';
import type { ConnectionLimits } from './http/connections';
import type { HttpTimeouts } from './http/timeouts';
import type { BudgetPolicies } from './limits/budget-policy';
import type { ConcurrencyLimits } from './limits/concurrency';
import type { DoorName } from './limits/document-limits';
import type { EngineLimits, SocketLimits } from './subscriptions/limits';

const doorNames = ['hub', 'public'] as const satisfies readonly DoorName[];

const proxies = commaSeparated.superRefine((entries, ctx) => {
  try {
    trustedProxies(entries);
  } catch {
    ctx.addIssue({ code: 'custom', message: 'must be addresses and networks (CIDR), separated by commas' });
  }
});

const doors = commaSeparated.pipe(z.array(z.enum(doorNames, `must be of ${doorNames.join(', ')}, separated by commas`)));

const milliseconds = wholeNumber(1, 3_600_000);
const number = wholeNumber(1, 1_000_000_000);

/** Variables of whatever process has the gateway in it, by itself or with the services: the same ones, with the same defaults. */
export const gatewayVariables = z.object({
  HUB_TRUSTED_PROXIES: proxies.optional(),
  HUB_STRICT_DOORS: doors.optional(),
  HUB_LIMIT_OPERATION_MS: milliseconds.default(15_000),
  HUB_LIMIT_HEADERS_MS: milliseconds.default(15_000),
  HUB_LIMIT_BODY_MS: milliseconds.default(15_000),
  HUB_LIMIT_REQUEST_MS: milliseconds.default(300_000),
  HUB_LIMIT_STALLED_MS: milliseconds.default(120_000),
  HUB_LIMIT_IDLE_MS: milliseconds.default(65_000),
  HUB_LIMIT_CONNECTIONS: number.default(50_000),
  HUB_LIMIT_CONNECTIONS_PER_ADDRESS: number.default(2_000),
  HUB_LIMIT_SOCKET_STREAMS: number.default(256),
  HUB_LIMIT_SOCKET_INIT_MS: milliseconds.default(3_000),
  HUB_LIMIT_SOCKET_MESSAGE_BYTES: number.default(1_048_576),
  HUB_LIMIT_STREAMS: number.default(50_000),
  HUB_LIMIT_STREAMS_PER_READER: number.default(20_000),
  HUB_LIMIT_STREAMS_PER_NETWORK: number.default(2_000),
  HUB_LIMIT_STREAM_QUEUE: number.default(256),
  HUB_LIMIT_STREAM_QUEUE_CHARACTERS: number.default(4_194_304),
  HUB_LIMIT_COST: number.default(30_000),
  HUB_LIMIT_COST_PUBLIC: number.default(5_000),
  HUB_LIMIT_BUDGET_AGENCY_PER_SECOND: number.default(200_000),
  HUB_LIMIT_BUDGET_AGENCY: number.default(2_000_000),
  HUB_LIMIT_BUDGET_PUBLIC_PER_SECOND: number.default(200_000),
  HUB_LIMIT_BUDGET_PUBLIC: number.default(2_000_000),
  HUB_LIMIT_BUDGET_NETWORK_PER_SECOND: number.default(5_000),
  HUB_LIMIT_BUDGET_NETWORK: number.default(50_000),
  HUB_LIMIT_RUNNING: number.default(512),
  HUB_LIMIT_RUNNING_PER_READER: number.default(32),
  HUB_LIMIT_WAITING: number.default(2_048),
  HUB_LIMIT_WAITING_PER_READER: number.default(512),
  HUB_LIMIT_WAIT_MS: milliseconds.default(2_000),
});

/** What the variables set: options of the gateway, by their names there. */
export interface GatewaySettings {
  readonly trustedProxies: readonly string[];
  readonly strictDoors: readonly DoorName[];
  readonly operationMs: number;
  readonly timeouts: HttpTimeouts;
  readonly connectionLimits: ConnectionLimits;
  readonly socketLimits: Partial<SocketLimits>;
  readonly streamLimits: EngineLimits;
  readonly costLimit: Readonly<Record<DoorName, number>>;
  readonly budgetPolicies: BudgetPolicies;
  readonly concurrencyLimits: ConcurrencyLimits;
}

export const gatewaySettings = (e: z.output<typeof gatewayVariables>): GatewaySettings => ({
  trustedProxies: e.HUB_TRUSTED_PROXIES ?? [],
  strictDoors: e.HUB_STRICT_DOORS ?? [],
  operationMs: e.HUB_LIMIT_OPERATION_MS,
  timeouts: {
    headers: e.HUB_LIMIT_HEADERS_MS, body: e.HUB_LIMIT_BODY_MS, request: e.HUB_LIMIT_REQUEST_MS, stalled: e.HUB_LIMIT_STALLED_MS, idle: e.HUB_LIMIT_IDLE_MS,
  },
  connectionLimits: { total: e.HUB_LIMIT_CONNECTIONS, perAddress: e.HUB_LIMIT_CONNECTIONS_PER_ADDRESS },
  socketLimits: { streams: e.HUB_LIMIT_SOCKET_STREAMS, initMs: e.HUB_LIMIT_SOCKET_INIT_MS, messageBytes: e.HUB_LIMIT_SOCKET_MESSAGE_BYTES },
  streamLimits: {
    total: e.HUB_LIMIT_STREAMS, perReader: e.HUB_LIMIT_STREAMS_PER_READER, perNetwork: e.HUB_LIMIT_STREAMS_PER_NETWORK,
    frames: e.HUB_LIMIT_STREAM_QUEUE, characters: e.HUB_LIMIT_STREAM_QUEUE_CHARACTERS,
  },
  costLimit: { hub: e.HUB_LIMIT_COST, public: e.HUB_LIMIT_COST_PUBLIC },
  budgetPolicies: {
    agency: { perSecond: e.HUB_LIMIT_BUDGET_AGENCY_PER_SECOND, burst: e.HUB_LIMIT_BUDGET_AGENCY, shared: true },
    public: { perSecond: e.HUB_LIMIT_BUDGET_PUBLIC_PER_SECOND, burst: e.HUB_LIMIT_BUDGET_PUBLIC, shared: true },
    publicNetwork: { perSecond: e.HUB_LIMIT_BUDGET_NETWORK_PER_SECOND, burst: e.HUB_LIMIT_BUDGET_NETWORK, shared: false },
  },
  concurrencyLimits: {
    perReader: e.HUB_LIMIT_RUNNING_PER_READER, total: e.HUB_LIMIT_RUNNING, waitingPerReader: e.HUB_LIMIT_WAITING_PER_READER, waitingTotal: e.HUB_LIMIT_WAITING,
    waitMs: e.HUB_LIMIT_WAIT_MS,
  },
});
