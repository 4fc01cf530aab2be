import { type PartyKind, partyKind, type PunishmentKind, punishmentKind, type PunishmentStatus, punishmentStatus } from '@casebridge/contracts';
import { connectionType, DateScalar, ForwardPage, registerCodeList } from '@casebridge/platform';
import { ArgsType, Directive, Field, ID, InputType, ObjectType } from 'type-graphql';

const PartyKindEnum = registerCodeList(partyKind);
const PunishmentKindEnum = registerCodeList(punishmentKind);
export const PunishmentStatusEnum = registerCodeList(punishmentStatus);
const isPublic = '@tag(name: "public")';

@ObjectType('CreditPunishment', { description: '信用惩戒 What a decision does to a name: industry ban, restriction, dishonesty entry.' })
export class CreditPunishment {
  @Field(() => ID, { description: '标识 Id.' }) @Directive(isPublic) id!: string;
  @Field(() => PunishmentKindEnum, { description: '惩戒种类 Kind.' }) @Directive(isPublic) kind!: PunishmentKind;
  @Field(() => PartyKindEnum, { description: '对象类别 Whether an entity or a person is punished.' }) @Directive(isPublic) partyKind!: PartyKind;
  @Field(() => String, { description: '对象名称 Who is punished.' }) @Directive(isPublic) partyName!: string;
  @Field(() => String, { description: '决定书文号 Number of the decision.' }) @Directive(isPublic) documentNo!: string;
  @Field(() => DateScalar, { description: '起始日 First day.' }) @Directive(isPublic) startsOn!: string;
  @Field(() => DateScalar, { nullable: true, description: '截止日 Last day; null: for life (终身).' }) @Directive(isPublic) endsOn!: string | null;
  @Field(() => Boolean, { description: '是否终身 Whether it is for life.' }) @Directive(isPublic) forLife!: boolean;
  @Field(() => DateScalar, { nullable: true, description: '公示日期 Day of the publication.' }) @Directive(isPublic) publishedOn!: string | null;
}

export const CreditPunishmentConnection = connectionType('CreditPunishment', () => CreditPunishment, { public: true });

@InputType({ description: '信用惩戒查询条件 Conditions on punishments; all that are given must hold.' })
@Directive(isPublic)
export class CreditPunishmentFilter {
  @Field(() => [PunishmentKindEnum], { nullable: true, description: '种类 Any of these kinds.' })
  @Directive(isPublic)
  kinds?: PunishmentKind[] | null;

  @Field(() => [PunishmentStatusEnum], { nullable: true, description: '状态 Any of these states, as of today.' })
  @Directive(isPublic)
  status?: PunishmentStatus[] | null;

  @Field(() => String, { nullable: true, description: '决定机关代码 Code of the agency.' })
  @Directive(isPublic)
  agency?: string | null;

  @Field(() => String, { nullable: true, description: '统一社会信用代码 Credit code of the enterprise.' })
  @Directive(isPublic)
  enterpriseUscc?: string | null;

  @Field(() => String, { nullable: true, description: '姓名 Full name of a person who is punished.' })
  @Directive(isPublic)
  personName?: string | null;
}

/** Arguments as a class: the schema builder drops directives on single arguments of fields that are added to another's type. */
@ArgsType()
export class PunishmentPage extends ForwardPage {
  @Field(() => CreditPunishmentFilter, { nullable: true })
  @Directive(isPublic)
  filter?: CreditPunishmentFilter | null;
}
