import { Directive, Field, Int, ObjectType } from 'type-graphql';

const isPublic = '@tag(name: "public")';

@ObjectType({ description: '分面计数 How many published penalties have a value.' })
@Directive(isPublic)
export class PublicPenaltyCount {
  @Field(() => String, { description: '取值 A code, a year or a month (YYYY-MM).' }) @Directive(isPublic) value!: string;
  @Field(() => Int, { description: '数量 How many.' }) @Directive(isPublic) count!: number;
}

@ObjectType({ description: '公示统计 Counts of the published penalties that meet the conditions; of regions and agencies the fifty most frequent.' })
@Directive(isPublic)
export class PublicPenaltyFacets {
  @Field(() => Int, { description: '总数 All of them.' }) @Directive(isPublic) total!: number;
  @Field(() => [PublicPenaltyCount], { description: '按处罚种类 By kind of penalty: one decision may have several.' }) @Directive(isPublic) @Directive('@listSize(assumedSize: 14)') penaltyKinds!: PublicPenaltyCount[];
  @Field(() => [PublicPenaltyCount], { description: '按违法行为类型 By violation, the fifty most frequent.' }) @Directive(isPublic) @Directive('@listSize(assumedSize: 50)') violationTypes!: PublicPenaltyCount[];
  @Field(() => [PublicPenaltyCount], { description: '按行政区划 By code of the region.' }) @Directive(isPublic) @Directive('@listSize(assumedSize: 50)') regions!: PublicPenaltyCount[];
  @Field(() => [PublicPenaltyCount], { description: '按处罚机关 By code of the deciding agency.' }) @Directive(isPublic) @Directive('@listSize(assumedSize: 50)') authorities!: PublicPenaltyCount[];
  @Field(() => [PublicPenaltyCount], { description: '按决定年份 By year of the decision, the last first.' }) @Directive(isPublic) @Directive('@listSize(assumedSize: 20)') years!: PublicPenaltyCount[];
  @Field(() => [PublicPenaltyCount], { description: '按公示月份 By month of the publication, the first first; the last five years.' }) @Directive(isPublic) @Directive('@listSize(assumedSize: 60)') months!: PublicPenaltyCount[];
}
