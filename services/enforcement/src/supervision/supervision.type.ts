import 'reflect-metadata';
import { supervisionFindingKind, type SupervisionFindingKind } from '@casebridge/contracts';
import { connectionType, DateScalar, DateTimeScalar, FenScalar, LegalBasis, registerCodeList } from '@casebridge/platform';
import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { CriminalChargeEnum } from '../referral';

export const SupervisionFindingKindEnum = registerCodeList(supervisionFindingKind);

@ObjectType('SupervisionFinding', { description: '监督线索 What stands still or may have gone wrong, found at the moment of reading: gone as soon as the act that is owed is done.' })
export class SupervisionFindingType {
  @Field(() => ID, { description: 'The same as long as it is the same thing; after another act it is another.' }) id!: string;
  @Field(() => SupervisionFindingKindEnum) kind!: SupervisionFindingKind;
  @Field(() => String, { nullable: true, description: '案号 Null of a clue, which is no case yet.' }) caseNo!: string | null;
  @Field(() => DateTimeScalar, { description: 'Since when it stands still; for a decision, since its service was recorded.' }) since!: Date;
  @Field(() => String, { nullable: true, description: '所处环节 State of the referral, or of the track, that is late.' }) step!: string | null;
  @Field(() => LegalBasis, { description: '依据 The limit that is over, or the article that makes it look like a crime.' }) basis!: LegalBasis;
  @Field(() => CriminalChargeEnum, { nullable: true, description: '涉嫌罪名' }) charge!: string | null;
  @Field(() => [LegalBasis], { description: '涉嫌违反的条款' }) suspectedArticles!: LegalBasis[];
  @Field(() => [LegalBasis], { description: '处罚所依据的条款 Articles that the decision rests on.' }) finalArticles!: LegalBasis[];
  @Field(() => FenScalar, { nullable: true, description: '货值金额（分）' }) goodsValueFen!: number | null;
  @Field(() => FenScalar, { nullable: true, description: '罚款（分）' }) fineFen!: number | null;
  @Field(() => String, { nullable: true, description: '理由 What was said for it, where something was.' }) reasons!: string | null;
}
export const SupervisionFindingConnection = connectionType('SupervisionFinding', () => SupervisionFindingType);

@ObjectType('SupervisionRecord', { description: '监督登记 What was found once, and when; it stays when the act that was owed is done.' })
export class SupervisionRecordType {
  @Field(() => ID, { description: 'That of the finding.' }) id!: string;
  @Field(() => SupervisionFindingKindEnum) kind!: SupervisionFindingKind;
  @Field(() => String, { nullable: true, description: '案号 Null of a clue, which is no case yet.' }) caseNo!: string | null;
  @Field(() => DateTimeScalar) since!: Date;
  @Field(() => DateTimeScalar, { description: '发现时间' }) foundAt!: Date;
  @Field(() => String, { nullable: true, description: '所处环节' }) step!: string | null;
  @Field(() => LegalBasis) basis!: LegalBasis;
  @Field(() => CriminalChargeEnum, { nullable: true, description: '涉嫌罪名' }) charge!: string | null;
  @Field(() => String, { nullable: true, description: '理由' }) reasons!: string | null;
}
export const SupervisionRecordConnection = connectionType('SupervisionRecord', () => SupervisionRecordType);

@ObjectType('SupervisionEvent', { description: '监督动态 Something was found, told live.' })
export class SupervisionEventType {
  @Field(() => String, { description: 'Resume from here with `after`.' }) cursor!: string;
  @Field(() => ID, { description: 'That of the finding and of the record.' }) id!: string;
  @Field(() => SupervisionFindingKindEnum) kind!: SupervisionFindingKind;
  @Field(() => DateTimeScalar) since!: Date;
  @Field(() => DateTimeScalar) foundAt!: Date;
}

@InputType({ description: '监督线索筛选 Which findings; every condition given must hold.' })
export class SupervisionFilter {
  @Field(() => [SupervisionFindingKindEnum], { nullable: true }) kind?: SupervisionFindingKind[] | null;
  @Field(() => String, { nullable: true, description: '应办机关 Code of the agency that owes the next act.' }) agency?: string | null;
  @Field(() => String, { nullable: true, description: '地区 Code of a region that the place of the case is, or lies in.' }) region?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'First day: since which it stands still; in the register, on which it was found. China Standard Time.' }) sinceFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last day, included.' }) sinceTo?: string | null;
}
