import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, Directive, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType, type AgencyView } from '../agency/agency.type';
import {
  DisposeOfGoodsInput, GiveBackGoodsInput, HandOverGoodsInput, KeepGoodsInPlaceInput, KeepGoodsInput, PreserveGoodsInput, RecordGoodsInput, ReturnGoodsInput,
} from './goods.input';
import { goodsOf } from './goods.loader';
import { type GoodsMovement, type GoodsPart, partsAfter } from './goods.rule';
import { GoodsLotType, GoodsMovementType, GoodsPartType } from './goods.type';
import { disposeOfGoods, giveBackGoods, handOverGoods, keepGoods, keepGoodsInPlace, preserveGoods, recordGoods, returnGoods } from './goods.usecase';
import { IdArg, KeyArg, type Made, payload } from './referral-acts.resolver';
import type { VisibleReferral } from './referral.loader';
import { timelineAct } from './referral-record';
import { ReferralPayload, ReferralType } from './referral.type';
import { lastShown } from './referral-words';

const agencyOf = (ctx: RequestContext, code: string | null): Promise<AgencyView | null> | null => (code === null ? null : ctx.use(agencyLoader).load(code));

@Resolver(() => ReferralType)
export class ReferralGoodsResolver {
  @Directive('@listSize(assumedSize: 10)')
  @FieldResolver(() => [GoodsLotType], { nullable: true, description: '涉案物品 Goods, each with its chain of custody; part of the file.' })
  async goods(@Root() r: VisibleReferral, @Ctx() ctx: RequestContext) {
    if (!r.may['file']) return null;
    const { lots, movements } = await ctx.use(goodsOf).load(r.id);
    const shown = movements.filter((m) => m.position <= lastShown(r));
    const parts = [...partsAfter(shown).values()];
    return lots.filter((lot) => lot.recordedPosition <= lastShown(r)).map((lot) => ({
      ...lot, parts: parts.filter((p) => p.lotId === lot.id), movements: shown.filter((m) => m.lotId === lot.id).map((m) => ({ ...m, act: timelineAct(m.act) })),
    }));
  }
}

@Resolver(() => GoodsPartType)
export class GoodsPartResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '保管机关 In whose care it is; null once it was returned or disposed of.' })
  custodian(@Root() { custodianCode }: GoodsPart, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, custodianCode);
  }
}

@Resolver(() => GoodsMovementType)
export class GoodsMovementResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '保管机关 In whose care it was afterwards.' })
  custodian(@Root() { custodianCode }: GoodsMovement, @Ctx() ctx: RequestContext) {
    return agencyOf(ctx, custodianCode);
  }
}

@Resolver()
export class GoodsActsResolver {
  @Mutation(() => ReferralPayload, { description: '登记涉案物品 The filing agency records goods in its care.' })
  recordGoods(@IdArg() id: string, @Arg('input', () => RecordGoodsInput) input: RecordGoodsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(recordGoods(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '变更保管场所 The custodian puts goods elsewhere.' })
  keepGoods(@IdArg() id: string, @Arg('input', () => KeepGoodsInput) input: KeepGoodsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(keepGoods(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '就地封存 The custodian seals goods that cannot be moved where they are.' })
  keepGoodsInPlace(@IdArg() id: string, @Arg('input', () => KeepGoodsInPlaceInput) input: KeepGoodsInPlaceInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(keepGoodsInPlace(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '保全易腐物品证据 The custodian preserves the evidence of perishable goods.' })
  preserveGoods(@IdArg() id: string, @Arg('input', () => PreserveGoodsInput) input: PreserveGoodsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(preserveGoods(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '移交涉案物品 The filing agency hands goods over to the police, in whole or in part, and tells the party.' })
  handOverGoods(@IdArg() id: string, @Arg('input', () => HandOverGoodsInput) input: HandOverGoodsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(handOverGoods(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '退回涉案物品 The police give goods back to the filing agency once the proceedings are over.' })
  giveBackGoods(@IdArg() id: string, @Arg('input', () => GiveBackGoodsInput) input: GiveBackGoodsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(giveBackGoods(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '返还涉案物品 The custodian returns goods to the party once the proceedings are over.' })
  returnGoods(@IdArg() id: string, @Arg('input', () => ReturnGoodsInput) input: ReturnGoodsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(returnGoods(ctx, { id, input }, key));
  }

  @Mutation(() => ReferralPayload, { description: '处置涉案物品 The custodian disposes of goods: perishable ones once their evidence is preserved, others once the proceedings are over.' })
  disposeOfGoods(@IdArg() id: string, @Arg('input', () => DisposeOfGoodsInput) input: DisposeOfGoodsInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Made {
    return payload(disposeOfGoods(ctx, { id, input }, key));
  }
}
