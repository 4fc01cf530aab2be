import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, Directive, Query, Resolver } from 'type-graphql';
import { publicPenaltyFacets } from './public-penalty-facets.source';
import { PublicPenaltyFacets } from './public-penalty-facets.type';
import { publicPenaltyFilter } from './public-penalty-filter.source';
import { PublicPenaltyFilter } from './public-penalty-filter.type';

const isPublic = '@tag(name: "public")';

@Resolver()
export class PublicPenaltyFacetsResolver {
  @Query(() => PublicPenaltyFacets, { nullable: true, description: '公示统计 How the penalties that meet the conditions are spread over kinds, violations, regions, agencies, years and months.' })
  @Directive(isPublic)
  @Directive('@cost(weight: 500)')
  publicPenaltyFacets(
    @Arg('filter', () => PublicPenaltyFilter, { nullable: true }) @Directive(isPublic) filter: PublicPenaltyFilter | null,
    @Ctx() ctx: RequestContext,
  ): Promise<PublicPenaltyFacets> {
    return publicPenaltyFacets(ctx.deps, ctx.reader, publicPenaltyFilter(filter));
  }
}
