import { BothWaysPage, DeadlineType, ForwardPage, pageOf, type RequestContext, toDeadline, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { StatutoryLimitType, toStatutoryLimit, useDeadline } from '../limit/limit.type';
import { visibleCases } from '../stub/case.loader';
import { AgencyStub, CaseStub, EnterpriseStub, ProductStub, RegionStub } from '../stub/stub.type';
import type { AdverseReactionReportEntity } from './report.entity';
import { loadReport, reportsOfCase, reportsOfEnterprise, reportsOfProduct } from './report.loader';
import { isLateReport, reportingLimit } from './report.rule';
import { reportFilter, reportList } from './report.source';
import { AdverseReactionReportConnection, AdverseReactionReportFilter, AdverseReactionReportType } from './report.type';

type Report = Visible<AdverseReactionReportEntity>;

@Resolver(() => AdverseReactionReportType)
export class AdverseReactionReportResolver {
  @Query(() => AdverseReactionReportType, { nullable: true, description: '一份不良反应报告 One report.' })
  adverseReactionReport(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    return loadReport(ctx, id);
  }

  @Query(() => AdverseReactionReportConnection, { nullable: true, description: '不良反应报告列表 Reports, newest first.' })
  adverseReactionReports(
    @Arg('filter', () => AdverseReactionReportFilter, { nullable: true }) filter: AdverseReactionReportFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ) {
    return pageOf(ctx, reportList(ctx.reader, 'reports', reportFilter(filter ?? {})), page);
  }

  @FieldResolver(() => ProductStub, { nullable: true, description: '怀疑产品 Suspected product.' })
  product(@Root() report: Report) {
    return report.productId === null ? null : { id: report.productId };
  }

  @FieldResolver(() => EnterpriseStub, { nullable: true, description: '上市许可持有人 Marketing authorisation holder.' })
  enterprise(@Root() report: Report) {
    return report.enterpriseUscc === null ? null : { uscc: report.enterpriseUscc };
  }

  @FieldResolver(() => RegionStub, { nullable: true, description: '发生地 Region in which it happened.' })
  region(@Root() report: Report) {
    return { code: report.regionCode };
  }

  @FieldResolver(() => AgencyStub, { nullable: true, description: '接收单位 Agency that received it and owns it.' })
  agency(@Root() report: Report) {
    return { code: report.agencyCode };
  }

  @FieldResolver(() => [AgencyStub], { nullable: true, description: '共同所有单位 Agencies that own it too (AEFI and group events: drug and health).' })
  coOwners(@Root() report: Report) {
    return report.coOwnerCodes.map((code) => ({ code }));
  }

  @FieldResolver(() => [CaseStub], { nullable: true, description: '关联案件 Cases behind which it stands, as far as the reader may see them.' })
  cases(@Root() report: Report, @Ctx() ctx: RequestContext) {
    return visibleCases(ctx, report.caseIds);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '迟报 Reported after the limit, or outstanding after it.' })
  late(@Root() report: Report, @Ctx() ctx: RequestContext) {
    return isLateReport(report, ctx.reader.today);
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '报告时限说明 The day on which reporting is due, and why; null where no clock was in force. Reports are kept by day, the hour is not known: '
      + 'a clock in hours counts from the end of the day of awareness, and nothing of the day on which it ends is late.' })
  deadline(@Root() report: Report, @Ctx() ctx: RequestContext) {
    const limit = reportingLimit(report, ctx.deps.calendar);
    return limit && toDeadline(limit.deadline);
  }

  @FieldResolver(() => StatutoryLimitType, { nullable: true, deprecationReason: useDeadline, description: '报告时限依据 Why it is due on that day.' })
  dueRule(@Root() report: Report, @Ctx() ctx: RequestContext) {
    const limit = reportingLimit(report, ctx.deps.calendar);
    return limit && toStatutoryLimit(limit.deadline);
  }
}

@Resolver(() => CaseStub)
export class CaseReportsResolver {
  @FieldResolver(() => AdverseReactionReportConnection, { nullable: true, description: '案件涉及的不良反应报告 Reports behind the case.' })
  adverseReactionReports(@Root() parent: CaseStub, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(reportsOfCase).load(parent.id, page);
  }
}

@Resolver(() => ProductStub)
export class ProductReportsResolver {
  @FieldResolver(() => AdverseReactionReportConnection, { nullable: true, description: '产品的不良反应报告 Reports on the product.' })
  adverseReactionReports(@Root() parent: ProductStub, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(reportsOfProduct).load(parent.id, page);
  }
}

@Resolver(() => EnterpriseStub)
export class EnterpriseReportsResolver {
  @FieldResolver(() => AdverseReactionReportConnection, { nullable: true, description: '持有人产品的不良反应报告 Reports on products of the holder.' })
  adverseReactionReports(@Root() parent: EnterpriseStub, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(reportsOfEnterprise).load(parent.uscc, page);
  }
}
