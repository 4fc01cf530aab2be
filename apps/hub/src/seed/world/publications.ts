import {
  actEntry, correctedRecord, type CreditPunishmentEntity, type DeferralActName, deferralMachine, disclosureActedEvent, type DisclosureActEntity, type DisclosureActName, disclosureAfter,
  type DisclosureChange, type DisclosureDeferralEntity, disclosureEndedEvent, type DisclosureRecordEntity, disclosureStatusOn, type DisclosureTombstoneEntity, expiredOn, proposalDecided, publishedFrom,
  redactedRecord, scrubDecisionText, tombstoneOf, withdrawalFor,
} from '@casebridge/credit';
import { type PenaltyOverturned, withdrawalCause } from '@casebridge/contracts';
import { addDays, startOfDay, uuidv7 } from '@casebridge/kernel';
import { dayOf, dayText, officeTime, workingDaysLater } from './days';
import type { Desk } from './desk';
import type { EventLog } from './event-log';
import { label } from './names';
import type { Random } from './random';
import { tables } from './tables';

type Stage = Desk & { readonly log: EventLog };

/** What the authority did about a publication, besides leaving it to the default: what is still open is young, what is done is older. */
const young = ['DEFERRED', 'CORRECTION_PROPOSED', 'WITHHELD', 'REVIEW_OVERDUE', 'WITHDRAWAL_PROPOSED', 'TEXT_STORED'] as const;
const grown = ['CORRECTED', 'TEXT_CLEARED', 'WITHDRAWN', 'LIFTED', 'TEXT_REDACTED', 'CORRECTION_REJECTED', 'WITHDRAWAL_REJECTED', 'WITHHELD_CLEARED'] as const;
export type PublicationEnd = (typeof young)[number] | (typeof grown)[number];
const deferring: ReadonlySet<PublicationEnd> = new Set(['DEFERRED', 'REVIEW_OVERDUE', 'LIFTED']);

const ageOfTheYoung = [25, 70] as const;
const ageOfTheGrown = 90;

/** How the publication of a decision goes on; null for the most of them: a served decision is public, and nothing is to be done. */
export function publicationEnd({ numbers, present }: Stage, servedOn: number): PublicationEnd | null {
  const age = present.number - servedOn;
  if (age >= ageOfTheYoung[0] && age <= ageOfTheYoung[1]) {
    const nth = numbers.count('publication-young');
    return nth % 3 === 1 ? young[Math.floor(nth / 3) % young.length]! : null;
  }
  if (age < ageOfTheGrown) return null;
  const nth = numbers.count('publication-grown');
  return nth % 9 === 4 ? grown[Math.floor(nth / 9) % grown.length]! : null;
}

export const isDeferring = (end: PublicationEnd | null): boolean => end !== null && deferring.has(end);

const textOf = (record: DisclosureRecordEntity): string =>
  `${label}行政处罚决定书\n${record.documentNo}\n当事人：${record.partyName}\n联系电话：13800138000\n处罚内容：${record.penaltySummary}\n生产工艺参数：演示参数甲。\n${record.decidedOn}`;

/** One publication from the served decision on, act by act, as the use cases of credit would have recorded it. */
class PublicationTape {
  private readonly acts: DisclosureActEntity[] = [];
  private readonly tombstones: DisclosureTombstoneEntity[] = [];
  private deferral: DisclosureDeferralEntity | null = null;
  private text: { readonly body: string; readonly storedAt: Date } | null = null;
  private at: number;
  /** What reads otherwise since a correction. */
  corrected: readonly DisclosureChange[] = [];

  constructor(private readonly stage: Stage, public record: DisclosureRecordEntity, public punishments: readonly CreditPunishmentEntity[], servedAt: Date, private readonly random: Random) {
    this.at = servedAt.getTime();
  }

  get today(): string {
    return dayText(dayOf(this.at));
  }

  /** The working day some days on on which the next act is done; false once that has not come yet. */
  later(workingDays: number): boolean {
    const day = workingDaysLater(dayOf(this.at), workingDays);
    if (day >= this.stage.present.number) return false;
    this.at = officeTime(day, this.random);
    return true;
  }

  private readonly makeId = (at: Date): string => uuidv7(at, this.random.bytes);

  private officer(number: number): { readonly actorCode: string; readonly officerId: string } {
    return { actorCode: this.record.authorityCode, officerId: `${this.record.authorityCode}-${number}` };
  }

  act(act: DisclosureActName, by: number, fields: Partial<DisclosureRecordEntity>, detail: DisclosureActEntity['detail'] = {}, met: boolean | null = null): void {
    this.leave(disclosureAfter(this.record, act, fields, { at: new Date(this.at), ...this.officer(by), detail, met, deferred: false }, this.makeId));
  }

