import type { SecrecyGround, WithdrawalCause } from '@casebridge/contracts';
import { DateScalar } from '@casebridge/platform';
import { Field, InputType, Int } from 'type-graphql';
import { SecrecyGroundEnum, WithdrawalCauseEnum } from './disclosure-procedure.type';

@InputType({ description: '版本 Nothing but the version that the caller read.' })
abstract class DisclosureActInput {
  @Field(() => Int, { nullable: true, description: 'Must equal the version of the record, else CONFLICT.' }) expectedVersion?: number | null;
}

@InputType({ description: '理由 Why.' })
export class DisclosureReasonsInput extends DisclosureActInput {
  @Field(() => String, { description: '理由 Reasons.' }) reasons!: string;
}

@InputType({ description: '意见 An opinion, where there is one.' })
export class DisclosureOpinionInput extends DisclosureActInput {
  @Field(() => String, { nullable: true, description: '意见 Opinion.' }) opinion?: string | null;
}

@InputType({ description: '决定书全文 The full text of the decision.' })
export class StoreDisclosureTextInput extends DisclosureActInput {
  @Field(() => String, { description: '全文 As it was served; personal data is taken out before it is stored.' }) text!: string;
  @Field(() => [String], { nullable: true, description: '未成年人姓名 Names of minors, which read 某 wherever they stand.' }) minors?: string[] | null;
}

@InputType({ description: '处理内容 A passage that is taken out of the abstract and the full text.' })
export class RedactionInput {
  @Field(() => String, { description: '原文 The passage, as it stands there.' }) text!: string;
  @Field(() => SecrecyGroundEnum, { description: '事由 Ground.' }) ground!: SecrecyGround;
}

@InputType({ description: '保密审查 The outcome of the secrecy review.' })
export class ClearDisclosureInput extends DisclosureActInput {
  @Field(() => String, { description: '审查意见 Opinion.' }) opinion!: string;
  @Field(() => [RedactionInput], { nullable: true, description: '处理内容 What is taken out; none: all is shown.' }) redactions?: RedactionInput[] | null;
}

@InputType({ description: '不予公示 Why nothing of it is published.' })
export class WithholdDisclosureInput extends DisclosureReasonsInput {
  @Field(() => SecrecyGroundEnum, { description: '事由 Ground.' }) ground!: SecrecyGround;
}

@InputType({ description: '跨省推送 It was pushed to the province in which the party is registered.' })
export class RecordDisclosurePushInput extends DisclosureActInput {
  @Field(() => DateScalar, { description: '推送日期 Day of the push.' }) pushedOn!: string;
}

@InputType({ description: '更正 What is wrong, and how it is to read; what is left out stays.' })
export class ProposeDisclosureCorrectionInput extends DisclosureActInput {
  @Field(() => String, { nullable: true, description: '行政处罚决定书文号 Number of the decision.' }) documentNo?: string | null;
  @Field(() => String, { nullable: true, description: '当事人名称 Party.' }) partyName?: string | null;
  @Field(() => String, { nullable: true, description: '处罚内容摘要 The penalties in short.' }) penaltySummary?: string | null;
  @Field(() => String, { description: '更正说明 What the public is told of the correction.' }) correction!: string;
  @Field(() => String, { description: '证明材料 The proof.' }) proof!: string;
}

@InputType({ description: '撤回 Why the publication is to be withdrawn.' })
export class ProposeDisclosureWithdrawalInput extends DisclosureReasonsInput {
  @Field(() => WithdrawalCauseEnum, { description: '事由 Cause.' }) cause!: WithdrawalCause;
  @Field(() => DateScalar, { description: '事由发生日期 Day since which there is the cause; the time for the withdrawal counts from it.' }) causeOn!: string;
}

@InputType({ description: '暂缓依据 The article that a deferral rests on.' })
export class DeferralBasisInput {
  @Field(() => String, { description: '法律名称 Title of the instrument.' }) instrument!: string;
  @Field(() => String, { description: '条款 Article.' }) article!: string;
}

@InputType({ description: '暂缓公示 Why publication of the case has to wait.' })
export class DeferDisclosureInput {
  @Field(() => DeferralBasisInput, { description: '依据 Basis.' }) basis!: DeferralBasisInput;
  @Field(() => String, { description: '理由 Reasons: what publication would expose.' }) reasons!: string;
  @Field(() => DateScalar, { description: '复核日期 Day by which it is looked at again; in the future.' }) reviewOn!: string;
}

@InputType({ description: '复核暂缓 The deferral goes on.' })
export class ReviewDisclosureDeferralInput extends DisclosureReasonsInput {
  @Field(() => DateScalar, { description: '复核日期 Day by which it is looked at again; in the future.' }) reviewOn!: string;
}
