import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { type PenaltyKind, violationType } from '@casebridge/contracts';
import { latest, startOfDay, uuidv7 } from '@casebridge/kernel';
import type { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import { changedRecord, recordIdOf, searchIndexOf, untouched } from '../disclosure/disclosure-record.projection';
import { decideDisclosure, type DecisionForDisclosure, type DisclosureRuling } from '../disclosure/disclosure-window.rule';
import { scrubPersonalData } from '../disclosure/penalty-summary.rule';
import type { ExchangeRecord } from './exchange-layout.rule';
import { domainOf, readViolation } from './exchange-value.rule';
import type { PenaltyRow } from './penalty-row.rule';

/** The same number of the same authority always gets the same id. */
export const importedIdOf = ({ authority, documentNoKey }: PenaltyRow): string =>
  uuidv7(new Date(0), (length) => createHash('sha256').update(`imported:${authority.code}:${documentNoKey}`).digest().subarray(0, length));

/** Tells one content from another, whatever the order of the columns. */
export const fingerprintOf = (record: ExchangeRecord): string =>
  createHash('sha256').update(JSON.stringify(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))).digest('hex');

/** What decides whether and how long an imported decision is shown, by the rules of every other one. */
function termsOf({ decidedOn, endsOn, fineFen, kinds, partyKind, record }: PenaltyRow): DecisionForDisclosure {
  const partyName = scrubPersonalData(record['CF_XDR_MC'] ?? '');
  const item = (kind: PenaltyKind) => ({ kind, partyKind, partyName, amountFen: kind === 'FINE' ? fineFen : null, endsOn, forLife: false });
  const domain = domainOf([record['CF_WFXW'] ?? '', record['CF_SY'] ?? '', record['CF_YJ'] ?? '']);
  return { procedure: 'ORDINARY', domain, tier: 'ORDINARY', decidedOn, items: kinds.map(item) };
}

/**
 * The ruling on an imported decision. The file does not say when it was published first: its periods count from the decision, so that nobody is shown for
 * longer because his record was moved.
 */
export const rulingOfImported = (row: PenaltyRow): DisclosureRuling => decideDisclosure(termsOf(row), row.decidedOn);

/**
 * The disclosure record of an imported decision, with no act on it yet.
 *
 * @param publishedOn - civil day on which the hub took it in first
 * @returns null when the law keeps it from publication, or its period is over
 */
export function disclosureOfImported(row: PenaltyRow, penaltyId: string, publishedOn: string): DisclosureRecordEntity | null {
  const ruling = rulingOfImported(row);
  if (!ruling.disclosed) return null;
  const { ENTERPRISE_CREDIT_SYSTEM: national, CREDIT_CHINA: creditChina } = ruling.windows;
  if (national.endsOn !== null && national.endsOn < publishedOn) return null;
  const { authority, documentNoKey, partyUscc, record } = row;
  const partyName = scrubPersonalData(record['CF_XDR_MC'] ?? '');
  const documentNo = record['CF_WSH'] ?? '';
  const penaltySummary = scrubPersonalData(record['CF_NR'] ?? '');
  const violation = readViolation(record['CF_WFXW'] ?? '');
  const violationCode = violationType.is(violation) ? violation : scrubPersonalData(violation);
  return {
    ...untouched, id: recordIdOf(penaltyId, publishedOn), decisionId: penaltyId, caseId: null, documentNo, documentNoKey, partyName, partyUscc, partyKind: row.partyKind,
    violationType: violationCode, penaltyKinds: [...row.kinds], penaltySummary, penaltyBasis: record['CF_YJ'] ?? null, fineFen: row.fineFen, authorityCode: authority.code,
    regionCode: authority.regionCode, decidedOn: row.decidedOn, publishedOn, disclosureEndsOn: national.endsOn, creditChinaEndsOn: creditChina.endsOn, class: ruling.class,
    terms: termsOf(row), updatedAt: startOfDay(publishedOn), ...searchIndexOf({ partyName, documentNo, partyUscc, violationType: violationCode, penaltySummary }),
  };
}

/** What a row tells of a record, taken over together: the parts of a group depend on one another. */
const told = [
  ['documentNo'], ['partyName'], ['partyUscc', 'partyKind'], ['violationType'], ['penaltyKinds'], ['penaltySummary'], ['penaltyBasis'], ['fineFen'], ['regionCode'], ['decidedOn'],
  ['class', 'disclosureEndsOn', 'creditChinaEndsOn'], ['terms'],
] as const satisfies readonly (readonly (keyof DisclosureRecordEntity)[])[];

/** What the public is told of such a correction. */
const correction = '处罚机关更正了报送的处罚信息';

/**
 * What a later row changes of a record: what it tells otherwise than the row before, so that what officers corrected meanwhile stays; what the secrecy review took out
 * of name and summary does not come back by a row.
 *
 * @returns null where it changes nothing of what is published
 */
export function correctedByImport(record: DisclosureRecordEntity, before: DisclosureRecordEntity | null, now: DisclosureRecordEntity, at: Date) {
  const last = before ?? record;
  const fields = told.flatMap((group): readonly (keyof DisclosureRecordEntity)[] => (group.every((field) => isDeepStrictEqual(last[field], now[field])) ? [] : group))
    .filter((field) => record.review !== 'REDACTED' || (field !== 'partyName' && field !== 'penaltySummary'));
  if (fields.length === 0) return null;
  const changed: Partial<DisclosureRecordEntity> = Object.fromEntries(fields.map((field) => [field, now[field]]));
  const after = { ...record, ...changed };
  const pushedBefore = record.pushedOn !== null && record.pushedOn < after.decidedOn; // of a decision that was not made yet: it is owed anew
  const days = { publishedOn: latest(record.publishedOn, after.decidedOn), ...(pushedBefore ? { pushedOn: null } : {}) };
  const changes = (['documentNo', 'partyName', 'penaltySummary'] as const).flatMap((field) => (record[field] === after[field] ? [] : [{ field, from: record[field], to: after[field] }]));
  return { fields: changedRecord(record, { ...changed, ...days }, correction, at), detail: { changes, correction } };
}
