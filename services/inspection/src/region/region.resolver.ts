import { BothWaysPage, isRegionCode, pageOf, type RequestContext } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import type { RegionEntity } from './region.entity';
import { regionLoader } from './region.loader';
import { regionList } from './region.source';
import { RegionConnection, RegionType } from './region.type';

@Resolver(() => RegionType)
export class RegionResolver {
  @Query(() => RegionType, { nullable: true, description: '按代码查行政区划 A region by its code.' })
  @Directive('@tag(name: "public")')
  region(@Arg('code', () => ID) @Directive('@tag(name: "public")') code: string, @Ctx() ctx: RequestContext) {
    return isRegionCode(code) ? ctx.use(regionLoader).load(code) : null;
  }

  @Query(() => RegionConnection, { nullable: true, description: '行政区划列表 Regions, highest code first; with a parent, those directly below it.' })
  @Directive('@tag(name: "public")')
  regions(
    @Arg('parent', () => ID, { nullable: true }) @Directive('@tag(name: "public")') parent: string | null,
    @Args() page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ) {
    return pageOf(ctx, regionList(parent ?? null), page);
  }

  @FieldResolver(() => RegionType, { nullable: true, description: '上级区划 The region that it lies in.' })
  @Directive('@tag(name: "public")')
  parent(@Root() region: RegionEntity, @Ctx() ctx: RequestContext) {
    return region.parentCode === null ? null : ctx.use(regionLoader).load(region.parentCode);
  }
}
