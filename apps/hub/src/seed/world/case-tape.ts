import { accessApplied, referralDocumentKind } from '@casebridge/contracts';
import type { FileEntity } from '@casebridge/platform';
import { stateCouncilCalendar, uuidv7, yearOf } from '@casebridge/kernel';
import type { ActWords, Effect } from './act-words';
import type { Penalties } from './decision';
import { dayOf, dayText } from './days';
import { demoDocuments } from './documents';
import {
  type AdminCaseEntity, caseAccessEvent, type CaseExclusionEntity, caseMachine, type CompulsoryMeasureActEntity, compulsoryMeasureActedEvent, convertedMeasureAct, firstMeasureAct, laterMeasureAct, type MeasureActName, type MeasureWords, newStanding, type CasePartEntity, type CaseSealEntity, caseStateOf, type CaseStepActName,
  type CaseStepEntity, caseStepRow, caseSteppedEvent, decideCaseStep, decideReferral, documentRow, noReferral,
  draftDecision, type GoodsLot, type GoodsMovement, type NewCase, newCaseRow, newReferralRow, penaltyDecidedEvent, type PenaltyDecisionEntity, type PenaltyItemEntity, type ReferralActName,
  referralActedEvent, referralAfter, type ReferralDocumentEntity, type ReferralEntity, type ReferralTimelineEntity, sealKeepers, sealNumber, stateOf, type StepWords,
  resumeFromCriminal, timelineRow, tracksAfter, waitForCriminal, waitsForCriminal,
} from './enforcement';
import type { EventLog } from './event-log';
import { endedByFiling, type LaterAct, laterEffects } from './later-acts';
import { label } from './names';
import type { Random } from './random';

type EarlierAct = Extract<
  ReferralActName,
  | 'submitReferralReport' | 'approveReferral' | 'refuseReferral' | 'transferReferral' | 'signReferralReceipt' | 'requestReferralSupplement' | 'supplementReferral'
  | 'forwardReferral' | 'returnReferral' | 'fileCriminalCase' | 'refuseCriminalCase'
>;
/** Acts of the demo world. */
export type ToldAct = EarlierAct | LaterAct;

/**
 * One case from its filing on, act by act, as the use cases of enforcement would have recorded it: the same machines, the same builders of
 * rows and events, with an instant and a seeded source of ids in place of the clock.
 */
export class CaseTape {
  readonly row: AdminCaseEntity;
  decision: PenaltyDecisionEntity | null = null;
  items: readonly PenaltyItemEntity[] = [];
  referral: ReferralEntity | null = null;
  readonly timeline: ReferralTimelineEntity[] = [];
  readonly documents: ReferralDocumentEntity[] = [];
  readonly lots: GoodsLot[] = [];
  readonly movements: GoodsMovement[] = [];
  readonly files: FileEntity[] = [];
  readonly steps: CaseStepEntity[] = [];
  readonly measureActs: CompulsoryMeasureActEntity[] = [];
  readonly parts: CasePartEntity[] = [];
  readonly seals: CaseSealEntity[] = [];
  readonly exclusions: CaseExclusionEntity[] = [];
  /** The instant of the last act. */
  at: number;

  constructor(private readonly log: EventLog, private readonly random: Random, draft: Omit<NewCase, 'caseId'>) {
    this.at = draft.filedAt.getTime();
    this.row = newCaseRow({ ...draft, caseId: this.id() });
    this.tell(caseAccessEvent(this.row));
  }

  /** `recordPenaltyDecision`, not served yet. */
  decide(at: number, documentNo: string, decidedOn: string, { items, noPersonalPenaltyReason, gainsFen, tier }: Penalties): void {
    this.move(at);
    const pending = this.row.status === 'PENDING_CRIMINAL';
    const status = caseMachine.next(this.row.status, pending ? 'recordPenaltyWhilePendingCriminal' : 'recordPenaltyDecision');
    const draft = draftDecision(this.row, {
      documentNo, decidedOn, tier, gainsFen, noPersonalPenaltyReason, items: items.map((item) => ({ ...item, basis: { ...item.basis } })),
    }, { now: () => new Date(at) });
    this.decision = Object.assign(draft.decision, { id: this.id() });
    this.items = draft.items.map((item) => Object.assign(item, { id: this.id(), decisionId: draft.decision.id }));
    this.row.status = status;
    this.saveCase();
  }

