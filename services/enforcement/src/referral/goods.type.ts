import 'reflect-metadata';
import { goodsCostOwner, goodsState } from '@casebridge/contracts';
import { registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, Int, ObjectType } from 'type-graphql';
import { ReferralActEnum } from './referral.type';

export const GoodsStateEnum = registerCodeList(goodsState);
export const GoodsCostOwnerEnum = registerCodeList(goodsCostOwner);

@ObjectType('GoodsPart', { description: '涉案物品（部分） Some of a lot: in one state, at one place, in the care of one agency.' })
export class GoodsPartType {
  @Field(() => ID) id!: string;
  @Field(() => Int) quantity!: number;
  @Field(() => GoodsStateEnum) state!: string;
  @Field(() => String, { nullable: true, description: '保管场所' }) place!: string | null;
  @Field(() => GoodsCostOwnerEnum, { nullable: true, description: '处置费用承担' }) costOwner!: string | null;
}

@ObjectType('GoodsMovement', { description: '流转记录 One link of the chain of custody; what was said with it is in the timeline.' })
export class GoodsMovementType {
  @Field(() => Int, { description: 'Position of the act in the timeline.' }) position!: number;
  @Field(() => ReferralActEnum) act!: string;
  @Field(() => ID, { description: 'The part that came of it.' }) partId!: string;
  @Field(() => Int) quantity!: number;
  @Field(() => GoodsStateEnum) state!: string;
  @Field(() => String, { nullable: true, description: '保管场所' }) place!: string | null;
}

@ObjectType('GoodsLot', { description: '涉案物品 One line of the list of goods.' })
export class GoodsLotType {
  @Field(() => ID) id!: string;
  @Field(() => Int, { description: '序号' }) lotNo!: number;
  @Field(() => String, { description: '名称' }) name!: string;
  @Field(() => String, { description: '特征' }) features!: string;
  @Field(() => String, { description: '单位' }) unit!: string;
  @Field(() => Int, { description: '数量 As recorded; its parts always add up to it.' }) quantity!: number;
  @Field(() => Boolean, { description: '易腐' }) perishable!: boolean;
  @Directive('@listSize(assumedSize: 5)')
  @Field(() => [GoodsPartType], { description: '各部分' }) parts!: GoodsPartType[];
  @Directive('@listSize(assumedSize: 10)')
  @Field(() => [GoodsMovementType], { description: '流转链 The chain of custody, in order.' }) movements!: GoodsMovementType[];
}
