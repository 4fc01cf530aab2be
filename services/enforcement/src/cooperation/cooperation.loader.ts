import { isUuid, type Principal } from '@casebridge/kernel';
import { PagesLoader, query, readerOf, recordLoader, type RequestContext, type ServiceDeps, sql, type Visible } from '@casebridge/platform';
import DataLoader from 'dataloader';
import { CooperationActEntity, CooperationDocumentEntity, type CooperationEntity } from './cooperation.entity';
import { cooperationList, cooperationRecords, documentOpen } from './cooperation.source';

export type VisibleCooperation = Visible<CooperationEntity>;
export type CooperationHistoryEntry = CooperationActEntity & { readonly documents: readonly CooperationDocumentEntity[] };

export const cooperationLoader = (ctx: RequestContext) =>
  recordLoader(ctx, cooperationRecords(ctx.reader), (ids) => sql`w.id = any(${ids.filter(isUuid)}::uuid[])`, (w) => w.id);

/** What is asked about a case. */
export const cooperationsOfCase = (ctx: RequestContext) => new PagesLoader(ctx, cooperationList(ctx.reader), sql`w.case_id = p.parent::uuid`);

/** Acts on what the reader was already shown, in order, with the documents that came with them. */
export const historyOfCooperation = (ctx: RequestContext) =>
  new DataLoader<string, CooperationHistoryEntry[]>(async (ids) => {
    const { manager } = ctx.deps.dataSource;
    const acts = await manager.createQueryBuilder(CooperationActEntity, 'a').where('a.cooperation_id = any(:ids)', { ids }).orderBy('a.position').getMany();
    const documents = await manager.createQueryBuilder(CooperationDocumentEntity, 'd').where('d.cooperation_id = any(:ids)', { ids }).orderBy('d.id').getMany();
    const entries = acts.map((a) => ({ ...a, documents: documents.filter((d) => d.cooperationId === a.cooperationId && d.position === a.position) }));
    return ids.map((id) => entries.filter((e) => e.cooperationId === id));
  });

/** Whether some record that names these bytes is open to the reader. */
export const mayOpenCooperationDocument = (deps: ServiceDeps) => async (principal: Principal, fileId: string): Promise<boolean> => {
  if (!isUuid(fileId) || principal.kind !== 'agency') return false;
  return (await query(deps.dataSource.manager, documentOpen(readerOf(principal, deps.directory, deps.clock.now()), fileId))).length > 0;
};
