import { closingGround, remedyKind, type RemedyKind, remedyOutcome, type RemedyOutcome } from '@casebridge/contracts';
import { DateScalar, DeadlineType, FenScalar, registerCodeList } from '@casebridge/platform';
import { Field, ObjectType } from 'type-graphql';

export const RemedyKindEnum = registerCodeList(remedyKind);
export const RemedyOutcomeEnum = registerCodeList(remedyOutcome);
export const ClosingGroundEnum = registerCodeList(closingGround);

@ObjectType({ description: '行政复议、行政诉讼 A remedy of the party against a decision.' })
export class DecisionRemedy {
  @Field(() => RemedyKindEnum) kind!: RemedyKind;
  @Field(() => DateScalar, { description: '申请日期' }) since!: string;
  @Field(() => DateScalar, { nullable: true, description: '终结日期 Null while it is under way.' }) until!: string | null;
  @Field(() => RemedyOutcomeEnum, { nullable: true, description: '结果' }) outcome!: RemedyOutcome | null;
}

@ObjectType({ description: '执行情况 What became of a decision after its service.' })
export class DecisionExecution {
  @Field(() => FenScalar, { description: '罚款总额 All its fines.' }) fineFen!: number;
  @Field(() => FenScalar, { description: '应缴总额 Its fines, and the gains that are confiscated, which bear no surcharge.' }) owedFen!: number;
  @Field(() => FenScalar, { description: '已缴金额' }) paidFen!: number;
  @Field(() => FenScalar, { description: '加处罚款 Surcharge until today: three per cent a day, never more than the fine.' }) surchargeFen!: number;
  @Field(() => DeadlineType, { nullable: true, description: '缴款期限 Fifteen days from service; null where the rule was not in force yet.' }) paymentDeadline!: DeadlineType | null;
  @Field(() => Boolean, { description: '是否逾期未缴 Whether some of what is owed is unpaid and late now.' }) overdue!: boolean;
  @Field(() => DateScalar, { nullable: true, description: '催告日期' }) demandedOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '申请强制执行日期' }) courtAppliedOn!: string | null;
  @Field(() => [DecisionRemedy], { description: '行政复议、行政诉讼' }) remedies!: readonly DecisionRemedy[];
  @Field(() => RemedyOutcomeEnum, { nullable: true, description: '待确认的结果 Recorded as overturning it; without effect until a head other than who recorded it confirms.' }) pending!: RemedyOutcome | null;
  @Field(() => RemedyOutcomeEnum, { nullable: true, description: '变更、撤销、确认违法或者无效 How it was overturned.' }) overturned!: RemedyOutcome | null;
}
