import { isUuid } from '@casebridge/kernel';
import { recordLoader, type RequestContext, sql, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { DutyCrimeClueActEntity, type DutyCrimeClueEntity } from './duty-crime-clue.entity';
import { dutyCrimeClues } from './duty-crime-clue.source';

export type VisibleDutyCrimeClue = Visible<DutyCrimeClueEntity>;

export const dutyCrimeClueLoader = (ctx: RequestContext) =>
  recordLoader(ctx, dutyCrimeClues(ctx.reader), (ids) => sql`k.id = any(${ids.filter(isUuid)}::uuid[])`, (k) => k.id);

/** Acts on clues that the reader was already shown, in order. */
export const historyOfDutyCrimeClue = (ctx: RequestContext) =>
  new DataLoader<string, DutyCrimeClueActEntity[]>(async (ids) => {
    const acts = await ctx.deps.dataSource.manager
      .createQueryBuilder(DutyCrimeClueActEntity, 'a').where('a.clue_id = any(:ids)', { ids }).orderBy('a.position').getMany();
    return ids.map((id) => acts.filter((a) => a.clueId === id));
  });
