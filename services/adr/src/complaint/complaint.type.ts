import { complaintKind, type ComplaintKind, complaintStatus, type ComplaintStatus } from '@casebridge/contracts';
import { connectionType, DateScalar, DateTimeScalar, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { ComplaintFilter as Filter, ComplaintProgress } from './complaint.source';

export const ComplaintKindEnum = registerCodeList(complaintKind);
const ComplaintStatusEnum = registerCodeList(complaintStatus);

/** What stands here is the head; the content is added by the resolver, field by field behind its own right. */
@ObjectType('Complaint', { description: '投诉举报 A complaint or a report of a breach, without any clue to who sent it.' })
@Directive('@key(fields: "id")')
export class ComplaintType {
  @Field(() => ID) id!: string;
  @Field(() => DateTimeScalar, { nullable: true, description: '收到时间 When it was received.' }) receivedAt!: Date | null;
  @Field(() => ComplaintStatusEnum, { nullable: true, description: '办理状态 Where it stands.' }) status!: ComplaintStatus | null;
}

export const ComplaintConnection = connectionType('Complaint', () => ComplaintType);

@ObjectType('ComplaintProgress', { description: '投诉举报办理进度 What whoever holds the receipt code may know.' })
@Directive('@tag(name: "public")')
export class ComplaintProgressType implements ComplaintProgress {
  @Field(() => DateTimeScalar, { description: '收到时间 When it was received.' }) receivedAt!: Date;
  @Field(() => ComplaintStatusEnum, { description: '办理状态 Where it stands.' }) status!: ComplaintStatus;
}

@InputType('ComplaintFilter', { description: '筛选条件 All conditions given must hold; kind and enterprise find only complaints whose content the reader may see.' })
export class ComplaintFilterInput implements Filter {
  @Field(() => [ComplaintStatusEnum], { nullable: true, description: '办理状态 One of these.' }) status?: ComplaintStatus[] | null;
  @Field(() => [ComplaintKindEnum], { nullable: true, description: '类型 One of these.' }) kind?: ComplaintKind[] | null;
  @Field(() => String, { nullable: true, description: '被投诉举报单位统一社会信用代码 Credit code of the respondent.' }) enterpriseUscc?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '收到日期自 From this day on.' }) receivedFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '收到日期至 Up to and including this day.' }) receivedTo?: string | null;
}
