import type { NamedClockRow } from '@casebridge/kernel';
import { clockRowsFor, clockRowsOf, RequestContext, StatutoryClockRow } from '@casebridge/platform';
import { Ctx, Directive, Query, Resolver } from 'type-graphql';
import { complaintClocks } from '../complaint/complaint.clocks';
import { reportClocks } from '../report/report.clocks';

const rows = clockRowsOf(reportClocks, complaintClocks);

@Resolver()
export class ReportingClocksResolver {
  @Directive('@tag(name: "public")')
  @Directive('@listSize(assumedSize: 20)')
  @Query(() => [StatutoryClockRow], {
    nullable: true, description: '报告与投诉举报期限表 The statutory clocks of reports of reactions and events, and of complaints and reports (投诉举报).',
  })
  reportingClocks(@Ctx() ctx: RequestContext): readonly NamedClockRow[] {
    return clockRowsFor(ctx.reader, rows);
  }
}
