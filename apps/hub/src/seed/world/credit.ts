import { consequencesOf, type CreditPunishmentEntity, type DisclosureRecordEntity } from '@casebridge/credit';
import { addDays, addYears, type Citation, dal2019, o44, uuidv7 } from '@casebridge/kernel';
import type { CaseTape } from './case-tape';
import { dayOf, dayText, officeTime } from './days';
import type { Desk } from './desk';
import { penaltyDecidedEvent } from './enforcement';
import type { Present } from './present';
import type { Random } from './random';
import { tables } from './tables';

/** What a served decision did to names: the rows that its event leads to, and what credit decided beside it or later. */
export function recordConsequences({ rows, numbers, present }: Desk, tape: CaseTape, random: Random): void {
  const { decision, items } = tape;
  if (!decision?.servedOn || !decision.serviceRecordedAt) return;
  const publishedOn = dayText(dayOf(decision.serviceRecordedAt.getTime()));
  const { data } = penaltyDecidedEvent(decision, decision.servedOn, items);
  const { disclosure, punishments } = consequencesOf(data, decision.serviceRecordedAt);
  const nth = numbers.count('served-decision');
  const withdrawn = disclosure !== null && nth % 61 === 30 ? later(dayOf(decision.serviceRecordedAt.getTime()), present, random) : null;
  if (disclosure) rows.put(tables.disclosure, { ...disclosure, ...withdrawalOf(withdrawn) });
  for (const punishment of punishments) rows.put(tables.punishment, { ...punishment, revokedAt: withdrawn });
  if (decision.tier !== 'HEAVY' || decision.partyKind !== 'ENTITY' || withdrawn) return;
  const dishonest = numbers.count('heavy-decision');
  if (dishonest % 4 === 1) rows.put(tables.punishment, entry('DISHONESTY_LISTING', o44(6), 3, tape, disclosure, publishedOn, dishonest, present, random));
  if (decision.violationType === 'LICENCE_FRAUD') {
    rows.put(tables.punishment, entry('APPLICATION_BAR', dal2019(123), 10, tape, disclosure, publishedOn, 0, present, random));
  }
}

/** An instant 20 to 200 days after a day, or nothing where that has not come yet. */
function later(day: number, present: Present, random: Random): Date | null {
  const then = day + random.int(20, 200);
  return then > present.number ? null : new Date(officeTime(then, random));
}

const withdrawalOf = (at: Date | null): Pick<DisclosureRecordEntity, 'withdrawnAt' | 'withdrawalReason'> => ({
  withdrawnAt: at, withdrawalReason: at === null ? null : '演示数据：处罚决定经行政复议撤销，依法撤回公示。',
});

/** A punishment that is decided beside the penalty (O44 art. 13) and not one of its lines; some are lifted early, after a year at least. */
function entry(
  kind: CreditPunishmentEntity['kind'], basis: Citation, years: number, { decision, row }: CaseTape, disclosure: DisclosureRecordEntity | null,
  listedOn: string, nth: number, present: Present, random: Random,
): CreditPunishmentEntity {
  const endsOn = addYears(listedOn, years);
  const repairable = officeTime(dayOf(decision!.serviceRecordedAt!.getTime()) + 366 + random.int(5, 60), random);
  return {
    id: uuidv7(decision!.serviceRecordedAt!, random.bytes), kind, caseId: row.caseId, decisionId: decision!.id, penaltyItemId: null,
    documentNo: decision!.documentNo, partyKind: 'ENTITY', partyName: decision!.partyName, personIdDigest: null, uscc: decision!.partyUscc, agencyCode: decision!.agencyCode,
    regionCode: decision!.regionCode, basisInstrument: basis.instrument, basisArticle: basis.article, basisMark: basis.mark, startsOn: listedOn, endsOn,
    forLife: false, publishedOn: disclosure ? listedOn : null, publicationEndsOn: disclosure ? addDays(endsOn, 0) : null,
    liftedAt: nth % 8 === 5 && repairable <= present.now.getTime() ? new Date(repairable) : null, revokedAt: null, listedOn,
  };
}
