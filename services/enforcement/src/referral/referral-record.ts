import { type ReferralAct, referralAct as referralActs, type ReferralActed, referralActed, type ReferralDocumentKind } from '@casebridge/contracts';
import { uuidv7 } from '@casebridge/kernel';
import { caseSubject } from '../admin-case/case-access';
import { revivedDeadline, storedDeadline } from '../shared/stored-deadline';
import type { ActDetail, ReferralDocumentEntity, ReferralEntity, ReferralTimelineEntity, StandingFields, StoredTrack } from './referral.entity';
import { type ReferralActName, referralMachine } from './referral.machine';
import { type Decided, holderAfter, type ReferralState } from './referral.rule';
import type { ReferralTrack, Tracks } from './referral-track';

/*
 * What an act writes, as plain values: the record after it, its timeline entry, its documents, its event. No I/O, so that the
 * generator of demo data writes by COPY the very rows that the use cases write.
 */

/** The name under which an act stands in the timeline: the mutation's, in upper snake case. */
export const timelineAct = (act: ReferralActName): ReferralAct => {
  const name = act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!referralActs.is(name)) throw new RangeError(`${act} is not in the code list of acts`);
  return name;
};

export interface NewReferral {
  readonly id: string;
  readonly referralNo: string;
  readonly caseId: string;
  readonly agencyCode: string;
  readonly at: Date;
}

/** What the proceedings after filing have not brought yet. */
const noProceedings = {
  withdrawalReasons: null, nonProsecutionKind: null, nonProsecutionReasons: null, indictmentNo: null, judgmentNo: null, judgmentOutcome: null,
  judgmentInstance: null, judgedOn: null, effectiveOn: null,
} as const;

/** A referral that no act has been done on yet: version 0, to be given to `referralAfter` before it is stored. */
export const newReferralRow = ({ id, referralNo, caseId, agencyCode, at }: NewReferral): ReferralEntity => ({
  id, referralNo, caseId, status: 'PENDING_APPROVAL', holderCode: agencyCode, filingAgencyCode: agencyCode, policeAgencyCode: null,
  procuratorateAgencyCode: null, courtAgencyCode: null, charge: 'OTHER', facts: '', taskForce: [], dueAt: null, deadline: null, reviewStartedAt: null, suspensions: [],
  gaps: [], orderNo: null, reviewExtension: null, receiptNo: null, decisionNo: null, decidedOn: null, filedCharge: null, notFiledReasons: null, returnReasons: null, ...noProceedings, version: 0,
  createdAt: at, updatedAt: at,
});

/** The record as the rule sees it. */
export const stateOf = (r: ReferralEntity): ReferralState => ({
  status: r.status, dueAt: r.dueAt, reviewStartedAt: r.reviewStartedAt,
  reviewExtension: r.reviewExtension,
  suspensions: r.suspensions.map((s) => ({ from: new Date(s.from), to: s.to === null ? null : new Date(s.to) })),
});

/** The tracks of a referral after the last of these entries, each kind's last one. */
export function tracksAfter(entries: readonly Pick<ReferralTimelineEntity, 'tracks'>[]): Tracks {
  const tracks: Partial<Record<ReferralTrack['kind'], ReferralTrack>> = {};
  for (const track of entries.flatMap((entry) => entry.tracks)) tracks[track.kind] = { ...track, deadline: revivedDeadline(track.deadline) };
  return tracks;
}

export interface Made {
  readonly act: ReferralActName;
  readonly decided: Decided;
  /** What else the act changes of the record. */
  readonly fields?: Partial<ReferralEntity>;
  readonly at: Date;
}

/** The record after an act; `referral` itself stays as it was. */
export function referralAfter<R extends ReferralEntity>(referral: R, { act, decided, fields, at }: Made): R {
  const { status, deadline, keepsClock, reviewStartedAt, suspensions } = decided;
  const after = { ...referral, ...fields };
  const clock = keepsClock ? { dueAt: referral.dueAt, deadline: referral.deadline } : { dueAt: deadline?.dueAt ?? null, deadline: storedDeadline(deadline) };
  return {
    ...after, status, holderCode: holderAfter(act, after), ...clock, reviewStartedAt,
    suspensions: suspensions.map((s) => ({ from: s.from.toISOString(), to: s.to?.toISOString() ?? null })), version: referral.version + 1, updatedAt: at,
  };
}

