import { isUuid } from '@casebridge/kernel';
import { BothWaysPage, ForwardPage, pageOf, type RequestContext } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { InspectionAgency } from '../agency/agency.type';
import { visibleCaseLoader } from '../case/case.loader';
import { InspectionCase } from '../case/case.type';
import { enterpriseLoader } from '../enterprise/enterprise.loader';
import type { VisibleEnterprise } from '../enterprise/enterprise.source';
import { EnterpriseType } from '../enterprise/enterprise.type';
import { regionLoader } from '../region/region.loader';
import { RegionType } from '../region/region.type';
import type { InspectionEntity } from './inspection.entity';
import { defectsOfInspection, inspectionLoader, inspectionsOfCase, inspectionsOfEnterprise } from './inspection.loader';
import { inspectionList } from './inspection.source';
import { InspectionConnection, InspectionDefectType, InspectionFilter, InspectionType } from './inspection.type';

@Resolver(() => InspectionType)
export class InspectionResolver {
  @Query(() => InspectionType, { nullable: true, description: '按标识查检查 An inspection by its id.' })
  @Directive('@tag(name: "public")')
  inspection(@Arg('id', () => ID) @Directive('@tag(name: "public")') id: string, @Ctx() ctx: RequestContext) {
    return isUuid(id) ? ctx.use(inspectionLoader).load(id) : null;
  }

  @Query(() => InspectionConnection, { nullable: true, description: '检查列表 Inspections, newest first by the day they were conducted or are planned for.' })
  @Directive('@tag(name: "public")')
  inspections(
    @Arg('filter', () => InspectionFilter, { nullable: true }) @Directive('@tag(name: "public")') filter: InspectionFilter | null,
    @Args() page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ) {
    return pageOf(ctx, inspectionList(ctx.reader, filter ?? {}), page);
  }

  @FieldResolver(() => InspectionAgency, { nullable: true, description: '派出检查单位 The agency that sent the inspectors.' })
  @Directive('@tag(name: "public")')
  agency(@Root() i: InspectionEntity) {
    return { code: i.agencyCode };
  }

  @FieldResolver(() => EnterpriseType, { nullable: true, description: '被检查单位 Who was inspected.' })
  @Directive('@tag(name: "public")')
  enterprise(@Root() i: InspectionEntity, @Ctx() ctx: RequestContext) {
    return ctx.use(enterpriseLoader).load(i.uscc);
  }

  @FieldResolver(() => RegionType, { nullable: true, description: '检查地区划 Where it took place.' })
  @Directive('@tag(name: "public")')
  region(@Root() i: InspectionEntity, @Ctx() ctx: RequestContext) {
    return ctx.use(regionLoader).load(i.regionCode);
  }

  @FieldResolver(() => [InspectionDefectType], { nullable: true, description: '缺陷 Defects, gravest first.' })
  @Directive('@tag(name: "public")')
  defects(@Root() i: InspectionEntity, @Ctx() ctx: RequestContext) {
    return ctx.use(defectsOfInspection).load(i.id);
  }

  @FieldResolver(() => [InspectionCase], { nullable: true, description: '由此立案的案件 Cases that it led to.' })
  async cases(@Root() i: InspectionEntity, @Ctx() ctx: RequestContext) {
    const cases = await Promise.all(i.caseIds.map((id) => ctx.use(visibleCaseLoader).load(id)));
    return cases.filter((c) => c !== null);
  }
}

@Resolver(() => EnterpriseType)
export class EnterpriseInspectionsResolver {
  @FieldResolver(() => InspectionConnection, { nullable: true, description: '接受的检查 Inspections of it, newest first.' })
  @Directive('@tag(name: "public")')
  inspections(@Root() e: VisibleEnterprise, @Args() page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(inspectionsOfEnterprise).load(e.uscc, page);
  }
}

@Resolver(() => InspectionCase)
export class CaseInspectionsResolver {
  @FieldResolver(() => InspectionConnection, { nullable: true, description: '案件来源的检查 Inspections that led to the case, newest first.' })
  inspections(@Root() c: InspectionCase, @Args() page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(inspectionsOfCase).load(c.id, page);
  }
}