  /** By the event of enforcement. */
  overturn(event: PenaltyOverturned, at: Date): void {
    this.at = at.getTime();
    const { fields, done } = withdrawalFor(event, at);
    this.leave(disclosureAfter(this.record, 'withdrawOverturnedDisclosure', fields, { ...done, actorCode: event.authorityCode, officerId: 'hub', deferred: false }, this.makeId));
  }

  private leave({ after, entry, tombstone, events }: ReturnType<typeof disclosureAfter>): void {
    this.record = after;
    this.acts.push(entry);
    if (tombstone) this.tombstones.push(tombstone);
    for (const event of events) this.stage.log.emit('credit', this.at, this.random, event as { type: string; subject: string; data: object });
  }

  storeText(): void {
    this.text = { body: scrubDecisionText(textOf(this.record), []), storedAt: new Date(this.at) };
    this.act('storeDisclosureText', 2, { textBy: this.officer(2).officerId, review: null });
  }

  clear(passages: readonly string[]): void {
    const { body, fields } = redactedRecord(this.record, this.text?.body ?? '', passages.map((text) => ({ text, ground: 'TRADE_SECRET' })));
    if (this.text && passages.length > 0) this.text = { body, storedAt: new Date(this.at) };
    this.act('clearDisclosure', 3, fields, { opinion: `${label}经审查，可以公示。`, grounds: passages.map(() => 'TRADE_SECRET') });
  }

  proposeCorrection(): void {
    const to = `${this.record.penaltySummary}（勘误）`;
    const said = { changes: [{ field: 'penaltySummary' as const, from: this.record.penaltySummary, to }], correction: `${label}处罚内容摘要有误，予以更正。`, reasons: `${label}决定书原件。` };
    this.act('proposeDisclosureCorrection', 2, { proposal: said, proposedBy: this.officer(2).officerId }, said);
  }

  proposeWithdrawal(): void {
    const reasons = `${label}不属于公示范围。`;
    this.act('proposeDisclosureWithdrawal', 2,
      { proposal: { cause: 'NOT_TO_BE_DISCLOSED', causeOn: this.today, reasons: `${withdrawalCause.labels.NOT_TO_BE_DISCLOSED.zh}：${reasons}` }, proposedBy: this.officer(2).officerId },
      { cause: 'NOT_TO_BE_DISCLOSED', reasons, on: this.today });
  }

  reject(act: 'rejectDisclosureCorrection' | 'rejectDisclosureWithdrawal'): void {
    this.act(act, 1, proposalDecided, { reasons: `${label}理由不充分。` });
  }

  withdraw(): void {
    const { causeOn, reasons } = this.record.proposal!;
    const withdrawnAt = new Date(this.at);
    this.act('approveDisclosureWithdrawal', 1, { withdrawnAt, withdrawalReason: reasons, withdrawalCauseOn: causeOn!, ...proposalDecided }, { on: causeOn! }, true);
  }

  correct(): void {
    this.corrected = this.record.proposal!.changes!;
    this.act('approveDisclosureCorrection', 1, correctedRecord(this.record, new Date(this.at)), { changes: this.corrected });
  }

  /** Ordered an hour before the service of the decision was recorded. */
  defer(days: number): void {
    const at = new Date(this.at - 3_600_000);
    const { authorityCode, regionCode } = this.record;
    const caseId = this.record.caseId!; // of a decision of the hub
    const reviewOn = addDays(this.today, days);
    this.onDeferral('deferDisclosure', at, {
      id: this.makeId(at), caseId, agencyCode: authorityCode, regionCode, status: 'RUNNING', basisInstrument: '中华人民共和国药品管理法', basisArticle: '106',
      reasons: `${label}公示将暴露正在进行的侦查。`, reviewOn, orderedAt: at, liftedAt: null, version: 1, updatedAt: at,
    }, { reasons: `${label}公示将暴露正在进行的侦查。`, reviewOn }, null);
  }

  review(days: number): void {
    const reviewOn = addDays(this.today, days);
    this.onDeferral('reviewDisclosureDeferral', new Date(this.at), { ...this.deferral!, reviewOn }, { reasons: `${label}侦查仍在进行。`, reviewOn });
  }

  lift(): void {
    const at = new Date(this.at);
    this.onDeferral('liftDisclosureDeferral', at, { ...this.deferral!, status: 'LIFTED', liftedAt: at }, { reasons: `${label}侦查已经结束。` });
    this.record = { ...this.record, ...publishedFrom(this.record, this.today) };
    this.punishments = this.punishments.map((p) => ({ ...p, publishedOn: this.today, publicationEndsOn: this.record.disclosureEndsOn }));
  }

