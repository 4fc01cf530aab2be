import {
  compulsoryMeasureAct, type CompulsoryMeasureAct, compulsoryMeasureKind, type CompulsoryMeasureKind, compulsoryMeasureStatus, type CompulsoryMeasureStatus, measureOutcome, type MeasureOutcome,
} from '@casebridge/contracts';
import { DateScalar, DateTimeScalar, DeadlineType, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';

export const CompulsoryMeasureKindEnum = registerCodeList(compulsoryMeasureKind);
const CompulsoryMeasureStatusEnum = registerCodeList(compulsoryMeasureStatus);
const CompulsoryMeasureActEnum = registerCodeList(compulsoryMeasureAct);
export const MeasureOutcomeEnum = registerCodeList(measureOutcome);

@ObjectType('CompulsoryMeasureEntry', { description: '办理记录 One act on a measure; positions are dense from 1.' })
export class CompulsoryMeasureEntryType {
  @Field(() => Int) position!: number;
  @Field(() => CompulsoryMeasureActEnum) act!: CompulsoryMeasureAct;
  @Field(() => CompulsoryMeasureStatusEnum, { description: 'State after the act.' }) status!: CompulsoryMeasureStatus;
  @Field(() => DateTimeScalar) at!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When what ended first after it was due, as it was counted then.' }) dueAt!: Date | null;
  @Field(() => Boolean, { nullable: true, description: '是否在期限内 Whether what was owed came in time; null for acts that nothing was owed with.' }) met!: boolean | null;
}

@ObjectType('CompulsoryMeasure', { description: '行政强制措施 A compulsory measure of a case; part of the file.' })
export class CompulsoryMeasureType {
  @Field(() => ID, { description: '标识 UUID.' }) id!: string;
  @Field(() => CompulsoryMeasureKindEnum, { description: '措施种类' }) kind!: CompulsoryMeasureKind;
  @Field(() => CompulsoryMeasureStatusEnum, { description: '状态 A preservation that was not disposed of in seven working days has lapsed.' }) status!: CompulsoryMeasureStatus;
  @Field(() => Boolean, { description: '是否当场采取 Whether it was taken on the spot.' }) urgent!: boolean;
  @Field(() => String, { description: '物品清单' }) goods!: string;
  @Field(() => String, { description: '地点' }) place!: string;
  @Field(() => [String], { description: '执法人员' }) officers!: readonly string[];
  @Field(() => DateTimeScalar, { description: '采取时间' }) takenAt!: Date;
  @Field(() => String, { nullable: true, description: '文号 Null until the head approves what was taken on the spot.' }) documentNo!: string | null;
  @Field(() => Boolean, { description: '是否延期' }) extended!: boolean;
  @Field(() => DateScalar, { nullable: true, description: '检验报告书发出日期' }) testReportOn!: string | null;
  @Field(() => MeasureOutcomeEnum, { nullable: true, description: '处理结果' }) outcome!: MeasureOutcome | null;
  @Field(() => ID, { nullable: true, description: '转换前的先行登记保存 The preservation that it was before.' }) convertedFrom!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: '期限届满 When what ends first is over; null once the measure is.' }) dueAt!: Date | null;
  @Field(() => Boolean, { description: '是否逾期 Whether it lasts and something is late now.' }) overdue!: boolean;
  @Directive('@listSize(assumedSize: 3)')
  @Field(() => [DeadlineType], { description: '期限说明 Everything that runs and why, what ends first first.' }) deadlines!: DeadlineType[];
}