  /** `recordPenaltyService`. */
  serve(at: number, servedOn: string): void {
    const { decision, row } = this;
    if (!decision) throw new Error('No decision to be served');
    this.move(at);
    row.status = caseMachine.next(row.status, row.status === 'PENDING_CRIMINAL' ? 'recordPenaltyServiceWhilePendingCriminal' : 'recordPenaltyService');
    Object.assign(decision, { servedOn, serviceRecordedAt: new Date(at) });
    row.servedOn ??= servedOn;
    this.saveCase();
    this.tell(penaltyDecidedEvent(decision, servedOn, this.items));
  }

  /** A step of the procedure. */
  step(at: number, act: CaseStepActName, officer: string, words: StepWords): void {
    this.move(at);
    const { row, steps } = this;
    const decided = decideCaseStep(caseStateOf(row, steps.at(-1)?.standing ?? null), act, words, new Date(at), stateCouncilCalendar);
    const entry = caseStepRow(row.caseId, { act, decided, words, actorCode: row.agencyCode, officerId: officer, at: new Date(at), position: steps.length + 1 }, () => this.id());
    row.status = decided.status;
    this.saveCase();
    steps.push(entry);
    this.tell(caseSteppedEvent(row, entry));
  }

  /** `orderCompulsoryMeasure` or `takeUrgentMeasure`; gives the id of the measure. */
  takeMeasure(at: number, officer: string, order: Pick<Parameters<typeof newStanding>[0], 'kind' | 'urgent' | 'goods' | 'place' | 'officers' | 'documentNo'>, words: MeasureWords): string {
    this.move(at);
    const instant = new Date(at);
    const standing = newStanding({ ...order, drug: this.row.domain === 'DRUG', takenAt: instant.toISOString() });
    const done = { ...this.doneBy(officer, instant), act: order.urgent ? 'takeUrgentMeasure' : 'orderCompulsoryMeasure', words, measureId: this.id() } as const;
    return this.saveMeasure([firstMeasureAct(done, standing, stateCouncilCalendar, () => this.id())]);
  }

  /** A later act on a measure; gives the id of the measure that there is after it. */
  actOnMeasure(at: number, act: MeasureActName, officer: string, measureId: string, words: MeasureWords): string {
    this.move(at);
    const done = { ...this.doneBy(officer, new Date(at)), act, words, measureId };
    const makeId = (): string => this.id();
    const row = laterMeasureAct(done, this.measureActs.findLast((a) => a.measureId === measureId)!, stateCouncilCalendar, makeId);
    return this.saveMeasure(act === 'convertPreservation' ? [row, convertedMeasureAct(row, { ...done, measureId: this.id() }, 'SEIZURE', stateCouncilCalendar, makeId)] : [row]);
  }

  private doneBy(officerId: string, at: Date): { readonly caseId: string; readonly actorCode: string; readonly officerId: string; readonly at: Date } {
    return { caseId: this.row.caseId, actorCode: this.row.agencyCode, officerId, at };
  }

  private saveMeasure(rows: readonly CompulsoryMeasureActEntity[]): string {
    this.saveCase();
    this.measureActs.push(...rows);
    for (const row of rows) this.tell(compulsoryMeasureActedEvent(this.row, row));
    return rows.at(-1)!.measureId;
  }

  /** `sealCase`, and the acknowledgement of every service. */
  seal(at: number, head: string, expiresOn: string, officers: readonly string[], parties: readonly string[]): void {
    this.move(at);
    const { row } = this;
    Object.assign(row, { sealedUntil: expiresOn, sealOfficers: [...officers], sealParties: [...parties] });
    this.saveCase(true);
    this.seals.push({
      id: this.id(), number: sealNumber(yearOf(dayText(dayOf(at))), this.random.bytes), caseId: row.caseId, basis: `${label}涉案线索尚在侦查，依审批密封。`,
      sealedAt: new Date(at), expiresOn, officers: [...officers], parties: [...parties], sealedByAgency: row.agencyCode, sealedByOfficer: head,
      versionToAcknowledge: row.version, acknowledgedBy: [...sealKeepers], liftedAt: null, liftedByOfficer: null, liftedReason: null,
    });
  }

