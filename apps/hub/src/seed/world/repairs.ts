import {
  type CreditPunishmentEntity, type CreditRepairActEntity, type CreditRepairEntity, type DisclosureRecordEntity, decideRepairAct, type DishonestyListingEntity, earliestRepairOn,
  type DisclosureActEntity, disclosureAfter, type DisclosureTombstoneEntity, openedRepair, type RepairActName, repairActedEvent, repairActRow, repairAfter, repairRowOf, restartedWindow, revocationEndsOn,
  showingAfter,
} from '@casebridge/credit';
import type { RepairDocument, RepairKind } from '@casebridge/contracts';
import { isLastingPenalty } from '@casebridge/contracts';
import { latest, startOfDay, stateCouncilCalendar as calendar, uuidv7 } from '@casebridge/kernel';
import { dayNumber, dayOf, dayText, officeTime, workingDaysLater, workingFrom } from './days';
import type { Desk } from './desk';
import type { EventLog } from './event-log';
import { label } from './names';
import type { Random } from './random';
import type { SameActs } from './same-acts';
import { tables } from './tables';

type Stage = Desk & { readonly log: EventLog; readonly sameActs: SameActs };
type Step = Exclude<RepairActName, 'applyForCreditRepair' | 'recordDeregistration'>;
interface Effect {
  readonly fields?: Partial<CreditRepairEntity>;
  readonly detail?: CreditRepairActEntity['detail'];
  readonly from?: Date;
  readonly windows?: ReturnType<typeof restartedWindow>;
}

/** Of the province where those parties are registered that come from elsewhere. */
const elsewhere = (agency: string): string => (agency === 'DRA-220000' ? 'DRA-210000' : 'DRA-220000');
/** Nobody applied before Order 107 was in force. */
const since = dayNumber('2026-01-05');
const byHead: readonly RepairActName[] = [
  'declineRepairApplication', 'extendRepairDecision', 'grantCreditRepair', 'refuseCreditRepair', 'grantTemporaryRepair', 'endTemporaryRepair', 'revokeCreditRepair',
];

/** One repair from its application on, act by act, as the use cases of credit would have recorded it. */
class RepairTape {
  private readonly acts: CreditRepairActEntity[] = [];
  private readonly shownOrNot: DisclosureActEntity[] = [];
  private readonly tombstones: DisclosureTombstoneEntity[] = [];
  private repair: CreditRepairEntity | null = null;
  private at = 0;

  constructor(private readonly stage: Stage, private record: DisclosureRecordEntity, private readonly random: Random) {}

  on(day: number): boolean {
    if (day >= this.stage.present.number) return false;
    this.at = Math.max(this.at + 1, officeTime(workingFrom(day), this.random));
    return this.at <= this.stage.present.now.getTime();
  }

  later(workingDays: number): boolean {
    return this.on(workingDaysLater(dayOf(this.at), workingDays));
  }

  private get day(): string {
    return dayText(dayOf(this.at));
  }

  open(kind: RepairKind, documents: readonly RepairDocument[], registryCode: string | null): void {
    const at = new Date(this.at);
    const on = this.day;
    const id = uuidv7(at, this.random.bytes);
    const applied = kind !== 'DEREGISTRATION';
    const act = applied ? 'applyForCreditRepair' : 'recordDeregistration';
    const repair = openedRepair(this.record, act, { id, kind, registryCode, documents, appliedOn: on, at, from: applied ? startOfDay(on) : at }, calendar);
    const said = applied
      ? { documents, dutiesPerformed: `${label}罚没款已缴清。`, harmRemoved: `${label}违法行为已改正，危害后果已消除。`, on }
      : { receiptNo: this.stage.numbers.next('演示注销通知', on.slice(0, 4)), on };
    this.enter(act, repair, null, said);
  }

