import { agencyCode, type Citation } from '@casebridge/kernel';
import {
  always, and, BothWaysPage, type Connection, FenScalar, ForwardPage, inRegionOf, pageOf, raw, regionCode, RequestContext, type Sql, sql, type Visible,
} from '@casebridge/platform';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { caseLoader, type VisibleCase } from '../admin-case/admin-case.loader';
import { CaseType } from '../admin-case/admin-case.type';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType, type AgencyView, EnforcementRegion } from '../agency/agency.type';
import { BasisType } from '../shared/basis.type';
import type { PenaltyDecisionEntity, PenaltyItemEntity } from './penalty-decision.entity';
import { PenaltyDecisionFilter, RecordPenaltyDecisionInput, RecordPenaltyServiceInput } from './penalty-decision.input';
import { decisionLoader, decisionsOfCase, itemsOfDecision, latestDecisionOfCase, type VisibleDecision } from './penalty-decision.loader';
import { decisionList } from './penalty-decision.source';
import { PenaltyDecisionConnection, PenaltyDecisionType, PenaltyItemType } from './penalty-decision.type';
import { type DecisionRecorded, recordPenaltyDecision, recordPenaltyService } from './record-penalty-decision.usecase';

@ObjectType({ description: '规则提示 What a rule of law says to an act that it does not refuse.' })
export class RuleWarning {
  @Field(() => String, { description: 'Code of the rule.' }) code!: string;
  @Field(() => String) message!: string;
  @Field(() => String, { nullable: true, description: 'The input field concerned.' }) field!: string | null;
  @Field(() => BasisType) basis!: Citation;
}

@ObjectType({ description: 'The decision that was recorded or served, its case, and what the rules have to say.' })
export class PenaltyDecisionPayload {
  decisionId!: string;
  caseId!: string;
  @Field(() => [RuleWarning], { description: '提示 Rules that warn and do not refuse.' }) warnings!: RuleWarning[];
}

/** @throws BadUserInput for what cannot be the code of a region or an agency */
async function filterSql({ deps }: RequestContext, { agency, region, decidedFrom, decidedTo }: PenaltyDecisionFilter): Promise<Sql> {
  return and(
    agency == null ? always : sql`d.agency_code = ${agencyCode(agency, 'filter.agency')}`,
    region == null ? always : await inRegionOf(deps.dataSource.manager, raw('d.region_code'), regionCode(region, 'filter.region')),
    decidedFrom == null ? always : sql`d.decided_on >= ${decidedFrom}::date`,
    decidedTo == null ? always : sql`d.decided_on <= ${decidedTo}::date`,
  );
}

@Resolver(() => PenaltyDecisionType)
export class PenaltyDecisionResolver {
  @Query(() => PenaltyDecisionType, { nullable: true, description: '行政处罚决定 One decision; null when there is none that you may see.' })
  penaltyDecision(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<VisibleDecision | null> {
    return ctx.use(decisionLoader).load(id);
  }

  @Query(() => PenaltyDecisionConnection, { nullable: true, description: '行政处罚决定列表 Decisions that you may see, the newest first.' })
  async penaltyDecisions(
    @Arg('filter', () => PenaltyDecisionFilter, { nullable: true }) filter: PenaltyDecisionFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<Visible<PenaltyDecisionEntity>>> {
    return pageOf(ctx, decisionList(ctx.reader, await filterSql(ctx, filter ?? {})), page);
  }

  @FieldResolver(() => CaseType, { nullable: true, description: '案件 The case; null where only the decision is open.' })
  case(@Root() d: VisibleDecision, @Ctx() ctx: RequestContext): Promise<VisibleCase | null> {
    return ctx.use(caseLoader).load(d.caseId);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '处罚机关 The authority that decided.' })
  agency(@Root() d: VisibleDecision, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(d.agencyCode);
  }

  @FieldResolver(() => EnforcementRegion, { nullable: true, description: '地区 Place of the decision.' })
  region(@Root() d: VisibleDecision): EnforcementRegion {
    return { code: d.regionCode };
  }

  @FieldResolver(() => FenScalar, { nullable: true, description: '货值金额 Value of the goods; part of the file, and open to the procuratorate of the place.' })
  goodsValueFen(@Root() d: VisibleDecision): number | null {
    return d.may['amounts'] ? d.goodsValueFen : null;
  }

  @FieldResolver(() => FenScalar, { nullable: true, description: '违法所得 Unlawful gains; open like the value of the goods.' })
  gainsFen(@Root() d: VisibleDecision): number | null {
    return d.may['amounts'] ? d.gainsFen : null;
  }

  @FieldResolver(() => [PenaltyItemType], { description: '处罚项 Its lines.' })
  items(@Root() d: VisibleDecision, @Ctx() ctx: RequestContext): Promise<PenaltyItemEntity[]> {
    return ctx.use(itemsOfDecision).load(d.id);
  }

  @Mutation(() => PenaltyDecisionPayload, { description: '作出行政处罚决定 Records the decision of a case; a head of the agency that handles it.' })
  recordPenaltyDecision(
    @Arg('caseId', () => ID) caseId: string,
    @Arg('input', () => RecordPenaltyDecisionInput) input: RecordPenaltyDecisionInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<DecisionRecorded> {
    return recordPenaltyDecision(ctx, { caseId, input }, key);
  }

  @Mutation(() => PenaltyDecisionPayload, { description: '送达行政处罚决定 Records that a decision was served; a head of the agency that handles the case.' })
  recordPenaltyService(
    @Arg('decisionId', () => ID) decisionId: string,
    @Arg('input', () => RecordPenaltyServiceInput) input: RecordPenaltyServiceInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<DecisionRecorded> {
    return recordPenaltyService(ctx, { decisionId, input }, key);
  }
}

@Resolver(() => PenaltyItemType)
export class PenaltyItemResolver {
  @FieldResolver(() => BasisType, { description: '处罚依据 The article that the line rests on.' })
  basis(@Root() i: PenaltyItemEntity): Citation {
    return { instrument: i.basisInstrument, article: i.basisArticle, mark: i.basisMark };
  }
}

@Resolver(() => PenaltyDecisionPayload)
export class PenaltyDecisionPayloadResolver {
  @FieldResolver(() => PenaltyDecisionType, { nullable: true })
  penaltyDecision(@Root() { decisionId }: DecisionRecorded, @Ctx() ctx: RequestContext): Promise<VisibleDecision | null> {
    return ctx.use(decisionLoader).load(decisionId);
  }

  @FieldResolver(() => CaseType, { nullable: true })
  case(@Root() { caseId }: DecisionRecorded, @Ctx() ctx: RequestContext): Promise<VisibleCase | null> {
    return ctx.use(caseLoader).load(caseId);
  }
}

@Resolver(() => CaseType)
export class CasePenaltyDecisionsResolver {
  @FieldResolver(() => PenaltyDecisionType, { nullable: true, description: '行政处罚决定 The latest decision.' })
  penaltyDecision(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<VisibleDecision | null> | null {
    return c.may['decision'] ? ctx.use(latestDecisionOfCase).load(c.caseId) : null;
  }

  @FieldResolver(() => PenaltyDecisionConnection, { nullable: true, description: '行政处罚决定 All decisions, the newest first.' })
  penaltyDecisions(
    @Root() c: VisibleCase,
    @Args(() => ForwardPage) page: ForwardPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<Visible<PenaltyDecisionEntity>>> | null {
    return c.may['decision'] ? ctx.use(decisionsOfCase).load(c.caseId, page) : null;
  }
}
