import { and, column, query, sql } from '@casebridge/platform';
import { type EntityManager, In } from 'typeorm';
import { caseSealedFromNobody } from '../case/case.source';
import { ImportedPenaltyEntity, ImportedPenaltyVersionEntity, PenaltyImportEntity, PenaltyImportRowEntity } from './penalty-import.entity';

/** The oldest file whose rows are not all read. */
export const nextWaiting = (em: EntityManager): Promise<PenaltyImportEntity | null> =>
  em.findOne(PenaltyImportEntity, { where: { state: 'WAITING' }, order: { receivedAt: 'ASC', id: 'ASC' } });

/** Takes the turn of this file: null where another process has read on meanwhile. */
export async function takeTurn(em: EntityManager, { id, rows }: PenaltyImportEntity): Promise<PenaltyImportEntity | null> {
  const found = await em.findOne(PenaltyImportEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  return found?.state === 'WAITING' && found.rows === rows ? found : null;
}

/** A decision by who made it and its number. */
export const numberKey = (authorityCode: string, documentNoKey: string): string => `${authorityCode} ${documentNoKey}`;

export async function importedByNumber(em: EntityManager, ids: readonly string[]): Promise<Map<string, ImportedPenaltyEntity>> {
  const found = await em.find(ImportedPenaltyEntity, { where: { id: In([...ids]) }, lock: { mode: 'pessimistic_write' } });
  return new Map(found.map((penalty) => [penalty.id, penalty]));
}

/** Numbers that decisions of the hub's own cases have. A sealed one does not show itself by this either. */
export async function decidedHere(em: EntityManager, today: string, authorities: readonly string[], keys: readonly string[]): Promise<Set<string>> {
  const rows = await query<{ authority_code: string; document_no_key: string }>(em, sql`
    select d.authority_code, d.document_no_key from disclosure_record d
    where ${and(
      sql`d.document_no_key = any(${[...keys]}::text[])`, sql`d.authority_code = any(${[...authorities]}::text[])`, sql`d.case_id is not null`,
      caseSealedFromNobody(today, column('d', 'case_id')),
    )}`);
  return new Set(rows.map((row) => numberKey(row.authority_code, row.document_no_key)));
}

export interface TakenRows {
  readonly penalties: readonly ImportedPenaltyEntity[];
  readonly versions: readonly ImportedPenaltyVersionEntity[];
  readonly rows: readonly PenaltyImportRowEntity[];
}

/** What a piece of a file leads to, and how far it was read: all of it or nothing. */
export async function writeRows(em: EntityManager, run: PenaltyImportEntity, { penalties, rows, versions }: TakenRows): Promise<void> {
  await em.save(run);
  if (penalties.length > 0) await em.upsert(ImportedPenaltyEntity, [...penalties], ['id']);
  if (versions.length > 0) await em.insert(ImportedPenaltyVersionEntity, [...versions]);
  if (rows.length > 0) await em.insert(PenaltyImportRowEntity, [...rows]);
}
