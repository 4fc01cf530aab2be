import type { DisclosureChannel, DisclosureClass, DisclosureDoubt, DiscretionTier, PartyKind, PenaltyKind, ProductDomain } from '@casebridge/contracts';
import {
  addDays, type Citation, defineClocks, dueDate, latest, type Mark, n36, type NamedClockRow, o107, o45, startOfDay,
  stateCouncilCalendar, type StatutoryClock, sumFen, yuan,
} from '@casebridge/kernel';

/** What the rule needs of one penalty of a decision. */
export interface PenaltyForDisclosure {
  readonly kind: PenaltyKind;
  readonly partyKind: PartyKind;
  /** Tells the penalties on one party from those on another. */
  readonly partyName: string;
  readonly amountFen: number | null;
  /** Last day of a restriction or ban. */
  readonly endsOn: string | null;
  readonly forLife: boolean;
}

export interface DecisionForDisclosure {
  readonly procedure: 'ORDINARY' | 'SIMPLIFIED';
  readonly domain: ProductDomain;
  readonly tier: DiscretionTier;
  readonly decidedOn: string;
  readonly items: readonly PenaltyForDisclosure[];
}

/** What a window rests on. */
export interface Grounds {
  readonly basis: Citation;
  /** First day on which the rule of the period is in force; after `startsOn` where the rule is younger than the window. */
  readonly basisEffectiveFrom: string;
  /** Of the basis; NV as soon as there is a doubt: no text was read that says that a younger rule governs older records. */
  readonly mark: Mark;
  readonly doubts: readonly DisclosureDoubt[];
}

/** How long one channel shows a decision, and why. */
interface DisclosureWindow extends Grounds {
  readonly class: DisclosureClass;
  /** The day from which the channel counts. */
  readonly startsOn: string;
  /** The last day shown; null: for life. */
  readonly endsOn: string | null;
}

export type DisclosureRuling =
  | { readonly disclosed: false; readonly reason: 'SIMPLIFIED_PROCEDURE' | 'WARNING_ONLY'; readonly basis: Citation }
  | { readonly disclosed: true; readonly class: DisclosureClass; readonly windows: Readonly<Record<DisclosureChannel, DisclosureWindow>> };

/**
 * How long decisions are shown at most; a later row shortens what is on show when it comes into force. Of the time before the first row
 * of a clock no rule is held here: windows that began earlier are counted by that row and say so.
 */
const period = { startExclusive: true, rollOver: false, effectiveTo: null } as const;
/** That it counts from the publication was read; which day of a month or year is the last one follows the Civil Code. */
const fromPublication = { ...period, countingMark: 'P', startEvent: 'PENALTY_PUBLISHED', effectiveFrom: '2025-12-25', citation: o107('7-9'), mark: 'V' } as const;
/** NDRC Order 36 counts from the document: read in summaries only. */
const fromDecision = { ...period, startEvent: 'PENALTY_DECIDED', effectiveFrom: '2026-04-01', citation: n36('1-4'), mark: 'P' } as const;
const beforeOrder107 = {
  ...period, startEvent: 'PENALTY_PUBLISHED', effectiveFrom: '2021-09-01', effectiveTo: '2025-12-24', citation: o45(13, 'P'), mark: 'P',
} as const;

export const disclosureClocks = defineClocks({
  minorFromPublication: [{ ...beforeOrder107, amount: 3, unit: 'MONTH' }, { ...fromPublication, amount: 3, unit: 'MONTH' }],
  generalFromPublication: [{ ...beforeOrder107, amount: 3, unit: 'YEAR' }, { ...fromPublication, amount: 1, unit: 'YEAR' }],
  seriousFromPublication: [{ ...beforeOrder107, amount: 3, unit: 'YEAR' }, { ...fromPublication, amount: 3, unit: 'YEAR' }],
  minorFromDecision: { ...fromDecision, amount: 3, unit: 'MONTH' },
  generalFromDecision: { ...fromDecision, amount: 1, unit: 'YEAR' },
  seriousFromDecision: { ...fromDecision, amount: 3, unit: 'YEAR' },
});

