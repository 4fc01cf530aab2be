import {
  type DisclosureAct, disclosureAct, type DisclosureDeferralStatus, disclosureDeferralStatus, type DisclosureStatus, disclosureStatus, type SecrecyGround, secrecyGround,
  secrecyReview, type WithdrawalCause, withdrawalCause,
} from '@casebridge/contracts';
import { connectionType, DateScalar, DateTimeScalar, DeadlineType, LegalBasis, registerCodeList } from '@casebridge/platform';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { DisclosureRecord } from './disclosure-record.type';

const DisclosureActEnum = registerCodeList(disclosureAct);
export const DisclosureStatusEnum = registerCodeList(disclosureStatus);
const DeferralStatusEnum = registerCodeList(disclosureDeferralStatus);
export const SecrecyReviewEnum = registerCodeList(secrecyReview);
export const SecrecyGroundEnum = registerCodeList(secrecyGround);
export const WithdrawalCauseEnum = registerCodeList(withdrawalCause);

@ObjectType({ description: '更正内容 One part of what is published, and how it reads instead.' })
export class DisclosureCorrection {
  @Field(() => String, { description: '项目 Field of the record.' }) field!: string;
  @Field(() => String, { description: '更正前 As it was.' }) from!: string;
  @Field(() => String, { description: '更正后 As it is to read.' }) to!: string;
}

@ObjectType({ description: '公示办理记录 One act on the publication of a decision, or on a deferral.' })
export class DisclosureProcedureAct {
  @Field(() => Int, { description: '序号 Position among the acts, from 1.' }) position!: number;
  @Field(() => DisclosureActEnum, { description: '办理事项 What was done.' }) act!: DisclosureAct;
  @Field(() => DateTimeScalar, { description: '时间 When.' }) at!: Date;
  @Field(() => String, { description: '办理机关 Code of the agency.' }) actorCode!: string;
  @Field(() => String, { description: '办理人 The officer; `hub` for what followed of itself from an event.' }) officerId!: string;
  @Field(() => LegalBasis, { description: '依据 The article that the act rests on.' }) basis!: LegalBasis;
  @Field(() => Boolean, { nullable: true, description: '是否按期 Whether it came in time; null where no clock ran for it.' }) met!: boolean | null;
  @Field(() => DateScalar, { nullable: true, description: '发生日期 The day that the act tells of.' }) on!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '复核日期 Day by which a deferral is looked at again.' }) reviewOn!: string | null;
  @Field(() => String, { nullable: true, description: '内容 Reasons, opinion or proof.' }) text!: string | null;
  @Field(() => WithdrawalCauseEnum, { nullable: true, description: '撤回事由 Cause, of a withdrawal.' }) cause!: WithdrawalCause | null;
  @Field(() => [SecrecyGroundEnum], { description: '不予公开事由 Grounds, of a secrecy review: one for every passage that was taken out.' }) grounds!: SecrecyGround[];
  @Field(() => [DisclosureCorrection], { description: '更正内容 What reads otherwise, of a correction.' }) changes!: DisclosureCorrection[];
}

@ObjectType({ description: '跨省推送 What is owed to the province in which the party is registered (O45 art. 10).' })
export class DisclosurePush {
  @Field(() => DateScalar, { nullable: true, description: '推送日期 Day on which it was pushed.' }) pushedOn!: string | null;
  @Field(() => DeadlineType, { nullable: true, description: '推送期限 Until when it has to be pushed.' }) deadline!: DeadlineType | null;
  @Field(() => Boolean, { nullable: true, description: '是否按期 Whether it was pushed in time; null while it still may be.' }) met!: boolean | null;
  @Field(() => DeadlineType, { nullable: true, description: '接收地公示期限 Until when the other province has to show it; null before the push.' })
  publicationDeadline!: DeadlineType | null;
}

@InputType({ description: '公示办理查询条件 Conditions on the records that you handle or supervise; all that are given must hold.' })
export class DisclosureFilter {
  @Field(() => [DisclosureStatusEnum], { nullable: true, description: '状态 Any of these states, as of today.' }) status?: DisclosureStatus[] | null;
  @Field(() => String, { nullable: true, description: '处罚机关代码 Code of the deciding agency.' }) agency?: string | null;
  @Field(() => ID, { nullable: true, description: '案件 The case.' }) caseId?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '处罚决定日期（起） Decided on this day or later.' }) decidedFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '处罚决定日期（止） Decided on this day or earlier.' }) decidedTo?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '公示截止期不晚于 Last day shown on this day or earlier.' }) endsBy?: string | null;
  @Field(() => Boolean, { nullable: true, description: '是否已保密审查 Whether there is an outcome of the secrecy review.' }) reviewed?: boolean | null;
}

@ObjectType({ description: '暂缓公示 While it runs nothing that came of the case is published: it would expose an investigation.' })
export class DisclosureDeferral {
  @Field(() => ID, { description: '标识 Id.' }) id!: string;
  @Field(() => DeferralStatusEnum, { description: '状态 State.' }) status!: DisclosureDeferralStatus;
  @Field(() => String, { description: '理由 Why.' }) reasons!: string;
  @Field(() => DateScalar, { description: '复核日期 Last day by which the head has to look at it again.' }) reviewOn!: string;
  @Field(() => DateTimeScalar, { description: '决定时间 When it was ordered.' }) orderedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: '解除时间 When it was lifted.' }) liftedAt!: Date | null;
  @Field(() => Int, { description: '版本 Counts the acts; for `expectedVersion`.' }) version!: number;
}

export const DisclosureDeferralConnection = connectionType('DisclosureDeferral', () => DisclosureDeferral);

@InputType({ description: '暂缓公示查询条件 Conditions on deferrals; all that are given must hold.' })
export class DisclosureDeferralFilter {
  @Field(() => [DeferralStatusEnum], { nullable: true, description: '状态 Any of these states.' }) status?: DisclosureDeferralStatus[] | null;
  @Field(() => String, { nullable: true, description: '机关代码 Code of the agency.' }) agency?: string | null;
  @Field(() => Boolean, { nullable: true, description: '逾期未复核 True: only those that run and were not looked at by their day.' }) reviewOverdue?: boolean | null;
}

@ObjectType({ description: '办理结果 The record after the act.' })
export class DisclosurePayload {
  @Field(() => DisclosureRecord, { nullable: true }) record!: DisclosureRecord | null;
}

@ObjectType({ description: '办理结果 The deferral after the act.' })
export class DisclosureDeferralPayload {
  @Field(() => DisclosureDeferral, { nullable: true }) deferral!: DisclosureDeferral | null;
}
