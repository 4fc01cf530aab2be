import type { DisclosureClass } from '@casebridge/contracts';
import type { Deadline } from '@casebridge/kernel';
import { BothWaysPage, type Connection, DateScalar, DeadlineType, ForwardPage, pageOf, type RequestContext, toDeadline, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { CreditAgency } from '../agency/agency.type';
import { caseOf } from '../case/case.source';
import { CreditCase } from '../case/case.type';
import { CreditEnterprise } from '../enterprise/enterprise.type';
import { CreditRegion } from '../region/region.type';
import { channelsOf, type ChannelView } from './disclosure-channels.rule';
import type { DisclosureRecordEntity } from './disclosure-record.entity';
import { disclosuresOfCase, disclosuresOfEnterprise, publicPenaltyLoader } from './disclosure-record.loader';
import { publicPenaltyList } from './disclosure-record.source';
import { DisclosureClassEnum, DisclosureRecord, DisclosureRecordConnection, DisclosureWindow } from './disclosure-record.type';
import { publicPenaltyFilter } from './public-penalty-filter.source';
import { PublicPenaltyFilter } from './public-penalty-filter.type';
import { publicationDeadline } from './publication-clock.rule';

const isPublic = '@tag(name: "public")';
type Row = Visible<DisclosureRecordEntity>;
type Rows = Connection<Row>;

const windowOf = ({ publication, doubts, ...window }: ChannelView): DisclosureWindow => ({
  ...window, doubts: [...doubts], publicationDueOn: publication?.lastDay ?? null, publicationDeadline: publication && toDeadline(publication),
});

const nationalDeadline = (record: Row, ctx: RequestContext): Deadline | null =>
  ctx.reader.self === null ? null : publicationDeadline('ENTERPRISE_CREDIT_SYSTEM', record.decidedOn, ctx.deps.calendar);

@Resolver(() => DisclosureRecord)
export class DisclosureRecordResolver {
  @Query(() => DisclosureRecordConnection, { nullable: true, description: '行政处罚公示 Penalties on public display today, newest first; agencies see here what the public sees.' })
  @Directive(isPublic)
  publicPenalties(
    @Arg('filter', () => PublicPenaltyFilter, { nullable: true }) @Directive(isPublic) filter: PublicPenaltyFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Rows> {
    return pageOf(ctx, publicPenaltyList(ctx.reader, publicPenaltyFilter(filter)), page);
  }

  @Query(() => DisclosureRecord, { nullable: true, description: '行政处罚公示详情 One penalty on public display today.' })
  @Directive(isPublic)
  publicPenalty(@Arg('id', () => ID) @Directive(isPublic) id: string, @Ctx() ctx: RequestContext): Promise<Row | null> {
    return ctx.use(publicPenaltyLoader).load(id);
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '处罚机关 Deciding agency.' })
  @Directive(isPublic)
  authority(@Root() record: Row): CreditAgency {
    return { code: record.authorityCode };
  }

  @FieldResolver(() => CreditRegion, { nullable: true, description: '行政区划 Region.' })
  @Directive(isPublic)
  region(@Root() record: Row): CreditRegion {
    return { code: record.regionCode };
  }

  @FieldResolver(() => CreditEnterprise, { nullable: true, description: '企业 The enterprise, where the party is one.' })
  @Directive(isPublic)
  enterprise(@Root() record: Row): CreditEnterprise | null {
    return record.partyUscc === null ? null : { uscc: record.partyUscc };
  }

  @FieldResolver(() => DisclosureClassEnum, { nullable: true, description: '公示类别 Class that decides the period; for agencies.' })
  class(@Root() record: Row, @Ctx() ctx: RequestContext): DisclosureClass | null {
    return ctx.reader.self === null ? null : record.class;
  }

  @FieldResolver(() => [DisclosureWindow], { nullable: true, description: '公示渠道 Period and basis by channel; for agencies.' })
  channels(@Root() record: Row, @Ctx() ctx: RequestContext): DisclosureWindow[] | null {
    return ctx.reader.self === null ? null : channelsOf(record, ctx.deps.calendar, ctx.reader.today).map(windowOf);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '应公示期限 Last day in time for the publication (O45 art. 9); for agencies.' })
  publicationDueOn(@Root() record: Row, @Ctx() ctx: RequestContext): string | null {
    return nationalDeadline(record, ctx)?.lastDay ?? null;
  }

  @FieldResolver(() => DeadlineType, {
    nullable: true, description: '应公示期限说明 Until when it had to be published (O45 art. 9), and why; null for a decision older than the rule; for agencies.',
  })
  publicationDeadline(@Root() record: Row, @Ctx() ctx: RequestContext): DeadlineType | null {
    const deadline = nationalDeadline(record, ctx);
    return deadline && toDeadline(deadline);
  }

  @FieldResolver(() => CreditCase, { nullable: true, description: '案件 The case, where the reader may see it.' })
  case(@Root() record: Row, @Ctx() ctx: RequestContext): Promise<CreditCase | null> {
    return caseOf(ctx, record.caseId);
  }
}

@Resolver(() => CreditEnterprise)
export class EnterpriseDisclosureResolver {
  @FieldResolver(() => DisclosureRecordConnection, { nullable: true, description: '行政处罚公示信息 Published penalties of the enterprise.' })
  @Directive(isPublic)
  disclosureRecords(@Root() { uscc }: CreditEnterprise, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Rows> {
    return ctx.use(disclosuresOfEnterprise).load(uscc, page);
  }
}

@Resolver(() => CreditCase)
export class CaseDisclosureResolver {
  @FieldResolver(() => DisclosureRecordConnection, { nullable: true, description: '行政处罚公示信息 What of the case is, or was, published.' })
  disclosureRecords(@Root() { id }: CreditCase, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Rows> {
    return ctx.use(disclosuresOfCase).load(id, page);
  }
}
