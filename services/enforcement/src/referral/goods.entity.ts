import type { GoodsCostOwner, GoodsState } from '@casebridge/contracts';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { GoodsAct } from './goods.machine';
import type { GoodsLot, GoodsMovement } from './goods.rule';

@Entity('goods_lot')
export class GoodsLotEntity implements GoodsLot {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'referral_id' }) referralId!: string;
  @Column('integer', { name: 'lot_no' }) lotNo!: number;
  @Column('text') name!: string;
  @Column('text') features!: string;
  @Column('text') unit!: string;
  @Column('integer') quantity!: number;
  @Column('boolean') perishable!: boolean;
  @Column('integer', { name: 'recorded_position' }) recordedPosition!: number;
}

@Entity('goods_movement')
export class GoodsMovementEntity implements GoodsMovement {
  @PrimaryColumn('uuid') id!: string;
  @Column('uuid', { name: 'lot_id' }) lotId!: string;
  @Column('integer') position!: number;
  @Column('integer') seq!: number;
  @Column('text') act!: GoodsAct;
  @Column('uuid', { name: 'from_part_id' }) fromPartId!: string;
  @Column('uuid', { name: 'part_id' }) partId!: string;
  @Column('integer') quantity!: number;
  @Column('text') state!: GoodsState;
  @Column('text', { name: 'custodian_code', nullable: true }) custodianCode!: string | null;
  @Column('text', { nullable: true }) place!: string | null;
  @Column('text', { name: 'cost_owner', nullable: true }) costOwner!: GoodsCostOwner | null;
}
