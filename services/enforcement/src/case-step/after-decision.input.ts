import type { ClosingGround, RemedyKind, RemedyOutcome } from '@casebridge/contracts';
import { DateScalar, FenScalar } from '@casebridge/platform';
import { Field, ID, InputType, Int } from 'type-graphql';
import { ClosingGroundEnum, RemedyKindEnum, RemedyOutcomeEnum } from './after-decision.type';

const expected = { nullable: true, description: 'Version of the case that the caller read; another one is a CONFLICT.' } as const;
const decision = { description: '行政处罚决定 Id of a served decision of the case.' } as const;
const reasons = { description: '理由' } as const;

@InputType({ description: '缴纳罚款' })
export class RecordFinePaymentInput {
  @Field(() => ID, decision) decisionId!: string;
  @Field(() => DateScalar, { description: '缴款日期' }) paidOn!: string;
  @Field(() => FenScalar, { description: '缴款金额 With a surcharge, where one is paid.' }) amountFen!: number;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '催告、申请强制执行 The decision that is not performed, and why.' })
export class EnforceDecisionInput {
  @Field(() => ID, decision) decisionId!: string;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '申请行政复议或者提起行政诉讼' })
export class RecordRemedyInput {
  @Field(() => ID, decision) decisionId!: string;
  @Field(() => RemedyKindEnum) kind!: RemedyKind;
  @Field(() => DateScalar, { description: '申请日期 From then on no surcharge accrues.' }) appliedOn!: string;
  @Field(() => String, { description: '案号 Number of the reconsideration or the suit.' }) caseNo!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '复议决定、裁判或者自行纠正 What became of the decision.' })
export class DecisionOutcomeInput {
  @Field(() => ID, decision) decisionId!: string;
  @Field(() => RemedyOutcomeEnum) outcome!: RemedyOutcome;
  @Field(() => String, { description: '文号 Number of the document that says so.' }) documentNo!: string;
  @Field(() => DateScalar, { description: '日期 Its day.' }) decidedOn!: string;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '确认变更、撤销等结果' })
export class ConfirmOverturningInput {
  @Field(() => ID, decision) decisionId!: string;
  @Field(() => Boolean, { description: '是否确认 False declines it: the decision stands, and a remedy runs on.' }) confirmed!: boolean;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '结案' })
export class CloseCaseInput {
  @Field(() => ClosingGroundEnum, { description: '结案情形' }) ground!: ClosingGround;
  @Field(() => DateScalar, { description: '情形出现日期 The fifteen working days count from it.' }) groundOn!: string;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '归档 Titles of the documents, in order.' })
export class ArchiveCaseInput {
  @Field(() => [String], { description: '正卷' }) mainVolume!: string[];
  @Field(() => [String], { defaultValue: [], description: '副卷' }) subVolume!: string[];
  @Field(() => Int, expected) expectedVersion?: number | null;
}
