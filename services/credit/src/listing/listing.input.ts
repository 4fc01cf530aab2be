import type { ListingGround, NotListedReason } from '@casebridge/contracts';
import { DateScalar } from '@casebridge/platform';
import { Field, InputType, Int } from 'type-graphql';
import { ListingGroundEnum, NotListedReasonEnum } from './listing.type';

@InputType({ description: '版本 Nothing but the version that the caller read.' })
export class ListingActInput {
  @Field(() => Int, { nullable: true, description: 'Must equal the version of the record, else CONFLICT.' }) expectedVersion?: number | null;
}

@InputType({ description: '理由 Why.' })
export class ListingReasonsInput extends ListingActInput {
  @Field(() => String, { description: '理由 Reasons.' }) reasons!: string;
}

@InputType({ description: '意见 An opinion, where there is one.' })
export class ListingOpinionInput extends ListingActInput {
  @Field(() => String, { nullable: true, description: '意见 Opinion.' }) opinion?: string | null;
}

@InputType({ description: '列入告知 The notice that the party is to be listed.' })
export class ServeListingNoticeInput extends ListingActInput {
  @Field(() => String, { description: '告知书文号 Number of the notice.' }) noticeNo!: string;
  @Field(() => DateScalar, { description: '送达日期 Day of service.' }) servedOn!: string;
  @Field(() => [ListingGroundEnum], { description: '列入情形 Grounds, one at least.' }) grounds!: ListingGround[];
  @Field(() => String, { description: '事实 Facts: how grave it is.' }) facts!: string;
}

@InputType({ description: '陈述申辩 What the party says.' })
export class RecordListingStatementInput extends ListingActInput {
  @Field(() => String, { description: '内容 What it says.' }) statement!: string;
  @Field(() => DateScalar, { description: '收到日期 Day of receipt.' }) receivedOn!: string;
}

@InputType({ description: '听证申请 The party asks for a hearing.' })
export class RequestListingHearingInput extends ListingActInput {
  @Field(() => DateScalar, { description: '申请日期 Day on which it asked.' }) requestedOn!: string;
}

@InputType({ description: '听证 The hearing.' })
export class RecordListingHearingInput extends ListingActInput {
  @Field(() => DateScalar, { description: '听证日期 Day of the hearing.' }) heldOn!: string;
  @Field(() => String, { description: '听证情况 What was said, and the opinion of who presided.' }) summary!: string;
}

@InputType({ description: '列入决定 The decision to list.' })
export class DecideListingInput extends ListingActInput {
  @Field(() => String, { description: '列入决定书文号 Number.' }) listingNo!: string;
  @Field(() => DateScalar, { description: '决定日期 Day of the decision.' }) decidedOn!: string;
  @Field(() => String, { description: '列入理由和依据 Reasons and basis.' }) reasons!: string;
  @Field(() => String, { description: '惩戒措施提示 Consequences.' }) consequences!: string;
  @Field(() => String, { description: '移出条件、程序 Terms of exit.' }) exitTerms!: string;
  @Field(() => String, { description: '救济措施 Remedies.' }) remedies!: string;
}

@InputType({ description: '不列入决定 Why a heavy penalty is not followed by a listing.' })
export class DecideNotToListInput extends ListingActInput {
  @Field(() => NotListedReasonEnum, { description: '理由 Reason.' }) reason!: NotListedReason;
  @Field(() => String, { description: '说明 Explanation.' }) explanation!: string;
}

@InputType({ description: '提前移出申请 The application of the party.' })
export class ApplyForEarlyExitInput extends ListingActInput {
  @Field(() => DateScalar, { description: '申请日期 Day of the application.' }) appliedOn!: string;
  @Field(() => String, { description: '已自觉履行行政处罚决定规定的义务 How the duties were performed.' }) dutiesPerformed!: string;
  @Field(() => String, { description: '已主动消除危害后果和不良影响 How the harm was removed.' }) harmRemoved!: string;
}

@InputType({ description: '撤销列入 The penalty decision behind it was revoked.' })
export class RevokeListingInput extends ListingReasonsInput {
  @Field(() => DateScalar, { description: '处罚决定撤销日期 Day on which the penalty decision was revoked.' }) decisionRevokedOn!: string;
}