  /** `excludeOfficer`. */
  exclude(at: number, agencyCode: string, officerId: string): void {
    this.move(at);
    const { row } = this;
    this.exclusions.push({
      id: this.id(), caseId: row.caseId, agencyCode, officerId, reason: `${label}与当事人有利害关系，自行回避。`, excludedAt: new Date(at),
      excludedByOfficer: `${agencyCode}-1`, readmittedAt: null, readmittedByOfficer: null, readmittedReason: null,
    });
    row.excluded = [...row.excluded, `${agencyCode}/${officerId}`].sort();
    this.saveCase(true);
  }

  /** Opens a referral; the first act on it must follow. */
  openReferral(at: number, referralNo: string): void {
    this.referral = newReferralRow({ id: uuidv7(at, this.random.bytes), referralNo, caseId: this.row.caseId, agencyCode: this.row.agencyCode, at: new Date(at) });
  }

  /** An act of the referral machine. */
  act(at: number, act: ToldAct, words: ActWords): void {
    const before = this.referral;
    if (!before) throw new Error('No referral to act on');
    this.move(at);
    const state = before.version === 0 ? noReferral : stateOf(before);
    const instant = new Date(at);
    const rule = decideReferral(state, act, instant, stateCouncilCalendar);
    const effect = this.effectOf(act, before, words);
    const { caseChanged, departed, detail, fields, lots, met, movements, tracks } = effect;
    const decided = met === undefined ? rule : { ...rule, met };
    const after = referralAfter(before, { act, decided, at: instant, ...(fields ? { fields } : {}) });
    this.referral = after;
    const actorCode = words.officer.replace(/-[0-9]+$/, '');
    const entry = timelineRow(after, { act, decided, actorCode, officerId: words.officer, ...(detail ? { detail } : {}), ...(tracks ? { tracks } : {}) }, () => this.id());
    this.timeline.push(entry);
    this.lots.push(...(lots ?? []));
    this.movements.push(...(movements ?? []));
    if (caseChanged) this.saveCase();
    this.tell(referralActedEvent(after, entry, this.row, departed));
  }

  private effectOf(act: ToldAct, referral: ReferralEntity, words: ActWords): Effect {
    const later = laterEffects[act as LaterAct];
    if (!later) return this.effects[act as EarlierAct](referral, words);
    return later({
      ...this.tracksOn(referral), words, day: dayText(dayOf(this.at)), resume: () => this.resume(), startPart: (agencyCode, kind) => this.startPart(agencyCode, kind),
      goods: {
        lots: this.lots, movements: this.movements, makeId: () => this.id(), filedAt: this.timeline.findLast((e) => e.act === 'FILE_CRIMINAL_CASE')?.at ?? null,
      },
    });
  }

  private tracksOn(referral: ReferralEntity) {
    const situation = { now: new Date(this.at), calendar: stateCouncilCalendar, parties: referral, position: referral.version + 1 };
    return { referral, tracks: tracksAfter(this.timeline), situation };
  }

  private resume(): boolean {
    return resumeFromCriminal(this.row, new Date(this.at));
  }

  private readonly effects: Readonly<Record<EarlierAct, (r: ReferralEntity, words: ActWords) => Effect>> = {
    submitReferralReport: (_, w) => ({
      fields: { charge: w.charge!, facts: w.facts!, taskForce: [...w.taskForce!] }, detail: { taskForce: w.taskForce!, facts: w.facts!, charge: w.charge! },
    }),
    approveReferral: (_, w) => ({ detail: w.opinion === undefined ? {} : { opinion: w.opinion } }),
    refuseReferral: (r, w) => ({ detail: { reasons: w.reasons!, facts: r.facts, charge: r.charge } }),
    transferReferral: (r, w) => {
      this.handIn(r, w);
      this.startPart(w.police!, 'REFERRAL_POLICE');
      this.startPart(w.procuratorate!, 'REFERRAL_PROCURATORATE');
      const { row } = this;
      if (waitsForCriminal(row.status)) waitForCriminal(row, new Date(this.at));
      return { fields: { policeAgencyCode: w.police!, procuratorateAgencyCode: w.procuratorate! }, caseChanged: true };
    },
    signReferralReceipt: (_, w) => ({ fields: w.receiptNo === undefined ? {} : { receiptNo: w.receiptNo } }),
    requestReferralSupplement: (_, w) => ({ fields: { gaps: [...w.gaps!] }, detail: { gaps: w.gaps! } }),
    supplementReferral: (r, w) => {
      this.handIn(r, w);
      return { fields: { gaps: [] }, detail: w.explanation === undefined ? {} : { explanation: w.explanation } };
    },
    forwardReferral: (r, w) => {
      const departed = [r.policeAgencyCode!];
      this.endPart(r, r.policeAgencyCode!, 'REFERRAL_POLICE');
      this.startPart(w.police!, 'REFERRAL_POLICE');
      if (r.procuratorateAgencyCode !== w.procuratorate) {
        this.endPart(r, r.procuratorateAgencyCode!, 'REFERRAL_PROCURATORATE');
        this.startPart(w.procuratorate!, 'REFERRAL_PROCURATORATE');
        departed.push(r.procuratorateAgencyCode!);
      }
      const fields = { policeAgencyCode: w.police!, procuratorateAgencyCode: w.procuratorate!, receiptNo: null };
      return { fields, detail: { reasons: w.reasons! }, departed, caseChanged: true };
    },
    returnReferral: (r, w) => {
      this.resume();
      this.endPart(r, r.policeAgencyCode!, 'REFERRAL_POLICE');
      return { fields: { returnReasons: w.reasons! }, detail: { reasons: w.reasons! }, departed: [r.policeAgencyCode!], caseChanged: true };
    },
    fileCriminalCase: (r, w) => ({
      ...endedByFiling(this.tracksOn(r)),
      fields: { decisionNo: w.decisionNo!, filedCharge: r.charge, decidedOn: dayText(dayOf(this.at)) },
    }),
    refuseCriminalCase: (_, w) => ({
      detail: { reasons: w.reasons! }, fields: { notFiledReasons: w.reasons!, decidedOn: dayText(dayOf(this.at)) },
    }),
  };

