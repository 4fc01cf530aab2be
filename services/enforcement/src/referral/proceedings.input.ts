import 'reflect-metadata';
import type { JudgmentInstance, JudgmentOutcome, NonProsecutionKind } from '@casebridge/contracts';
import { DateScalar } from '@casebridge/platform';
import { Field, InputType, Int } from 'type-graphql';
import { expected } from './referral.input';
import { JudgmentInstanceEnum, JudgmentOutcomeEnum, NonProsecutionKindEnum } from './referral.type';

@InputType()
export class RecordReceiptRefusalInput {
  @Field(() => String, { description: '拒绝签收的情况 What the police said, and when.' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class WithdrawCriminalCaseInput {
  @Field(() => String, { description: '撤销案件理由' }) reasons!: string;
  @Field(() => DateScalar, { description: '决定日期' }) decidedOn!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class SendForProsecutionInput {
  @Field(() => String, { description: '起诉意见书文号' }) opinionNo!: string;
  @Field(() => String, { nullable: true, description: '受理的人民检察院 By default the one that has the copy.' }) procuratorateAgency?: string | null;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class ReturnForInvestigationInput {
  @Field(() => String, { description: '补充侦查提纲 What is to be investigated.' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class IndictInput {
  @Field(() => String, { description: '起诉书文号' }) indictmentNo!: string;
  @Field(() => String, { description: '受理的人民法院 Code of the court, which gets a part in the case.' }) court!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class DecideNotToProsecuteInput {
  @Field(() => NonProsecutionKindEnum) kind!: NonProsecutionKind;
  @Field(() => String, { description: '不起诉理由' }) reasons!: string;
  @Field(() => DateScalar, { description: '决定日期' }) decidedOn!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class RecordJudgmentInput {
  @Field(() => String, { description: '判决书文号' }) judgmentNo!: string;
  @Field(() => JudgmentOutcomeEnum) outcome!: JudgmentOutcome;
  @Field(() => JudgmentInstanceEnum) instance!: JudgmentInstance;
  @Field(() => DateScalar, { description: '判决日期' }) judgedOn!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: 'The judgment that stands: that of the first instance, or what the second made of it.' })
export class RecordEffectiveJudgmentInput extends RecordJudgmentInput {
  @Field(() => DateScalar, { description: '生效日期' }) effectiveOn!: string;
}

@InputType()
export class CloseReferralInput {
  @Field(() => Int, expected) expectedVersion?: number | null;
}
