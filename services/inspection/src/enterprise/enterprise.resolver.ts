import { BothWaysPage, DateScalar, pageOf, type RequestContext } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { InspectionAgency } from '../agency/agency.type';
import { regionLoader } from '../region/region.loader';
import { RegionType } from '../region/region.type';
import { enterpriseLoader, keyPersonsOfEnterprise, licencesOfEnterprise } from './enterprise.loader';
import { usccKey } from './enterprise.rule';
import { enterpriseList, type VisibleEnterprise } from './enterprise.source';
import { EnterpriseConnection, EnterpriseFilter, EnterpriseKindEnum, EnterpriseType, KeyPersonType, LicenceStatusEnum, LicenceType, RiskTierEnum } from './enterprise.type';
import type { LicenceEntity } from './licence.entity';
import { licenceStatusOn } from './licence.rule';

@Resolver(() => EnterpriseType)
export class EnterpriseResolver {
  @Query(() => EnterpriseType, { nullable: true, description: '按统一社会信用代码查企业 An enterprise by its credit code.' })
  @Directive('@tag(name: "public")')
  enterprise(@Arg('uscc', () => ID) @Directive('@tag(name: "public")') uscc: string, @Ctx() ctx: RequestContext) {
    const code = usccKey(uscc);
    return code === null ? null : ctx.use(enterpriseLoader).load(code);
  }

  @Query(() => EnterpriseConnection, { nullable: true, description: '企业列表 Enterprises, newest first; without a token by credit code.' })
  @Directive('@tag(name: "public")')
  enterprises(
    @Arg('filter', () => EnterpriseFilter, { nullable: true }) @Directive('@tag(name: "public")') filter: EnterpriseFilter | null,
    @Args() page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ) {
    return pageOf(ctx, enterpriseList(ctx.reader, filter ?? {}), page);
  }

  @FieldResolver(() => [EnterpriseKindEnum], { nullable: true, description: '主体类型 Kinds; an enterprise may be of several.' })
  kinds(@Root() e: VisibleEnterprise) {
    return e.may.master ? e.kinds : null;
  }

  @FieldResolver(() => RegionType, { nullable: true, description: '所在区划 Region it is in.' })
  region(@Root() e: VisibleEnterprise, @Ctx() ctx: RequestContext) {
    return e.may.master ? ctx.use(regionLoader).load(e.regionCode) : null;
  }

  @FieldResolver(() => String, { nullable: true, description: '住所（经营场所） Address.' })
  address(@Root() e: VisibleEnterprise) {
    return e.may.master ? e.address : null;
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '成立日期 Day of registration.' })
  registeredOn(@Root() e: VisibleEnterprise) {
    return e.may.master ? e.registeredOn : null;
  }

  @FieldResolver(() => InspectionAgency, { nullable: true, description: '监管机关 The drug regulator that supervises it.' })
  supervisingAgency(@Root() e: VisibleEnterprise) {
    return e.may.master ? { code: e.agencyCode } : null;
  }

  @FieldResolver(() => RiskTierEnum, { nullable: true, description: '风险等级 Risk tier; none before the first grading.' })
  riskTier(@Root() e: VisibleEnterprise) {
    return e.may.master ? e.riskTier : null;
  }

  @FieldResolver(() => Int, { nullable: true, description: '风险评分 Score behind the tier, 0 to 100.' })
  riskScore(@Root() e: VisibleEnterprise) {
    return e.may.inside ? e.riskScore : null;
  }

  @FieldResolver(() => [String], { nullable: true, description: '风险因素 What the score comes from.' })
  riskReasons(@Root() e: VisibleEnterprise) {
    return e.may.inside ? e.riskReasons : null;
  }

  @FieldResolver(() => [LicenceType], { nullable: true, description: '许可证 Licences, latest first.' })
  @Directive('@tag(name: "public")')
  licences(@Root() e: VisibleEnterprise, @Ctx() ctx: RequestContext) {
    return ctx.use(licencesOfEnterprise).load(e.uscc);
  }

  @FieldResolver(() => [KeyPersonType], { nullable: true, description: '关键岗位人员 Key persons, latest first.' })
  keyPersons(@Root() e: VisibleEnterprise, @Ctx() ctx: RequestContext) {
    return e.may.inside ? ctx.use(keyPersonsOfEnterprise).load(e.uscc) : null;
  }
}

@Resolver(() => LicenceType)
export class LicenceResolver {
  @FieldResolver(() => LicenceStatusEnum, { description: '状态 What it counts as today.' })
  status(@Root() licence: LicenceEntity, @Ctx() ctx: RequestContext) {
    return licenceStatusOn(licence, ctx.reader.today);
  }

  @FieldResolver(() => InspectionAgency, { nullable: true, description: '发证机关 The agency that issued it.' })
  issuedBy(@Root() licence: LicenceEntity) {
    return { code: licence.issuedByAgencyCode };
  }
}
