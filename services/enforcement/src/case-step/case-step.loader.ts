import { type RequestContext, type Tx } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { CaseStepEntity } from './case-step.entity';

/** The last step of a case; null where none is recorded. */
export const lastStepOf = (em: Tx['em'], caseId: string): Promise<CaseStepEntity | null> =>
  em.findOne(CaseStepEntity, { where: { caseId }, order: { position: 'DESC' } });

/** All of them, in order. */
export const stepsOf = (em: Tx['em'], caseId: string): Promise<CaseStepEntity[]> => em.find(CaseStepEntity, { where: { caseId }, order: { position: 'ASC' } });

/** Steps of cases whose file the reader was already shown, in order. */
export const stepsOfCase = (ctx: RequestContext) =>
  new DataLoader<string, CaseStepEntity[]>(async (ids) => {
    const steps = await ctx.deps.dataSource.manager
      .createQueryBuilder(CaseStepEntity, 's').where('s.case_id = any(:ids)', { ids }).orderBy('s.position').getMany();
    const byCase = new Map<string, CaseStepEntity[]>();
    for (const step of steps) byCase.set(step.caseId, [...(byCase.get(step.caseId) ?? []), step]);
    return ids.map((id) => byCase.get(id) ?? []);
  });
