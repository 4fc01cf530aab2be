import type { CooperationKind, CooperationStatus, SupervisionLevel, TestConclusion, TestCostBearer } from '@casebridge/contracts';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CooperationKindEnum, CooperationStatusEnum, SupervisionLevelEnum, TestConclusionEnum, TestCostBearerEnum } from './cooperation.type';

const expected = { nullable: true, description: 'Version that the caller read; another one is a CONFLICT.' } as const;

@InputType({ description: '协作事项筛选 Which; every condition given must hold.' })
export class CooperationFilter {
  @Field(() => [CooperationKindEnum], { nullable: true, description: '种类 One of these.' }) kind?: CooperationKind[] | null;
  @Field(() => [CooperationStatusEnum], { nullable: true, description: '状态 One of these.' }) status?: CooperationStatus[] | null;
  @Field(() => ID, { nullable: true, description: '请求机关 Code of the agency that asks.' }) askedBy?: string | null;
  @Field(() => ID, { nullable: true, description: '被请求机关 Code of an agency that is asked.' }) asked?: string | null;
  @Field(() => ID, { nullable: true, description: '案件 About this case.' }) caseId?: string | null;
  @Field(() => Boolean, { nullable: true, description: '是否逾期 Whether an answer is owed and late now.' }) overdue?: boolean | null;
}

@InputType({ description: '随附材料 `fileId` names bytes uploaded before (POST /files).' })
export class CooperationDocumentInput {
  @Field(() => String) title!: string;
  @Field(() => ID) fileId!: string;
}

@InputType({ description: '协助调查函 What is asked of whom.' })
export class RequestAssistanceInput {
  @Field(() => ID, { description: '协助机关 Code of the agency that is asked, of this region or of another one.' }) agency!: string;
  @Field(() => ID, { nullable: true, description: '所涉案件 A case of the agency that asks; it stays closed to whoever is asked.' }) caseId?: string | null;
  @Field(() => String, { description: '事由' }) title!: string;
  @Field(() => String, { description: '请求协助事项 What is to be found out or done.' }) content!: string;
  @Field(() => Boolean, { defaultValue: false, description: '紧急 Seven working days instead of fifteen; in inspections of drugs.' }) urgent!: boolean;
  @Field(() => [CooperationDocumentInput], { nullable: true, description: '附件' }) documents?: CooperationDocumentInput[] | null;
}

@InputType({ description: '联合督办 What is supervised, who takes part, by when.' })
export class OrderJointSupervisionInput {
  @Field(() => SupervisionLevelEnum, { description: '督办层级' }) level!: SupervisionLevel;
  @Field(() => [ID], { description: '参与机关 Codes of the agencies that take part.' }) agencies!: string[];
  @Field(() => Int, { description: '办理期限 Working days from the order.' }) workingDays!: number;
  @Field(() => ID, { nullable: true, description: '督办案件 A case that you may see; it stays closed to whoever has no part in it.' }) caseId?: string | null;
  @Field(() => String, { description: '事由' }) title!: string;
  @Field(() => String, { description: '督办要求' }) content!: string;
  @Field(() => [CooperationDocumentInput], { nullable: true, description: '附件' }) documents?: CooperationDocumentInput[] | null;
}

@InputType({ description: '案件会商 Who takes part, and what is to be discussed.' })
export class OpenConsultationInput {
  @Field(() => [ID], { description: '参与机关 Codes of the agencies that take part.' }) agencies!: string[];
  @Field(() => ID, { nullable: true, description: '会商案件 A case that you may see; it stays closed to whoever has no part in it.' }) caseId?: string | null;
  @Field(() => String, { description: '议题' }) title!: string;
  @Field(() => String, { description: '需会商的问题 Facts and questions, as far as the others are to know them.' }) content!: string;
  @Field(() => [CooperationDocumentInput], { nullable: true, description: '附件' }) documents?: CooperationDocumentInput[] | null;
}

@InputType({ description: '商请提前介入 Of police or procuratorate, about a case of the own agency.' })
export class RequestEarlyConsultationInput {
  @Field(() => [ID], { description: '公安机关、检察机关 Codes of police and procuratorates.' }) agencies!: string[];
  @Field(() => ID, { description: '案件 A case of the agency that asks; it stays closed until it is referred.' }) caseId!: string;
  @Field(() => String, { description: '事由' }) title!: string;
  @Field(() => String, { description: '案情和商请事项' }) content!: string;
  @Field(() => [CooperationDocumentInput], { nullable: true, description: '附件' }) documents?: CooperationDocumentInput[] | null;
}

@InputType({ description: '检验委托书 What a laboratory is to test.' })
export class RequestTestInput {
  @Field(() => ID, { description: '检验机构 Code of the laboratory.' }) agency!: string;
  @Field(() => ID, { nullable: true, description: '所涉案件 A case that you may see; it stays closed to the laboratory.' }) caseId?: string | null;
  @Field(() => String, { description: '事由' }) title!: string;
  @Field(() => String, { description: '检验项目和依据 What is tested, by which standard.' }) content!: string;
  @Field(() => String, { description: '检品名称' }) productName!: string;
  @Field(() => String, { nullable: true, description: '批号' }) batchNo?: string | null;
  @Field(() => TestCostBearerEnum, { description: '检验费用承担' }) costBearer!: TestCostBearer;
  @Field(() => [CooperationDocumentInput], { nullable: true, description: '附件' }) documents?: CooperationDocumentInput[] | null;
}

@InputType({ description: '检验报告 What came out; the report itself is a document.' })
export class ReportTestInput {
  @Field(() => TestConclusionEnum, { description: '检验结论' }) conclusion!: TestConclusion;
  @Field(() => String, { description: '检验结果' }) text!: string;
  @Field(() => [CooperationDocumentInput], { description: '检验报告 One at least.' }) documents!: CooperationDocumentInput[];
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '检察建议或者公益诉讼线索 To whom, and what.' })
export class PublicInterestInput {
  @Field(() => ID, { description: '对方机关 Code of the regulator that is suggested to, or of the procuratorate that gets the clue.' }) agency!: string;
  @Field(() => ID, { nullable: true, description: '所涉案件 A case that you may see.' }) caseId?: string | null;
  @Field(() => String, { description: '事由' }) title!: string;
  @Field(() => String, { description: '内容' }) content!: string;
  @Field(() => [CooperationDocumentInput], { nullable: true, description: '附件' }) documents?: CooperationDocumentInput[] | null;
}

@InputType({ description: '受理 Work begins.' })
export class AcceptCooperationInput {
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '延期 So many working days more, told before the period is over; told later it changes nothing.' })
export class ExtendCooperationInput {
  @Field(() => Int, { description: '工作日数' }) workingDays!: number;
  @Field(() => String, { description: '理由' }) text!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '函复 Words, with or without documents.' })
export class AnswerCooperationInput {
  @Field(() => String, { description: '内容' }) text!: string;
  @Field(() => [CooperationDocumentInput], { nullable: true, description: '附件' }) documents?: CooperationDocumentInput[] | null;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '不予办理或者撤回 It ends without an answer; why.' })
export class EndCooperationInput {
  @Field(() => String, { description: '理由' }) text!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}
