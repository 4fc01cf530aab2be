import type { JointMeasureStatus } from '@casebridge/contracts';
import { BothWaysPage, type Connection, DateScalar, DateTimeScalar, DeadlineType, ForwardPage, LegalBasis, pageOf, RequestContext, toDeadline } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { CreditAgency } from '../agency/agency.type';
import { CreditEnterprise } from '../enterprise/enterprise.type';
import { listingLoader, type VisibleListing } from '../listing/listing.loader';
import { DishonestyListing } from '../listing/listing.type';
import { measureClocks } from './measure.clocks';
import { measureRow, measureRows } from './measure-kind.rule';
import { measureLoader, measuresOfEnterprise, measuresOfListing, type VisibleMeasure } from './measure.loader';
import { measureStatus } from './measure.rule';
import { measureList } from './measure.source';
import {
  JointMeasure, JointMeasureConnection, JointMeasureFilter, JointMeasurePayload, JointMeasureRow, JointMeasureStatusEnum, MeasureFeedbackInput, OrderJointMeasureInput,
} from './measure.type';
import { liftJointMeasure, orderJointMeasure, reportMeasureExecuted, reportMeasureNotExecutable } from './measure.usecase';

const isPublic = '@tag(name: "public")';
type Rows = Connection<VisibleMeasure>;
type Made = Promise<{ readonly measure: VisibleMeasure | null }>;

/** What was ordered and answered is open to who orders, supervises or carries out. */
const inside = <T>({ may }: VisibleMeasure, value: T): T | null => (may['words'] ? value : null);

/** The measure after the act, as the caller may see it. */
async function payload(ctx: RequestContext, act: Promise<{ readonly id: string }>): Made {
  const { id } = await act;
  return { measure: await ctx.use(measureLoader).load(id) };
}

const KeyArg = () => Arg('idempotencyKey', () => ID, { description: '幂等键 Unique per act; kept 30 days.' });
const FeedbackArg = () => Arg('input', () => MeasureFeedbackInput);

@Resolver(() => JointMeasure)
export class JointMeasureResolver {
  @Query(() => JointMeasureConnection, { nullable: true, description: '联合惩戒 Measures against parties on the list, and to those who order, supervise or carry them out the others too; newest first.' })
  @Directive(isPublic)
  jointMeasures(
    @Arg('filter', () => JointMeasureFilter, { nullable: true }) @Directive(isPublic) filter: JointMeasureFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Rows> {
    return pageOf(ctx, measureList(ctx.reader, filter && { ...filter, overdueAt: filter.overdue ? ctx.deps.clock.now() : null }), page);
  }

  @Query(() => JointMeasure, { nullable: true, description: '联合惩戒措施 One of them.' })
  jointMeasure(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<VisibleMeasure | null> {
    return ctx.use(measureLoader).load(id);
  }

  @Query(() => [JointMeasureRow], { nullable: true, description: '联合惩戒措施清单 The closed list of measures, with articles and executors.' })
  @Directive(isPublic)
  @Directive('@listSize(assumedSize: 5)')
  jointMeasureList(): JointMeasureRow[] {
    return measureRows.map(({ kind, citation, executors }) => ({ kind, basis: citation, executors: [...executors] }));
  }

  @FieldResolver(() => JointMeasureStatusEnum, { description: '状态 As of today: it ends with the listing.' })
  @Directive(isPublic)
  status(@Root() measure: VisibleMeasure): JointMeasureStatus {
    return measureStatus(measure.status, measure.may['listed'] === true);
  }

  @FieldResolver(() => LegalBasis, { description: '依据 Article that names the measure.' })
  @Directive(isPublic)
  basis(@Root() { kind }: VisibleMeasure): LegalBasis {
    return measureRow(kind).citation;
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '列入机关 Agency that ordered.' })
  @Directive(isPublic)
  agency(@Root() { agencyCode }: VisibleMeasure): CreditAgency {
    return { code: agencyCode };
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '执行机关 Agency that carries it out.' })
  @Directive(isPublic)
  executor(@Root() { executorCode }: VisibleMeasure): CreditAgency {
    return { code: executorCode };
  }

  @FieldResolver(() => CreditEnterprise, { nullable: true, description: '企业 The enterprise, where the party is one.' })
  @Directive(isPublic)
  enterprise(@Root() { uscc }: VisibleMeasure): CreditEnterprise | null {
    return uscc === null ? null : { uscc };
  }

