import { CreateReferral1800000000300 } from '../migrations/1800000000300-create-referral';
import { CreateReferralProceedings1800000000500 } from '../migrations/1800000000500-create-referral-proceedings';
import { ReferralRemedies1800000000600 } from '../migrations/1800000000600-referral-remedies';
import { SignReferralSteps1800000001100 } from '../migrations/1800000001100-sign-referral-steps';
import { CreateGoods1800000001110 } from '../migrations/1800000001110-create-goods';
import { GoodsLotEntity, GoodsMovementEntity } from './goods.entity';
import { GoodsActsResolver, GoodsPartResolver, GoodsMovementResolver, ReferralGoodsResolver } from './goods.resolver';
import { RemediesResolver } from './remedies.resolver';
import { ProceedingsResolver } from './proceedings.resolver';
import { ReferralDocumentEntity, ReferralEntity, ReferralRefusalEntity, ReferralTimelineEntity } from './referral.entity';
import { referralLoader } from './referral.loader';
import { ReferralActsResolver, ReferralEventResolver } from './referral-acts.resolver';
import {
  CaseReferralResolver, EnterpriseReferralsResolver, ReferralRefusalResolver, ReferralResolver, ReferralTimelineResolver, ReferralTrackResolver,
} from './referral.resolver';
import { ReferralStepSignatureEntity } from './step-signature.entity';
import type { RequestContext } from '@casebridge/platform';

export const referralEntities = [ReferralEntity, ReferralTimelineEntity, ReferralDocumentEntity, ReferralRefusalEntity, ReferralStepSignatureEntity, GoodsLotEntity, GoodsMovementEntity] as const;
export const referralMigrations = [CreateReferral1800000000300, CreateReferralProceedings1800000000500, ReferralRemedies1800000000600, SignReferralSteps1800000001100, CreateGoods1800000001110] as const;
export const referralAppendOnly = ['referral_timeline', 'referral_step_signature', 'signing_key', 'goods_lot', 'goods_movement'] as const;
export const referralResolvers = [
  ReferralResolver, ReferralTimelineResolver, ReferralRefusalResolver, CaseReferralResolver, EnterpriseReferralsResolver, ReferralActsResolver,
  ReferralEventResolver, ReferralTrackResolver, ProceedingsResolver, RemediesResolver, GoodsActsResolver, GoodsPartResolver, GoodsMovementResolver, ReferralGoodsResolver,
] as const;
export const referralReferences = {
  Referral: { __resolveReference: (ref: { id: string }, ctx: RequestContext) => ctx.use(referralLoader).load(ref.id) },
};
export { factsInShort } from './facts-in-short';
export { fileCalled } from './referral.source';
export { referralLoader, type VisibleReferral } from './referral.loader';
export { CriminalChargeEnum, ReferralType } from './referral.type';
export { referralClocks } from './referral.clocks';
export { finishedReferral, referralMachine, type ReferralActName } from './referral.machine';
export { decideReferral, goodsHandedOver, holderAfter, missingDocuments, noReferral, waitsForCriminal, withdrawalTold, type Decided } from './referral.rule';
export * from './referral-record';
export { decideTrack, settledByFiling, type ReferralTrack, type Situation, type Tracks } from './referral-track';
export { type TrackAct, trackOf } from './referral-track.machine';
export { referralNo } from './new-referral';
export { mayOpenDocument } from './referral-files';
export { type GoodsAct } from './goods.machine';
export { goodsLine, type GoodsLot, type GoodsMovement, type GoodsPart, type Move, moveGoods, newGoods, partsAfter } from './goods.rule';
export { GoodsLotEntity, GoodsMovementEntity } from './goods.entity';
export { lastShown, mayNote } from './referral-words';
export { publishedKeys, signEarlierSteps, signSteps, stepRows, type StepRow, wordsOf } from './step-signatures';
export { saltedDigest, stepHash, stepType } from './step-signature.rule';
export { ReferralStepSignatureEntity } from './step-signature.entity';
export { ReferralDocumentEntity, ReferralEntity, ReferralTimelineEntity } from './referral.entity';