/** What changes of a record by its acts, apart from what a timeline entry has columns for. */
const standing = (r: ReferralEntity): StandingFields => ({
  policeAgencyCode: r.policeAgencyCode, procuratorateAgencyCode: r.procuratorateAgencyCode, courtAgencyCode: r.courtAgencyCode, orderNo: r.orderNo, reviewExtension: r.reviewExtension, gaps: r.gaps, receiptNo: r.receiptNo,
  decisionNo: r.decisionNo, decidedOn: r.decidedOn, filedCharge: r.filedCharge, notFiledReasons: r.notFiledReasons, returnReasons: r.returnReasons,
  withdrawalReasons: r.withdrawalReasons, nonProsecutionKind: r.nonProsecutionKind, nonProsecutionReasons: r.nonProsecutionReasons, indictmentNo: r.indictmentNo,
  judgmentNo: r.judgmentNo, judgmentOutcome: r.judgmentOutcome, judgmentInstance: r.judgmentInstance, judgedOn: r.judgedOn, effectiveOn: r.effectiveOn,
});

export interface ActDone {
  readonly act: ReferralActName;
  readonly decided: Decided;
  readonly actorCode: string;
  readonly officerId: string;
  readonly detail?: ActDetail;
  readonly tracks?: readonly ReferralTrack[];
}

/** Makes an id that carries an instant; the generator of demo data gives one with a seeded random source. */
export type MakeId = (at: Date) => string;

const systemId: MakeId = (at) => uuidv7(at);

/** The timeline entry of an act. Every act counts the version up by one, so the version is the position as well. */
export function timelineRow(after: ReferralEntity, done: ActDone, makeId = systemId): ReferralTimelineEntity {
  const { act, decided, actorCode, officerId, detail, tracks = [] } = done;
  const { basis } = referralMachine.rules[act];
  return {
    id: makeId(after.updatedAt), referralId: after.id, position: after.version, act: timelineAct(act), status: after.status,
    holderCode: after.holderCode, version: after.version, at: after.updatedAt, actorCode, officerId, basisInstrument: basis.instrument,
    basisArticle: basis.article, basisMark: basis.mark, dueAt: after.dueAt, deadline: after.deadline, met: decided.met,
    standing: standing(after), detail: detail ?? {}, tracks: tracks.map((track): StoredTrack => ({ ...track, deadline: storedDeadline(track.deadline) })),
  };
}

/**
 * The event of an act, told live and to the other services.
 *
 * @param owner - the case after the act: who handles it, who has a part in it
 * @param departed - agencies whose part this act ended: told of it, and of nothing after it
 */
export function referralActedEvent(
  after: ReferralEntity,
  entry: ReferralTimelineEntity,
  owner: { readonly agencyCode: string; readonly parts: readonly string[] },
  departed: readonly string[] = [],
): { readonly type: string; readonly subject: string; readonly data: ReferralActed } {
  return {
    type: referralActed.type,
    subject: caseSubject(after.caseId),
    data: {
      referralId: after.id, caseId: after.caseId, position: entry.position, version: after.version, act: entry.act, statusAfter: after.status,
      holderAfter: after.holderCode, dueAtAfter: after.dueAt?.toISOString() ?? null, occurredAt: entry.at.toISOString(), actorCode: entry.actorCode,
      ownerCode: owner.agencyCode, readers: [...new Set([...owner.parts, ...departed])].sort(),
    },
  };
}

export interface DocumentInput {
  readonly kind: ReferralDocumentKind;
  readonly title: string;
  /** Names bytes that were uploaded before. */
  readonly fileId: string;
}

export interface HandedIn {
  readonly referralId: string;
  /** Position of the act that brought it. */
  readonly position: number;
  readonly agencyCode: string;
  readonly at: Date;
}

/** A document of the file. Ids made at one instant ascend, so that documents keep the order in which they were handed in. */
export const documentRow = (by: HandedIn, { kind, title, fileId }: DocumentInput, makeId = systemId): ReferralDocumentEntity => ({
  id: makeId(by.at), referralId: by.referralId, kind, title, fileId, addedPosition: by.position, addedByCode: by.agencyCode,
});
