import type { CooperationKind, CooperationStatus } from '@casebridge/contracts';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CooperationKindEnum, CooperationStatusEnum } from './cooperation.type';

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
