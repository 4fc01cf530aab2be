import type { PunishmentStatus } from '@casebridge/contracts';
import { BothWaysPage, type Connection, ForwardPage, LegalBasis, pageOf, type RequestContext, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { CreditAgency } from '../agency/agency.type';
import { caseLoader } from '../case/case.source';
import { CreditCase } from '../case/case.type';
import { CreditEnterprise } from '../enterprise/enterprise.type';
import type { CreditPunishmentEntity } from './credit-punishment.entity';
import { punishmentsOfCase, punishmentsOfEnterprise } from './credit-punishment.loader';
import { punishmentList } from './credit-punishment.source';
import { CreditPunishment, CreditPunishmentConnection, CreditPunishmentFilter, PunishmentPage, PunishmentStatusEnum } from './credit-punishment.type';
import { punishmentStatus } from './punishment-status.rule';

const isPublic = '@tag(name: "public")';
type Row = Visible<CreditPunishmentEntity>;
type Rows = Connection<Row>;

@Resolver(() => CreditPunishment)
export class CreditPunishmentResolver {
  @Query(() => CreditPunishmentConnection, { nullable: true, description: '信用惩戒 Punishments that the reader may see, those listed last first.' })
  creditPunishments(
    @Arg('filter', () => CreditPunishmentFilter, { nullable: true }) filter: CreditPunishmentFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Rows> {
    return pageOf(ctx, punishmentList(ctx.reader, filter), page);
  }

  @FieldResolver(() => PunishmentStatusEnum, { description: '状态 As of today.' })
  @Directive(isPublic)
  status(@Root() punishment: Row, @Ctx() ctx: RequestContext): PunishmentStatus {
    return punishmentStatus({ ...punishment, repaired: punishment.may['repaired'] === true }, ctx.reader.today);
  }

  @FieldResolver(() => String, { nullable: true, description: '姓名 Name, where a person is punished.' })
  @Directive(isPublic)
  personName(@Root() punishment: Row): string | null {
    return punishment.partyKind === 'PERSON' ? punishment.partyName : null;
  }

  @FieldResolver(() => LegalBasis, { description: '依据 Article that it rests on.' })
  @Directive(isPublic)
  basis(@Root() punishment: Row): LegalBasis {
    return { instrument: punishment.basisInstrument, article: punishment.basisArticle, mark: punishment.basisMark };
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '决定机关 Agency that decided.' })
  @Directive(isPublic)
  agency(@Root() punishment: Row): CreditAgency {
    return { code: punishment.agencyCode };
  }

  @FieldResolver(() => CreditEnterprise, { nullable: true, description: '企业 The enterprise punished, or in which the person acted.' })
  @Directive(isPublic)
  enterprise(@Root() punishment: Row): CreditEnterprise | null {
    return punishment.uscc === null ? null : { uscc: punishment.uscc };
  }

  @FieldResolver(() => CreditCase, { nullable: true, description: '案件 The case, where the reader may see it.' })
  case(@Root() punishment: Row, @Ctx() ctx: RequestContext): Promise<CreditCase | null> {
    return ctx.use(caseLoader).load(punishment.caseId);
  }
}

@Resolver(() => CreditEnterprise)
export class EnterprisePunishmentResolver {
  @FieldResolver(() => CreditPunishmentConnection, { nullable: true, description: '信用惩戒 Punishments of the enterprise and of persons in it.' })
  @Directive(isPublic)
  creditPunishments(
    @Root() { uscc }: CreditEnterprise,
    @Args(() => PunishmentPage) page: PunishmentPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Rows> {
    return ctx.use(punishmentsOfEnterprise).load(uscc, page, page.filter);
  }
}

@Resolver(() => CreditCase)
export class CasePunishmentResolver {
  @FieldResolver(() => CreditPunishmentConnection, { nullable: true, description: '信用惩戒 Punishments that came of the case.' })
  creditPunishments(@Root() { id }: CreditCase, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Rows> {
    return ctx.use(punishmentsOfCase).load(id, page);
  }
}
