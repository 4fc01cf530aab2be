import {
  defectGrade, type DefectGrade, defectStatus, type DefectStatus, inspectionKind, type InspectionKind, inspectionLevel, type InspectionLevel,
  inspectionStatus, type InspectionStatus, onSiteConclusion, type OnSiteConclusion, overallConclusion, type OverallConclusion,
} from '@casebridge/contracts';
import { connectionType, DateScalar, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';

const InspectionKindEnum = registerCodeList(inspectionKind);
const InspectionLevelEnum = registerCodeList(inspectionLevel);
const InspectionStatusEnum = registerCodeList(inspectionStatus);
const OnSiteConclusionEnum = registerCodeList(onSiteConclusion);
const OverallConclusionEnum = registerCodeList(overallConclusion);
const DefectGradeEnum = registerCodeList(defectGrade);
const DefectStatusEnum = registerCodeList(defectStatus);

@ObjectType('InspectionDefect', { description: '检查缺陷 A defect that an inspection found (INSP art. 25).' })
@Directive('@tag(name: "public")')
export class InspectionDefectType {
  @Field(() => ID, { description: '标识 Id.' }) id!: string;
  @Field(() => DefectGradeEnum, { description: '缺陷等级 Grade, after any upgrade of a repeated defect.' }) grade!: DefectGrade;
  @Field(() => String, { description: '不符合条款 Clause that was not kept.' }) clause!: string;
  @Field(() => String, { description: '缺陷描述 What was found.' }) description!: string;
  @Field(() => DefectStatusEnum, { description: '整改状态 How far its rectification is.' }) status!: DefectStatus;
  @Field(() => Boolean, { description: '重复缺陷 Found in a former inspection too.' }) repeat!: boolean;
  @Field(() => DateScalar, { nullable: true, description: '销号日期 Day on which it was cleared.' }) clearedOn!: string | null;
}

@ObjectType('Inspection', { description: '药品检查 An inspection (INSP art. 7; results are public, art. 66).' })
@Directive('@key(fields: "id")')
export class InspectionType {
  @Field(() => ID, { description: '标识 Id.' })
  @Directive('@tag(name: "public")')
  id!: string;

  @Field(() => String, { nullable: true, description: '检查编号 Number.' })
  @Directive('@tag(name: "public")')
  inspectionNo!: string | null;

  @Field(() => InspectionKindEnum, { nullable: true, description: '检查类别 Kind (INSP art. 7).' })
  @Directive('@tag(name: "public")')
  kind!: InspectionKind | null;

  @Field(() => Boolean, { nullable: true, description: '飞行检查 Whether it came unannounced (FLY).' })
  @Directive('@tag(name: "public")')
  unannounced!: boolean | null;

  @Field(() => InspectionLevelEnum, { nullable: true, description: '检查层级 Level of the authority that arranged it.' })
  @Directive('@tag(name: "public")')
  level!: InspectionLevel | null;

  @Field(() => InspectionStatusEnum, { nullable: true, description: '状态 Status.' })
  @Directive('@tag(name: "public")')
  status!: InspectionStatus | null;

  @Field(() => DateScalar, { nullable: true, description: '计划日期 Day from which it was planned.' })
  plannedOn!: string | null;

  @Field(() => DateScalar, { nullable: true, description: '检查日期 First day on site.' })
  @Directive('@tag(name: "public")')
  conductedOn!: string | null;

  @Field(() => Date, { nullable: true, description: '综合评定时间 When the overall conclusion was drawn.' })
  @Directive('@tag(name: "public")')
  concludedAt!: Date | null;

  @Field(() => OnSiteConclusionEnum, { nullable: true, description: '现场检查结论 Conclusion on site, one of three (INSP art. 26).' })
  @Directive('@tag(name: "public")')
  onSiteConclusion!: OnSiteConclusion | null;

  @Field(() => OverallConclusionEnum, { nullable: true, description: '综合评定结论 Overall conclusion, one of two (INSP art. 26).' })
  @Directive('@tag(name: "public")')
  conclusion!: OverallConclusion | null;

  @Field(() => DateScalar, { nullable: true, description: '公开日期 Day of publication (INSP art. 66).' })
  @Directive('@tag(name: "public")')
  publishedOn!: string | null;
}

export const InspectionConnection = connectionType('Inspection', () => InspectionType, { public: true });

@InputType({ description: '检查筛选条件 Which inspections to list; all conditions must hold.' })
export class InspectionFilter {
  @Field(() => ID, { nullable: true, description: '统一社会信用代码 Of this enterprise.' })
  @Directive('@tag(name: "public")')
  uscc?: string | null;

  @Field(() => ID, { nullable: true, description: '所在区划 In this region or below it (含下级区划).' })
  @Directive('@tag(name: "public")')
  regionCode?: string | null;

  @Field(() => InspectionKindEnum, { nullable: true, description: '检查类别 Of this kind.' })
  @Directive('@tag(name: "public")')
  kind?: InspectionKind | null;

  @Field(() => InspectionStatusEnum, { nullable: true, description: '状态 In this status.' }) status?: InspectionStatus | null;

  @Field(() => OverallConclusionEnum, { nullable: true, description: '综合评定结论 With this overall conclusion.' })
  @Directive('@tag(name: "public")')
  conclusion?: OverallConclusion | null;

  @Field(() => DateScalar, { nullable: true, description: '检查日期起 Conducted, or planned, on this day or later.' })
  @Directive('@tag(name: "public")')
  from?: string | null;

  @Field(() => DateScalar, { nullable: true, description: '检查日期止 Conducted, or planned, on this day or earlier.' })
  @Directive('@tag(name: "public")')
  to?: string | null;
}
