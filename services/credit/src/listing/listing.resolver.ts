import type { ListingStatus, NotListedReason } from '@casebridge/contracts';
import type { NamedClockRow } from '@casebridge/kernel';
import {
  BothWaysPage, clockRowsFor, clockRowsOf, type Connection, DateScalar, DateTimeScalar, DeadlineType, ForwardPage, LegalBasis, pageOf, RequestContext, StatutoryClockRow, toDeadline,
} from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { CreditAgency } from '../agency/agency.type';
import { caseLoader } from '../case/case.source';
import { CreditCase } from '../case/case.type';
import { CreditEnterprise } from '../enterprise/enterprise.type';
import { CreditRegion } from '../region/region.type';
import type { DishonestyListingActEntity } from './listing.entity';
import { basisOf } from './listing-ground.rule';
import { listingClocks } from './listing.clocks';
import { actsOfListing, listingLoader, listingsOfCase, listingsOfEnterprise, type VisibleListing } from './listing.loader';
import { deadlineOf, earliestExitOn, statusOn } from './listing.rule';
import { listingList } from './listing.source';
import {
  DishonestyListing, DishonestyListingAct, DishonestyListingConnection, DishonestyListingFilter, ListingStatusEnum, NotListedReasonEnum,
} from './listing.type';

const isPublic = '@tag(name: "public")';
type Rows = Connection<VisibleListing>;
const clockRows = clockRowsOf(listingClocks);

/** How it came to the entry is open to whom the record is open out of force too. */
const inside = <T>({ may }: VisibleListing, value: T): T | null => (may['procedure'] ? value : null);

const actOf = ({ detail, basisInstrument, basisArticle, basisMark, ...act }: DishonestyListingActEntity): DishonestyListingAct => ({
  ...act, basis: { instrument: basisInstrument, article: basisArticle, mark: basisMark }, on: detail.on ?? null,
  text: detail.facts ?? detail.statement ?? detail.summary ?? detail.opinion ?? detail.reasons ?? detail.explanation ?? null,
  consequences: detail.consequences ?? null, exitTerms: detail.exitTerms ?? null, remedies: detail.remedies ?? null,
  dutiesPerformed: detail.dutiesPerformed ?? null, harmRemoved: detail.harmRemoved ?? null,
});

@Resolver(() => DishonestyListing)
export class DishonestyListingResolver {
  @Query(() => DishonestyListingConnection, {
    nullable: true, description: '严重违法失信名单 Entries on the list, and to those who handle or supervise them what may become one or was one; newest first.',
  })
  @Directive(isPublic)
  dishonestyListings(
    @Arg('filter', () => DishonestyListingFilter, { nullable: true }) @Directive(isPublic) filter: DishonestyListingFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Rows> {
    const conditions = filter && { ...filter, overdueAt: filter.overdue ? ctx.deps.clock.now() : null };
    return pageOf(ctx, listingList(ctx.reader, conditions), page);
  }

  @Query(() => DishonestyListing, { nullable: true, description: '严重违法失信名单条目 One of them.' })
  @Directive(isPublic)
  dishonestyListing(@Arg('id', () => ID) @Directive(isPublic) id: string, @Ctx() ctx: RequestContext): Promise<VisibleListing | null> {
    return ctx.use(listingLoader).load(id);
  }

  @Query(() => [StatutoryClockRow], { nullable: true, description: '失信名单期限表 The statutory clocks of the list, former rows included.' })
  @Directive(isPublic)
  @Directive('@listSize(assumedSize: 20)')
  listingClocks(@Ctx() ctx: RequestContext): readonly NamedClockRow[] {
    return clockRowsFor(ctx.reader, clockRows);
  }

  @FieldResolver(() => ListingStatusEnum, { description: '状态 As of today; PUBLISHED for whom the procedure is closed.' })
  @Directive(isPublic)
  status(@Root() listing: VisibleListing, @Ctx() ctx: RequestContext): ListingStatus {
    return inside(listing, statusOn(listing, ctx.reader.today)) ?? 'PUBLISHED';
  }

  @FieldResolver(() => Boolean, { description: '现行有效 Whether it is on the list today: published, in its period, and not at rest since its decision is repaired (restructuring, de-registration).' })
  @Directive(isPublic)
  inForce(@Root() { may }: VisibleListing): boolean {
    return may['listed'] === true;
  }

  @FieldResolver(() => [LegalBasis], { description: '依据 Articles of the grounds.' })
  @Directive(isPublic)
  @Directive('@listSize(assumedSize: 3)')
  bases(@Root() { grounds }: VisibleListing): LegalBasis[] {
    return grounds.map(basisOf);
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '决定机关 Agency that decided.' })
  @Directive(isPublic)
  agency(@Root() { agencyCode }: VisibleListing): CreditAgency {
    return { code: agencyCode };
  }

