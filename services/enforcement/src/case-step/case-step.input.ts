import type { CaseReviewKind, ExcludedTimeKind, NoPenaltyDecisionKind, PenaltyKind, SuspensionGround, TerminationGround } from '@casebridge/contracts';
import { DateScalar, FenScalar } from '@casebridge/platform';
import { Field, ID, InputType, Int } from 'type-graphql';
import { PenaltyKindEnum } from '../penalty-decision/penalty-decision.type';
import { CaseReviewKindEnum, ExcludedTimeKindEnum, NoPenaltyDecisionKindEnum, SuspensionGroundEnum, TerminationGroundEnum } from './case-step.type';

const expected = { nullable: true, description: 'Version of the case that the caller read; another one is a CONFLICT.' } as const;
const reasons = { description: '理由' } as const;

@InputType({ description: '开始调查 Who investigates.' })
export class BeginInvestigationInput {
  @Field(() => [String], { description: '办案人员 Two officers of the agency or more, by their ids.' }) officers!: string[];
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '中止调查' })
export class SuspendCaseInput {
  @Field(() => SuspensionGroundEnum, { description: '中止情形' }) ground!: SuspensionGround;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '终止调查' })
export class TerminateCaseInput {
  @Field(() => TerminationGroundEnum, { description: '终止情形' }) ground!: TerminationGround;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '理由 Why, for steps that need nothing else.' })
export class CaseReasonsInput {
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '不计入办案期限的时间 What does not count, and why; suspension and hearing have acts of their own.' })
export class ExcludedTimeInput {
  @Field(() => ExcludedTimeKindEnum) kind!: ExcludedTimeKind;
  @Field(() => String, { description: '说明 Who tests or appraises, the number of the report.' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '调查终结 The report with which the investigation ends.' })
export class ConcludeInvestigationInput {
  @Field(() => String, { description: '调查终结报告 Facts, evidence, and what is proposed.' }) report!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '送审' })
export class SendCaseForReviewInput {
  @Field(() => CaseReviewKindEnum, { description: '审核类型' }) kind!: CaseReviewKind;
  @Field(() => Boolean, { defaultValue: false, description: '是否情节复杂或者重大 Whether the heads must discuss it collectively before it is decided.' }) major!: boolean;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '延长审核期限 For how many working days more.' })
export class ExtendCaseReviewInput {
  @Field(() => Int, { description: '延长的工作日数' }) days!: number;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '审核意见' })
export class CaseReviewInput {
  @Field(() => String, { description: '审核意见 Opinion of the review.' }) opinion!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '集体讨论' })
export class DiscussCaseInput {
  @Field(() => [String], { description: '参加人员 Heads who took part, two or more.' }) participants!: string[];
  @Field(() => String, { description: '讨论结论' }) conclusion!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '行政处罚告知 What the party is told before the decision.' })
export class ServeCaseNoticeInput {
  @Field(() => DateScalar, { description: '送达日期 The five working days count from it.' }) servedOn!: string;
  @Field(() => String, { description: '拟处罚的事实、理由、依据' }) facts!: string;
  @Field(() => [PenaltyKindEnum], { description: '拟作出的处罚种类' }) kinds!: PenaltyKind[];
  @Field(() => FenScalar, { nullable: true, description: '拟罚款金额' }) fineFen?: number | null;
  @Field(() => FenScalar, { nullable: true, description: '拟没收违法所得和财物的价值' }) confiscationFen?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: '是否告知听证权利 Whether the party was told that it may ask for a hearing.' }) hearingOffered!: boolean;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '陈述申辩' })
export class RecordPartyStatementInput {
  @Field(() => String, { description: '陈述申辩意见' }) statement!: string;
  @Field(() => Boolean, { defaultValue: false, description: '是否明确放弃 Whether the party says that it will neither answer any more nor ask for a hearing.' }) waives!: boolean;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '申请听证' })
export class RecordHearingRequestInput {
  @Field(() => DateScalar, { description: '申请日期' }) requestedOn!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '听证通知' })
export class NotifyHearingInput {
  @Field(() => DateScalar, { description: '听证日期 Seven working days from now at the earliest.' }) hearingOn!: string;
  @Field(() => String, { description: '听证地点' }) place!: string;
  @Field(() => String, { description: '听证主持人 Who presides; not an officer of the case.' }) chair!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '举行听证' })
export class RecordHearingHeldInput {
  @Field(() => String, { description: '听证笔录要点' }) record!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '继续延期 By collective decision, for as many days as it states.' })
export class ExtendDecisionFurtherInput {
  @Field(() => Int, { description: '延长的天数 Calendar days.' }) days!: number;
  @Field(() => [String], { description: '参加集体讨论的人员' }) participants!: string[];
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '不予处罚等决定 What the case is decided with where no penalty is imposed.' })
export class DecideWithoutPenaltyInput {
  @Field(() => NoPenaltyDecisionKindEnum, { description: '决定类型' }) kind!: NoPenaltyDecisionKind;
  @Field(() => String, { description: '文号, e.g. 沈市监不罚〔2026〕12号' }) documentNo!: string;
  @Field(() => DateScalar, { description: '决定日期' }) decidedOn!: string;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => ID, { nullable: true, description: '受移送机关 For a transfer to another administrative authority.' }) toAgency?: string | null;
  @Field(() => Int, expected) expectedVersion?: number | null;
}
