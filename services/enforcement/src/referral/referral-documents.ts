import type { ReferralDocumentKind } from '@casebridge/contracts';
import { BadUserInput, cleanLine, isUuid, uuidv7 } from '@casebridge/kernel';
import { type Acting, query, sql } from '@casebridge/platform';
import { ReferralDocumentEntity } from './referral.entity';

export interface DocumentInput {
  readonly kind: ReferralDocumentKind;
  readonly title: string;
  readonly fileId: string;
}

const MAX_DOCUMENTS = 200;
const MAX_TITLE = 300;

/** Documents of an act: each names bytes that the acting agency has stored before, and each bytes once per referral. */
export async function checkDocuments(acting: Acting, referralId: string, inputs: readonly DocumentInput[]): Promise<DocumentInput[]> {
  if (inputs.length > MAX_DOCUMENTS) throw new BadUserInput('input.documents', `at most ${MAX_DOCUMENTS}`);
  const documents = inputs.map((d, i) => {
    const title = cleanLine(d.title).trim();
    if (title === '' || title.length > MAX_TITLE) throw new BadUserInput(`input.documents.${i}.title`, `must have 1 to ${MAX_TITLE} characters`);
    return { ...d, title };
  });
  const ids = documents.map((d) => d.fileId).filter(isUuid);
  const stored = await query<{ id: string }>(acting.tx.em, sql`
    select id from file where id = any(${ids}::uuid[]) and agency_code = ${acting.who.agency.code}`);
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

export async function attachDocuments(acting: Acting, referralId: string, documents: readonly DocumentInput[], position: number): Promise<void> {
  if (documents.length === 0) return;
  await acting.tx.em.insert(ReferralDocumentEntity, documents.map((d) => ({
    id: uuidv7(acting.tx.clock), referralId, kind: d.kind, title: d.title, fileId: d.fileId, addedPosition: position, addedByCode: acting.who.agency.code,
  })));
}
