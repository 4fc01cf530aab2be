import 'reflect-metadata';
import type { GoodsCostOwner } from '@casebridge/contracts';
import { Field, ID, InputType, Int } from 'type-graphql';
import { GoodsCostOwnerEnum } from './goods.type';
import { expected } from './referral.input';

@InputType({ description: '涉案物品 One line of the list.' })
export class GoodsLotInput {
  @Field(() => String, { description: '名称' }) name!: string;
  @Field(() => String, { description: '特征' }) features!: string;
  @Field(() => String, { description: '单位' }) unit!: string;
  @Field(() => Int, { description: '数量' }) quantity!: number;
  @Field(() => Boolean, { nullable: true, description: '易腐 Perishable.' }) perishable?: boolean | null;
  @Field(() => String, { description: '保管场所' }) place!: string;
}

@InputType()
export class RecordGoodsInput {
  @Field(() => [GoodsLotInput]) lots!: GoodsLotInput[];
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: 'Some of a part of a lot.' })
export class GoodsAmountInput {
  @Field(() => ID, { description: 'Referral.goods.parts.id' }) part!: string;
  @Field(() => Int) quantity!: number;
}

@InputType()
abstract class OnGoods {
  @Field(() => [GoodsAmountInput]) goods!: GoodsAmountInput[];
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType()
export class KeepGoodsInput extends OnGoods {
  @Field(() => String, { description: '保管场所' }) place!: string;
}

@InputType()
export class KeepGoodsInPlaceInput extends OnGoods {
  @Field(() => String, { description: '不宜移动的理由' }) reasons!: string;
}

@InputType()
export class PreserveGoodsInput extends OnGoods {
  @Field(() => String, { description: '证据保全情况 How the evidence was preserved: samples, pictures, test.' }) reasons!: string;
}

@InputType()
export class HandOverGoodsInput extends OnGoods {
  @Field(() => String, { description: '查封、扣押物品移送告知书文号 Number of the notice to the party.' }) noticeNo!: string;
  @Field(() => String, { description: '接收人 Who signed for it at the police.' }) receivedBy!: string;
  @Field(() => String, { nullable: true, description: '保管场所 Where it is kept from then on; without it, where it is.' }) place?: string | null;
}

@InputType()
export class GiveBackGoodsInput extends OnGoods {
  @Field(() => String, { description: '理由' }) reasons!: string;
  @Field(() => String, { nullable: true, description: '保管场所' }) place?: string | null;
}

@InputType()
export class ReturnGoodsInput extends OnGoods {
  @Field(() => String, { description: '理由' }) reasons!: string;
  @Field(() => String, { nullable: true, description: '文书文号' }) documentNo?: string | null;
}

@InputType()
export class DisposeOfGoodsInput extends OnGoods {
  @Field(() => String, { description: '处置方式与理由 How, and why.' }) reasons!: string;
  @Field(() => GoodsCostOwnerEnum, { description: '处置费用承担' }) costOwner!: GoodsCostOwner;
  @Field(() => String, { nullable: true, description: '文书文号' }) documentNo?: string | null;
}
