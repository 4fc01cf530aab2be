import { consequencesOf, type CreditPunishmentEntity, type DisclosureRecordEntity } from '@casebridge/credit';
import { addDays, addYears, type Citation, dal2019, uuidv7 } from '@casebridge/kernel';
import type { CaseTape } from './case-tape';
import { dayOf, dayText, officeTime } from './days';
import type { Desk } from './desk';
import type { EventLog } from './event-log';
import { penaltyDecidedEvent } from './enforcement';
import { tellListing } from './listings';
import type { Present } from './present';
import type { Random } from './random';
import { tables } from './tables';

/** What a served decision did to names: the rows that its event leads to, and what credit decided beside it or later. */
export function recordConsequences(stage: Desk & { readonly log: EventLog }, tape: CaseTape, random: Random): void {
  const { rows, numbers, present } = stage;
  const { decision, items } = tape;
  if (!decision?.servedOn || !decision.serviceRecordedAt) return;
  const publishedOn = dayText(dayOf(decision.serviceRecordedAt.getTime()));
  const { data } = penaltyDecidedEvent(decision, decision.servedOn, items);
  const { disclosure, punishments, listing } = consequencesOf(data, decision.serviceRecordedAt);
  const nth = numbers.count('served-decision');
  const withdrawn = disclosure !== null && nth % 61 === 30 ? later(dayOf(decision.serviceRecordedAt.getTime()), present, random) : null;
  if (disclosure) rows.put(tables.disclosure, { ...disclosure, ...withdrawalOf(withdrawn) });
  for (const punishment of punishments) rows.put(tables.punishment, { ...punishment, revokedAt: withdrawn });
  if (listing) tellListing(stage, listing, withdrawn, random);
  if (decision.tier !== 'HEAVY' || decision.partyKind !== 'ENTITY' || withdrawn || decision.violationType !== 'LICENCE_FRAUD') return;
  rows.put(tables.punishment, applicationBar(dal2019(123), 10, tape, disclosure, publishedOn, random));
}

/** An instant 20 to 200 days after a day, or nothing where that has not come yet. */
function later(day: number, present: Present, random: Random): Date | null {
  const then = day + random.int(20, 200);
  return then > present.number ? null : new Date(officeTime(then, random));
}

const withdrawalOf = (at: Date | null): Pick<DisclosureRecordEntity, 'withdrawnAt' | 'withdrawalReason'> => ({
  withdrawnAt: at, withdrawalReason: at === null ? null : '演示数据：处罚决定经行政复议撤销，依法撤回公示。',
});

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
