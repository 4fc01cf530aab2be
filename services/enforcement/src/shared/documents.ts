import { BadUserInput, isUuid } from '@casebridge/kernel';
import { type Acting, caseHidden, lineInput, query, raw, sql } from '@casebridge/platform';

const MOST_DOCUMENTS = 200;
const LONGEST_TITLE = 300;

/** A document as an act names it: bytes that were stored before. */
export interface DocumentOf {
  readonly title: string;
  readonly fileId: string;
}

/** Bytes in the files of cases, `(file_id, case_id)`, whatever record names them. */
export const bytesOfCases = raw(`(
  select d.file_id, r.case_id from referral_document d join referral r on r.id = d.referral_id
  union all select d.file_id, w.case_id from cooperation_document d join cooperation w on w.id = d.cooperation_id where w.case_id is not null)`);

/**
 * Documents of an act: each names bytes that the acting agency has stored before, and each bytes once per record.
 *
 * @param taken - files that the record has already
 * @throws BadUserInput
 */
export async function checkedDocuments<D extends DocumentOf>(acting: Acting, inputs: readonly D[], taken: ReadonlySet<string>): Promise<D[]> {
  if (inputs.length > MOST_DOCUMENTS) throw new BadUserInput('input.documents', `must name at most ${MOST_DOCUMENTS} documents`);
  const documents = inputs.map((d, i) => ({ ...d, title: lineInput(d.title, `input.documents.${i}.title`, LONGEST_TITLE) }));
  const ids = documents.map((d) => d.fileId).filter(isUuid);
  const stored = await query<{ id: string }>(acting.tx.em, sql`
    select f.id from file f where f.id = any(${ids}::uuid[]) and f.agency_code = ${acting.who.agency.code}
      -- Bytes of a case that is sealed from the officer, or from which he is excluded, do not come out by way of another.
      and not exists (select 1 from ${bytesOfCases} d join admin_case c on c.case_id = d.case_id where d.file_id = f.id and ${caseHidden('c')(acting.reader)})`);
  const known = new Set(stored.map((f) => f.id));
  const named = new Set(taken);
  documents.forEach((d, i) => {
    const field = `input.documents.${i}.fileId`;
    if (!known.has(d.fileId)) throw new BadUserInput(field, 'names no file that your agency has uploaded');
    if (named.has(d.fileId)) throw new BadUserInput(field, 'names a file that is in this record already');
    named.add(d.fileId);
  });
  return documents;
}
