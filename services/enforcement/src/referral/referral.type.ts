import 'reflect-metadata';
import { criminalCharge, filingReviewExtension, judgmentInstance, judgmentOutcome, nonProsecutionKind, reconsiderationOutcome, referralAct, referralDocumentKind, referralStatus, referralTrackKind, referralTrackState } from '@casebridge/contracts';
import { connectionType, DateScalar, DateTimeScalar, DeadlineType, FenScalar, LegalBasis, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

export const ReferralStatusEnum = registerCodeList(referralStatus);
export const ReferralActEnum = registerCodeList(referralAct);
export const CriminalChargeEnum = registerCodeList(criminalCharge);
export const NonProsecutionKindEnum = registerCodeList(nonProsecutionKind);
export const JudgmentOutcomeEnum = registerCodeList(judgmentOutcome);
export const JudgmentInstanceEnum = registerCodeList(judgmentInstance);
export const FilingReviewExtensionEnum = registerCodeList(filingReviewExtension);
export const ReconsiderationOutcomeEnum = registerCodeList(reconsiderationOutcome);
export const ReferralTrackKindEnum = registerCodeList(referralTrackKind);
export const ReferralTrackStateEnum = registerCodeList(referralTrackState);
export const ReferralDocumentKindEnum = registerCodeList(referralDocumentKind);

@ObjectType('ReferralTrack', { description: '并行程序 What runs beside the main track: reconsideration, supervision of the filing, reverse transfer.' })
export class ReferralTrackType {
  @Field(() => ReferralTrackKindEnum) kind!: string;
  @Field(() => Int, { description: 'Position of the act that opened it.' }) openedPosition!: number;
  @Field(() => ReferralTrackStateEnum) state!: string;
}

@ObjectType('ReferralTimelineEntry', { description: '移送办理记录 One act on a referral; positions are dense from 1, so that a gap would show.' })
export class ReferralTimelineEntryType {
  @Field(() => Int) position!: number;
  @Field(() => ReferralActEnum) act!: string;
  @Field(() => ReferralStatusEnum, { description: 'State after the act.' }) status!: string;
  @Field(() => DateTimeScalar) at!: Date;
  @Field(() => LegalBasis, { description: '依据 The article the act rests on.' }) basis!: LegalBasis;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When what follows is due.' }) dueAt!: Date | null;
  @Field(() => DeadlineType, { nullable: true }) deadline!: DeadlineType | null;
  @Field(() => Boolean, { nullable: true, description: '是否在期限内 Whether the act came in time; null where no clock ran.' }) met!: boolean | null;
}

@ObjectType('ReferralDocument', { description: '移送材料 A document of the file; GET /files/{fileId} gives its bytes.' })
export class ReferralDocumentType {
  @Field(() => ID) id!: string;
  @Field(() => ReferralDocumentKindEnum) kind!: string;
  @Field(() => String) title!: string;
  @Field(() => ID) fileId!: string;
}

@ObjectType('NonProsecution', { description: '不起诉 Decision of the procuratorate not to prosecute.' })
export class NonProsecutionType {
  @Field(() => NonProsecutionKindEnum) kind!: string;
  @Field(() => String, { description: '理由' }) reasons!: string;
}

@ObjectType('Judgment', { description: '判决 The judgment last recorded.' })
export class JudgmentType {
  @Field(() => String, { description: '判决书文号' }) number!: string;
  @Field(() => JudgmentOutcomeEnum) outcome!: string;
  @Field(() => JudgmentInstanceEnum) instance!: string;
  @Field(() => DateScalar, { description: '判决日期' }) judgedOn!: string;
  @Field(() => DateScalar, { nullable: true, description: '生效日期 Null while it can be appealed.' }) effectiveOn!: string | null;
}

@ObjectType('Referral', { description: '涉嫌犯罪案件移送 Referral of a suspected crime to the police (行刑衔接).' })
@Directive('@key(fields: "id")')
export class ReferralType {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true, description: '移送书文号' }) referralNo!: string | null;
  @Field(() => Int, { nullable: true, description: 'Counts the acts; for expectedVersion.' }) version!: number | null;
  @Field(() => ReferralStatusEnum, { nullable: true }) status!: string | null;
  @Field(() => CriminalChargeEnum, { nullable: true, description: '涉嫌罪名' }) charge!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: '到期时间 The first late instant of the clock that runs; null without one.' }) dueAt!: Date | null;
  @Field(() => DeadlineType, { nullable: true }) deadline!: DeadlineType | null;
  @Field(() => DateTimeScalar, { nullable: true }) createdAt!: Date | null;
  @Field(() => [String], { nullable: true, description: '待补充事项 What the police found missing.' }) gaps!: string[] | null;
  @Field(() => String, { nullable: true, description: '检察意见书文号 Of the order to refer, where there was one.' }) orderNo!: string | null;
  @Field(() => FilingReviewExtensionEnum, { nullable: true, description: '立案审查延长 Extended; the basis was not verified.' }) reviewExtension!: string | null;
  @Field(() => String, { nullable: true, description: '受案回执号' }) receiptNo!: string | null;
  @Field(() => String, { nullable: true, description: '立案决定书文号' }) decisionNo!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '决定日期 Day of the decision on filing.' }) decidedOn!: string | null;
  @Field(() => CriminalChargeEnum, { nullable: true, description: '立案罪名' }) filedCharge!: string | null;
  @Field(() => String, { nullable: true, description: '不予立案理由' }) notFiledReasons!: string | null;
  @Field(() => String, { nullable: true, description: '退回理由' }) returnReasons!: string | null;
}

@ObjectType('ReferralPayload', { description: 'The referral after the act.' })
export class ReferralPayload {
  @Field(() => ReferralType, { nullable: true }) referral!: ReferralType | null;
}

@ObjectType('ReferralEvent', { description: '移送动态 An act on a referral, told live and in order.' })
export class ReferralEventType {
  @Field(() => String, { description: 'Resume from here with `after`.' }) cursor!: string;
  @Field(() => Int, { description: "Position in the referral's timeline." }) position!: number;
  @Field(() => ReferralActEnum) act!: string;
  @Field(() => DateTimeScalar) occurredAt!: Date;
  @Field(() => ReferralStatusEnum) statusAfter!: string;
  @Field(() => DateTimeScalar, { nullable: true }) dueAtAfter!: Date | null;
}

@ObjectType('ReferralRefusal', { description: '不批准移送 A refusal to refer, open to the procuratorate of the place.' })
export class ReferralRefusalType {
  @Field(() => ID) id!: string;
  @Field(() => String) caseNo!: string;
  @Field(() => String, { description: '事实摘要 Facts in short.' }) factsInShort!: string;
  @Field(() => CriminalChargeEnum) charge!: string;
  @Field(() => [LegalBasis], { description: '涉嫌违反的条款' }) suspectedArticles!: LegalBasis[];
  @Field(() => FenScalar, { nullable: true, description: '货值金额（分）' }) goodsValueFen!: number | null;
  @Field(() => String, { description: '理由' }) reasons!: string;
  @Field(() => DateTimeScalar) refusedAt!: Date;
}

export const ReferralConnection = connectionType('Referral', () => ReferralType);
export const ReferralRefusalConnection = connectionType('ReferralRefusal', () => ReferralRefusalType);