type ClockOfChannel = Readonly<Record<DisclosureChannel, StatutoryClock>>;
const minor: ClockOfChannel = { ENTERPRISE_CREDIT_SYSTEM: disclosureClocks.minorFromPublication, CREDIT_CHINA: disclosureClocks.minorFromDecision };
const general: ClockOfChannel = { ENTERPRISE_CREDIT_SYSTEM: disclosureClocks.generalFromPublication, CREDIT_CHINA: disclosureClocks.generalFromDecision };
const serious: ClockOfChannel = { ENTERPRISE_CREDIT_SYSTEM: disclosureClocks.seriousFromPublication, CREDIT_CHINA: disclosureClocks.seriousFromDecision };

/** The classes in ascending gravity: of two that end on one day the graver one is named. */
const classes: Readonly<Record<DisclosureClass, { readonly gravity: number; readonly clocks: ClockOfChannel; readonly outlastedByRestriction: boolean }>> = {
  MINOR: { gravity: 0, clocks: minor, outlastedByRestriction: false },
  GENERAL: { gravity: 1, clocks: general, outlastedByRestriction: false },
  SERIOUS_DOMAIN: { gravity: 2, clocks: serious, outlastedByRestriction: false },
  SERIOUS_RESTRICTION: { gravity: 3, clocks: serious, outlastedByRestriction: true },
  SERIOUS_QUALIFICATION: { gravity: 4, clocks: serious, outlastedByRestriction: false },
};

/** What a kind of penalty is for disclosure. A suspended licence stands in no list of grave penalties, so its domain decides. */
export const weightOf: Readonly<Record<PenaltyKind, 'NONE' | 'MINOR' | 'FINE' | 'BY_DOMAIN' | 'SERIOUS_RESTRICTION' | 'SERIOUS_QUALIFICATION'>> = {
  WARNING: 'NONE',
  CRITICISM: 'MINOR',
  FINE: 'FINE',
  CONFISCATION_OF_GAINS: 'BY_DOMAIN',
  CONFISCATION_OF_GOODS: 'BY_DOMAIN',
  LICENCE_SUSPENSION: 'BY_DOMAIN',
  QUALIFICATION_DOWNGRADE: 'SERIOUS_QUALIFICATION',
  LICENCE_REVOCATION: 'SERIOUS_QUALIFICATION',
  BUSINESS_RESTRICTION: 'SERIOUS_RESTRICTION',
  PRODUCTION_SUSPENSION: 'SERIOUS_RESTRICTION',
  CLOSURE: 'SERIOUS_QUALIFICATION',
  INDUSTRY_BAN: 'SERIOUS_RESTRICTION',
  DETENTION: 'BY_DOMAIN',
  OTHER: 'BY_DOMAIN',
};

/** 较低数额罚款: the most that a light or mitigated fine may be and still count as lower, per party. */
export interface LowerFineRow {
  readonly maxFen: Readonly<Record<PartyKind, number>>;
  readonly tiers: readonly DiscretionTier[];
  readonly citation: Citation;
  readonly effectiveFrom: string;
  readonly effectiveTo: string | null;
  readonly mark: Mark;
}

/** Until Order 107 the provinces set the amounts; those are not held here, and older fines are measured by the first row. */
export const lowerFines: readonly LowerFineRow[] = [
  {
    maxFen: { ENTITY: yuan(50_000), PERSON: yuan(5_000) }, tiers: ['MITIGATED', 'LIGHT'], citation: o107('7-9'),
    effectiveFrom: '2025-12-25', effectiveTo: null, mark: 'V',
  },
];

/** 食品、药品、医疗器械、化妆品: everything in them that is not minor is serious. */
export const keyDomains: { readonly domains: readonly ProductDomain[]; readonly citation: Citation } = {
  domains: ['DRUG', 'DEVICE', 'COSMETIC'], citation: o107('7-9'),
};

