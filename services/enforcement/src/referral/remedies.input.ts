import 'reflect-metadata';
import type { CriminalCharge, FilingReviewExtension, ReconsiderationOutcome } from '@casebridge/contracts';
import { Field, InputType, Int } from 'type-graphql';
import { expected } from './referral.input';
import { CriminalChargeEnum, FilingReviewExtensionEnum, ReconsiderationOutcomeEnum } from './referral.type';

@InputType()
abstract class Reasoned {
  @Field(() => String, { description: '理由' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
abstract class WithDocument extends Reasoned {
  @Field(() => String, { nullable: true, description: '文书文号 Number of the document, where there is one.' }) documentNo?: string | null;
}

@InputType()
export class OrderReferralInput {
  @Field(() => String, { description: '检察意见书文号' }) orderNo!: string;
  @Field(() => CriminalChargeEnum, { description: '涉嫌罪名 Of a referral that the order makes; a report that is there keeps its own.' }) charge!: CriminalCharge;
  @Field(() => String, { description: '检察意见 Facts and reasons for which the case must be referred.' }) opinion!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: 'The text of these limits was not verified: the extension is shown as such, and blocks nothing.' })
export class ExtendFilingReviewInput extends Reasoned {
  @Field(() => FilingReviewExtensionEnum, { description: '延长情形' }) extension!: FilingReviewExtension;
  @Field(() => String, { description: '批准人 Who approved it.' }) approver!: string;
}

@InputType()
export class RequestReconsiderationInput extends Reasoned {}

@InputType()
export class DecideReconsiderationInput extends WithDocument {
  @Field(() => ReconsiderationOutcomeEnum) outcome!: ReconsiderationOutcome;
}

@InputType()
export class ProposeFilingSupervisionInput extends Reasoned {}

@InputType()
export class RequestNonFilingExplanationInput extends WithDocument {}

@InputType()
export class ExplainNonFilingInput extends WithDocument {}

@InputType()
export class AcceptNonFilingReasonsInput extends WithDocument {}

@InputType()
export class OrderFilingInput extends WithDocument {}

@InputType()
export class IssueCorrectionNoticeInput extends WithDocument {}

@InputType({ description: 'Of a case that is no crime, or needs no punishment as one, and for which an administrative penalty may be due.' })
export class SendReverseTransferInput extends WithDocument {}

@InputType({ description: 'What the agency is going to do with it.' })
export class AcceptReverseTransferInput extends WithDocument {}

@InputType({ description: 'What became of it: the penalty, or why there is none.' })
export class ReturnAdministrativeOutcomeInput extends WithDocument {}
