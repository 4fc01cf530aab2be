import { civilDate } from '@casebridge/kernel';
import { hydrate, query, sql } from '@casebridge/platform';
import type { EntityManager } from 'typeorm';
import { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import { proposalDecided } from '../disclosure/disclosure-record.projection';
import { actElsewhere, publishRecords } from '../disclosure/disclosure-record.repository';
import { correctedByImport } from './imported-penalty.projection';

/** What the last row of an imported decision says of its publication. */
export interface ImportedPublication {
  readonly decisionId: string;
  /** As the row before told it; null where that was not to be shown, or there was none. */
  readonly before: DisclosureRecordEntity | null;
  /** Null: it is not to be shown, or not any more. */
  readonly now: DisclosureRecordEntity | null;
}

/** Why a record that was corrected is no longer shown. */
const notToBeShown = '更正后的处罚决定依法不予公示';
const shownAgain = { withdrawnAt: null, withdrawalReason: null, withdrawalCauseOn: null } as const;

/**
 * Publishes what is new; what is there already is corrected, withdrawn and shown again by acts of its publication, like every other record, so that it has their
 * history, events and tombstones, and keeps what officers did. What they withdrew stays withdrawn.
 */
export async function publishImported(em: EntityManager, told: readonly ImportedPublication[], by: { readonly actorCode: string; readonly officerId: string }, at: Date): Promise<void> {
  const rows = await query(em, sql`select d.* from disclosure_record d where d.decision_id = any(${told.map((t) => t.decisionId)}::uuid[]) order by d.id for update`);
  const records = new Map(rows.map((row) => hydrate(em, DisclosureRecordEntity, row)).map((record) => [record.decisionId, record]));
  await publishRecords(em, told.flatMap(({ decisionId, now }) => (now && !records.has(decisionId) ? [now] : [])));
  for (const { before, decisionId, now } of told) {
    const record = records.get(decisionId);
    if (record) await tellAnew(em, record, { before, now }, { ...by, at });
  }
}

async function tellAnew(
  em: EntityManager, record: DisclosureRecordEntity, { before, now }: Omit<ImportedPublication, 'decisionId'>, done: Parameters<typeof actElsewhere>[4],
): Promise<void> {
  const on = civilDate(done.at);
  const withdrawn = record.status === 'WITHDRAWN';
  if (now === null) {
    if (withdrawn || (record.disclosureEndsOn !== null && record.disclosureEndsOn < on)) return;
    const fields = { withdrawnAt: done.at, withdrawalReason: notToBeShown, withdrawalCauseOn: on, ...proposalDecided };
    return actElsewhere(em, record, 'withdrawImportedDisclosure', fields, { ...done, met: true, detail: { cause: 'NOT_TO_BE_DISCLOSED', reasons: notToBeShown, on } });
  }
  const corrected = correctedByImport(record, before, now, done.at);
  if (withdrawn) {
    if (record.withdrawalReason === notToBeShown) await actElsewhere(em, record, 'republishImportedDisclosure', { ...corrected?.fields, ...shownAgain }, done);
    return;
  }
  if (corrected) await actElsewhere(em, record, 'correctImportedDisclosure', corrected.fields, { ...done, detail: corrected.detail });
}
