import type { DiscretionTier, PartyKind, PenaltyKind } from '@casebridge/contracts';
import { addDays, addYears, type Citation, csar2021 } from '@casebridge/kernel';
import { personName } from './names';
import type { Random } from './random';
import type { Fine, PersonPenalty, Violation } from './violations';

/** What a decision is about. */
export interface Offence {
  readonly violation: Violation;
  /** Whole yuan. */
  readonly goodsYuan: number;
  readonly respondent: PartyKind;
  /** The person responsible in the enterprise. */
  readonly responsible: string;
}

/** One line, as `recordPenaltyDecision` takes it. */
export interface Line {
  readonly kind: PenaltyKind;
  readonly partyKind: PartyKind;
  readonly partyName: string | null;
  readonly amountFen: number | null;
  readonly basis: { readonly instrument: string; readonly article: string };
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly forLife: boolean;
}

export interface Penalties {
  readonly tier: DiscretionTier;
  readonly procedure: 'ORDINARY' | 'SIMPLIFIED';
  readonly gainsFen: number | null;
  readonly noPersonalPenaltyReason: string | null;
  readonly items: readonly Line[];
}

/** What a story wants of a decision. */
export type Wish =
  | 'ANY'
  /** In the light tier. */
  | 'LIGHTLY'
  /** Heavy, with a ban on the person responsible. */
  | 'WITH_BAN'
  /** Only what need not wait for criminal proceedings, a ban among it (M41 art. 14). */
  | 'WHILE_PENDING'
  | 'SIMPLIFIED';

const fenOf = (yuan: number): number => Math.round(yuan) * 100;

/** Penalties as the articles have them: the tier says where in the range, and mitigation goes below it. */
export function penaltiesFor(offence: Offence, wish: Wish, decidedOn: string, random: Random): Penalties {
  const { violation } = offence;
  const tier = wish === 'ANY' ? random.weighted(tiers) : wish === 'SIMPLIFIED' || wish === 'LIGHTLY' ? 'LIGHT' : 'HEAVY';
  const none = { tier, procedure: 'ORDINARY', gainsFen: null, noPersonalPenaltyReason: null } as const;
  if (wish === 'SIMPLIFIED') return { ...none, procedure: 'SIMPLIFIED', items: simple(offence, random) };
  if (violation.warnsFirst && tier !== 'HEAVY' && random.chance(tier === 'ORDINARY' ? 0.35 : 0.6)) {
    return { ...none, noPersonalPenaltyReason: violation.person ? reasons.corrected : null, items: [entityLine(offence, 'WARNING', null)] };
  }
  const gains = Math.round(offence.goodsYuan * (0.2 + random.next() * 0.5));
  const persons = personLines(offence, tier, wish, decidedOn, random);
  const reason = violation.person && persons.length === 0 ? random.pick([reasons.light, reasons.noFault]) : null;
  const suspension = tier === 'HEAVY' && violation.suspends && (wish !== 'ANY' || random.chance(0.5))
    ? [entityLine(offence, 'PRODUCTION_SUSPENSION', null, { startsOn: decidedOn, endsOn: addDays(decidedOn, random.int(60, 180)) })]
    : [];
  const items = wish === 'WHILE_PENDING'
    ? [entityLine(offence, 'WARNING', null), ...suspension, ...persons]
    : [
        ...(violation.warnsFirst ? [entityLine(offence, 'WARNING', null)] : []),
        entityLine(offence, 'FINE', fenOf(fineYuan(offence, gains, tier, random))),
        ...(violation.fine.by === 'GOODS' ? [entityLine(offence, 'CONFISCATION_OF_GOODS', fenOf(offence.goodsYuan))] : []),
        // A lower fine alone is what a minor decision is (O107 art. 7): gains are left out of the light ones.
        ...(tier !== 'LIGHT' && tier !== 'MITIGATED' && random.chance(0.7) ? [entityLine(offence, 'CONFISCATION_OF_GAINS', fenOf(gains))] : []),
        ...suspension,
        ...rarely(offence, tier, decidedOn, random),
        ...persons,
      ];
  return { ...none, gainsFen: fenOf(gains), noPersonalPenaltyReason: reason, items };
}

const tiers: readonly (readonly [DiscretionTier, number])[] = [['MITIGATED', 0.1], ['LIGHT', 0.27], ['ORDINARY', 0.42], ['HEAVY', 0.21]];

const reasons = {
  corrected: '演示数据：已在限期内改正，情节轻微，不予处罚到人。',
  light: '演示数据：情节较轻，未达到处罚到人的情形。',
  noFault: '演示数据：经查，有关人员已充分履职，无主观过错。',
} as const;

