import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listedDifferences } from '../execution/differential/differences';
import { connectionLimits } from '../http/connections';
import { httpTimeouts } from '../http/timeouts';
import { budgetPolicies, concurrencyLimits, costDefaults, documentLimits, operationCostLimits, refusals } from '../limits';
import { cacheable } from '../sources/cacheable';
import { gatewayVariables } from '../settings';
import { socketLimits, streamLimits } from '../subscriptions/limits';

type Cell = string | number | boolean;

const number = (value: Cell): string => (typeof value === 'number' ? value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ' ') : String(value));
const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells, i) => (i === 1 ? `|${cells.join('|')}|` : `| ${cells.map(number).join(' | ')} |`)).join('\n');
const figures = (values: Readonly<Record<string, Cell>>): string => table(['figure', 'value'], Object.entries(values).map(([name, value]) => [`\`${name}\``, value]));

/** What a variable is for, as `.env.example` says it above its readers and their defaults. */
const meanings = new Map([...readFileSync(join(__dirname, '../../../.env.example'), 'utf8').matchAll(/^# (.+)\n# hub: [^\n]+\n([A-Z_]+)=/gm)].map(([, meaning, name]) => [name as string, meaning as string]));

const variables = (): string => {
  const defaults = gatewayVariables.parse({}) as Readonly<Record<string, unknown>>;
  return table(['variable', 'default', 'meaning'], Object.keys(gatewayVariables.shape).map((name) => [`\`${name}\``, String(defaults[name] ?? '–'), meanings.get(name) ?? '']));
};

/** Tables of `docs/reference/gateway.md` as the code has them. */
export const referenceTables = {
  documentLimits: table(
    ['limit', 'what is counted', '`/graphql`', '`/public/graphql`', 'code', 'why'],
    Object.entries(documentLimits).map(([name, { code, hub, public: open, says, why }]) => [`\`${name}\``, says, hub, open, `\`${code}\``, why]),
  ),
  operationCostLimits: table(['door', 'points'], Object.entries(operationCostLimits).map(([door, points]) => [`\`${door}\``, points])),
  costDefaults: figures(costDefaults),
  budgetPolicies: table(
    ['account', 'points a second', 'points at most', 'shared by all processes'],
    Object.entries(budgetPolicies).map(([name, { burst, perSecond, shared }]) => [`\`${name}\``, perSecond, burst, shared ? 'yes' : 'no']),
  ),
  concurrencyLimits: figures({ ...concurrencyLimits }),
  streamLimits: figures({ ...streamLimits }),
  socketLimits: figures({ ...socketLimits }),
  httpTimeouts: figures({ ...httpTimeouts }),
  cacheable: table(['type', 'of', 'fields'], Object.entries(cacheable).map(([name, { fields, service }]) => [
    `\`${name}\``, service, Object.keys(fields).map((field) => `\`${field}\``).join(', '),
  ])),
  connectionLimits: figures({ ...connectionLimits }),
  variables: variables(),
  refusals: table(['status', 'codes'], [...new Set(Object.values(refusals).map(({ status }) => status))].sort().map((status) => [
    status, Object.entries(refusals).filter(([, refused]) => refused.status === status).map(([code]) => `\`${code}\``).join(', '),
  ])),
  differences: table(['difference', 'which, and why'], Object.entries(listedDifferences)),
} as const;
