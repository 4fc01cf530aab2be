import { isUuid } from '@casebridge/kernel';
import { BothWaysPage, ForwardPage, pageOf, type RequestContext } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { enterpriseLoader } from '../enterprise/enterprise.loader';
import type { VisibleEnterprise } from '../enterprise/enterprise.source';
import { EnterpriseType } from '../enterprise/enterprise.type';
import { productLoader, productsOfEnterprise } from './product.loader';
import { productList, type VisibleProduct } from './product.source';
import { ProductConnection, ProductDomainEnum, ProductFilter, ProductKindEnum, ProductType } from './product.type';

@Resolver(() => ProductType)
export class ProductResolver {
  @Query(() => ProductType, { nullable: true, description: '按标识查产品 A product by its id.' })
  @Directive('@tag(name: "public")')
  product(@Arg('id', () => ID) @Directive('@tag(name: "public")') id: string, @Ctx() ctx: RequestContext) {
    return isUuid(id) ? ctx.use(productLoader).load(id) : null;
  }

  @Query(() => ProductConnection, { nullable: true, description: '产品列表 Products, newest record first.' })
  @Directive('@tag(name: "public")')
  products(
    @Arg('filter', () => ProductFilter, { nullable: true }) @Directive('@tag(name: "public")') filter: ProductFilter | null,
    @Args() page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ) {
    return pageOf(ctx, productList(ctx.reader, filter ?? {}), page);
  }

  @FieldResolver(() => ProductKindEnum, { nullable: true, description: '产品类别 Kind.' })
  kind(@Root() p: VisibleProduct) {
    return p.may.master ? p.kind : null;
  }

  @FieldResolver(() => EnterpriseType, { nullable: true, description: '上市许可持有人（注册人、备案人） Marketing authorisation holder, registrant or filer.' })
  holder(@Root() p: VisibleProduct, @Ctx() ctx: RequestContext) {
    return p.may.master && p.holderUscc !== null ? ctx.use(enterpriseLoader).load(p.holderUscc) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: '剂型 Dosage form.' })
  dosageForm(@Root() p: VisibleProduct) {
    return p.may.master ? p.dosageForm : null;
  }

  @FieldResolver(() => String, { nullable: true, description: '规格 Strength or specification.' })
  strength(@Root() p: VisibleProduct) {
    return p.may.master ? p.strength : null;
  }

  @FieldResolver(() => ProductDomainEnum, { nullable: true, description: '监管领域 Field of regulation.' })
  domain(@Root() p: VisibleProduct) {
    return p.may.master ? p.domain : null;
  }
}

@Resolver(() => EnterpriseType)
export class EnterpriseProductsResolver {
  @FieldResolver(() => ProductConnection, { nullable: true, description: '持有的产品 Products that it holds, newest record first.' })
  products(@Root() e: VisibleEnterprise, @Args() page: ForwardPage, @Ctx() ctx: RequestContext) {
    return e.may.master ? ctx.use(productsOfEnterprise).load(e.uscc, page) : null;
  }
}
