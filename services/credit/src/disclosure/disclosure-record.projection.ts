import { createHash } from 'node:crypto';
import { type PenaltyDecided, type PenaltyItemData, type PenaltyKind, penaltyKind, productDomain, violationType } from '@casebridge/contracts';
import { cleanLine, normaliseDocumentNo, startOfDay, sumFen, uuidv7 } from '@casebridge/kernel';
import type { DisclosureRecordEntity } from './disclosure-record.entity';
import { decideDisclosure, type DisclosureRuling } from './disclosure-window.rule';
import { scrubPersonalData, summarisePenalties } from './penalty-summary.rule';
import { searchIndex } from './search-terms.rule';

/**
 * The disclosure record that a penalty decision leads to, exactly as the event handler writes it.
 *
 * @param event - data of `enforcement.penalty-decided.v1`
 * @param publishedOn - civil day of the publication
 * @returns the row, or null when the law keeps the decision from publication
 * @throws RangeError when a penalty or the domain is none of the code lists
 */
export function disclosureOf(event: PenaltyDecided, publishedOn: string): DisclosureRecordEntity | null {
  const ruling = rulingOf(event, publishedOn);
  if (!ruling.disclosed) return null;
  const partyName = scrubPersonalData(cleanLine(event.partyName));
  const documentNo = cleanLine(event.documentNo);
  const items = event.items.map(coded);
  const penaltySummary = summarisePenalties(event.partyName, items);
  const fines = items.filter((i) => i.kind === 'FINE').flatMap((i) => i.amountFen ?? []);
  const partyUscc = event.partyKind === 'ENTITY' ? event.partyUscc : null;
  const violation = violationType.is(event.violationType) ? violationType.labels[event.violationType].zh : event.violationType;
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
    fineFen: fines.length > 0 ? sumFen(fines) : null,
    authorityCode: event.authorityCode,
    regionCode: event.regionCode,
    decidedOn: event.decidedOn,
    publishedOn,
    disclosureEndsOn: ruling.windows.ENTERPRISE_CREDIT_SYSTEM.endsOn,
    creditChinaEndsOn: ruling.windows.CREDIT_CHINA.endsOn,
    class: ruling.class,
    withdrawnAt: null,
    withdrawalReason: null,
    ...searchIndex([partyName, documentNo, partyUscc ?? '', violation, penaltySummary]),
  };
}

/** Whether and how long the decision of an event is disclosed. */
function rulingOf(event: PenaltyDecided, publishedOn: string): DisclosureRuling {
  const { domain } = event;
  if (!productDomain.is(domain)) throw new RangeError(`No product domain: ${domain}`);
  return decideDisclosure({ ...event, domain, items: event.items.map(coded) }, publishedOn);
}

function coded(item: PenaltyItemData): PenaltyItemData & { readonly kind: PenaltyKind } {
  const { kind } = item;
  if (!penaltyKind.is(kind)) throw new RangeError(`No kind of penalty: ${kind}`);
  return { ...item, kind };
}

/** The same decision always gets the same id, so that the generator of demo data and a redelivered event agree; ordered by publication. */
const recordIdOf = (decisionId: string, publishedOn: string): string =>
  uuidv7(startOfDay(publishedOn), (length) => createHash('sha256').update(`disclosure:${decisionId}`).digest().subarray(0, length));
