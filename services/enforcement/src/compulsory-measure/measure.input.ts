import type { CompulsoryMeasureKind, MeasureOutcome } from '@casebridge/contracts';
import { DateScalar } from '@casebridge/platform';
import { Field, InputType, Int } from 'type-graphql';
import { CompulsoryMeasureKindEnum, MeasureOutcomeEnum } from './measure.type';

const expected = { nullable: true, description: 'Version of the case that the caller read; another one is a CONFLICT.' } as const;
const reasons = { description: '理由' } as const;
const documentNo = { description: '文号 Of the decision, e.g. 沈市监强制〔2026〕12号.' } as const;

@InputType({ description: '情况紧急当场采取 What is taken on the spot; reported to the head within 24 hours.' })
export class TakeUrgentMeasureInput {
  @Field(() => CompulsoryMeasureKindEnum, { description: '措施种类' }) kind!: CompulsoryMeasureKind;
  @Field(() => String, { description: '物品清单 The list of goods: name, specification, batch, quantity.' }) goods!: string;
  @Field(() => String, { description: '地点 Where they are kept.' }) place!: string;
  @Field(() => [String], { description: '执法人员 Two officers of the agency or more, by their ids.' }) officers!: string[];
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '采取强制措施 What a head orders.' })
export class OrderCompulsoryMeasureInput extends TakeUrgentMeasureInput {
  @Field(() => String, documentNo) documentNo!: string;
}

@InputType({ description: '说明理由 For acts that need nothing else.' })
export class MeasureReasonsInput {
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '补办批准手续' })
export class ApproveUrgentMeasureInput {
  @Field(() => String, documentNo) documentNo!: string;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '检验报告书' })
export class RecordSeizedGoodsReportInput {
  @Field(() => DateScalar, { description: '发出日期 The fifteen days of drugs count from it.' }) issuedOn!: string;
  @Field(() => String, { description: '检验结论' }) conclusion!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '处理决定' })
export class DecideOnMeasuredGoodsInput {
  @Field(() => MeasureOutcomeEnum, { description: '处理结果' }) outcome!: MeasureOutcome;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '转为查封、扣押' })
export class ConvertPreservationInput {
  @Field(() => CompulsoryMeasureKindEnum, { description: '措施种类 Sealing or seizure.' }) kind!: CompulsoryMeasureKind;
  @Field(() => String, documentNo) documentNo!: string;
  @Field(() => String, reasons) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}
