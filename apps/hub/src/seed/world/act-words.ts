import type { CriminalCharge, GoodsCostOwner, JudgmentOutcome, ReconsiderationOutcome, ReferralDocumentKind } from '@casebridge/contracts';
import type { GoodsLot, GoodsMovement, ReferralEntity, ReferralTimelineEntity, ReferralTrack } from './enforcement';

/** What an act on a referral says, besides its name. */
export interface ActWords {
  readonly officer: string;
  readonly charge?: CriminalCharge;
  readonly facts?: string;
  readonly taskForce?: readonly string[];
  readonly opinion?: string;
  readonly reasons?: string;
  readonly gaps?: readonly string[];
  readonly explanation?: string;
  readonly police?: string;
  readonly procuratorate?: string;
  readonly receiptNo?: string;
  readonly decisionNo?: string;
  readonly documents?: readonly ReferralDocumentKind[];
  readonly documentNo?: string;
  readonly court?: string;
  readonly judgment?: JudgmentOutcome;
  readonly reconsidered?: ReconsiderationOutcome;
  readonly place?: string;
  readonly receivedBy?: string;
  readonly costOwner?: GoodsCostOwner;
}

/** What an act does besides changing the state. */
export interface Effect {
  readonly fields?: Partial<ReferralEntity>;
  readonly detail?: ReferralTimelineEntity['detail'];
  readonly departed?: readonly string[];
  readonly caseChanged?: boolean;
  readonly tracks?: readonly ReferralTrack[];
  readonly lots?: readonly GoodsLot[];
  readonly movements?: readonly GoodsMovement[];
  /** Where the clock of the main track does not tell it. */
  readonly met?: boolean | null;
}