  @FieldResolver(() => CreditRegion, { nullable: true, description: '行政区划 Region.' })
  @Directive(isPublic)
  region(@Root() { regionCode }: VisibleListing): CreditRegion {
    return { code: regionCode };
  }

  @FieldResolver(() => CreditEnterprise, { nullable: true, description: '企业 The enterprise, where the party is one.' })
  @Directive(isPublic)
  enterprise(@Root() { uscc }: VisibleListing): CreditEnterprise | null {
    return uscc === null ? null : { uscc };
  }

  @FieldResolver(() => CreditCase, { nullable: true, description: '案件 The case, where the reader may see it.' })
  case(@Root() { caseId }: VisibleListing, @Ctx() ctx: RequestContext): Promise<CreditCase | null> {
    return ctx.use(caseLoader).load(caseId);
  }

  @FieldResolver(() => String, { nullable: true, description: '告知书文号 Number of the notice.' })
  noticeNo(@Root() listing: VisibleListing): string | null {
    return inside(listing, listing.noticeNo);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '告知送达日期 Day on which the notice was served.' })
  noticeServedOn(@Root() listing: VisibleListing): string | null {
    return inside(listing, listing.noticeServedOn);
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '上一级机关 Agency that was asked for its consent.' })
  consentAgency(@Root() listing: VisibleListing): CreditAgency | null {
    return inside(listing, listing.consentAgencyCode === null ? null : { code: listing.consentAgencyCode });
  }

  @FieldResolver(() => NotListedReasonEnum, { nullable: true, description: '不列入理由 Why the heavy penalty was not followed by a listing.' })
  notListedReason(@Root() listing: VisibleListing): NotListedReason | null {
    return inside(listing, listing.notListedReason);
  }

  @FieldResolver(() => String, { nullable: true, description: '不列入说明 The same in words.' })
  notListedExplanation(@Root() listing: VisibleListing): string | null {
    return inside(listing, listing.notListedExplanation);
  }

  @FieldResolver(() => DateScalar, { nullable: true, description: '最早可申请提前移出日 First day on which early exit may be asked for; null before the publication, and where there is none.' })
  earliestExitOn(@Root() listing: VisibleListing, @Ctx() ctx: RequestContext): string | null {
    const { publishedOn, status } = listing;
    return publishedOn === null || status === 'RESTORED' ? null : inside(listing, earliestExitOn(publishedOn, listing, ctx.deps.calendar));
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: '逾期起点 First late instant of what is due; null without a running clock.' })
  dueAt(@Root() listing: VisibleListing): Date | null {
    return inside(listing, listing.dueAt);
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 What is due when, and why.' })
  deadline(@Root() listing: VisibleListing, @Ctx() ctx: RequestContext): DeadlineType | null {
    const { clock, clockStartedAt } = listing;
    const deadline = clock === null || clockStartedAt === null ? null : deadlineOf(clock, clockStartedAt, ctx.deps.calendar);
    return deadline && inside(listing, toDeadline(deadline));
  }

  @FieldResolver(() => Int, { nullable: true, description: '版本 Counts the acts; for `expectedVersion`.' })
  version(@Root() listing: VisibleListing): number | null {
    return inside(listing, listing.version);
  }

  @FieldResolver(() => [DishonestyListingAct], { nullable: true, description: '办理过程 The acts, in order.' })
  @Directive('@listSize(assumedSize: 12)')
  async acts(@Root() listing: VisibleListing, @Ctx() ctx: RequestContext): Promise<DishonestyListingAct[] | null> {
    return listing.may['procedure'] ? (await ctx.use(actsOfListing).load(listing.id)).map(actOf) : null;
  }
}

@Resolver(() => CreditEnterprise)
export class EnterpriseListingResolver {
  @FieldResolver(() => DishonestyListingConnection, { nullable: true, description: '严重违法失信名单 Listings of the enterprise.' })
  @Directive(isPublic)
  dishonestyListings(@Root() { uscc }: CreditEnterprise, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Rows> {
    return ctx.use(listingsOfEnterprise).load(uscc, page);
  }
}

@Resolver(() => CreditCase)
export class CaseListingResolver {
  @FieldResolver(() => DishonestyListingConnection, { nullable: true, description: '严重违法失信名单 Listings that came of the case.' })
  dishonestyListings(@Root() { id }: CreditCase, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Rows> {
    return ctx.use(listingsOfCase).load(id, page);
  }
}
