import type { ComplaintKind } from '@casebridge/contracts';
import { isOverdue } from '@casebridge/kernel';
import { BothWaysPage, DateTimeScalar, DeadlineType, ForwardPage, pageOf, type RequestContext, toDeadline, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { StatutoryLimitType, toStatutoryLimit, useDeadline } from '../limit/limit.type';
import { visibleCases } from '../stub/case.loader';
import { AgencyStub, CaseStub, EnterpriseStub, ProductStub, RegionStub } from '../stub/stub.type';
import type { ComplaintEntity } from './complaint.entity';
import { complaintsOfCase, complaintsOfEnterprise, complaintsOfProduct, loadComplaint } from './complaint.loader';
import { runningDeadline } from './complaint.rule';
import { complaintFilter, complaintList, complaintProgress } from './complaint.source';
import { ComplaintConnection, ComplaintFilterInput, ComplaintKindEnum, ComplaintProgressType, ComplaintType } from './complaint.type';

type Row = Visible<ComplaintEntity>;

/** What a reader of the content gets; a reader of the head alone gets null. */
const content = <T>(complaint: Row, read: (open: Row) => T): T | null => (complaint.may['content'] === true ? read(complaint) : null);

@Resolver(() => ComplaintType)
export class ComplaintResolver {
  @Query(() => ComplaintType, { nullable: true, description: '一件投诉举报 One complaint or report.' })
  complaint(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext) {
    return loadComplaint(ctx, id);
  }

  @Query(() => ComplaintConnection, { nullable: true, description: '投诉举报列表 Complaints and reports, newest first.' })
  complaints(
    @Arg('filter', () => ComplaintFilterInput, { nullable: true }) filter: ComplaintFilterInput | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ) {
    return pageOf(ctx, complaintList(ctx.reader, 'complaints', complaintFilter(ctx.reader, filter ?? {})), page);
  }

  @Query(() => ComplaintProgressType, { nullable: true, description: '凭回执码查询进度 Progress by receipt code; null for a code that was never given.' })
  @Directive('@tag(name: "public")')
  complaintProgress(@Arg('receiptCode', () => String) @Directive('@tag(name: "public")') receiptCode: string, @Ctx() ctx: RequestContext) {
    return complaintProgress(ctx, receiptCode);
  }

  @FieldResolver(() => String, { nullable: true, description: '编号 Number.' })
  complaintNo(@Root() row: Row) {
    return content(row, (c) => c.complaintNo);
  }

  @FieldResolver(() => ComplaintKindEnum, { nullable: true, description: '类型 Complaint or report of a breach.' })
  kind(@Root() row: Row): ComplaintKind | null {
    return content(row, (c) => c.kind);
  }

  @FieldResolver(() => AgencyStub, { nullable: true, description: '接收单位 Agency that received it.' })
  agency(@Root() row: Row) {
    return content(row, (c) => ({ code: c.agencyCode }));
  }

  @FieldResolver(() => RegionStub, { nullable: true, description: '行为发生地 Region of the conduct.' })
  region(@Root() row: Row) {
    return content(row, (c) => ({ code: c.regionCode }));
  }

  @FieldResolver(() => EnterpriseStub, { nullable: true, description: '被投诉举报单位 Respondent.' })
  enterprise(@Root() row: Row) {
    return content(row, (c) => (c.enterpriseUscc === null ? null : { uscc: c.enterpriseUscc }));
  }

  @FieldResolver(() => ProductStub, { nullable: true, description: '涉及产品 Product.' })
  product(@Root() row: Row) {
    return content(row, (c) => (c.productId === null ? null : { id: c.productId }));
  }

  @FieldResolver(() => String, { nullable: true, description: '标题 Subject, scrubbed of clues to the reporter.' })
  subject(@Root() row: Row) {
    return content(row, (c) => c.subject);
  }

  @FieldResolver(() => String, { nullable: true, description: '内容 Content, scrubbed of clues to the reporter.' })
  content(@Root() row: Row) {
    return content(row, (c) => c.content);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: '受理时间 When the complaint was accepted.' })
  acceptedAt(@Root() row: Row) {
    return content(row, (c) => c.acceptedAt);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: '办理期限 First late instant of the step that is owed; null when nothing is.' })
  dueAt(@Root() row: Row, @Ctx() ctx: RequestContext) {
    return content(row, (c) => runningDeadline(c, ctx.deps.calendar)?.dueAt ?? null);
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '办理期限说明 The step that is owed: when it is due, and why.' })
  deadline(@Root() row: Row, @Ctx() ctx: RequestContext) {
    return content(row, (c) => {
      const deadline = runningDeadline(c, ctx.deps.calendar);
      return deadline && toDeadline(deadline);
    });
  }

  @FieldResolver(() => StatutoryLimitType, { nullable: true, deprecationReason: useDeadline, description: '办理期限依据 Why it is due then.' })
  dueRule(@Root() row: Row, @Ctx() ctx: RequestContext) {
    return content(row, (c) => {
      const deadline = runningDeadline(c, ctx.deps.calendar);
      return deadline && toStatutoryLimit(deadline);
    });
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '是否超期 Whether the step that is owed is late.' })
  overdue(@Root() row: Row, @Ctx() ctx: RequestContext) {
    return content(row, (c) => isOverdue(ctx.deps.clock.now(), runningDeadline(c, ctx.deps.calendar)?.dueAt ?? null));
  }

  @FieldResolver(() => [CaseStub], { nullable: true, description: '关联案件 Cases that came of it, as far as the reader may see them.' })
  cases(@Root() row: Row, @Ctx() ctx: RequestContext) {
    return content(row, (c) => visibleCases(ctx, c.caseIds));
  }

  @FieldResolver(() => Int, { nullable: true, description: '版本 Counts writes.' })
  version(@Root() row: Row) {
    return content(row, (c) => c.version);
  }
}

@Resolver(() => CaseStub)
export class CaseComplaintsResolver {
  @FieldResolver(() => ComplaintConnection, { nullable: true, description: '案件涉及的投诉举报 Complaints and reports behind the case.' })
  complaints(@Root() parent: CaseStub, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(complaintsOfCase).load(parent.id, page);
  }
}

@Resolver(() => EnterpriseStub)
export class EnterpriseComplaintsResolver {
  @FieldResolver(() => ComplaintConnection, { nullable: true, description: '针对企业的投诉举报 Complaints against it whose content the reader may see.' })
  complaints(@Root() parent: EnterpriseStub, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(complaintsOfEnterprise).load(parent.uscc, page);
  }
}

@Resolver(() => ProductStub)
export class ProductComplaintsResolver {
  @FieldResolver(() => ComplaintConnection, { nullable: true, description: '针对产品的投诉举报 Complaints on it whose content the reader may see.' })
  complaints(@Root() parent: ProductStub, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext) {
    return ctx.use(complaintsOfProduct).load(parent.id, page);
  }
}
