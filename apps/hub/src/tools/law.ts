import { adrLaw } from '@casebridge/adr';
import { creditLaw } from '@casebridge/credit';
import { enforcementLaw } from '@casebridge/enforcement';
import { type LawBook, type MachineOfLaw, type NamedClockRow, unchanged } from '@casebridge/kernel';

const books: Readonly<Record<string, LawBook>> = { enforcement: enforcementLaw, credit: creditLaw, adr: adrLaw };

const head = `# The law as data

Printed from the code by \`npm run schema\`, and compared by a test. Marks: **V** the article was read, **P** known from a secondary source, **NV** not verified: such a rule warns and never blocks. A clock has two: of the period
itself, and of the way in which it is counted. 药案通平台规则 is a house rule of this platform and no law. What inspections may conclude is held by the inspection service without clocks or acts of its own yet.
`;

const cell = (text: string): string => text.replaceAll('|', '\\|');
const table = (columns: readonly string[], rows: readonly (readonly string[])[]): string =>
  [columns, columns.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n');

const clockRow = (row: NamedClockRow): string[] => [
  row.name, `${row.amount} × ${row.unit}`, row.startEvent, row.suspendOn.join(', '), `${row.effectiveFrom} – ${row.effectiveTo ?? ''}`, row.citation.instrument, row.citation.article,
  row.mark, row.countingMark,
];

const actRows = ({ acts, rules }: MachineOfLaw): string[][] => acts.flatMap((act) => {
  const rule = rules[act];
  if (!rule) return [];
  const { basis, from, to } = rule;
  return [[act, from.map((state) => state ?? '(none)').join(', '), to === unchanged ? '(the same)' : to, basis.instrument, basis.article, basis.mark]];
});

const sections = (service: string, { clocks, machines, rules }: LawBook): string[] => [
  `## ${service}`,
  `### Clocks of ${service} 期限`,
  table(['clock', 'period', 'starts with', 'waits at', 'in force', 'instrument', 'article', 'mark', 'counting'], clocks.flatMap((c) => Object.values(c)).flatMap((c) => c.rows.map(clockRow))),
  ...Object.entries(machines).flatMap(([about, machine]) => [`### ${about}`, table(['act', 'from', 'to', 'instrument', 'article', 'mark'], actRows(machine))]),
  ...(rules.length === 0 ? [] : [
    `### Other rules of ${service}`,
    table(['about', 'says', 'instrument', 'article', 'mark'], rules.map(({ about, basis, says }) => [about, says, basis.instrument, basis.article, basis.mark])),
  ]),
];

/** Every rule that the code holds, with article and mark: docs/reference/law.md. */
export const printLaw = (): string => [head, ...Object.entries(books).flatMap(([service, book]) => sections(service, book)), ''].join('\n\n').replace(/\n{3,}/g, '\n\n').trimEnd() + '\n';