/** The classes that the amount and the tier of a fine decide between: what did not come out minor was measured by the amounts too. */
const decidedByFine: readonly DisclosureClass[] = ['MINOR', 'SERIOUS_DOMAIN', 'GENERAL'];

/** What outlives its period while the restriction runs, since when. */
export const restrictionOutlasts = { citation: o107('7-9'), effectiveFrom: '2025-12-25', effectiveTo: null, mark: 'V' } as const;

/**
 * Whether a decision is disclosed, in which class, and until which day by each channel.
 *
 * Of several penalties the one that is shown longest governs. The national system counts from publication, Credit China from the
 * date of the document. A period ends on the corresponding day of its last month, which is the last day shown.
 *
 * @param publishedOn - civil day of the publication
 * @throws RangeError when the decision has no penalty
 * @see O45 arts. 2, 13-15; O107 arts. 6(2), 7-9; NDRC Order 36
 */
export function decideDisclosure(decision: DecisionForDisclosure, publishedOn: string): DisclosureRuling {
  if (decision.items.length === 0) throw new RangeError('A penalty decision has at least one penalty');
  if (decision.procedure === 'SIMPLIFIED') return { disclosed: false, reason: 'SIMPLIFIED_PROCEDURE', basis: o45(2) };
  const found = [...new Set(decision.items.map((item) => classOf(item, decision, publishedOn)))].filter((c) => c !== null);
  if (found.length === 0) return { disclosed: false, reason: 'WARNING_ONLY', basis: o45(2) };
  const restriction = restrictionOf(decision.items);
  const national = longest(found.map((c) => windowOf(c, 'ENTERPRISE_CREDIT_SYSTEM', decision, publishedOn, restriction)));
  const creditChina = longest(found.map((c) => windowOf(c, 'CREDIT_CHINA', decision, publishedOn, restriction)));
  return { disclosed: true, class: national.class, windows: { ENTERPRISE_CREDIT_SYSTEM: national, CREDIT_CHINA: creditChina } };
}

