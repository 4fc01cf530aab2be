import { BadUserInput, isUuid } from '@casebridge/kernel';
import { type Acting, caseHidden, lineInput, query, sql } from '@casebridge/platform';
import { ReferralDocumentEntity } from './referral.entity';
import { type DocumentInput, documentRow } from './referral-record';

const MOST_DOCUMENTS = 200;
const LONGEST_TITLE = 300;

/** Documents of an act: each names bytes that the acting agency has stored before, and each bytes once per referral. */
export async function checkDocuments(acting: Acting, referralId: string, inputs: readonly DocumentInput[]): Promise<DocumentInput[]> {
  if (inputs.length > MOST_DOCUMENTS) throw new BadUserInput('input.documents', `must name at most ${MOST_DOCUMENTS} documents`);
  const documents = inputs.map((d, i) => ({ ...d, title: lineInput(d.title, `input.documents.${i}.title`, LONGEST_TITLE) }));
  const ids = documents.map((d) => d.fileId).filter(isUuid);
  const stored = await query<{ id: string }>(acting.tx.em, sql`
    select f.id from file f where f.id = any(${ids}::uuid[]) and f.agency_code = ${acting.who.agency.code}
      -- Bytes of a case that is sealed from the officer, or from which he is excluded, do not come out by way of another.
      and not exists (select 1 from referral_document d join referral r on r.id = d.referral_id join admin_case c on c.case_id = r.case_id
        where d.file_id = f.id and ${caseHidden('c')(acting.reader)})`);
  const attached = await query<{ file_id: string }>(acting.tx.em, sql`
    select file_id from referral_document where referral_id = ${referralId} and file_id = any(${ids}::uuid[])`);
  const known = new Set(stored.map((f) => f.id));
  const taken = new Set(attached.map((d) => d.file_id));
  documents.forEach((d, i) => {
    const field = `input.documents.${i}.fileId`;
    if (!known.has(d.fileId)) throw new BadUserInput(field, 'names no file that your agency has uploaded');
    if (taken.has(d.fileId)) throw new BadUserInput(field, 'names a file that is in this referral already');
    taken.add(d.fileId);
  });
  return documents;
}

/** Stores documents that were checked. */
export async function attachDocuments(acting: Acting, referralId: string, documents: readonly DocumentInput[], position: number): Promise<void> {
  if (documents.length === 0) return;
  const by = { referralId, position, agencyCode: acting.who.agency.code, at: acting.tx.clock.now() };
  await acting.tx.em.insert(ReferralDocumentEntity, documents.map((d) => documentRow(by, d)));
}
