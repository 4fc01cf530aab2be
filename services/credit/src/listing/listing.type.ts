import {
  type ListingAct, listingAct, type ListingGround, listingGround, type ListingStatus, listingStatus, notListedReason, type PartyKind, partyKind,
  type PenaltyKind, penaltyKind,
} from '@casebridge/contracts';
import { connectionType, DateScalar, DateTimeScalar, LegalBasis, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';

const PartyKindEnum = registerCodeList(partyKind);
const PenaltyKindEnum = registerCodeList(penaltyKind);
const ListingActEnum = registerCodeList(listingAct);
export const ListingStatusEnum = registerCodeList(listingStatus);
export const ListingGroundEnum = registerCodeList(listingGround);
export const NotListedReasonEnum = registerCodeList(notListedReason);
const isPublic = '@tag(name: "public")';

@ObjectType({ description: '严重违法失信名单条目 A heavy penalty, and whether it is followed by an entry in the serious-dishonesty list.' })
export class DishonestyListing {
  @Field(() => ID, { description: '标识 Id.' }) @Directive(isPublic) id!: string;
  @Field(() => PartyKindEnum, { description: '当事人类别 Whether an entity or a person.' }) @Directive(isPublic) partyKind!: PartyKind;
  @Field(() => String, { description: '当事人 The party.' }) @Directive(isPublic) partyName!: string;
  @Field(() => String, { description: '处罚决定书文号 Number of the penalty decision.' }) @Directive(isPublic) documentNo!: string;
  @Field(() => [ListingGroundEnum], { description: '列入情形 Grounds; before the notice those that the violation meets by its name.' }) @Directive(isPublic) grounds!: ListingGround[];
  @Field(() => String, { nullable: true, description: '列入决定书文号 Number of the decision to list.' }) @Directive(isPublic) listingNo!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '列入日期 Day of the decision to list.' }) @Directive(isPublic) listedOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '公示日期 Day of the publication.' }) @Directive(isPublic) publishedOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '届满日 Last day on the list; null before the publication, and for life.' }) @Directive(isPublic) endsOn!: string | null;
  @Field(() => Boolean, { description: '终身 On the list for life, as the restriction is.' }) @Directive(isPublic) forLife!: boolean;
  @Field(() => [PenaltyKindEnum], { description: '较重行政处罚 The penalties that make the decision a heavy one.' }) heavyKinds!: PenaltyKind[];
}

export const DishonestyListingConnection = connectionType('DishonestyListing', () => DishonestyListing, { public: true });

@ObjectType({ description: '办理记录 One act on a listing.' })
export class DishonestyListingAct {
  @Field(() => Int, { description: '序号 Position among the acts, from 1.' }) position!: number;
  @Field(() => ListingActEnum, { description: '办理事项 What was done.' }) act!: ListingAct;
  @Field(() => ListingStatusEnum, { description: '办理后状态 The state after it.' }) status!: ListingStatus;
  @Field(() => DateTimeScalar, { description: '时间 When.' }) at!: Date;
  @Field(() => String, { description: '办理机关 Code of the agency.' }) actorCode!: string;
  @Field(() => LegalBasis, { description: '依据 The article that the act rests on.' }) basis!: LegalBasis;
  @Field(() => Boolean, { nullable: true, description: '是否按期 Whether it came in time; null where no clock ran for it.' }) met!: boolean | null;
  @Field(() => DateScalar, { nullable: true, description: '发生日期 The day that the act tells of.' }) on!: string | null;
  @Field(() => String, { nullable: true, description: '内容 Facts, statement, summary, opinion, reasons or explanation.' }) text!: string | null;
  @Field(() => String, { nullable: true, description: '列入后果 Consequences, of a decision to list.' }) consequences!: string | null;
  @Field(() => String, { nullable: true, description: '移出条件 Terms of exit, of a decision to list.' }) exitTerms!: string | null;
  @Field(() => String, { nullable: true, description: '救济途径 Remedies, of a decision to list.' }) remedies!: string | null;
  @Field(() => String, { nullable: true, description: '履行义务情况 How the duties were performed, of an application.' }) dutiesPerformed!: string | null;
  @Field(() => String, { nullable: true, description: '消除危害情况 How the harm was removed, of an application.' }) harmRemoved!: string | null;
}

@InputType({ description: '失信名单查询条件 Conditions on listings; all that are given must hold.' })
@Directive(isPublic)
export class DishonestyListingFilter {
  @Field(() => [ListingStatusEnum], { nullable: true, description: '状态 Any of these states, as of today and as they are shown to you.' }) @Directive(isPublic) status?: ListingStatus[] | null;
  @Field(() => [ListingGroundEnum], { nullable: true, description: '列入情形 Any of these grounds.' }) @Directive(isPublic) grounds?: ListingGround[] | null;
  @Field(() => String, { nullable: true, description: '决定机关代码 Code of the agency.' }) @Directive(isPublic) agency?: string | null;
  @Field(() => String, { nullable: true, description: '行政区划 In this region or below it.' }) @Directive(isPublic) region?: string | null;
  @Field(() => String, { nullable: true, description: '统一社会信用代码 Credit code of the enterprise.' }) @Directive(isPublic) enterpriseUscc?: string | null;
  @Field(() => Boolean, { nullable: true, description: '逾期 True: only those on which an act is overdue, of what you handle or supervise.' }) overdue?: boolean | null;
}

@ObjectType({ description: '办理结果 The listing after the act.' })
export class DishonestyListingPayload {
  @Field(() => DishonestyListing, { nullable: true }) listing!: DishonestyListing | null;
}
