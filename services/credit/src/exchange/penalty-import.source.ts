import { creditCode, isUuid, normaliseDocumentNo } from '@casebridge/kernel';
import { always, and, column, type ListSource, PagesLoader, raw, type Reader, recordLoader, type RequestContext, type Sql, sql, visible } from '@casebridge/platform';
import { ImportedPenaltyEntity, ImportedPenaltyVersionEntity, PenaltyImportEntity, PenaltyImportRowEntity } from './penalty-import.entity';

const ownImport = (reader: Reader): Sql => visible(reader, 'penaltyImport', { owner: column('pi', 'agency_code') });
const ownPenalty = (reader: Reader): Sql => visible(reader, 'importedPenalty', { owner: column('ip', 'authority_code') });

export const penaltyImportList = (reader: Reader): ListSource<PenaltyImportEntity> => ({
  type: 'PenaltyImport', id: 'id', entity: PenaltyImportEntity, columns: raw('pi.*'), from: raw('penalty_import pi'), where: ownImport(reader), name: 'penaltyImports',
  order: [{ expression: column('pi', 'received_at'), column: 'received_at', type: 'timestamptz' }, { expression: column('pi', 'id'), column: 'id', type: 'uuid' }],
});

export const penaltyImportLoader = (ctx: RequestContext) =>
  recordLoader<PenaltyImportEntity>(ctx, penaltyImportList(ctx.reader), (ids) => sql`pi.id = any(${ids.filter(isUuid)}::uuid[])`, (i) => i.id);

/** In the order of the file: rows are the detail of an import that the reader sees. */
const rowsWhere = (outcome: Sql) => (ctx: RequestContext) => new PagesLoader<PenaltyImportRowEntity>(ctx, {
  type: 'PenaltyImportRow', id: 'rowNo', entity: PenaltyImportRowEntity, columns: raw('ir.*, - ir.row_no as row_order'), name: 'penaltyImportRows',
  from: raw('penalty_import_row ir join penalty_import pi on pi.id = ir.import_id'), where: and(ownImport(ctx.reader), outcome),
  order: [{ expression: raw('(- ir.row_no)'), column: 'row_order', type: 'integer' }],
}, sql`ir.import_id = p.parent::uuid`);

export const rowsOfImport = rowsWhere(always);
export const refusedRowsOfImport = rowsWhere(raw("ir.outcome = 'REFUSED'"));

export interface ImportedPenaltyConditions {
  readonly documentNo?: string | null;
  readonly enterpriseUscc?: string | null;
}

/** @throws BadUserInput for what cannot be a credit code */
export const importedPenaltyList = (reader: Reader, filter?: ImportedPenaltyConditions | null): ListSource<ImportedPenaltyEntity> => ({
  type: 'ImportedPenalty', id: 'id', entity: ImportedPenaltyEntity, columns: raw('ip.*'), from: raw('imported_penalty ip'), name: 'importedPenalties',
  where: and(
    ownPenalty(reader),
    filter?.documentNo == null ? null : sql`ip.document_no_key = ${normaliseDocumentNo(filter.documentNo)}`,
    filter?.enterpriseUscc == null ? null : sql`ip.party_uscc = ${creditCode(filter.enterpriseUscc, 'filter.enterpriseUscc')}`,
  ),
  order: [{ expression: column('ip', 'updated_at'), column: 'updated_at', type: 'timestamptz' }, { expression: column('ip', 'id'), column: 'id', type: 'uuid' }],
});

export const importedPenaltyLoader = (ctx: RequestContext) =>
  recordLoader<ImportedPenaltyEntity>(ctx, importedPenaltyList(ctx.reader), (ids) => sql`ip.id = any(${ids.filter(isUuid)}::uuid[])`, (i) => i.id);

/** The last first. */
export const versionsOfPenalty = (ctx: RequestContext) => new PagesLoader<ImportedPenaltyVersionEntity>(ctx, {
  type: 'ImportedPenaltyVersion', id: 'penaltyId', entity: ImportedPenaltyVersionEntity, columns: raw('iv.*'), name: 'importedPenaltyVersions',
  from: raw('imported_penalty_version iv join imported_penalty ip on ip.id = iv.penalty_id'), where: ownPenalty(ctx.reader),
  order: [{ expression: column('iv', 'version'), column: 'version', type: 'integer' }],
}, sql`iv.penalty_id = p.parent::uuid`);
