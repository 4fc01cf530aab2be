import { listedDifferences } from '../execution/differential/differences';
import { httpTimeouts } from '../http/server';
import { budgetPolicies, concurrencyLimits, costDefaults, documentLimits, operationCostLimits, refusals } from '../limits';
import { defaultLimits } from '../subscriptions/engine';
import { socketLimits } from '../subscriptions/sockets';

type Cell = string | number | boolean;

const number = (value: Cell): string => (typeof value === 'number' ? value.toString().replace(/\B(?=(\d{3})+(?!\d))/g, ' ') : String(value));
const table = (head: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells, i) => (i === 1 ? `|${cells.join('|')}|` : `| ${cells.map(number).join(' | ')} |`)).join('\n');
const figures = (values: Readonly<Record<string, Cell>>): string => table(['figure', 'value'], Object.entries(values).map(([name, value]) => [`\`${name}\``, value]));

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
  streamLimits: figures({ ...defaultLimits }),
  socketLimits: figures({ ...socketLimits }),
  httpTimeouts: figures({ ...httpTimeouts }),
  refusals: table(['status', 'codes'], [...new Set(Object.values(refusals).map(({ status }) => status))].sort().map((status) => [
    status, Object.entries(refusals).filter(([, refused]) => refused.status === status).map(([code]) => `\`${code}\``).join(', '),
  ])),
  differences: table(['difference', 'which, and why'], Object.entries(listedDifferences)),
} as const;
