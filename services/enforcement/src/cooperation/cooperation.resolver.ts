import { type Citation, isOverdue } from '@casebridge/kernel';
import { BothWaysPage, type Connection, DeadlineType, ForwardPage, pageOf, RequestContext } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root, Subscription } from 'type-graphql';
import { caseLoader, type VisibleCase } from '../admin-case/admin-case.loader';
import { CaseType } from '../admin-case/admin-case.type';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType, type AgencyView } from '../agency/agency.type';
import { BasisType } from '../shared/basis.type';
import { shownDeadline } from '../shared/stored-deadline';
import { type CooperationEvent, cooperationEventCursor, cooperationEvents } from './cooperation-events';
import { CooperationFilter } from './cooperation.input';
import { type CooperationHistoryEntry, cooperationLoader, cooperationsOfCase, historyOfCooperation, type VisibleCooperation } from './cooperation.loader';
import { cooperationFilterSql, cooperationList } from './cooperation.source';
import { CooperationConnection, CooperationEventType, CooperationHistoryEntryType, CooperationType } from './cooperation.type';

@Resolver(() => CooperationType)
export class CooperationResolver {
  @Query(() => CooperationType, { nullable: true, description: '协作事项 One; null when there is none that you may see.' })
  cooperation(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<VisibleCooperation | null> {
    return ctx.use(cooperationLoader).load(id);
  }

  @Query(() => CooperationConnection, { nullable: true, description: '协作事项列表 What your agency asks and is asked, and those below it; the newest first.' })
  async cooperations(
    @Arg('filter', () => CooperationFilter, { nullable: true }) filter: CooperationFilter | null, @Args(() => BothWaysPage) page: BothWaysPage, @Ctx() ctx: RequestContext,
  ): Promise<Connection<VisibleCooperation>> {
    return pageOf(ctx, cooperationList(ctx.reader, cooperationFilterSql(ctx, filter ?? {})), page);
  }

  @Query(() => String, { nullable: true, description: 'Cursor of the present end of the log, for cooperationUpdated(after:).' })
  cooperationEventCursor(@Ctx() ctx: RequestContext): Promise<string> {
    return cooperationEventCursor(ctx);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '请求机关 Who asks.' })
  askedBy(@Root() w: VisibleCooperation, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(w.agencyCode);
  }

  @Directive('@listSize(assumedSize: 2)')
  @FieldResolver(() => [AgencyType], { nullable: true, description: '被请求机关 Who is asked.' })
  async asked(@Root() w: VisibleCooperation, @Ctx() ctx: RequestContext): Promise<AgencyView[]> {
    const agencies = await Promise.all(w.askedCodes.map((code) => ctx.use(agencyLoader).load(code)));
    return agencies.filter((a) => a !== null);
  }

  @FieldResolver(() => CaseType, { nullable: true, description: '所涉案件 Where you may see it: what is asked does not open it.' })
  case(@Root() w: VisibleCooperation, @Ctx() ctx: RequestContext): Promise<VisibleCase | null> | null {
    return w.caseId === null ? null : ctx.use(caseLoader).load(w.caseId);
  }

  @FieldResolver(() => Boolean, { description: '是否逾期 Whether an answer is owed and late now.' })
  overdue(@Root() w: VisibleCooperation, @Ctx() ctx: RequestContext): boolean {
    return isOverdue(ctx.deps.clock.now(), w.dueAt);
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 Why it is due when it is.' })
  deadline(@Root() w: VisibleCooperation): DeadlineType | null {
    return shownDeadline(w.deadline);
  }

  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [CooperationHistoryEntryType], { nullable: true, description: '办理过程 Every act, in order.' })
  history(@Root() w: VisibleCooperation, @Ctx() ctx: RequestContext): Promise<CooperationHistoryEntry[]> {
    return ctx.use(historyOfCooperation).load(w.id);
  }
}

@Resolver(() => CooperationHistoryEntryType)
export class CooperationHistoryResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '办理机关 Who acted.' })
  actor(@Root() a: CooperationHistoryEntry, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(a.actorCode);
  }

  @FieldResolver(() => BasisType, { description: '依据 The article the act rests on.' })
  basis(@Root() a: CooperationHistoryEntry): Citation {
    return { instrument: a.basisInstrument, article: a.basisArticle, mark: a.basisMark };
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 Why an answer was due then.' })
  deadline(@Root() a: CooperationHistoryEntry): DeadlineType | null {
    return shownDeadline(a.deadline);
  }

  @FieldResolver(() => String, { nullable: true, description: '说明 What was said with the act.' })
  text(@Root() { detail }: CooperationHistoryEntry): string | null {
    return detail.text ?? null;
  }
}

@Resolver(() => CaseType)
export class CaseCooperationResolver {
  @FieldResolver(() => CooperationConnection, { nullable: true, description: '协作事项 What was asked of other agencies about the case, as far as you may see it.' })
  cooperations(@Root() c: VisibleCase, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Connection<VisibleCooperation>> {
    return ctx.use(cooperationsOfCase).load(c.caseId, page);
  }
}

@Resolver(() => CooperationEventType)
export class CooperationEventResolver {
  @Subscription(() => CooperationEventType, {
    description: '协作动态订阅 Acts on what you may see: from the cursor without loss, then live.',
    subscribe: ({ args, context }: { args: Parameters<typeof cooperationEvents>[1]; context: RequestContext }) => cooperationEvents(context, args),
  })
  cooperationUpdated(
    @Root() event: CooperationEvent, @Arg('after', () => String, { nullable: true, description: 'A cursor of the last 90 days.' }) _after: string | null,
  ): CooperationEvent {
    return event;
  }

  @FieldResolver(() => CooperationType, { nullable: true, description: 'As it stands now.' })
  cooperation(@Root() event: CooperationEvent, @Ctx() ctx: RequestContext): Promise<VisibleCooperation | null> {
    return ctx.use(cooperationLoader).load(event.cooperationId);
  }
}
