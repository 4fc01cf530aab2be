import type { DiscretionTier, ListingGround, PenaltyKind, ViolationType } from '@casebridge/contracts';
import { type Citation, o44 } from '@casebridge/kernel';

interface HeavyRow {
  readonly kinds: readonly PenaltyKind[];
  /** Only in this tier: a fine is heavy by its tier, the others by what they are. */
  readonly tier?: DiscretionTier;
  readonly citation: Citation;
}

/** 较重行政处罚, the items of Order 44 art. 2. "Other heavy penalties" (the fourth) is no test that a program could make. */
export const heavyPenalties: readonly HeavyRow[] = [
  { kinds: ['FINE'], tier: 'HEAVY', citation: o44('2(1)') },
  { kinds: ['QUALIFICATION_DOWNGRADE', 'LICENCE_REVOCATION'], citation: o44('2(2)') },
  { kinds: ['BUSINESS_RESTRICTION', 'PRODUCTION_SUSPENSION', 'CLOSURE', 'INDUSTRY_BAN'], citation: o44('2(3)') },
];

interface GroundRow {
  readonly ground: ListingGround;
  /** Violations that are of this kind by their name; none: only an officer can say so. */
  readonly violations: readonly ViolationType[];
  readonly citation: Citation;
}

/** 列入情形 What may be listed: the drug limb (art. 6), obstruction (art. 10), refusal to perform (art. 11). */
export const listingGrounds: readonly GroundRow[] = [
  { ground: 'FAKE_OR_SUBSTANDARD_DRUGS', violations: ['FAKE_DRUGS', 'SUBSTANDARD_DRUGS'], citation: o44('6') },
  { ground: 'SPECIAL_CONTROL_DRUGS', violations: [], citation: o44('6') },
  { ground: 'UNAPPROVED_DRUGS', violations: ['UNAPPROVED_DRUGS'], citation: o44('6') },
  { ground: 'UNREGISTERED_DEVICES', violations: ['UNREGISTERED_DEVICE'], citation: o44('6') },
  { ground: 'HARMFUL_COSMETICS', violations: ['ILLEGAL_COSMETIC_ADDITIVE'], citation: o44('6') },
  { ground: 'OTHER_HARM_TO_HEALTH', violations: [], citation: o44('6') },
  { ground: 'LICENCE_OFFENCE', violations: ['UNLICENSED_BUSINESS', 'LICENCE_FRAUD', 'FORGED_LICENCE'], citation: o44('10') },
  { ground: 'REFUSED_INSPECTION', violations: [], citation: o44('10') },
  { ground: 'NON_PERFORMANCE', violations: [], citation: o44('11') },
];

/** The grounds that a violation meets by what it is; whether it is grave is for the agency to say. */
export const groundsOf = (violationType: string): ListingGround[] =>
  listingGrounds.filter((row) => row.violations.some((violation) => violation === violationType)).map((row) => row.ground);

/** @throws RangeError for what is no ground */
export function basisOf(ground: ListingGround): Citation {
  const row = listingGrounds.find((r) => r.ground === ground);
  if (!row) throw new RangeError(`No ground: ${ground}`);
  return row.citation;
}

/** The penalties that make a decision a heavy one for a party; empty: it is none. */
export const heavyKinds = (tier: DiscretionTier, kinds: readonly PenaltyKind[]): PenaltyKind[] =>
  [...new Set(kinds)].filter((kind) => heavyPenalties.some((row) => row.kinds.includes(kind) && (row.tier === undefined || row.tier === tier)));
