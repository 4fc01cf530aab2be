import { type Acting, query, sql } from '@casebridge/platform';
import { checkedDocuments } from '../shared/documents';
import { ReferralDocumentEntity } from './referral.entity';
import { type DocumentInput, documentRow } from './referral-record';

/** Documents of an act on a referral, each bytes once per referral. */
export async function checkDocuments(acting: Acting, referralId: string, inputs: readonly DocumentInput[]): Promise<DocumentInput[]> {
  const attached = await query<{ file_id: string }>(acting.tx.em, sql`select file_id from referral_document where referral_id = ${referralId}`);
  return checkedDocuments(acting, inputs, new Set(attached.map((d) => d.file_id)));
}

/** Stores documents that were checked. */
export async function attachDocuments(acting: Acting, referralId: string, documents: readonly DocumentInput[], position: number): Promise<void> {
  if (documents.length === 0) return;
  const by = { referralId, position, agencyCode: acting.who.agency.code, at: acting.tx.clock.now() };
  await acting.tx.em.insert(ReferralDocumentEntity, documents.map((d) => documentRow(by, d)));
}