  private handIn(r: ReferralEntity, { documents = [], officer }: ActWords): void {
    const agencyCode = r.filingAgencyCode;
    const at = new Date(this.at);
    for (const kind of documents) {
      const { sha256, size, mediaType } = demoDocuments[kind];
      // Files are uploaded before the act that names them.
      const fileId = uuidv7(this.at - 60_000, this.random.bytes);
      this.files.push({ id: fileId, sha256, size, mediaType, agencyCode, officerId: officer, uploadedAt: new Date(this.at - 60_000) });
      const title = `${label}${referralDocumentKind.labels[kind].zh}`;
      this.documents.push(documentRow({ referralId: r.id, position: r.version + 1, agencyCode, at }, { kind, title, fileId }, () => this.id()));
    }
  }

  private startPart(agencyCode: string, kind: string): void {
    if (!this.parts.some((p) => p.agencyCode === agencyCode && p.kind === kind && p.endedAt === null)) {
      this.parts.push({
        id: this.id(), caseId: this.row.caseId, agencyCode, kind, startedAt: new Date(this.at), endedAt: null, endedCaseStatus: null,
        endedCaseVersion: null, endedReferralId: null, endedPosition: null,
      });
    }
    this.runningParts();
  }

  private endPart(r: ReferralEntity, agencyCode: string, kind: string): void {
    const part = this.parts.find((p) => p.agencyCode === agencyCode && p.kind === kind && p.endedAt === null);
    if (!part) throw new Error(`No part ${kind} of ${agencyCode} runs`);
    Object.assign(part, {
      endedAt: new Date(this.at), endedCaseStatus: this.row.status, endedCaseVersion: this.row.version + 1, endedReferralId: r.id,
      endedPosition: r.version + 1,
    });
    this.runningParts();
  }

  private runningParts(): void {
    this.row.parts = [...new Set(this.parts.filter((p) => p.endedAt === null).map((p) => p.agencyCode))].sort();
  }

  private saveCase(acknowledge = false): void {
    this.row.version += 1;
    this.row.updatedAt = new Date(this.at);
    const event = caseAccessEvent(this.row, acknowledge);
    this.tell(event);
    if (!acknowledge) return;
    const { caseId, version } = this.row;
    // Each service says that it has applied it, one after the other.
    (['inspection', 'credit', 'adr'] as const).forEach((service, i) =>
      this.log.emit(service, this.at + 400 + i * 20, this.random, { type: accessApplied.type, subject: event.subject, data: { caseId, version } }));
  }

  private tell(event: { readonly type: string; readonly subject: string; readonly data: object }): void {
    this.log.emit('enforcement', this.at, this.random, event);
  }

  private move(at: number): void {
    if (at < this.at) throw new Error(`An act on case ${this.row.caseNo} before the last one`);
    this.at = at;
  }

  private id(): string {
    return uuidv7(this.at, this.random.bytes);
  }
}
