import { CreateReferral1800000000300 } from '../migrations/1800000000300-create-referral';
import { CreateReferralProceedings1800000000500 } from '../migrations/1800000000500-create-referral-proceedings';
import { ProceedingsResolver } from './proceedings.resolver';
import { ReferralDocumentEntity, ReferralEntity, ReferralRefusalEntity, ReferralTimelineEntity } from './referral.entity';
import { referralLoader } from './referral.loader';
import { ReferralActsResolver, ReferralEventResolver } from './referral-acts.resolver';
import {
  CaseReferralResolver, EnterpriseReferralsResolver, ReferralRefusalResolver, ReferralResolver, ReferralTimelineResolver,
} from './referral.resolver';
import type { RequestContext } from '@casebridge/platform';

export const referralEntities = [ReferralEntity, ReferralTimelineEntity, ReferralDocumentEntity, ReferralRefusalEntity] as const;
export const referralMigrations = [CreateReferral1800000000300, CreateReferralProceedings1800000000500] as const;
export const referralAppendOnly = ['referral_timeline'] as const;
export const referralResolvers = [
  ReferralResolver, ReferralTimelineResolver, ReferralRefusalResolver, CaseReferralResolver, EnterpriseReferralsResolver, ReferralActsResolver,
  ReferralEventResolver, ProceedingsResolver,
] as const;
export const referralReferences = {
  Referral: { __resolveReference: (ref: { id: string }, ctx: RequestContext) => ctx.use(referralLoader).load(ref.id) },
};
export { referralClocks } from './referral.clocks';
export { finishedReferral, referralMachine, type ReferralActName } from './referral.machine';
export { decideReferral, holderAfter, missingDocuments, waitsForCriminal, type Decided, type ReferralState } from './referral.rule';
export * from './referral-record';
export { referralNo } from './submit-referral-report.usecase';
export { mayOpenDocument } from './referral-files';
export { ReferralDocumentEntity, ReferralEntity, ReferralTimelineEntity } from './referral.entity';
