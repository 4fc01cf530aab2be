import { consequencesOf, correctedWords, type CreditPenaltyEntity, type CreditPunishmentEntity, type DisclosureRecordEntity } from '@casebridge/credit';
import { type PenaltyDecided, type PenaltyOverturned, penaltyOverturned } from '@casebridge/contracts';
import { addDays, addYears, type Citation, dal2019, uuidv7 } from '@casebridge/kernel';
import type { CaseTape } from './case-tape';
import { dayOf, dayText, officeTime, workingDaysLater } from './days';
import type { Desk } from './desk';
import type { EventLog } from './event-log';
import { penaltyDecidedEvent, type StepWords } from './enforcement';
import { tellListing } from './listings';
import { label } from './names';
import { type FilingAgency, surroundings } from './places';
import type { Present } from './present';
import { isDeferring, type Overturned, publicationEnd, tellPublication } from './publications';
import type { Random } from './random';
import { tellRepair } from './repairs';
import type { SameActs } from './same-acts';
import { tables } from './tables';

/** What a served decision did to names: the rows that its event leads to, and what credit decided beside it or later. */
export function recordConsequences(stage: Desk & { readonly log: EventLog; readonly sameActs: SameActs }, tape: CaseTape, random: Random): void {
  const { rows, numbers, present } = stage;
  const { decision, items } = tape;
  if (!decision?.servedOn || !decision.serviceRecordedAt) return;
  const publishedOn = dayText(dayOf(decision.serviceRecordedAt.getTime()));
  const data: PenaltyDecided = penaltyDecidedEvent(decision, decision.servedOn, items).data;
  const served = dayOf(decision.serviceRecordedAt.getTime());
  stage.sameActs.told({ uscc: decision.partyUscc, name: decision.partyName, violationType: decision.violationType }, decision.decidedOn);
  const nth = numbers.count('served-decision');
  const withdrawn = nth % 61 === 30 ? remedyDays(tape, served, present, random) : null;
  const end = withdrawn === null ? publicationEnd(stage, served) : null;
  const { disclosure, penalties, punishments, listing } = consequencesOf(data, decision.serviceRecordedAt, isDeferring(end));
  const overturned = disclosure === null || withdrawn === null ? null : overturn(stage, tape, data, withdrawn, random);
  const revokedAt = overturned?.at ?? null;
  // Repaired is what was left to the default.
  const shown = disclosure && !overturned && end === null ? tellRepair(stage, disclosure, punishments, listing, random) : disclosure;
  const corrected = shown ? tellPublication(stage, shown, punishments.map((p) => ({ ...p, revokedAt })), decision.serviceRecordedAt, overturned ?? end, random) : [];
  if (!shown) for (const punishment of punishments) rows.put(tables.punishment, punishment);
  for (const penalty of penalties) {
    rows.put(tables.creditPenalty, { ...penalty, ...(shown && correctedWords(penalty, shown, corrected)), overturnedOn: overturned?.event.decidedOn ?? null } as CreditPenaltyEntity);
  }
  if (listing) tellListing(stage, listing, overturned, random);
  if (decision.tier !== 'HEAVY' || decision.partyKind !== 'ENTITY' || overturned || decision.violationType !== 'LICENCE_FRAUD') return;
  rows.put(tables.punishment, applicationBar(dal2019(123), 10, tape, disclosure?.held ? null : disclosure, publishedOn, random));
}

/** A decision was revoked on reconsideration, as enforcement tells it: recorded by an officer, confirmed by the head. */
function overturn({ numbers, log }: Desk & { readonly log: EventLog }, tape: CaseTape, of: PenaltyDecided, { appliedOn, decidedOn, recorded, known, confirmed }: RemedyDays, random: Random): Overturned {
  const { decisionId, caseId, documentNo, authorityCode, regionCode } = of;
  const at = new Date(confirmed);
  const outcomeDocumentNo = numbers.next(`${surroundings[authorityCode as FilingAgency].short}复决`, decidedOn.slice(0, 4));
  const event: PenaltyOverturned = { decisionId, caseId, documentNo, authorityCode, regionCode, outcome: 'REVOKED', by: 'RECONSIDERATION', outcomeDocumentNo, decidedOn };
  const outcome: StepWords = { decisionId, remedyKind: 'RECONSIDERATION', remedyOutcome: 'REVOKED', documentNo: outcomeDocumentNo, on: decidedOn };
  tape.step(recorded, 'recordRemedy', `${authorityCode}-2`, { decisionId, remedyKind: 'RECONSIDERATION', documentNo: `${label}案号`, on: appliedOn });
  tape.step(known, 'recordRemedyOutcome', `${authorityCode}-2`, { ...outcome, text: `${label}复议决定撤销处罚决定。` });
  tape.step(confirmed, 'confirmOverturning', `${authorityCode}-1`, { ...outcome, confirmed: true, text: `${label}核对复议决定，情况属实。` });
  log.emit('enforcement', at.getTime(), random, { type: penaltyOverturned.type, subject: `case:${caseId}`, data: event });
  return { event, at };
}

interface RemedyDays {
  readonly appliedOn: string;
  readonly decidedOn: string;
  /** When the remedy, its outcome and the confirmation were recorded. */
  readonly recorded: number;
  readonly known: number;
  readonly confirmed: number;
}

/** Applied for within the sixty days from service, decided within sixty, recorded after whatever else was told of the case; nothing where that has not come yet. */
function remedyDays(tape: CaseTape, served: number, present: Present, random: Random): RemedyDays | null {
  const applied = served + random.int(10, 50);
  const decided = applied + random.int(20, 55);
  const recorded = officeTime(workingDaysLater(Math.max(applied, dayOf(tape.at)), 1), random);
  const known = officeTime(workingDaysLater(Math.max(decided, dayOf(recorded)), 1), random);
  const confirmed = officeTime(workingDaysLater(dayOf(known), 1), random);
  return confirmed > present.now.getTime() ? null : { appliedOn: dayText(applied), decidedOn: dayText(decided), recorded, known, confirmed };
}

/** A punishment that follows from the penalty and is not one of its lines. */
function applicationBar(
  basis: Citation, years: number, { decision, row }: CaseTape, disclosure: DisclosureRecordEntity | null, listedOn: string, random: Random,
): CreditPunishmentEntity {
  const endsOn = addYears(listedOn, years);
  return {
    id: uuidv7(decision!.serviceRecordedAt!, random.bytes), kind: 'APPLICATION_BAR', caseId: row.caseId, decisionId: decision!.id, penaltyItemId: null,
    documentNo: decision!.documentNo, partyKind: 'ENTITY', partyName: decision!.partyName, personIdDigest: null, uscc: decision!.partyUscc, agencyCode: decision!.agencyCode,
    regionCode: decision!.regionCode, basisInstrument: basis.instrument, basisArticle: basis.article, basisMark: basis.mark, startsOn: listedOn, endsOn,
    forLife: false, publishedOn: disclosure ? listedOn : null, publicationEndsOn: disclosure ? addDays(endsOn, 0) : null,
    liftedAt: null, revokedAt: null, listedOn,
  };
}