/** A window as it is kept. */
export interface KeptWindow {
  readonly class: DisclosureClass;
  readonly penaltyKinds: readonly PenaltyKind[];
  /** Day of the publication, by which the amounts of lower fines are chosen. */
  readonly publishedOn: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/**
 * The rule that a channel's window rests on, and what of it a younger rule has decided.
 *
 * @see O107 arts. 7-9: neither it nor Order 36 is known to say that it governs what was published before
 */
export function groundsOf(channel: DisclosureChannel, { class: of, penaltyKinds, publishedOn, startsOn, endsOn }: KeptWindow): Grounds {
  const { endsOn: plainEnd, row } = governing(classes[of].clocks[channel], startsOn);
  const byFine = decidedByFine.includes(of) && penaltyKinds.includes('FINE');
  const byRestriction = endsOn === null || endsOn > plainEnd;
  const doubts: readonly DisclosureDoubt[] = [
    ...(row.effectiveFrom > startsOn ? ['PERIOD_RULE_YOUNGER' as const] : []),
    ...(byFine && lowerFineAt(publishedOn).effectiveFrom > publishedOn ? ['MINOR_AMOUNT_YOUNGER' as const] : []),
    ...(byRestriction && restrictionOutlasts.effectiveFrom > startsOn ? ['RESTRICTION_RULE_YOUNGER' as const] : []),
  ];
  return { basis: row.citation, basisEffectiveFrom: row.effectiveFrom, mark: doubts.length > 0 ? 'NV' : row.mark, doubts };
}

function classOf(item: PenaltyForDisclosure, decision: DecisionForDisclosure, publishedOn: string): DisclosureClass | null {
  const weight = weightOf[item.kind];
  if (weight === 'NONE') return null;
  if (weight === 'MINOR') return 'MINOR';
  if (weight === 'FINE' && isLowerFine(item, decision, publishedOn)) return 'MINOR';
  if (weight === 'FINE' || weight === 'BY_DOMAIN') return keyDomains.domains.includes(decision.domain) ? 'SERIOUS_DOMAIN' : 'GENERAL';
  return weight;
}

/** All fines on one party count together: two small ones do not make a large one minor. A fine without an amount is not lower. */
function isLowerFine(item: PenaltyForDisclosure, decision: DecisionForDisclosure, publishedOn: string): boolean {
  const row = lowerFineAt(publishedOn);
  if (!row.tiers.includes(decision.tier)) return false;
  const fines = decision.items.filter((i) => i.kind === 'FINE' && i.partyKind === item.partyKind && i.partyName === item.partyName);
  const amounts = fines.flatMap((i) => i.amountFen ?? []);
  return amounts.length === fines.length && sumFen(amounts) <= row.maxFen[item.partyKind];
}

/** The amounts in force on a day; before the first that are held, those, which are then younger than the publication. */
function lowerFineAt(publishedOn: string): LowerFineRow {
  const row = lowerFines.findLast((r) => r.effectiveFrom <= publishedOn) ?? lowerFines[0];
  if (!row) throw new RangeError('No amounts of lower fines are held');
  return row;
}

/** The longest restriction of a decision. */
interface Restriction {
  /** Last day; null: for life. */
  readonly endsOn: string | null;
}

function restrictionOf(items: readonly PenaltyForDisclosure[]): Restriction | null {
  const restrictions = items.filter((i) => weightOf[i.kind] === 'SERIOUS_RESTRICTION');
  if (restrictions.some((i) => i.forLife)) return { endsOn: null };
  const [first, ...rest] = restrictions.flatMap((i) => i.endsOn ?? []);
  return first === undefined ? null : { endsOn: latest(first, ...rest) };
}

function windowOf(of: DisclosureClass, channel: DisclosureChannel, decision: DecisionForDisclosure, publishedOn: string, restriction: Restriction | null): DisclosureWindow {
  const startsOn = channel === 'ENTERPRISE_CREDIT_SYSTEM' ? publishedOn : decision.decidedOn;
  const { clocks, outlastedByRestriction } = classes[of];
  const plainEnd = governing(clocks[channel], startsOn).endsOn;
  const endsOn = !outlastedByRestriction || restriction === null ? plainEnd : restriction.endsOn === null ? null : latest(plainEnd, restriction.endsOn);
  const penaltyKinds = decision.items.map((item) => item.kind);
  return { class: of, startsOn, endsOn, ...groundsOf(channel, { class: of, penaltyKinds, publishedOn, startsOn, endsOn }) };
}

/**
 * The end by the row in force at the start, and that row. Where a later row is shorter, it closes what is still on show when it comes into
 * force: to show a name for longer than the law now allows would have no basis. It is the governing row only where it changes the end.
 */
export function governing(clock: StatutoryClock, startsOn: string): { readonly endsOn: string; readonly row: NamedClockRow } {
  const start = startOfDay(startsOn);
  const [first, ...later] = clock.rows.filter((row) => row.effectiveTo === null || row.effectiveTo >= startsOn);
  if (!first) throw new RangeError(`Clock ${clock.name} is not in force on ${startsOn}`);
  let governs = { endsOn: dueDate(first, start, stateCouncilCalendar), row: first };
  for (const row of later) {
    const endsOn = latest(dueDate(row, start, stateCouncilCalendar), addDays(row.effectiveFrom, -1));
    if (governs.endsOn >= row.effectiveFrom && endsOn < governs.endsOn) governs = { endsOn, row };
  }
  return governs;
}

const longest = (windows: readonly DisclosureWindow[]): DisclosureWindow =>
  windows.reduce((a, b) => {
    const [endA, endB] = [a.endsOn ?? '9999-12-31', b.endsOn ?? '9999-12-31'];
    if (endA !== endB) return endA > endB ? a : b;
    return classes[a.class].gravity >= classes[b.class].gravity ? a : b;
  });
