import { dayOf, WorkingLine } from './days';
import { agencyWeights, type FilingAgency } from './places';
import type { Present } from './present';
import { Random } from './random';
import type { Size } from './sizes';

/** What becomes of a case. */
export type Plot =
  | 'OPEN' | 'SUSPENDED' | 'TERMINATED' | 'REFERRED' | 'DECIDED' | 'SIMPLIFIED' | 'DECIDED_THEN_REFERRED' | 'RETURNED_THEN_DECIDED'
  | 'DECIDED_WHILE_PENDING'
  /** The same with everything that `shared-case.graphql` asks for. */
  | 'SHARED_DECIDED_THEN_REFERRED' | 'SHARED_RETURNED_THEN_DECIDED' | 'SHARED_DECIDED_WHILE_PENDING' | 'SEALED' | 'EXCLUDED';

export interface Plan {
  /** Number of the case in the world. */
  readonly n: number;
  readonly filedAt: number;
  readonly agency: FilingAgency;
  readonly plot: Plot;
  /** How many cases of the same plot came before; picks among outcomes in turn. */
  readonly turn: number;
}

const decidedPlots: ReadonlySet<Plot> = new Set([
  'DECIDED', 'SIMPLIFIED', 'DECIDED_THEN_REFERRED', 'RETURNED_THEN_DECIDED', 'DECIDED_WHILE_PENDING', 'SHARED_DECIDED_THEN_REFERRED',
  'SHARED_RETURNED_THEN_DECIDED', 'SHARED_DECIDED_WHILE_PENDING',
]);
export const endsInDecision = (plot: Plot): boolean => decidedPlots.has(plot);

/** The newest cases of the first city are written out one by one, so that what the demo promises holds at every scale; others are filed elsewhere meanwhile. */
const featuredDays = 40;
const featuredCount = 60;
const featuredAgencies: ReadonlySet<FilingAgency> = new Set(['MRA-210100', 'MRA-210102']);

function featuredPlot(i: number): Plot {
  if (i === 40 || i === 46) return 'SEALED';
  if (i === 41 || i === 47 || i === 9) return 'EXCLUDED';
  if (i >= 8 && i <= 36 && i % 3 !== 0) {
    return i % 6 === 1 ? 'SHARED_RETURNED_THEN_DECIDED' : i % 6 === 5 ? 'SHARED_DECIDED_WHILE_PENDING' : 'SHARED_DECIDED_THEN_REFERRED';
  }
  return i % 9 === 6 ? 'REFERRED' : 'OPEN';
}

function* featured(seed: number, { number: today }: Present): Generator<Omit<Plan, 'n' | 'turn'>> {
  const line = new WorkingLine(today - featuredDays, today - 1);
  for (let i = 0; i < featuredCount; i += 1) {
    const random = Random.of(seed, 'featured', i);
    yield {
      filedAt: line.at((i + random.next() * 0.9) / featuredCount), plot: featuredPlot(i),
      agency: i === 46 ? 'MRA-210200' : i % 7 === 6 ? 'MRA-210102' : 'MRA-210100',
    };
  }
}

/** The cases that make up the bulk, in order of filing; exactly as many of them end in a decision as are asked for. */
function* ordinary(seed: number, size: Size, present: Present): Generator<Omit<Plan, 'n' | 'turn'>> {
  const today = present.number;
  const count = size.cases - featuredCount;
  const decisions = size.decisions - [...featured(seed, present)].filter(({ plot }) => endsInDecision(plot)).length;
  const line = new WorkingLine(today - size.days, today - 2);
  const weights = agencyWeights(size.elsewhere);
  const shareOf = (k: number): number => (size.mostlyRecent ? 1 - (1 - k) ** 2 : k);
  // Decisions fall on cases that are old enough for one.
  let oldEnough = 0;
  while (oldEnough < count && dayOf(line.at(shareOf(oldEnough / count))) <= today - featuredDays - 2) oldEnough += 1;
  if (decisions > oldEnough) throw new RangeError('More decisions than cases that could have one');
  for (let i = 0; i < count; i += 1) {
    const random = Random.of(seed, 'plan', i);
    const filedAt = line.at(shareOf((i + random.next() * 0.9) / count));
    const recent = dayOf(filedAt) >= today - featuredDays - 1;
    const agency = random.weighted(recent ? weights.filter(([code]) => !featuredAgencies.has(code)) : weights);
    const decided = i < oldEnough && Math.floor(((i + 1) * decisions) / oldEnough) > Math.floor((i * decisions) / oldEnough);
    yield { filedAt, agency, plot: ordinaryPlot(decided, i < oldEnough, agency, random) };
  }
}

function ordinaryPlot(decided: boolean, old: boolean, agency: FilingAgency, random: Random): Plot {
  const police = agency !== 'DRA-220000';
  if (decided) {
    return random.weighted<Plot>([
      ['DECIDED', 0.89], ['SIMPLIFIED', 0.03], ['DECIDED_THEN_REFERRED', police ? 0.05 : 0], ['RETURNED_THEN_DECIDED', police ? 0.02 : 0],
      ['DECIDED_WHILE_PENDING', police ? 0.01 : 0],
    ]);
  }
  return old
    ? random.weighted<Plot>([['REFERRED', 0.6], ['OPEN', 0.2], ['SUSPENDED', 0.1], ['TERMINATED', 0.1]])
    : random.weighted<Plot>([['OPEN', 0.8], ['REFERRED', 0.2]]);
}

/** All cases of the world in order of filing. */
export function* plans(seed: number, size: Size, present: Present): Generator<Plan> {
  const turns = new Map<Plot, number>();
  let n = 0;
  const numbered = (plan: Omit<Plan, 'n' | 'turn'>): Plan => {
    const turn = turns.get(plan.plot) ?? 0;
    turns.set(plan.plot, turn + 1);
    n += 1;
    return { ...plan, n, turn };
  };
  const special = featured(seed, present);
  let next = special.next();
  for (const plan of ordinary(seed, size, present)) {
    while (!next.done && next.value.filedAt < plan.filedAt) {
      yield numbered(next.value);
      next = special.next();
    }
    yield numbered(plan);
  }
  for (; !next.done; next = special.next()) yield numbered(next.value);
}

/** Whole days from an instant to the day on which the world stands still. */
export const ageInDays = (at: number, { now }: Present): number => Math.floor((now.getTime() - at) / 86_400_000);