  private readonly effects: Readonly<Record<Step, (on: string, r: CreditRepairEntity) => Effect>> = {
    requestRepairCorrections: (on) => ({ fields: { correctionsRequestedOn: on }, detail: { documents: ['COMMITMENT'] } }),
    recordRepairCorrections: (on, r) => ({ fields: { documents: [...r.documents, 'COMMITMENT'] }, detail: { documents: ['COMMITMENT'], on }, from: startOfDay(on) }),
    declineRepairApplication: () => this.refused('WITHDRAWN', `${label}申请人撤回申请。`),
    acceptRepairApplication: () => ({}),
    extendRepairDecision: (_, r) => ({ detail: { reasons: `${label}情况复杂，需要核实。` }, from: new Date(r.dueAt!.getTime() - 1) }),
    grantCreditRepair: () => ({ detail: { opinion: `${label}符合信用修复条件。` } }),
    refuseCreditRepair: () => this.refused('NOT_RECTIFIED', `${label}危害后果尚未消除。`),
    grantTemporaryRepair: () => ({ detail: { opinion: `${label}重整计划已经人民法院裁定批准。` } }),
    endTemporaryRepair: () => ({ detail: { reasons: `${label}重整计划不能执行。` } }),
    executeCreditRepair: () => ({}),
    notifyCreditRepair: (on) => ({ fields: { notifiedOn: on }, detail: { receiptNo: this.stage.numbers.next('演示同步回执', on.slice(0, 4)) } }),
    acknowledgeCreditRepair: (on) => ({ detail: { receiptNo: this.stage.numbers.next('演示确认回执', on.slice(0, 4)) } }),
    revokeCreditRepair: (on) => ({
      fields: { revokedOn: on, revocationEndsOn: revocationEndsOn(on, calendar) }, detail: { reasons: `${label}申请材料系伪造。` }, windows: restartedWindow(this.record, on),
    }),
  };

  private refused(ground: NonNullable<CreditRepairEntity['refusalGround']>, reasons: string): Effect {
    return { fields: { refusalGround: ground }, detail: { ground, reasons } };
  }

  act(act: Step): void {
    const now = new Date(this.at);
    const { fields, detail, from, windows } = this.effects[act](this.day, this.repair!);
    const decided = decideRepairAct(this.repair!, act, now, calendar, from);
    this.enter(act, repairAfter(this.repair!, decided, fields ?? {}, now), decided.met, detail ?? {}, windows);
  }

  /** What the act does to the publication. */
  private show(after: CreditRepairEntity, { actorCode, officerId, at, detail }: CreditRepairActEntity, windows: Effect['windows']): void {
    const showing = showingAfter(this.repair ?? { stoppedAt: null }, after);
    if (showing === null) return;
    const fields = showing === 'stop' ? { stoppedAt: at, stoppedReason: 'REPAIRED' as const } : { ...windows, stoppedAt: null, stoppedReason: null };
    const done = { at, actorCode, officerId, detail: detail.reasons === undefined ? {} : { reasons: detail.reasons }, deferred: false };
    const left = disclosureAfter(this.record, showing === 'stop' ? 'stopDisclosure' : 'restartDisclosure', fields, done, (on) => uuidv7(on, this.random.bytes));
    this.record = left.after;
    this.shownOrNot.push(left.entry);
    if (left.tombstone) this.tombstones.push(left.tombstone);
    for (const event of left.events) this.stage.log.emit('credit', this.at, this.random, event as { type: string; subject: string; data: object });
  }

  private enter(act: RepairActName, after: CreditRepairEntity, met: boolean | null, detail: CreditRepairActEntity['detail'], windows?: Effect['windows']): void {
    const actorCode = act === 'acknowledgeCreditRepair' ? after.registryCode! : after.agencyCode;
    const entry = repairActRow(after, { act, met, actorCode, officerId: `${actorCode}-${byHead.includes(act) ? 1 : 2}`, detail }, (at) => uuidv7(at, this.random.bytes));
    this.show(after, entry, windows);
    this.repair = after;
    this.acts.push(entry);
    this.stage.log.emit('credit', this.at, this.random, repairActedEvent(after, entry));
  }

  /** Writes the repair with its acts; gives back the record as it is shown now. */
  write(): DisclosureRecordEntity {
    const { rows } = this.stage;
    if (this.repair) rows.put(tables.repair, this.repair);
    for (const act of this.acts) rows.put(tables.repairAct, act);
    for (const act of this.shownOrNot) rows.put(tables.disclosureAct, act);
    for (const tombstone of this.tombstones) rows.put(tables.disclosureTombstone, tombstone);
    return this.record;
  }
}

/** How far a repair has come; those that wait for an act were applied for a short time ago. */
const ends = [
  'SYNCHRONISED', 'RECEIVED', 'REFUSED', 'REPAIRED', 'TEMPORARY', 'ACCEPTED', 'NOTIFIED', 'REVOKED', 'CORRECTIONS_REQUESTED', 'GRANTED', 'DEREGISTERED', 'NOT_ACCEPTED', 'ENDED',
  'EXTENDED', 'FINAL', 'CORRECTED',
] as const;
type End = (typeof ends)[number];
/** To whom another penalty was given for the same kind of act, repair is not granted (O107 art. 11). */
const granted: ReadonlySet<End> = new Set(['SYNCHRONISED', 'REPAIRED', 'NOTIFIED', 'REVOKED', 'GRANTED', 'FINAL']);
const endsOfRepeaters = ends.filter((end) => !granted.has(end));
/** Working days since the application. */
const young: Partial<Record<End, number>> = { RECEIVED: 1, CORRECTIONS_REQUESTED: 3, CORRECTED: 4, ACCEPTED: 5, EXTENDED: 10, GRANTED: 8, REPAIRED: 11 };

