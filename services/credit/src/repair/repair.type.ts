import {
  type PartyKind, partyKind, type RepairAct, repairAct, type RepairDocument, repairDocument, type RepairKind, repairKind, type RepairRefusalGround, repairRefusalGround,
  type RepairStatus, repairStatus,
} from '@casebridge/contracts';
import { connectionType, DateScalar, DateTimeScalar, LegalBasis, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';

const PartyKindEnum = registerCodeList(partyKind);
const RepairActEnum = registerCodeList(repairAct);
export const RepairKindEnum = registerCodeList(repairKind);
export const RepairStatusEnum = registerCodeList(repairStatus);
export const RepairDocumentEnum = registerCodeList(repairDocument);
export const RepairRefusalGroundEnum = registerCodeList(repairRefusalGround);
const isPublic = '@tag(name: "public")';

@ObjectType({ description: '信用修复 One way of a published penalty to its repair. The public sees of it that one was revoked for fraud.' })
export class CreditRepair {
  @Field(() => ID, { description: '标识 Id.' }) @Directive(isPublic) id!: string;
  @Field(() => RepairStatusEnum, { description: '状态 State.' }) @Directive(isPublic) status!: RepairStatus;
  @Field(() => String, { description: '行政处罚决定书文号 Number of the penalty decision.' }) @Directive(isPublic) documentNo!: string;
  @Field(() => PartyKindEnum, { description: '当事人类别 Whether an entity or a person.' }) @Directive(isPublic) partyKind!: PartyKind;
  @Field(() => String, { description: '当事人 The party.' }) @Directive(isPublic) partyName!: string;
  @Field(() => DateScalar, { nullable: true, description: '撤销日期 Day on which it was revoked for fraud.' }) @Directive(isPublic) revokedOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '撤销公示截止期 Last day on which that is shown, and no application of the party is accepted.' }) @Directive(isPublic)
  revocationEndsOn!: string | null;
}

export const CreditRepairConnection = connectionType('CreditRepair', () => CreditRepair, { public: true });

@ObjectType({ description: '办理记录 One act on a repair.' })
export class CreditRepairAct {
  @Field(() => Int, { description: '序号 Position among the acts, from 1.' }) position!: number;
  @Field(() => RepairActEnum, { description: '办理事项 What was done.' }) act!: RepairAct;
  @Field(() => RepairStatusEnum, { description: '办理后状态 The state after it.' }) status!: RepairStatus;
  @Field(() => DateTimeScalar, { description: '时间 When.' }) at!: Date;
  @Field(() => String, { description: '办理机关 Code of the agency.' }) actorCode!: string;
  @Field(() => LegalBasis, { description: '依据 The article that the act rests on; of a refusal that of its ground.' }) basis!: LegalBasis;
  @Field(() => Boolean, { nullable: true, description: '是否按期 Whether it came in time; null where no clock ran for it.' }) met!: boolean | null;
  @Field(() => DateScalar, { nullable: true, description: '发生日期 The day that the act tells of.' }) on!: string | null;
  @Field(() => String, { nullable: true, description: '内容 Reasons or opinion.' }) text!: string | null;
  @Field(() => RepairRefusalGroundEnum, { nullable: true, description: '理由 Ground, of a refusal.' }) ground!: RepairRefusalGround | null;
  @Field(() => [RepairDocumentEnum], { nullable: true, description: '材料 Documents that were handed in, or asked for.' }) documents!: readonly RepairDocument[] | null;
  @Field(() => String, { nullable: true, description: '履行义务情况 How the duties were performed, of an application.' }) dutiesPerformed!: string | null;
  @Field(() => String, { nullable: true, description: '消除危害情况 How the harm was removed, of an application.' }) harmRemoved!: string | null;
  @Field(() => String, { nullable: true, description: '回执号 Number of the receipt, of a notice and its acknowledgement; of a de-registration that of the notice.' })
  receiptNo!: string | null;
}

@InputType({ description: '信用修复查询条件 Conditions on repairs; all that are given must hold.' })
@Directive(isPublic)
export class CreditRepairFilter {
  @Field(() => [RepairStatusEnum], { nullable: true, description: '状态 Any of these states.' }) @Directive(isPublic) status?: RepairStatus[] | null;
  @Field(() => [RepairKindEnum], { nullable: true, description: '类型 Any of these kinds, of what you handle or supervise.' }) kinds?: RepairKind[] | null;
  @Field(() => String, { nullable: true, description: '决定机关代码 Code of the agency.' }) @Directive(isPublic) agency?: string | null;
  @Field(() => String, { nullable: true, description: '统一社会信用代码 Credit code of the enterprise.' }) @Directive(isPublic) enterpriseUscc?: string | null;
  @Field(() => Boolean, { nullable: true, description: '逾期 True: only those on which an act is overdue, of what you handle or supervise.' }) overdue?: boolean | null;
}

@ObjectType({ description: '办理结果 The repair after the act.' })
export class CreditRepairPayload {
  @Field(() => CreditRepair, { nullable: true }) repair!: CreditRepair | null;
}
