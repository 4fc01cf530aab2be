import type { SupervisionFindingKind } from '@casebridge/contracts';
import { BothWaysPage, type Connection, pageOf, RequestContext, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root, Subscription } from 'type-graphql';
import { caseLoader } from '../admin-case/admin-case.loader';
import { CaseType } from '../admin-case/admin-case.type';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType } from '../agency/agency.type';
import { clueLoader, ClueType } from '../clue';
import { factsInShort, referralLoader, ReferralType } from '../referral';
import type { SupervisionFindingEntity, SupervisionRecordEntity } from './supervision.entity';
import { type SupervisionEvent, supervisionEventCursor, supervisionEvents } from './supervision-events';
import { findingList, recordList } from './supervision.source';
import {
  SupervisionEventType, SupervisionFilter, SupervisionFindingConnection, SupervisionFindingKindEnum, SupervisionFindingType, SupervisionRecordConnection, SupervisionRecordType,
} from './supervision.type';

@Resolver(() => SupervisionFindingType)
export class SupervisionResolver {
  @Query(() => SupervisionFindingConnection, { nullable: true,
    description: '监督视图 Referrals not received, not handed over or late, fines in place of a referral, decisions on lesser articles than were suspected: of agencies that owe the next act and those above them, and of the procuratorate of the place. The newest first.',
  })
  supervisionFindings(
    @Arg('filter', () => SupervisionFilter, { nullable: true }) filter: SupervisionFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage, @Ctx() ctx: RequestContext,
  ): Promise<Connection<Visible<SupervisionFindingEntity>>> {
    return pageOf(ctx, findingList(ctx.reader, ctx.deps.clock.now(), filter ?? {}), page);
  }

  @Query(() => SupervisionRecordConnection, { nullable: true,
    description: '监督登记 What was found in a time, whether it still stands or not, the last found first: give the first and the last day of a month for its list.',
  })
  supervisionRecords(
    @Arg('filter', () => SupervisionFilter, { nullable: true }) filter: SupervisionFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage, @Ctx() ctx: RequestContext,
  ): Promise<Connection<Visible<SupervisionRecordEntity>>> {
    return pageOf(ctx, recordList(ctx.reader, filter ?? {}), page);
  }

  @Query(() => String, { nullable: true, description: 'Cursor of the present end of the log, for supervisionFound(after:).' })
  supervisionEventCursor(@Ctx() ctx: RequestContext): Promise<string> {
    return supervisionEventCursor(ctx);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '应办机关 Who owes the next act.' })
  agency(@Root() f: SupervisionFindingEntity, @Ctx() ctx: RequestContext) {
    return ctx.use(agencyLoader).load(f.owesCode);
  }

  @FieldResolver(() => String, { nullable: true, description: '事实摘要 Facts in short; null of a clue that came by a complaint.' })
  factsInShort(@Root() f: SupervisionFindingEntity): string | null {
    return f.facts === null ? null : factsInShort(f.facts);
  }

  @FieldResolver(() => CaseType, { nullable: true, description: '案件 Where you may see it.' })
  case(@Root() f: SupervisionFindingEntity, @Ctx() ctx: RequestContext) {
    return f.caseId === null ? null : ctx.use(caseLoader).load(f.caseId);
  }

  @FieldResolver(() => ClueType, { nullable: true, description: '线索 Where it is about one, and you may see it.' })
  clue(@Root() f: SupervisionFindingEntity, @Ctx() ctx: RequestContext) {
    return f.clueId === null ? null : ctx.use(clueLoader).load(f.clueId);
  }

  @FieldResolver(() => ReferralType, { nullable: true, description: '移送 Where there is one, and you may see it.' })
  referral(@Root() f: SupervisionFindingEntity, @Ctx() ctx: RequestContext) {
    return f.referralId === null ? null : ctx.use(referralLoader).load(f.referralId);
  }
}

@Resolver(() => SupervisionRecordType)
export class SupervisionRecordResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '应办机关 Who owed the next act.' })
  agency(@Root() r: SupervisionRecordEntity, @Ctx() ctx: RequestContext) {
    return ctx.use(agencyLoader).load(r.owesCode);
  }

  @FieldResolver(() => CaseType, { nullable: true, description: '案件 Where you may see it.' })
  case(@Root() r: SupervisionRecordEntity, @Ctx() ctx: RequestContext) {
    return r.caseId === null ? null : ctx.use(caseLoader).load(r.caseId);
  }

  @FieldResolver(() => ClueType, { nullable: true, description: '线索 Where it is about one, and you may see it.' })
  clue(@Root() r: SupervisionRecordEntity, @Ctx() ctx: RequestContext) {
    return r.clueId === null ? null : ctx.use(clueLoader).load(r.clueId);
  }

  @FieldResolver(() => ReferralType, { nullable: true, description: '移送 Where there is one, and you may see it.' })
  referral(@Root() r: SupervisionRecordEntity, @Ctx() ctx: RequestContext) {
    return r.referralId === null ? null : ctx.use(referralLoader).load(r.referralId);
  }
}

@Resolver(() => SupervisionEventType)
export class SupervisionEventResolver {
  @Subscription(() => SupervisionEventType, {
    description: '监督动态订阅 What has come to stand still or went wrong, of what you may supervise: from the cursor without loss, then live.',
    subscribe: ({ args, context }: { args: Parameters<typeof supervisionEvents>[1]; context: RequestContext }) => supervisionEvents(context, args),
  })
  supervisionFound(
    @Root() event: SupervisionEvent,
    @Arg('after', () => String, { nullable: true, description: 'A cursor of the last 90 days.' }) _after: string | null,
    @Arg('kinds', () => [SupervisionFindingKindEnum], { nullable: true, description: 'Only these.' }) _kinds: SupervisionFindingKind[] | null,
  ): SupervisionEvent {
    return event;
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '应办机关 Who owes the next act.' })
  agency(@Root() event: SupervisionEvent, @Ctx() ctx: RequestContext) {
    return ctx.use(agencyLoader).load(event.owesCode);
  }

  @FieldResolver(() => CaseType, { nullable: true, description: '案件 Where you may see it.' })
  case(@Root() event: SupervisionEvent, @Ctx() ctx: RequestContext) {
    return event.caseId === null ? null : ctx.use(caseLoader).load(event.caseId);
  }
}
