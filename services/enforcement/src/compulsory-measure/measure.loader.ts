import type { RequestContext } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { CompulsoryMeasureActEntity } from './measure.entity';

/** Acts on the measures of cases whose file the reader was already shown, measure by measure, each in order. */
export const measureActsOfCase = (ctx: RequestContext) =>
  new DataLoader<string, CompulsoryMeasureActEntity[]>(async (ids) => {
    const acts = await ctx.deps.dataSource.manager
      .createQueryBuilder(CompulsoryMeasureActEntity, 'a').where('a.case_id = any(:ids)', { ids }).orderBy('a.measure_id').addOrderBy('a.position').getMany();
    const byCase = new Map<string, CompulsoryMeasureActEntity[]>();
    for (const act of acts) byCase.set(act.caseId, [...(byCase.get(act.caseId) ?? []), act]);
    return ids.map((id) => byCase.get(id) ?? []);
  });
