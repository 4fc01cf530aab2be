import type { RequestContext } from '@casebridge/platform';
import DataLoader from 'dataloader';
import type { EntityManager } from 'typeorm';
import { GoodsLotEntity, GoodsMovementEntity } from './goods.entity';

export interface Goods {
  readonly lots: readonly GoodsLotEntity[];
  readonly movements: readonly GoodsMovementEntity[];
}

/** The goods of one referral, every link of their chains in order. */
export async function goodsIn(em: EntityManager, referralIds: readonly string[]): Promise<ReadonlyMap<string, Goods>> {
  const lots = await em.createQueryBuilder(GoodsLotEntity, 'l').where('l.referral_id = any(:referralIds)', { referralIds }).orderBy('l.lot_no').getMany();
  const movements = lots.length === 0 ? [] : await em.createQueryBuilder(GoodsMovementEntity, 'm').where('m.lot_id = any(:ids)', { ids: lots.map((l) => l.id) })
    .orderBy('m.position').addOrderBy('m.seq').getMany();
  return new Map(referralIds.map((id) => {
    const own = lots.filter((l) => l.referralId === id);
    const ids = new Set(own.map((l) => l.id));
    return [id, { lots: own, movements: movements.filter((m) => ids.has(m.lotId)) }];
  }));
}

/** Of referrals whose file the reader was already found to be allowed to read. */
export const goodsOf = (ctx: RequestContext) =>
  new DataLoader<string, Goods>(async (ids) => {
    const found = await goodsIn(ctx.deps.dataSource.manager, ids);
    return ids.map((id) => found.get(id) ?? { lots: [], movements: [] });
  });