  @FieldResolver(() => DishonestyListing, { nullable: true, description: '失信名单条目 The listing, where the reader may see it.' })
  @Directive(isPublic)
  listing(@Root() { listingId }: VisibleMeasure, @Ctx() ctx: RequestContext): Promise<VisibleListing | null> {
    return ctx.use(listingLoader).load(listingId);
  }

  @FieldResolver(() => String, { nullable: true, description: '通知内容 What the executor is asked for.' })
  notice(@Root() measure: VisibleMeasure): string | null {
    return inside(measure, measure.notice);
  }

  @FieldResolver(() => String, { nullable: true, description: '反馈内容 What it answered.' })
  feedback(@Root() measure: VisibleMeasure): string | null {
    return inside(measure, measure.feedback);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '执行日期 Day on which it was carried out, or found that it cannot be.' })
  feedbackOn(@Root() measure: VisibleMeasure): string | null {
    return inside(measure, measure.feedbackOn);
  }

  @FieldResolver(() => Boolean, { nullable: true, description: '是否按期反馈 Whether the answer came in time.' })
  feedbackMet(@Root() measure: VisibleMeasure): boolean | null {
    return inside(measure, measure.feedbackMet);
  }

  @FieldResolver(() => String, { nullable: true, description: '解除情况 How it was lifted.' })
  lifting(@Root() measure: VisibleMeasure): string | null {
    return inside(measure, measure.lifting);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '解除日期 Day on which it was lifted.' })
  liftedOn(@Root() measure: VisibleMeasure): string | null {
    return inside(measure, measure.liftedOn);
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: '逾期起点 First late instant of the feedback; null once it came, or the listing ended.' })
  dueAt(@Root() measure: VisibleMeasure): Date | null {
    return measure.may['listed'] ? inside(measure, measure.dueAt) : null;
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '反馈期限说明 Until when feedback is owed, and why.' })
  deadline(@Root() measure: VisibleMeasure, @Ctx() ctx: RequestContext): DeadlineType | null {
    if (measure.dueAt === null || !measure.may['listed']) return null;
    return inside(measure, toDeadline(measureClocks.measureFeedback.dueAt(measure.orderedAt, ctx.deps.calendar)));
  }

  @FieldResolver(() => Int, { nullable: true, description: '版本 Counts the acts; for `expectedVersion`.' })
  version(@Root() measure: VisibleMeasure): number | null {
    return inside(measure, measure.version);
  }
}

@Resolver()
export class JointMeasureActsResolver {
  @Mutation(() => JointMeasurePayload, { description: '通知联合惩戒 Orders a measure of the closed list from an agency that can carry it out.' })
  orderJointMeasure(
    @Arg('listingId', () => ID) listingId: string, @Arg('input', () => OrderJointMeasureInput) input: OrderJointMeasureInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Made {
    return payload(ctx, orderJointMeasure(ctx, { listingId, input }, key));
  }

  @Mutation(() => JointMeasurePayload, { description: '反馈已执行 The executor says that it has carried the measure out.' })
  reportMeasureExecuted(@Arg('id', () => ID) id: string, @FeedbackArg() input: MeasureFeedbackInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, reportMeasureExecuted(ctx, { id, input }, key));
  }

  @Mutation(() => JointMeasurePayload, { description: '反馈无法执行 The executor says why it cannot.' })
  reportMeasureNotExecutable(@Arg('id', () => ID) id: string, @FeedbackArg() input: MeasureFeedbackInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, reportMeasureNotExecutable(ctx, { id, input }, key));
  }

  @Mutation(() => JointMeasurePayload, { description: '解除联合惩戒 The executor lifts the measure, once the listing has ended.' })
  liftJointMeasure(@Arg('id', () => ID) id: string, @FeedbackArg() input: MeasureFeedbackInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(ctx, liftJointMeasure(ctx, { id, input }, key));
  }
}

@Resolver(() => DishonestyListing)
export class ListingMeasureResolver {
  @FieldResolver(() => JointMeasureConnection, { nullable: true, description: '联合惩戒 Measures that rest on the listing.' })
  @Directive(isPublic)
  jointMeasures(@Root() { id }: VisibleListing, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Rows> {
    return ctx.use(measuresOfListing).load(id, page);
  }
}

@Resolver(() => CreditEnterprise)
export class EnterpriseMeasureResolver {
  @FieldResolver(() => JointMeasureConnection, { nullable: true, description: '联合惩戒 Measures against the enterprise.' })
  @Directive(isPublic)
  jointMeasures(@Root() { uscc }: CreditEnterprise, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Rows> {
    return ctx.use(measuresOfEnterprise).load(uscc, page);
  }
}