  private onDeferral(
    act: DeferralActName, at: Date, after: DisclosureDeferralEntity, detail: DisclosureActEntity['detail'], met: boolean | null = this.today <= this.deferral!.reviewOn,
  ): void {
    const version = (this.deferral?.version ?? 0) + 1;
    this.deferral = { ...after, version, updatedAt: at };
    const of = { recordId: null, deferralId: after.id, position: version, status: after.status };
    const entry = actEntry(of, act, deferralMachine.rules[act].basis, { at, ...this.officer(1), detail, met }, this.makeId);
    this.acts.push(entry);
    this.stage.log.emit('credit', at.getTime(), this.random, disclosureActedEvent(this.deferral, entry));
  }

  write(): void {
    const { rows, present, log } = this.stage;
    rows.put(tables.disclosure, this.record);
    const { id, disclosureEndsOn, held } = this.record;
    if (!held && disclosureEndsOn !== null && disclosureStatusOn(this.record, present.day, false) === 'EXPIRED') {
      const at = startOfDay(expiredOn(disclosureEndsOn));
      this.tombstones.push(tombstoneOf({ id }, 'EXPIRED', expiredOn(disclosureEndsOn), at));
      log.emit('credit', at.getTime(), this.random, disclosureEndedEvent(this.record, this.tombstones.at(-1)!));
    }
    if (this.text) rows.put(tables.disclosureText, { recordId: id, ...this.text });
    if (this.deferral) rows.put(tables.disclosureDeferral, this.deferral);
    for (const act of this.acts) rows.put(tables.disclosureAct, act);
    for (const tombstone of this.tombstones) rows.put(tables.disclosureTombstone, tombstone);
    for (const punishment of this.punishments) rows.put(tables.punishment, punishment);
  }
}

/** What became of a decision that was overturned. */
export interface Overturned {
  readonly event: PenaltyOverturned;
  readonly at: Date;
}

/** Tells what the authority did about the publication of a decision, and writes it with the punishments that came of it; returns what was corrected. */
export function tellPublication(
  stage: Stage, record: DisclosureRecordEntity, punishments: readonly CreditPunishmentEntity[], servedAt: Date, end: PublicationEnd | Overturned | null, random: Random,
): readonly DisclosureChange[] {
  const tape = new PublicationTape(stage, record, punishments, servedAt, random);
  if (typeof end === 'string') go(tape, end);
  else if (end) tape.overturn(end.event, end.at);
  tape.write();
  return tape.corrected;
}

function go(tape: PublicationTape, end: PublicationEnd): void {
  if (isDeferring(end)) {
    tape.defer(end === 'REVIEW_OVERDUE' ? 15 : 28);
    if (end === 'DEFERRED' && tape.later(15)) tape.review(90);
    if (end === 'LIFTED' && tape.later(15)) tape.lift();
  } else if (tape.later(2)) actOn(tape, end);
}

function actOn(tape: PublicationTape, end: PublicationEnd): void {
  switch (end) {
    case 'TEXT_STORED': case 'TEXT_CLEARED': case 'TEXT_REDACTED':
      tape.storeText();
      if (end !== 'TEXT_STORED' && tape.later(1)) tape.clear(end === 'TEXT_REDACTED' ? ['演示参数甲'] : []);
      return;
    case 'WITHHELD': case 'WITHHELD_CLEARED':
      tape.proposeWithdrawal();
      if (!tape.later(1)) return;
      tape.act('withholdDisclosure', 1, { review: 'WITHHELD', ...proposalDecided }, { grounds: ['SAFETY'], reasons: `${label}公示可能危及公共安全。` });
      if (end === 'WITHHELD_CLEARED' && tape.later(3)) tape.clear([]);
      return;
    case 'WITHDRAWN': case 'WITHDRAWAL_PROPOSED': case 'WITHDRAWAL_REJECTED':
      tape.proposeWithdrawal();
      if (end === 'WITHDRAWAL_PROPOSED' || !tape.later(1)) return;
      if (end === 'WITHDRAWAL_REJECTED') return tape.reject('rejectDisclosureWithdrawal');
      return tape.withdraw();
    default:
      tape.proposeCorrection();
      if (end === 'CORRECTION_PROPOSED' || !tape.later(1)) return;
      if (end === 'CORRECTION_REJECTED') return tape.reject('rejectDisclosureCorrection');
      return tape.correct();
  }
}
