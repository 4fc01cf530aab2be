import { caseProcedure, discretionTier, partyKind, penaltyKind, productDomain } from '@casebridge/contracts';
import { connectionType, DateScalar, FenScalar, registerCodeList } from '@casebridge/platform';
import { Field, ID, ObjectType } from 'type-graphql';

export const PenaltyKindEnum = registerCodeList(penaltyKind);
export const PartyKindEnum = registerCodeList(partyKind);
export const DiscretionTierEnum = registerCodeList(discretionTier);
export const ProductDomainEnum = registerCodeList(productDomain);
export const CaseProcedureEnum = registerCodeList(caseProcedure);

@ObjectType('PenaltyItem', { description: '处罚项 One line of a decision.' })
export class PenaltyItemType {
  @Field(() => ID) id!: string;
  @Field(() => PenaltyKindEnum, { description: '处罚种类 Kind of penalty.' }) kind!: string;
  @Field(() => PartyKindEnum, { description: '单位或者自然人 Whether it falls on an entity or a person.' }) partyKind!: string;
  @Field(() => String, { description: '被处罚人 Who is penalised.' }) partyName!: string;
  @Field(() => FenScalar, { nullable: true, description: '金额 Of a fine or a confiscation.' }) amountFen!: number | null;
  @Field(() => DateScalar, { nullable: true, description: '起始日 First day of a restriction or ban.' }) startsOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '截止日 Last day; null for life, or without a period.' }) endsOn!: string | null;
  @Field(() => Boolean, { description: '终身 For life.' }) forLife!: boolean;
}

@ObjectType('PenaltyDecision', { description: '行政处罚决定 A penalty decision.' })
export class PenaltyDecisionType {
  @Field(() => ID) id!: string;
  @Field(() => String, { description: '文号 Number of the decision.' }) documentNo!: string;
  @Field(() => DateScalar, { description: '决定日期 Day of the decision.' }) decidedOn!: string;
  @Field(() => DateScalar, { nullable: true, description: '送达日期 Day of service; null before.' }) servedOn!: string | null;
  @Field(() => CaseProcedureEnum, { description: '程序 Procedure.' }) procedure!: string;
  @Field(() => String, { description: '违法行为类型 Code of the list ViolationType.' }) violationType!: string;
  @Field(() => ProductDomainEnum, { description: '领域 Domain.' }) domain!: string;
  @Field(() => DiscretionTierEnum, { description: '裁量档次 Discretion tier.' }) tier!: string;
  @Field(() => String, { description: '当事人 The party.' }) partyName!: string;
  @Field(() => String, { nullable: true, description: '统一社会信用代码 Credit code of the party.' }) partyUscc!: string | null;
  @Field(() => PartyKindEnum) partyKind!: string;
  @Field(() => String, { nullable: true, description: '变更适用条款的理由 Why other articles were applied than were suspected.' }) articleChangeReason!: string | null;
  @Field(() => String, { nullable: true, description: '未处罚到人的理由 Why no person is penalised.' }) noPersonalPenaltyReason!: string | null;
}

export const PenaltyDecisionConnection = connectionType('PenaltyDecision', () => PenaltyDecisionType);
