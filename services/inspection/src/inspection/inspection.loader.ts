import { hydrate, PagesLoader, byKey, query, raw, recordLoader, type RequestContext, sql } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { InspectionDefectEntity } from './inspection-defect.entity';
import { inspectionList, inspectionRecords } from './inspection.source';

export const inspectionLoader = (ctx: RequestContext) =>
  recordLoader(ctx, inspectionRecords(ctx.reader), (ids) => sql`i.id = any(${ids}::uuid[])`, (i) => i.id);

export const inspectionsOfEnterprise = (ctx: RequestContext) => new PagesLoader(ctx, inspectionList(ctx.reader), raw('i.uscc = p.parent'));

export const inspectionsOfCase = (ctx: RequestContext) => new PagesLoader(ctx, inspectionList(ctx.reader), raw('i.case_ids @> array[p.parent::uuid]'));

/** Defects go with their inspection, gravest first; the reader's right to it has been decided there. */
export const defectsOfInspection = (ctx: RequestContext) =>
  new DataLoader<string, InspectionDefectEntity[]>(async (ids) => {
    const { manager } = ctx.deps.dataSource;
    const byInspection = new Map(ids.map((id) => [id, [] as InspectionDefectEntity[]]));
    const rows = await query(manager, byKey(sql`
      select * from inspection_defect where inspection_id = any(${ids}::uuid[])
      order by inspection_id, array_position(array['CRITICAL', 'MAJOR', 'MINOR'], grade), id`));
    for (const row of rows) {
      const defect = hydrate(manager, InspectionDefectEntity, row);
      byInspection.get(defect.inspectionId)?.push(defect);
    }
    return ids.map((id) => byInspection.get(id) ?? []);
  });