/** Of the records that may be repaired, one in so many has been applied for. */
const oneIn = 3;

/** Writes what came of a record in credit repair, and gives back the record after it. */
export function tellRepair(
  stage: Stage, record: DisclosureRecordEntity, punishments: readonly CreditPunishmentEntity[], listing: DishonestyListingEntity | null, random: Random,
): DisclosureRecordEntity {
  const tape = new RepairTape(stage, record, random);
  const earliest = listing === null ? firstDay(record, punishments) : null;
  const open = earliest !== null && earliest < stage.present.number - 40 && stage.present.day <= (record.disclosureEndsOn ?? '9999-12-31');
  if (open) {
    const again = stage.sameActs.isFollowed(record);
    const among = again ? endsOfRepeaters : ends;
    const nth = stage.numbers.count(again ? 'repairable-repeater' : 'repairable');
    if (nth % oneIn === 0) come(tape, among[(nth / oneIn) % among.length]!, earliest, nth, stage.present.number, record);
  }
  return tape.write();
}

function firstDay(record: DisclosureRecordEntity, punishments: readonly CreditPunishmentEntity[]): number | null {
  const lasting = punishments.filter((p) => isLastingPenalty(p.kind));
  const ended = lasting.flatMap((p) => p.endsOn ?? []);
  const restriction = { restrictionEndsOn: ended.length > 0 ? latest(ended[0]!, ...ended) : null, restrictionForLife: lasting.some((p) => p.forLife) };
  const day = earliestRepairOn(repairRowOf(record), record.publishedOn, restriction, calendar);
  return day === null || day > '2049-12-31' ? null : Math.max(dayNumber(day), since);
}

function come(tape: RepairTape, end: End, earliest: number, nth: number, today: number, record: DisclosureRecordEntity): void {
  const age = young[end];
  if (!tape.on(age === undefined ? earliest + (nth % 20) : Math.max(earliest, workingDaysBefore(today, age + 1)))) return;
  if (end === 'DEREGISTERED') {
    if (record.partyKind !== 'ENTITY') return;
    tape.open('DEREGISTRATION', [], null);
    if (!tape.later(1)) return;
    tape.act('grantCreditRepair');
    if (tape.later(1)) tape.act('executeCreditRepair');
    return;
  }
  const restructuring = end === 'TEMPORARY' || end === 'ENDED' || end === 'FINAL';
  const proof: RepairDocument = restructuring ? 'RESTRUCTURING_RULING' : 'RECTIFICATION_PROOF';
  const identity: readonly RepairDocument[] = record.partyUscc === null ? ['IDENTITY'] : [];
  const lacking = end === 'CORRECTIONS_REQUESTED' || end === 'CORRECTED';
  tape.open(restructuring ? 'RESTRUCTURING' : 'ORDINARY', ['APPLICATION', ...identity, proof, ...(lacking ? [] : ['COMMITMENT' as const])], end === 'SYNCHRONISED' || end === 'NOTIFIED' ? elsewhere(record.authorityCode) : null);
  if (end === 'RECEIVED' || !tape.later(1)) return;
  if (lacking) {
    tape.act('requestRepairCorrections');
    if (end === 'CORRECTED' && tape.later(1)) tape.act('recordRepairCorrections');
    return;
  }
  if (end === 'NOT_ACCEPTED') return tape.act('declineRepairApplication');
  tape.act('acceptRepairApplication');
  if (end === 'ACCEPTED' || !tape.later(4)) return;
  if (end === 'REFUSED') return tape.act('refuseCreditRepair');
  if (end === 'EXTENDED') return tape.act('extendRepairDecision');
  if (restructuring) {
    tape.act('grantTemporaryRepair');
    if (end === 'TEMPORARY' || !tape.later(30)) return;
    if (end === 'ENDED') return tape.act('endTemporaryRepair');
  }
  tape.act('grantCreditRepair');
  if (end === 'GRANTED' || !tape.later(2)) return;
  tape.act('executeCreditRepair');
  if (end === 'REPAIRED' || !tape.later(1)) return;
  tape.act('notifyCreditRepair');
  if (end === 'SYNCHRONISED' && tape.later(1)) tape.act('acknowledgeCreditRepair');
  if (end === 'REVOKED' && tape.later(15)) tape.act('revokeCreditRepair');
}

/** The day from which on so many working days have gone by. */
function workingDaysBefore(day: number, n: number): number {
  let found = day;
  while (workingDaysLater(found, n) >= day) found -= 1;
  return found;
}
