import type { CriminalCharge, ViolationType } from '@casebridge/contracts';
import { type Citation, cl, yuan } from '@casebridge/kernel';

/** From which value of goods on a kind of conduct is suspected to be a crime. */
export interface CrimeThreshold {
  readonly violationType: ViolationType;
  readonly charge: CriminalCharge;
  /** 货值金额 Inclusive; 0 where the act is the crime, whatever it was worth. */
  readonly fromGoodsValueFen: number;
  readonly basis: Citation;
}

/**
 * What a decision is compared with. The law speaks of sales, of which the value of the goods is the nearest thing on record; where it asks for a danger
 * or for consequences besides, the row is marked NV: a finding asks somebody to look, and decides nothing.
 */
export const crimeThresholds: readonly CrimeThreshold[] = [
  { violationType: 'FAKE_DRUGS', charge: 'FAKE_DRUGS', fromGoodsValueFen: 0, basis: cl(141) },
  { violationType: 'SUBSTANDARD_DRUGS', charge: 'FAKE_OR_SUBSTANDARD_PRODUCTS', fromGoodsValueFen: yuan(50_000), basis: cl('140, 149', 'P') },
  { violationType: 'UNREGISTERED_DEVICE', charge: 'FAKE_OR_SUBSTANDARD_PRODUCTS', fromGoodsValueFen: yuan(50_000), basis: cl('140, 149', 'P') },
  { violationType: 'ILLEGAL_COSMETIC_ADDITIVE', charge: 'FAKE_OR_SUBSTANDARD_PRODUCTS', fromGoodsValueFen: yuan(50_000), basis: cl('140, 149', 'P') },
  /** 足以严重危害人体健康 is asked besides. */
  { violationType: 'FABRICATED_RECORDS', charge: 'OBSTRUCTING_DRUG_ADMINISTRATION', fromGoodsValueFen: 0, basis: cl('142-1', 'NV') },
];

/** The threshold that a decision reaches; null where it reaches none. */
export const thresholdReached = (violationType: string, goodsValueFen: number | null): CrimeThreshold | null =>
  crimeThresholds.find((row) => row.violationType === violationType && (goodsValueFen ?? 0) >= row.fromGoodsValueFen) ?? null;
