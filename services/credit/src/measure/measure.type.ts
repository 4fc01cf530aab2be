import { jointMeasureKind, type JointMeasureKind, jointMeasureStatus, type JointMeasureStatus, type PartyKind, partyKind } from '@casebridge/contracts';
import { connectionType, DateScalar, DateTimeScalar, LegalBasis, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';

export const JointMeasureKindEnum = registerCodeList(jointMeasureKind);
export const JointMeasureStatusEnum = registerCodeList(jointMeasureStatus);
const PartyKindEnum = registerCodeList(partyKind);
const isPublic = '@tag(name: "public")';

@ObjectType({ description: '联合惩戒措施 A measure that an agency is to take against a listed party.' })
export class JointMeasure {
  @Field(() => ID, { description: '标识 Id.' }) @Directive(isPublic) id!: string;
  @Field(() => JointMeasureKindEnum, { description: '措施 Which measure.' }) @Directive(isPublic) kind!: JointMeasureKind;
  @Field(() => PartyKindEnum, { description: '当事人类别 Whether an entity or a person.' }) @Directive(isPublic) partyKind!: PartyKind;
  @Field(() => String, { description: '当事人 The party.' }) @Directive(isPublic) partyName!: string;
  @Field(() => DateTimeScalar, { description: '通知时间 When it was ordered.' }) orderedAt!: Date;
}

export const JointMeasureConnection = connectionType('JointMeasure', () => JointMeasure, { public: true });

@InputType({ description: '联合惩戒查询条件 Conditions on measures; all that are given must hold.' })
@Directive(isPublic)
export class JointMeasureFilter {
  @Field(() => [JointMeasureStatusEnum], { nullable: true, description: '状态 Any of these states, as of today.' }) @Directive(isPublic) status?: JointMeasureStatus[] | null;
  @Field(() => [JointMeasureKindEnum], { nullable: true, description: '措施 Any of these measures.' }) @Directive(isPublic) kinds?: JointMeasureKind[] | null;
  @Field(() => String, { nullable: true, description: '列入机关代码 Code of the agency that ordered.' }) @Directive(isPublic) agency?: string | null;
  @Field(() => String, { nullable: true, description: '执行机关代码 Code of the executor.' }) @Directive(isPublic) executor?: string | null;
  @Field(() => String, { nullable: true, description: '统一社会信用代码 Credit code of the enterprise.' }) @Directive(isPublic) enterpriseUscc?: string | null;
  @Field(() => Boolean, { nullable: true, description: '逾期未反馈 True: only those whose feedback is overdue, of what you order, supervise or carry out.' }) overdue?: boolean | null;
}

@ObjectType({ description: '联合惩戒措施清单 One row of the closed list of measures.' })
@Directive(isPublic)
export class JointMeasureRow {
  @Field(() => JointMeasureKindEnum, { description: '措施 Measure.' }) kind!: JointMeasureKind;
  @Field(() => LegalBasis, { description: '依据 Article that names it.' }) basis!: LegalBasis;
  @Field(() => [String], { description: '执行机关职能 Functions of the agencies that can carry it out.' }) executors!: string[];
}

@InputType({ description: '联合惩戒通知 The order.' })
export class OrderJointMeasureInput {
  @Field(() => JointMeasureKindEnum, { description: '措施 Which measure.' }) kind!: JointMeasureKind;
  @Field(() => String, { description: '执行机关代码 Code of the agency that is to carry it out.' }) executor!: string;
  @Field(() => String, { description: '通知内容 What it is asked for.' }) notice!: string;
  @Field(() => Int, { nullable: true, description: 'Must equal the version of the listing, else CONFLICT.' }) expectedVersion?: number | null;
}

@InputType({ description: '反馈 What the executor says.' })
export class MeasureFeedbackInput {
  @Field(() => String, { description: '内容 What was done, or why it cannot be.' }) text!: string;
  @Field(() => DateScalar, { description: '日期 The day on which.' }) on!: string;
  @Field(() => Int, { nullable: true, description: 'Must equal the version of the measure, else CONFLICT.' }) expectedVersion?: number | null;
}

@ObjectType({ description: '办理结果 The measure after the act.' })
export class JointMeasurePayload {
  @Field(() => JointMeasure, { nullable: true }) measure!: JointMeasure | null;
}
