import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { caseLoader, type VisibleCase } from '../admin-case/admin-case.loader';
import { CaseType } from '../admin-case/admin-case.type';
import { CaseIdArg, KeyArg } from '../case-step/case-step-acts.resolver';
import type { MeasureNamed } from './measure-act';
import {
  ApproveUrgentMeasureInput, ConvertPreservationInput, DecideOnMeasuredGoodsInput, MeasureReasonsInput,
  OrderCompulsoryMeasureInput, RecordSeizedGoodsReportInput, TakeUrgentMeasureInput,
} from './measure.input';
import { measuresOf, type ShownMeasure } from './measure.resolver';
import { CompulsoryMeasureType } from './measure.type';
import {
  approveUrgentMeasure, convertPreservation, decideOnMeasuredGoods, extendCompulsoryMeasure, liftCompulsoryMeasure,
  orderCompulsoryMeasure, recordSeizedGoodsReport, reportUrgentMeasure, sendSeizedGoodsForTest, takeUrgentMeasure,
} from './measure.usecase';

@ObjectType({ description: 'The case and the measure after the act.' })
export class CompulsoryMeasurePayload {
  @Field(() => ID, { description: '措施标识' }) measureId!: string;
  caseId!: string;
}

const MeasureIdArg = () => Arg('measureId', () => ID);

@Resolver(() => CompulsoryMeasurePayload)
export class CompulsoryMeasureActsResolver {
  @FieldResolver(() => CaseType, { nullable: true })
  case(@Root() { caseId }: MeasureNamed, @Ctx() ctx: RequestContext): Promise<VisibleCase | null> {
    return ctx.use(caseLoader).load(caseId);
  }

  @FieldResolver(() => CompulsoryMeasureType, { nullable: true })
  async compulsoryMeasure(@Root() { caseId, measureId }: MeasureNamed, @Ctx() ctx: RequestContext): Promise<ShownMeasure | null> {
    const c = await ctx.use(caseLoader).load(caseId);
    return (c && (await measuresOf(c, ctx)))?.find(({ id }) => id === measureId) ?? null;
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '采取强制措施 Orders preservation, sealing or seizure; a head.' })
  orderCompulsoryMeasure(
    @CaseIdArg() caseId: string, @Arg('input', () => OrderCompulsoryMeasureInput) input: OrderCompulsoryMeasureInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return orderCompulsoryMeasure(ctx, { caseId, measureId: null, input }, key);
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '当场采取强制措施 Takes a measure on the spot, where there is no time to ask the head; he is told within 24 hours.' })
  takeUrgentMeasure(
    @CaseIdArg() caseId: string, @Arg('input', () => TakeUrgentMeasureInput) input: TakeUrgentMeasureInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return takeUrgentMeasure(ctx, { caseId, measureId: null, input }, key);
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '报告负责人 Reports to the head what was taken on the spot.' })
  reportUrgentMeasure(
    @CaseIdArg() caseId: string, @MeasureIdArg() measureId: string, @Arg('input', () => MeasureReasonsInput) input: MeasureReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return reportUrgentMeasure(ctx, { caseId, measureId, input }, key);
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '补办批准手续 Approves it afterwards; a head. One who does not lifts it.' })
  approveUrgentMeasure(
    @CaseIdArg() caseId: string, @MeasureIdArg() measureId: string, @Arg('input', () => ApproveUrgentMeasureInput) input: ApproveUrgentMeasureInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return approveUrgentMeasure(ctx, { caseId, measureId, input }, key);
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '延长查封、扣押期限 Thirty days more, once; a head.' })
  extendCompulsoryMeasure(
    @CaseIdArg() caseId: string, @MeasureIdArg() measureId: string, @Arg('input', () => MeasureReasonsInput) input: MeasureReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return extendCompulsoryMeasure(ctx, { caseId, measureId, input }, key);
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '送检 Sends sealed or seized goods for test: their period waits.' })
  sendSeizedGoodsForTest(
    @CaseIdArg() caseId: string, @MeasureIdArg() measureId: string, @Arg('input', () => MeasureReasonsInput) input: MeasureReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return sendSeizedGoodsForTest(ctx, { caseId, measureId, input }, key);
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '检验报告书 Records the report: on drugs the decision follows within fifteen days.' })
  recordSeizedGoodsReport(
    @CaseIdArg() caseId: string, @MeasureIdArg() measureId: string, @Arg('input', () => RecordSeizedGoodsReportInput) input: RecordSeizedGoodsReportInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return recordSeizedGoodsReport(ctx, { caseId, measureId, input }, key);
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '作出处理决定 Decides on the goods, with which the measure ends; a head.' })
  decideOnMeasuredGoods(
    @CaseIdArg() caseId: string, @MeasureIdArg() measureId: string, @Arg('input', () => DecideOnMeasuredGoodsInput) input: DecideOnMeasuredGoodsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return decideOnMeasuredGoods(ctx, { caseId, measureId, input }, key);
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '转为查封、扣押 Turns a preservation into sealing or seizure; a head. Answers with the new measure.' })
  convertPreservation(
    @CaseIdArg() caseId: string, @MeasureIdArg() measureId: string, @Arg('input', () => ConvertPreservationInput) input: ConvertPreservationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return convertPreservation(ctx, { caseId, measureId, input }, key);
  }

  @Mutation(() => CompulsoryMeasurePayload, { description: '解除强制措施 Lifts the measure; a head.' })
  liftCompulsoryMeasure(
    @CaseIdArg() caseId: string, @MeasureIdArg() measureId: string, @Arg('input', () => MeasureReasonsInput) input: MeasureReasonsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<MeasureNamed> {
    return liftCompulsoryMeasure(ctx, { caseId, measureId, input }, key);
  }
}