/** Restrictions that few decisions have, so that every class of disclosure is in the world. */
function rarely(offence: Offence, tier: DiscretionTier, decidedOn: string, random: Random): Line[] {
  if (tier !== 'HEAVY' || offence.respondent === 'PERSON') return [];
  if (random.chance(0.06)) return [entityLine(offence, 'LICENCE_REVOCATION', null)];
  return random.chance(0.1) ? [entityLine(offence, 'BUSINESS_RESTRICTION', null, { startsOn: decidedOn, endsOn: addDays(addYears(decidedOn, 1), -1) })] : [];
}

function fineYuan({ violation, goodsYuan }: Offence, gains: number, tier: DiscretionTier, random: Random): number {
  const [low, high] = rangeOf((tier === 'HEAVY' ? violation.serious : undefined) ?? violation.fine, goodsYuan, gains);
  switch (tier) {
    case 'MITIGATED':
      return low * (0.2 + random.next() * 0.6);
    case 'LIGHT':
      return random.chance(0.5) ? low : low + (high - low) * 0.2 * random.next();
    case 'ORDINARY':
      return low + (high - low) * (0.25 + random.next() * 0.4);
    case 'HEAVY':
      return low + (high - low) * (0.7 + random.next() * 0.3);
  }
}

/** The range of a fine in yuan. */
function rangeOf(fine: Fine, goodsYuan: number, gainsYuan: number): readonly [low: number, high: number] {
  if (fine.by === 'RANGE') return fine.yuan;
  if (fine.by === 'GOODS' && fine.small && goodsYuan < fine.small.belowYuan) return fine.small.yuan;
  const base = Math.max(fine.by === 'GOODS' ? goodsYuan : gainsYuan, fine.leastYuan ?? 0);
  return [base * fine.times[0], base * fine.times[1]];
}

interface Term {
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly forLife?: boolean;
}

const line = (kind: PenaltyKind, partyKind: PartyKind, partyName: string | null, amountFen: number | null, article: Citation, term?: Term): Line => ({
  kind, partyKind, partyName, amountFen, basis: { instrument: article.instrument, article: article.article },
  startsOn: term?.startsOn ?? null, endsOn: term?.endsOn ?? null, forLife: term?.forLife ?? false,
});

const entityLine = (offence: Offence, kind: PenaltyKind, amountFen: number | null, term?: Term): Line =>
  line(kind, offence.respondent, null, amountFen, offence.violation.article, term);

function personLines(offence: Offence, tier: DiscretionTier, wish: Wish, decidedOn: string, random: Random): Line[] {
  const { person, type } = offence.violation;
  if (person === null || offence.respondent === 'PERSON') return [];
  const wanted = wish === 'WITH_BAN' || wish === 'WHILE_PENDING' || (tier === 'HEAVY' && random.chance(0.8)) || (tier === 'ORDINARY' && type === 'FAKE_DRUGS');
  if (!wanted) return [];
  const fine = line('FINE', 'PERSON', offence.responsible, fenOf(personFineYuan(person, random)), person.article);
  const ban = banOf(person, offence.responsible, decidedOn, random);
  return [...(wish === 'WHILE_PENDING' ? [] : [fine]), ...(ban ? [ban] : [])];
}

function personFineYuan({ fine }: PersonPenalty, random: Random): number {
  if (fine.by === 'RANGE') return fine.yuan[0] + (fine.yuan[1] - fine.yuan[0]) * random.next();
  return random.int(20_000, 200_000) * (fine.share[0] + (fine.share[1] - fine.share[0]) * random.next());
}

function banOf({ ban, article }: PersonPenalty, name: string, decidedOn: string, random: Random): Line | null {
  if (ban === null) return null;
  const years = ban === 'TEN_YEARS' ? 10 : ban === 'FIVE_YEARS' ? 5 : ban === 'TEN_YEARS_OR_LIFE' && random.chance(0.7) ? random.int(10, 15) : null;
  const endsOn = years === null ? null : addDays(addYears(decidedOn, years), -1);
  return line('INDUSTRY_BAN', 'PERSON', name, null, article, { startsOn: decidedOn, endsOn, forLife: endsOn === null });
}

/** A flaw on a label: what the simplified procedure is for. */
function simple({ respondent }: Offence, random: Random): Line[] {
  const fine = respondent === 'PERSON' ? random.int(50, 200) : random.int(200, 2_000);
  return [line('FINE', respondent, null, fenOf(fine), csar2021('61(2)'))];
}

/** Whoever is responsible in an enterprise of the demo, where no enterprise is known. */
export const someone = (random: Random): string => personName(8_000_000 + random.int(0, 99_999));
