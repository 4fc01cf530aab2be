import {
  ageBand, type AgeBand, causality, type Causality, patientSex, type PatientSex, reactionOutcome, type ReactionOutcome, reportKind, type ReportKind,
  seriousness, type Seriousness,
} from '@casebridge/contracts';
import { connectionType, DateScalar, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { ReactionTerm } from './report.rule';
import type { ReportFilter } from './report.source';

const ReportKindEnum = registerCodeList(reportKind);
const SeriousnessEnum = registerCodeList(seriousness);
const CausalityEnum = registerCodeList(causality);
const OutcomeEnum = registerCodeList(reactionOutcome);
const PatientSexEnum = registerCodeList(patientSex);
const AgeBandEnum = registerCodeList(ageBand);

@ObjectType('AdverseReaction', { description: '不良反应 A suspected reaction, as it was reported.' })
export class AdverseReactionType {
  @Field(() => String, { nullable: true, description: '术语代码 Code in the dictionary of the reporter, where one was given.' }) code!: string | null;
  @Field(() => String, { nullable: true, description: '反应名称（英文） Name of the reaction in English.' }) term!: string | null;
  @Field(() => String, { nullable: true, description: '反应名称（中文） Name of the reaction in Chinese.' }) termZh!: string | null;
}

@ObjectType('AdverseReactionReport', { description: '不良反应/事件报告 Report of an adverse reaction or event; nothing in it names a patient or a reporter.' })
@Directive('@key(fields: "id")')
export class AdverseReactionReportType {
  @Field(() => ID) id!: string;
  @Field(() => String, { nullable: true, description: '报告编号 Number of the report.' }) reportNo!: string | null;
  @Field(() => ReportKindEnum, { nullable: true, description: '报告类型 Kind.' }) kind!: ReportKind | null;
  @Field(() => SeriousnessEnum, { nullable: true, description: '严重程度 Seriousness, by its gravest criterion.' }) seriousness!: Seriousness | null;
  @Field(() => Boolean, { nullable: true, description: '新的 Not in the label, or worse or more frequent than it says.' }) isNew!: boolean | null;
  @Field(() => DateScalar, { nullable: true, description: '发生日期 Day of onset.' }) onsetOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '获知日期 Day 0, on which the reporter learned of it; the limit runs from it.' }) receivedOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '报告日期 Day on which it was reported; null while it is only announced.' }) reportedOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '应报告日期 Last day on which reporting is in time.' }) dueOn!: string | null;
  @Field(() => String, { nullable: true, description: '批号 Batch number.' }) batchNo!: string | null;
  @Field(() => [AdverseReactionType], { nullable: true, description: '不良反应 Suspected reactions.' }) reactions!: ReactionTerm[] | null;
  @Field(() => CausalityEnum, { nullable: true, description: '关联性评价 Causality.' }) causality!: Causality | null;
  @Field(() => OutcomeEnum, { nullable: true, description: '转归 Outcome.' }) outcome!: ReactionOutcome | null;
  @Field(() => PatientSexEnum, { nullable: true, description: '性别 Sex.' }) patientSex!: PatientSex | null;
  @Field(() => AgeBandEnum, { nullable: true, description: '年龄段 Age band; an exact age is not kept.' }) ageBand!: AgeBand | null;
  @Field(() => String, { nullable: true, description: '经过描述 Course of events, scrubbed of clues to persons.' }) narrative!: string | null;
  @Field(() => Int, { nullable: true, description: '版本 Counts writes.' }) version!: number | null;
}

export const AdverseReactionReportConnection = connectionType('AdverseReactionReport', () => AdverseReactionReportType);

@InputType('AdverseReactionReportFilter', { description: '筛选条件 All conditions given must hold.' })
export class AdverseReactionReportFilter implements ReportFilter {
  @Field(() => [ReportKindEnum], { nullable: true, description: '报告类型 One of these kinds.' }) kind?: ReportKind[] | null;
  @Field(() => [SeriousnessEnum], { nullable: true, description: '严重程度 One of these.' }) seriousness?: Seriousness[] | null;
  @Field(() => ID, { nullable: true, description: '产品 Product.' }) productId?: string | null;
  @Field(() => String, { nullable: true, description: '持有人统一社会信用代码 Credit code of the holder.' }) enterpriseUscc?: string | null;
  @Field(() => String, { nullable: true, description: '行政区划代码 In this region or below it (含下级区划).' }) regionCode?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '获知日期自 From this day on.' }) receivedFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '获知日期至 Up to and including this day.' }) receivedTo?: string | null;
}
