import { BothWaysPage, type Connection, pageOf, RequestContext, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { caseLoader } from '../admin-case/admin-case.loader';
import { CaseType } from '../admin-case/admin-case.type';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType } from '../agency/agency.type';
import { factsInShort, referralLoader, ReferralType } from '../referral';
import type { SupervisionFindingEntity } from './supervision.entity';
import { findingList } from './supervision.source';
import { SupervisionFilter, SupervisionFindingConnection, SupervisionFindingType } from './supervision.type';

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

  @FieldResolver(() => AgencyType, { nullable: true, description: '应办机关 Who owes the next act.' })
  agency(@Root() f: SupervisionFindingEntity, @Ctx() ctx: RequestContext) {
    return ctx.use(agencyLoader).load(f.owesCode);
  }

  @FieldResolver(() => String, { description: '事实摘要 Facts in short.' })
  factsInShort(@Root() f: SupervisionFindingEntity): string {
    return factsInShort(f.facts);
  }

  @FieldResolver(() => CaseType, { nullable: true, description: '案件 Where you may see it.' })
  case(@Root() f: SupervisionFindingEntity, @Ctx() ctx: RequestContext) {
    return ctx.use(caseLoader).load(f.caseId);
  }

  @FieldResolver(() => ReferralType, { nullable: true, description: '移送 Where there is one, and you may see it.' })
  referral(@Root() f: SupervisionFindingEntity, @Ctx() ctx: RequestContext) {
    return f.referralId === null ? null : ctx.use(referralLoader).load(f.referralId);
  }
}
