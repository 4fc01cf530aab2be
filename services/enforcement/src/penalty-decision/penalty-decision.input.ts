import type { DiscretionTier, PartyKind, PenaltyKind, ProductDomain } from '@casebridge/contracts';
import { DateScalar, FenScalar } from '@casebridge/platform';
import { Field, ID, InputType, Int } from 'type-graphql';
import { DiscretionTierEnum, PartyKindEnum, PenaltyKindEnum, ProductDomainEnum } from './penalty-decision.type';

@InputType({ description: '处罚决定筛选 Which decisions; every condition given must hold.' })
export class PenaltyDecisionFilter {
  @Field(() => ID, { nullable: true, description: '处罚机关 Code of the authority.' }) agency?: string | null;
  @Field(() => ID, { nullable: true, description: '地区 In this region or below it (含下级区划).' }) region?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'First day of decision.' }) decidedFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last day of decision, included.' }) decidedTo?: string | null;
}

@InputType({ description: '法律依据 Article that a line rests on.' })
export class LegalBasisInput {
  @Field(() => String, { description: 'Official Chinese title of the instrument.' }) instrument!: string;
  @Field(() => String, { description: 'Article as the instrument counts it, e.g. 118 or 124(1).' }) article!: string;
}

@InputType({ description: '处罚项 One line of a decision.' })
export class PenaltyItemInput {
  @Field(() => PenaltyKindEnum) kind!: PenaltyKind;
  @Field(() => PartyKindEnum) partyKind!: PartyKind;
  @Field(() => String, { nullable: true, description: "Who is penalised; the decision's party when left out." }) partyName?: string | null;
  @Field(() => String, { nullable: true, description: '公民身份号码 Identity number of the person; only a keyed digest is kept, by which a ban is found.' })
  partyIdNo?: string | null;
  /** What is kept in place of the number; see `withoutIdNumbers`. */
  partyIdDigest?: string | null;
  @Field(() => FenScalar, { nullable: true }) amountFen?: number | null;
  @Field(() => LegalBasisInput) basis!: LegalBasisInput;
  @Field(() => DateScalar, { nullable: true }) startsOn?: string | null;
  @Field(() => DateScalar, { nullable: true }) endsOn?: string | null;
  @Field(() => Boolean, { defaultValue: false }) forLife!: boolean;
}

@InputType({ description: '行政处罚决定 A decision; what is left out is taken from the case.' })
export class RecordPenaltyDecisionInput {
  @Field(() => String, { description: '文号, e.g. 沈市监处罚〔2026〕12号' }) documentNo!: string;
  @Field(() => DateScalar) decidedOn!: string;
  @Field(() => DateScalar, { nullable: true, description: '送达日期 When it has been served already.' }) servedOn?: string | null;
  @Field(() => String, { nullable: true, description: 'Code of the list ViolationType.' }) violationType?: string | null;
  @Field(() => ProductDomainEnum, { nullable: true }) domain?: ProductDomain | null;
  @Field(() => DiscretionTierEnum) tier!: DiscretionTier;
  @Field(() => String, { nullable: true }) partyName?: string | null;
  @Field(() => String, { nullable: true }) partyUscc?: string | null;
  @Field(() => PartyKindEnum, { nullable: true }) partyKind?: PartyKind | null;
  @Field(() => FenScalar, { nullable: true, description: '货值金额 Value of the goods.' }) goodsValueFen?: number | null;
  @Field(() => FenScalar, { nullable: true, description: '违法所得 Unlawful gains.' }) gainsFen?: number | null;
  @Field(() => FenScalar, { nullable: true, description: '罚没合计 Total as the document states it; checked against the lines.' }) totalAmountFen?: number | null;
  @Field(() => String, { nullable: true, description: '未处罚到人的理由 Why no person is penalised although the article knows it.' })
  noPersonalPenaltyReason?: string | null;
  @Field(() => String, { nullable: true, description: '变更适用条款的理由 Why other articles are applied than were suspected.' })
  articleChangeReason?: string | null;
  @Field(() => [PenaltyItemInput]) items!: PenaltyItemInput[];
  @Field(() => Int, { nullable: true, description: 'Version of the case that the caller read.' }) expectedVersion?: number | null;
}

@InputType({ description: '送达 When a decision was served.' })
export class RecordPenaltyServiceInput {
  @Field(() => DateScalar) servedOn!: string;
  @Field(() => Int, { nullable: true, description: 'Version of the case that the caller read.' }) expectedVersion?: number | null;
}
