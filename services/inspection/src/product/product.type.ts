import { productKind, productDomain, type ProductKind } from '@casebridge/contracts';
import { connectionType, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, InputType, ObjectType } from 'type-graphql';

export const ProductKindEnum = registerCodeList(productKind);
export const ProductDomainEnum = registerCodeList(productDomain);

@ObjectType('Product', { description: '产品 A drug, device or cosmetic, or goods sold as one without approval.' })
@Directive('@key(fields: "id")')
export class ProductType {
  @Field(() => ID, { description: '标识 Id.' })
  @Directive('@tag(name: "public")')
  id!: string;

  @Field(() => String, { nullable: true, description: '通用名称 Name.' })
  @Directive('@tag(name: "public")')
  name!: string | null;

  @Field(() => String, { nullable: true, description: '批准文号、注册证号或者备案号 Registration number, where it has one.' })
  @Directive('@tag(name: "public")')
  registrationNo!: string | null;
}

export const ProductConnection = connectionType('Product', () => ProductType, { public: true });

@InputType({ description: '产品筛选条件 Which products to list; all conditions must hold.' })
export class ProductFilter {
  @Field(() => String, { nullable: true, description: '关键词 Words of the name or the registration number; 2 to 100 characters.' })
  @Directive('@tag(name: "public")')
  text?: string | null;

  @Field(() => ProductKindEnum, { nullable: true, description: '产品类别 Of this kind.' }) kind?: ProductKind | null;
}
