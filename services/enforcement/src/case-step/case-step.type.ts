import {
  caseReviewKind, type CaseReviewKind, caseStatus, type CaseStatus, caseStepAct, type CaseStepAct, excludedTimeKind, type ExcludedTimeKind, noPenaltyDecisionKind, suspensionGround,
  terminationGround,
} from '@casebridge/contracts';
import { DateScalar, DateTimeScalar, registerCodeList } from '@casebridge/platform';
import { Field, Int, ObjectType } from 'type-graphql';

const CaseStatusEnum = registerCodeList(caseStatus);
const CaseStepActEnum = registerCodeList(caseStepAct);
export const CaseReviewKindEnum = registerCodeList(caseReviewKind);
export const ExcludedTimeKindEnum = registerCodeList(excludedTimeKind);
export const SuspensionGroundEnum = registerCodeList(suspensionGround);
export const TerminationGroundEnum = registerCodeList(terminationGround);
export const NoPenaltyDecisionKindEnum = registerCodeList(noPenaltyDecisionKind);

@ObjectType('CaseStep', { description: '办案步骤 One step of an administrative case; positions are dense from 1.' })
export class CaseStepType {
  @Field(() => Int) position!: number;
  @Field(() => CaseStepActEnum) act!: CaseStepAct;
  @Field(() => CaseStatusEnum, { description: 'State of the case after the step.' }) status!: CaseStatus;
  @Field(() => DateTimeScalar) at!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When what ran after it was due, as it was counted then.' }) dueAt!: Date | null;
  @Field(() => Boolean, { nullable: true, description: '是否在期限内 Whether what was owed came in time; null for steps that nothing was owed with.' }) met!: boolean | null;
}

@ObjectType({ description: '不计入办案期限的时间 A stretch that is not counted into the period of decision.' })
export class ExcludedTime {
  @Field(() => ExcludedTimeKindEnum) kind!: ExcludedTimeKind;
  @Field(() => DateTimeScalar) from!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while it lasts.' }) to!: Date | null;
}

@ObjectType({ description: '办案进度 How far the procedure of a case has come, by the steps that are recorded.' })
export class CaseProgress {
  @Field(() => [String], { description: '办案人员 Officers of the case.' }) officers!: readonly string[];
  @Field(() => Boolean, { description: '是否情节复杂或者重大 Whether it is to be discussed collectively.' }) major!: boolean;
  @Field(() => Boolean, { description: '是否已集体讨论' }) discussed!: boolean;
  @Field(() => CaseReviewKindEnum, { nullable: true, description: '审核类型 The review that it was sent to.' }) reviewKind!: CaseReviewKind | null;
  @Field(() => Boolean, { nullable: true, description: '审核是否通过' }) reviewPassed!: boolean | null;
  @Field(() => DateScalar, { nullable: true, description: '告知书送达日期 When the notice was served.' }) noticeServedOn!: string | null;
  @Field(() => Boolean, { nullable: true, description: '是否告知听证权利' }) hearingOffered!: boolean | null;
  @Field(() => DateScalar, { nullable: true, description: '申请听证日期' }) hearingRequestedOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '听证日期 For which the hearing is announced.' }) hearingOn!: string | null;
  @Field(() => Boolean, { nullable: true, description: '听证是否已举行' }) hearingHeld!: boolean | null;
  @Field(() => [ExcludedTime], { description: '不计入办案期限的时间' }) excludedTime!: ExcludedTime[];
  @Field(() => [Int], { description: '延期天数 Days that were added to the period of decision, in order.' }) extensions!: readonly number[];
}
