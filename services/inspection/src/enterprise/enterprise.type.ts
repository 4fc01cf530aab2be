import { enterpriseKind, keyPost, type KeyPost, licenceKind, type LicenceKind, licenceStatus, riskTier, type EnterpriseKind, type RiskTier } from '@casebridge/contracts';
import { connectionType, DateScalar, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';

export const EnterpriseKindEnum = registerCodeList(enterpriseKind);
export const RiskTierEnum = registerCodeList(riskTier);
const LicenceKindEnum = registerCodeList(licenceKind);
export const LicenceStatusEnum = registerCodeList(licenceStatus);
const KeyPostEnum = registerCodeList(keyPost);

@ObjectType('Licence', { description: '许可证 A licence of an enterprise.' })
@Directive('@tag(name: "public")')
export class LicenceType {
  @Field(() => ID, { description: '标识 Id.' }) id!: string;
  @Field(() => LicenceKindEnum, { description: '许可证种类 Kind.' }) kind!: LicenceKind;
  @Field(() => String, { description: '许可证编号 Number (drug production: PROD art. 76; drug distribution: DIST art. 76).' }) number!: string;
  @Field(() => String, { nullable: true, description: '许可范围 What it covers.' }) scope!: string | null;
  @Field(() => String, { nullable: true, description: '分类码 Class letters of a drug production licence (PROD art. 77).' }) classCode!: string | null;
  @Field(() => DateScalar, { description: '有效期起 First day.' }) validFrom!: string;
  @Field(() => DateScalar, { nullable: true, description: '有效期至 Last day; none for a licence without an end.' }) validTo!: string | null;
}

@ObjectType('KeyPerson', { description: '关键岗位人员 Who holds a key post in an enterprise.' })
export class KeyPersonType {
  @Field(() => KeyPostEnum, { description: '岗位 Post.' }) post!: KeyPost;
  @Field(() => String, { description: '姓名 Name.' }) name!: string;
  @Field(() => DateScalar, { description: '任职日期 First day in the post.' }) fromDate!: string;
  @Field(() => DateScalar, { nullable: true, description: '离任日期 Last day in the post.' }) toDate!: string | null;
}

@ObjectType('Enterprise', { description: '企业（监管对象） An enterprise or institution under supervision.' })
@Directive('@key(fields: "uscc")')
export class EnterpriseType {
  @Field(() => ID, { description: '统一社会信用代码 Unified social credit code (GB 32100-2015).' })
  @Directive('@tag(name: "public")')
  uscc!: string;

  @Field(() => String, { nullable: true, description: '名称 Registered name.' })
  @Directive('@tag(name: "public")')
  name!: string | null;

  @Field(() => String, { nullable: true, description: '英文名称 Name in English.' })
  @Directive('@tag(name: "public")')
  nameEn!: string | null;
}

export const EnterpriseConnection = connectionType('Enterprise', () => EnterpriseType, { public: true });

@InputType({ description: '企业筛选条件 Which enterprises to list; all conditions must hold.' })
export class EnterpriseFilter {
  @Field(() => String, { nullable: true, description: '关键词 Words of the name or the credit code; 2 to 100 characters.' })
  @Directive('@tag(name: "public")')
  text?: string | null;

  @Field(() => ID, { nullable: true, description: '所在区划 In this region or below it (含下级区划).' }) regionCode?: string | null;
  @Field(() => EnterpriseKindEnum, { nullable: true, description: '主体类型 Of this kind.' }) kind?: EnterpriseKind | null;
  @Field(() => RiskTierEnum, { nullable: true, description: '风险等级 In this risk tier.' }) riskTier?: RiskTier | null;
}
