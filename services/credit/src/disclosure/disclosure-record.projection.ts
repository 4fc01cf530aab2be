import { createHash } from 'node:crypto';
import { type PenaltyDecided, type PenaltyItemData, type PenaltyKind, penaltyKind, productDomain, violationType } from '@casebridge/contracts';
import { cleanLine, normaliseDocumentNo, startOfDay, sumFen, uuidv7 } from '@casebridge/kernel';
import type { DisclosureRecordEntity } from './disclosure-record.entity';
import { decideDisclosure, type DecisionForDisclosure } from './disclosure-window.rule';
import { scrubPersonalData, summarisePenalties } from './penalty-summary.rule';
import { redact, type Redaction } from './published-text.rule';
import { searchIndex } from './search-terms.rule';

/** A record on which there was no act yet. */
export const untouched = {
  status: 'PUBLISHED', held: false, review: null, textBy: null, proposal: null, proposedBy: null, correctedAt: null, correction: null, pushedOn: null, withdrawnAt: null,
  withdrawalReason: null, withdrawalCauseOn: null, stoppedAt: null, stoppedReason: null, version: 0,
} as const satisfies Partial<DisclosureRecordEntity>;

/**
 * The disclosure record that a penalty decision leads to, exactly as the event handler writes it.
 *
 * @param event - data of `enforcement.penalty-decided.v1`
 * @param publishedOn - civil day of the publication
 * @param held - whether publication of the case is deferred on that day
 * @returns the row, or null when the law keeps the decision from publication
 * @throws RangeError when a penalty or the domain is none of the code lists
 */
export function disclosureOf(event: PenaltyDecided, publishedOn: string, held = false): DisclosureRecordEntity | null {
  const terms = termsOf(event);
  const ruling = decideDisclosure(terms, publishedOn);
  if (!ruling.disclosed) return null;
  const partyName = scrubPersonalData(cleanLine(event.partyName));
  const documentNo = cleanLine(event.documentNo);
  const items = event.items.map(coded);
  const penaltySummary = summarisePenalties(event.partyName, items);
  const fines = items.filter((i) => i.kind === 'FINE').flatMap((i) => i.amountFen ?? []);
  const partyUscc = event.partyKind === 'ENTITY' ? event.partyUscc : null;
  return {
    id: recordIdOf(event.decisionId, publishedOn),
    decisionId: event.decisionId,
    caseId: event.caseId,
    documentNo,
    documentNoKey: normaliseDocumentNo(documentNo),
    partyName,
    partyUscc,
    partyKind: event.partyKind,
    violationType: event.violationType,
    penaltyKinds: [...new Set(items.map((i) => i.kind))],
    penaltySummary,
    penaltyBasis: [...new Set(event.items.map(({ basis }) => `《${basis.instrument}》第${basis.article}条`))].join('；'),
    fineFen: fines.length > 0 ? sumFen(fines) : null,
    authorityCode: event.authorityCode,
    regionCode: event.regionCode,
    decidedOn: event.decidedOn,
    publishedOn,
    disclosureEndsOn: ruling.windows.ENTERPRISE_CREDIT_SYSTEM.endsOn,
    creditChinaEndsOn: ruling.windows.CREDIT_CHINA.endsOn,
    class: ruling.class,
    ...untouched,
    terms,
    held,
    updatedAt: startOfDay(publishedOn),
    ...searchIndexOf({ partyName, documentNo, partyUscc, violationType: event.violationType, penaltySummary }),
  };
}

/** What of an event decides whether and how long it is disclosed. */
function termsOf({ procedure, domain, tier, decidedOn, items }: PenaltyDecided): DecisionForDisclosure {
  if (!productDomain.is(domain)) throw new RangeError(`No product domain: ${domain}`);
  const terms = items.map(coded).map(({ kind, partyKind, partyName, amountFen, endsOn, forLife }) => (
    { kind, partyKind, partyName: scrubPersonalData(cleanLine(partyName)), amountFen, endsOn, forLife }));
  return { procedure, domain, tier, decidedOn, items: terms };
}

/** The index of what the public reads of a record. */
export function searchIndexOf(record: Pick<DisclosureRecordEntity, 'partyName' | 'documentNo' | 'partyUscc' | 'violationType' | 'penaltySummary'>) {
  const { partyName, documentNo, partyUscc, violationType: code, penaltySummary } = record;
  return searchIndex([partyName, documentNo, partyUscc ?? '', violationType.is(code) ? violationType.labels[code].zh : code, penaltySummary]);
}

/** What is left of a proposal once it is decided. */
export const proposalDecided = { proposal: null, proposedBy: null } as const;

/** What a record reads with something in it changed, and that it was corrected. */
export function changedRecord(record: DisclosureRecordEntity, changed: Partial<DisclosureRecordEntity>, correction: string | null, at: Date): Partial<DisclosureRecordEntity> {
  const after = { ...record, ...changed };
  return { ...changed, documentNoKey: normaliseDocumentNo(after.documentNo), ...searchIndexOf(after), correctedAt: at, correction };
}

/** What a record reads after the correction that was proposed. */
export function correctedRecord(record: DisclosureRecordEntity, at: Date): Partial<DisclosureRecordEntity> {
  const changed = Object.fromEntries((record.proposal?.changes ?? []).map(({ field, to }) => [field, to])) as Partial<DisclosureRecordEntity>;
  return { ...changedRecord(record, changed, record.proposal?.correction ?? null, at), ...proposalDecided };
}

/**
 * What a record and its full text read after a secrecy review.
 *
 * @throws BadUserInput for a passage that stands nowhere
 */
export function redactedRecord(record: DisclosureRecordEntity, text: string, redactions: readonly Redaction[]) {
  const { body, correction, ...abstract } = redact(
    { partyName: record.partyName, penaltySummary: record.penaltySummary, correction: record.correction ?? '', body: text }, redactions);
  const published = { ...abstract, correction: record.correction === null ? null : correction };
  const fields: Partial<DisclosureRecordEntity> = redactions.length === 0
    ? { review: 'CLEARED' } : { review: 'REDACTED', ...published, ...searchIndexOf({ ...record, ...published }) };
  return { body, fields };
}

function coded(item: PenaltyItemData): PenaltyItemData & { readonly kind: PenaltyKind } {
  const { kind } = item;
  if (!penaltyKind.is(kind)) throw new RangeError(`No kind of penalty: ${kind}`);
  return { ...item, kind };
}

/** The same decision always gets the same id, so that the generator of demo data and a redelivered event agree; ordered by publication. */
export const recordIdOf = (decisionId: string, publishedOn: string): string =>
  uuidv7(startOfDay(publishedOn), (length) => createHash('sha256').update(`disclosure:${decisionId}`).digest().subarray(0, length));
