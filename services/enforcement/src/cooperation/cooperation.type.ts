import {
  cooperationAct, type CooperationAct, cooperationKind, type CooperationKind, cooperationStatus, type CooperationStatus,
  supervisionLevel, type SupervisionLevel, testConclusion, type TestConclusion, testCostBearer, type TestCostBearer,
} from '@casebridge/contracts';
import { connectionType, DateTimeScalar, registerCodeList } from '@casebridge/platform';
import { Field, ID, Int, ObjectType } from 'type-graphql';

export const CooperationKindEnum = registerCodeList(cooperationKind);
export const CooperationStatusEnum = registerCodeList(cooperationStatus);
export const SupervisionLevelEnum = registerCodeList(supervisionLevel);
export const TestCostBearerEnum = registerCodeList(testCostBearer);
export const TestConclusionEnum = registerCodeList(testConclusion);
const CooperationActEnum = registerCodeList(cooperationAct);

@ObjectType('CooperationDocument', { description: '随附材料 A document that came with an act; GET /files/{fileId} gives its bytes.' })
export class CooperationDocumentType {
  @Field(() => ID) id!: string;
  @Field(() => String) title!: string;
  @Field(() => ID) fileId!: string;
}

@ObjectType('CooperationHistoryEntry', { description: '办理记录 One act; positions are dense from 1.' })
export class CooperationHistoryEntryType {
  @Field(() => Int) position!: number;
  @Field(() => CooperationActEnum) act!: CooperationAct;
  @Field(() => CooperationStatusEnum, { description: 'State after the act.' }) status!: CooperationStatus;
  @Field(() => DateTimeScalar) at!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When an answer was due after it.' }) dueAt!: Date | null;
  @Field(() => Boolean, { nullable: true, description: '是否在期限内 Whether the answer came in time; null for acts that answer nothing.' }) met!: boolean | null;
  @Field(() => [CooperationDocumentType], { description: '附件' }) documents!: readonly CooperationDocumentType[];
}

/** Fields that lead on are in the resolver. */
@ObjectType('Cooperation', { description: '协作事项 What one agency asks of others, and what came back. Both ends read it, and those above them.' })
export class CooperationType {
  @Field(() => ID, { description: '标识 UUID.' }) id!: string;
  @Field(() => Int, { description: '版本 Counts the acts, for `expectedVersion`.' }) version!: number;
  @Field(() => CooperationKindEnum, { description: '种类' }) kind!: CooperationKind;
  @Field(() => CooperationStatusEnum, { description: '状态' }) status!: CooperationStatus;
  @Field(() => String, { description: '事由' }) title!: string;
  @Field(() => String, { description: '内容 What is asked.' }) content!: string;
  @Field(() => Boolean, { description: '是否紧急' }) urgent!: boolean;
  @Field(() => SupervisionLevelEnum, { nullable: true, description: '督办层级 Of a joint supervision.' }) level!: SupervisionLevel | null;
  @Field(() => String, { nullable: true, description: '检品名称 Of a test.' }) productName!: string | null;
  @Field(() => String, { nullable: true, description: '批号 Of a test.' }) batchNo!: string | null;
  @Field(() => TestCostBearerEnum, { nullable: true, description: '检验费用承担 Of a test.' }) costBearer!: TestCostBearer | null;
  @Field(() => TestConclusionEnum, { nullable: true, description: '检验结论 Of a test that was reported; the report is in the history.' }) testConclusion!: TestConclusion | null;
  @Field(() => DateTimeScalar, { description: '发出时间 Handed over at once: the period counts from here.' }) requestedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: '逾期起点 The first late instant; null once it is answered or has ended.' }) dueAt!: Date | null;
  @Field(() => Boolean, { description: '是否已延期' }) extended!: boolean;
  @Field(() => Boolean, { nullable: true, description: '是否在期限内 Whether the answer came in time; null until then.' }) met!: boolean | null;
}

export const CooperationConnection = connectionType('Cooperation', () => CooperationType);

@ObjectType('CooperationEvent', { description: '协作动态 An act, as it happens.' })
export class CooperationEventType {
  @Field(() => String, { description: 'Resume after it with `cooperationUpdated(after:)`.' }) cursor!: string;
  @Field(() => ID) cooperationId!: string;
  @Field(() => Int, { description: 'Position in the history.' }) version!: number;
  @Field(() => CooperationActEnum) act!: string;
  @Field(() => CooperationStatusEnum) statusAfter!: string;
}
