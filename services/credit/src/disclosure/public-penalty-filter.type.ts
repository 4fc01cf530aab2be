import { type PenaltyKind, penaltyKind } from '@casebridge/contracts';
import { DateScalar, registerCodeList } from '@casebridge/platform';
import { Directive, Field, InputType } from 'type-graphql';

const PenaltyKindEnum = registerCodeList(penaltyKind);
const isPublic = '@tag(name: "public")';

@InputType({ description: '公示查询条件 Conditions on published penalties; all that are given must hold.' })
@Directive(isPublic)
export class PublicPenaltyFilter {
  @Field(() => String, { nullable: true, description: '关键词 Words, all of which stand in the party, number, violation or penalties; a phrase in quotation marks stands as it is; 2 to 100 characters.' })
  @Directive(isPublic)
  text?: string | null;

  @Field(() => String, { nullable: true, description: '统一社会信用代码 Unified social credit code of the party.' })
  @Directive(isPublic)
  partyUscc?: string | null;

  @Field(() => String, { nullable: true, description: '行政处罚决定书文号 Number of the decision, with any kind of brackets.' })
  @Directive(isPublic)
  documentNo?: string | null;

  @Field(() => String, { nullable: true, description: '行政区划代码 In this region or below it (含下级区划).' })
  @Directive(isPublic)
  regionCode?: string | null;

  @Field(() => String, { nullable: true, description: '处罚机关代码 Code of the deciding agency.' })
  @Directive(isPublic)
  authorityCode?: string | null;

  @Field(() => [String], { nullable: true, description: '违法行为类型 Any of these violations; at most 50.' })
  @Directive(isPublic)
  violationTypes?: string[] | null;

  @Field(() => [PenaltyKindEnum], { nullable: true, description: '处罚种类 Any of these kinds of penalty.' })
  @Directive(isPublic)
  penaltyKinds?: PenaltyKind[] | null;

  @Field(() => DateScalar, { nullable: true, description: '处罚决定日期（起） Decided on this day or later.' })
  @Directive(isPublic)
  decidedFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: '处罚决定日期（止） Decided on this day or earlier.' })
  @Directive(isPublic)
  decidedTo?: string | null;

  @Field(() => DateScalar, { nullable: true, description: '公示日期（起） Published on this day or later.' })
  @Directive(isPublic)
  publishedFrom?: string | null;

  @Field(() => DateScalar, { nullable: true, description: '公示日期（止） Published on this day or earlier.' })
  @Directive(isPublic)
  publishedTo?: string | null;
}
