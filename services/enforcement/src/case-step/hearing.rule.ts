import type { PartyKind, PenaltyKind } from '@casebridge/contracts';
import { apl2021, type Citation, hearing2021, yuan } from '@casebridge/kernel';
import type { Finding } from '../penalty-decision/penalty-article.rule';

/** What the notice says is intended. */
export interface IntendedPenalty {
  readonly kinds: readonly PenaltyKind[];
  readonly fineFen: number | null;
  /** Gains and goods together. */
  readonly confiscationFen: number | null;
}

/** Kinds of which the party may ask for a hearing whatever the amount. */
export const hearingKinds: readonly PenaltyKind[] = [
  'QUALIFICATION_DOWNGRADE', 'LICENCE_REVOCATION', 'PRODUCTION_SUSPENSION', 'CLOSURE', 'INDUSTRY_BAN',
];

/** From which amount a fine or confiscation is a large one; not verified, so it only warns. */
export const largeAmounts: readonly { readonly party: PartyKind; readonly fromFen: number; readonly basis: Citation }[] = [
  { party: 'PERSON', fromFen: yuan(10_000), basis: hearing2021('5') },
  { party: 'ENTITY', fromFen: yuan(100_000), basis: hearing2021('5') },
];

/** What the rules say to a notice that does not tell the party of its right to a hearing. */
export function hearingFindings({ kinds, fineFen, confiscationFen }: IntendedPenalty, party: PartyKind): Finding[] {
  const listed = kinds.find((kind) => hearingKinds.includes(kind));
  if (listed !== undefined) {
    return [{
      code: 'HEARING_TO_BE_OFFERED', field: 'input.hearingOffered', message: `a party on whom ${listed} is to be imposed may ask for a hearing, and is told so`, basis: apl2021('63'), blocks: true,
    }];
  }
  const large = largeAmounts.find((row) => row.party === party);
  if (!large || Math.max(fineFen ?? 0, confiscationFen ?? 0) < large.fromFen) return [];
  return [{
    code: 'HEARING_TO_BE_OFFERED', field: 'input.hearingOffered', message: `from ${large.fromFen} fen on the party may ask for a hearing; the amount is not verified`, basis: large.basis, blocks: false,
  }];
}
