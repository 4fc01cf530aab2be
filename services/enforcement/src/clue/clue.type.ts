import {
  clueAct, type ClueAct, clueSource, type ClueSource, clueStatus, type ClueStatus, clueTestKind, type ClueTestKind, nonFilingGround, type NonFilingGround,
  productKind, type ProductKind, respondentKind, type RespondentKind,
} from '@casebridge/contracts';
import { connectionType, DateTimeScalar, registerCodeList } from '@casebridge/platform';
import { Field, ID, Int, ObjectType } from 'type-graphql';

export const ClueSourceEnum = registerCodeList(clueSource);
export const ClueStatusEnum = registerCodeList(clueStatus);
export const ClueTestKindEnum = registerCodeList(clueTestKind);
export const NonFilingGroundEnum = registerCodeList(nonFilingGround);
export const ProductKindEnum = registerCodeList(productKind);
export const RespondentKindEnum = registerCodeList(respondentKind);
const ClueActEnum = registerCodeList(clueAct);

@ObjectType({ description: '检测、检验、检疫、鉴定 A stretch that is not counted into the period of review.' })
export class ClueTestStretch {
  @Field(() => ClueTestKindEnum) kind!: ClueTestKind;
  @Field(() => DateTimeScalar, { description: '送检时间 When it began.' }) from!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: '结果时间 When the result was there; null while it is under way.' }) to!: Date | null;
}

@ObjectType('ClueHistoryEntry', { description: '线索办理记录 One act on a clue; positions are dense from 1.' })
export class ClueHistoryEntryType {
  @Field(() => Int) position!: number;
  @Field(() => ClueActEnum) act!: ClueAct;
  @Field(() => ClueStatusEnum, { description: 'State after the act.' }) status!: ClueStatus;
  @Field(() => DateTimeScalar) at!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: 'When a decision was due after it.' }) dueAt!: Date | null;
  @Field(() => Boolean, { nullable: true, description: '是否在期限内 Whether the decision came in time; null for acts that decide nothing.' }) met!: boolean | null;
}

/** Fields that depend on what is open to the reader, or that lead on, are in the resolver. */
@ObjectType('Clue', { description: '违法行为线索 A clue to a breach, from intake to the decision whether a case is filed.' })
export class ClueType {
  @Field(() => ID, { description: '线索标识 UUID.' }) id!: string;
  @Field(() => Int, { description: '版本 Counts the acts, for `expectedVersion`.' }) version!: number;
  @Field(() => ClueStatusEnum, { description: '状态' }) status!: ClueStatus;
  @Field(() => ClueSourceEnum, { description: '来源' }) source!: ClueSource;
  @Field(() => RespondentKindEnum, { description: '当事人类型' }) partyKind!: RespondentKind;
  @Field(() => ProductKindEnum, { nullable: true, description: '产品类别' }) productKind!: ProductKind | null;
  @Field(() => [String], { description: '产品名称' }) productNames!: string[];
  @Field(() => String, { nullable: true, description: '批号' }) batchNo!: string | null;
  @Field(() => String, { description: '线索内容 What is said to have happened, without anything of who complained or reported.' }) facts!: string;
  @Field(() => DateTimeScalar, { description: '发现或者收到时间 The period of review counts from here.' }) receivedAt!: Date;
  @Field(() => DateTimeScalar, { description: '登记时间 When it was recorded here.' }) recordedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: '逾期起点 The first late instant; null once it is decided, and while it waits for a test.' }) dueAt!: Date | null;
  @Field(() => Boolean, { description: '是否已延期 Whether the head has approved another fifteen working days.' }) extended!: boolean;
  @Field(() => Boolean, { nullable: true, description: '是否在期限内 Whether it was decided in time; null until then.' }) met!: boolean | null;
  @Field(() => [String], { description: '办案人员 Officers of the case that it was filed as.' }) caseOfficers!: string[];
  @Field(() => NonFilingGroundEnum, { nullable: true, description: '不予立案情形' }) nonFilingGround!: NonFilingGround | null;
  @Field(() => String, { nullable: true, description: '理由 Why no case was filed, or why it was transferred or merged.' }) reasons!: string | null;
}

export const ClueConnection = connectionType('Clue', () => ClueType);
