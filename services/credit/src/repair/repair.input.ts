import type { RepairDocument, RepairKind, RepairRefusalGround } from '@casebridge/contracts';
import { DateScalar } from '@casebridge/platform';
import { Field, InputType, Int } from 'type-graphql';
import { RepairDocumentEnum, RepairKindEnum, RepairRefusalGroundEnum } from './repair.type';

@InputType({ description: '信用修复申请 The application of the party.' })
export class ApplyForCreditRepairInput {
  @Field(() => RepairKindEnum, { description: '类型 ORDINARY or RESTRUCTURING.' }) kind!: RepairKind;
  @Field(() => DateScalar, { description: '申请日期 Day of the application.' }) appliedOn!: string;
  @Field(() => [RepairDocumentEnum], { description: '申请材料 What was handed in.' }) documents!: RepairDocument[];
  @Field(() => String, { description: '履行义务情况 How the duties of the decision were performed.' }) dutiesPerformed!: string;
  @Field(() => String, { description: '消除危害情况 How the act was rectified and its harm removed.' }) harmRemoved!: string;
  @Field(() => String, { nullable: true, description: '登记地机关代码 Agency of the province where the party is registered, where that is another one.' }) registryAgency?: string | null;
}

@InputType({ description: '注销 That the enterprise was de-registered.' })
export class RecordDeregistrationInput {
  @Field(() => DateScalar, { description: '注销日期 Day of the de-registration.' }) deregisteredOn!: string;
  @Field(() => String, { description: '注销通知书文号 Number of the notice.' }) receiptNo!: string;
  @Field(() => String, { nullable: true, description: '登记地机关代码 Agency of the province where it was registered, where that is another one.' }) registryAgency?: string | null;
}

@InputType({ description: '版本 Nothing but the version that the caller read.' })
export class CreditRepairActInput {
  @Field(() => Int, { nullable: true, description: 'Must equal the version of the record, else CONFLICT.' }) expectedVersion?: number | null;
}

@InputType({ description: '理由 Why.' })
export class CreditRepairReasonsInput extends CreditRepairActInput {
  @Field(() => String, { description: '理由 Reasons.' }) reasons!: string;
}

@InputType({ description: '意见 An opinion, where there is one.' })
export class CreditRepairOpinionInput extends CreditRepairActInput {
  @Field(() => String, { nullable: true, description: '意见 Opinion.' }) opinion?: string | null;
}

@InputType({ description: '回执 Number under which the other side took it.' })
export class CreditRepairReceiptInput extends CreditRepairActInput {
  @Field(() => String, { description: '回执号 Number of the receipt.' }) receiptNo!: string;
}

@InputType({ description: '不予受理、不予修复 Why not.' })
export class CreditRepairRefusalInput extends CreditRepairReasonsInput {
  @Field(() => RepairRefusalGroundEnum, { description: '理由类别 Ground.' }) ground!: RepairRefusalGround;
}

@InputType({ description: '一次性告知补正 What is missing.' })
export class RequestRepairCorrectionsInput extends CreditRepairActInput {
  @Field(() => [RepairDocumentEnum], { description: '需补正的材料 Missing documents; none that can be had by data sharing.' }) documents!: RepairDocument[];
}

@InputType({ description: '补正材料 What was handed in after all.' })
export class RecordRepairCorrectionsInput extends CreditRepairActInput {
  @Field(() => [RepairDocumentEnum], { description: '材料 Documents.' }) documents!: RepairDocument[];
  @Field(() => DateScalar, { description: '收到日期 Day of receipt.' }) receivedOn!: string;
}
