import 'reflect-metadata';
import { DateScalar } from '@casebridge/platform';
import { Field, ID, InputType, Int } from 'type-graphql';
import { CriminalChargeEnum, ReferralDocumentKindEnum, ReferralStatusEnum } from './referral.type';
import type { CriminalCharge, ReferralDocumentKind, ReferralStatus } from '@casebridge/contracts';

export const expected = { nullable: true, description: 'Must equal the version of the record, else CONFLICT.' } as const;

@InputType({ description: '移送材料 `fileId` names bytes uploaded before (POST /files).' })
export class ReferralDocumentInput {
  @Field(() => ReferralDocumentKindEnum) kind!: ReferralDocumentKind;
  @Field(() => String) title!: string;
  @Field(() => ID) fileId!: string;
}

@InputType()
export class SubmitReferralReportInput {
  @Field(() => CriminalChargeEnum, { description: '涉嫌罪名' }) charge!: CriminalCharge;
  @Field(() => String, { description: '案件事实' }) facts!: string;
  @Field(() => [String], { description: '专案组 Two officers of the agency or more, by their ids in the registry where it has its officers.' }) taskForce!: string[];
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class ApproveReferralInput {
  @Field(() => String, { nullable: true, description: '审批意见' }) opinion?: string | null;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class RefuseReferralInput {
  @Field(() => String, { description: '不批准理由' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class TransferReferralInput {
  @Field(() => String, { description: '受案公安机关 Code of the receiving police.' }) policeAgency!: string;
  @Field(() => String, { description: '抄送人民检察院 Code of the procuratorate that gets the copy.' }) procuratorateAgency!: string;
  @Field(() => [ReferralDocumentInput]) documents!: ReferralDocumentInput[];
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class SignReferralReceiptInput {
  @Field(() => String, { nullable: true, description: '受案回执号' }) receiptNo?: string | null;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class RequestReferralSupplementInput {
  @Field(() => [String], { description: '需补充的材料' }) gaps!: string[];
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class SupplementReferralInput {
  @Field(() => [ReferralDocumentInput], { nullable: true }) documents?: ReferralDocumentInput[] | null;
  @Field(() => String, { nullable: true, description: '书面说明 Why something cannot be supplied.' }) explanation?: string | null;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class ForwardReferralInput {
  @Field(() => String) policeAgency!: string;
  @Field(() => String) procuratorateAgency!: string;
  @Field(() => String, { description: '移送管辖理由' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class ReturnReferralInput {
  @Field(() => String, { description: '退回理由' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class FileCriminalCaseInput {
  @Field(() => String, { description: '立案决定书文号' }) decisionNo!: string;
  @Field(() => CriminalChargeEnum) charge!: CriminalCharge;
  @Field(() => DateScalar) decidedOn!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class RefuseCriminalCaseInput {
  @Field(() => String, { description: '不予立案理由' }) reasons!: string;
  @Field(() => DateScalar) decidedOn!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class ReferralFilter {
  @Field(() => [ReferralStatusEnum], { nullable: true }) status?: ReferralStatus[] | null;
  @Field(() => String, { nullable: true, description: 'Agency that referred.' }) filingAgency?: string | null;
  @Field(() => String, { nullable: true, description: 'Police that it went to.' }) policeAgency?: string | null;
  @Field(() => [CriminalChargeEnum], { nullable: true }) charge?: CriminalCharge[] | null;
  @Field(() => Boolean, { nullable: true, description: '是否逾期' }) overdue?: boolean | null;
  @Field(() => DateScalar, { nullable: true, description: 'First day, inclusive.' }) createdFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last day, inclusive.' }) createdTo?: string | null;
}
