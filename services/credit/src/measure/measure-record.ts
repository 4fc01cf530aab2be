import { type JointMeasureActed, jointMeasureActed, type JointMeasureKind } from '@casebridge/contracts';
import { type HolidayCalendar, isOverdue } from '@casebridge/kernel';
import type { DishonestyListingEntity } from '../listing/listing.entity';
import { measureClocks } from './measure.clocks';
import type { JointMeasureEntity } from './measure.entity';
import { type MeasureActName, measureMachine } from './measure.machine';
import { measureStatus } from './measure.rule';

/*
 * What acts on a joint measure write, as plain values: no I/O, so that the generator of demo data writes by COPY the very rows that the service writes.
 */

export interface Order {
  readonly id: string;
  readonly kind: JointMeasureKind;
  readonly executorCode: string;
  readonly notice: string;
  readonly orderedBy: string;
  readonly at: Date;
}

/** A measure as it stands after its order. */
export const orderedMeasure = (listing: DishonestyListingEntity, { at, ...order }: Order, calendar: HolidayCalendar): JointMeasureEntity => ({
  ...order, listingId: listing.id, caseId: listing.caseId, status: measureMachine.next(null, 'orderJointMeasure'), agencyCode: listing.agencyCode,
  partyKind: listing.partyKind, partyName: listing.partyName, uscc: listing.uscc, orderedAt: at, dueAt: measureClocks.measureFeedback.dueAt(at, calendar).dueAt,
  feedback: null, feedbackOn: null, feedbackBy: null, feedbackAt: null, feedbackMet: null, lifting: null, liftedOn: null, liftedBy: null, liftedAt: null, version: 1,
  updatedAt: at,
});

export interface Said {
  readonly text: string;
  readonly on: string;
  readonly by: string;
  readonly at: Date;
  /** Whether the listing that it rests on is in force. */
  readonly listed: boolean;
}

/**
 * The measure after an act of its executor; `measure` itself stays as it was.
 *
 * @throws IllegalTransition when the act is not lawful in the present state
 */
export function measureAfter<M extends JointMeasureEntity>(measure: M, act: Exclude<MeasureActName, 'orderJointMeasure'>, { text, on, by, at, listed }: Said): M {
  const status = measureMachine.next(measureStatus(measure.status, listed), act);
  const said = act === 'liftJointMeasure'
    ? { lifting: text, liftedOn: on, liftedBy: by, liftedAt: at }
    : { feedback: text, feedbackOn: on, feedbackBy: by, feedbackAt: at, feedbackMet: measure.dueAt === null ? null : !isOverdue(at, measure.dueAt), dueAt: null };
  return { ...measure, ...said, status, version: measure.version + 1, updatedAt: at };
}

export const measureActedEvent = (
  after: JointMeasureEntity, act: MeasureActName, actorCode: string,
): { readonly type: string; readonly subject: string; readonly data: JointMeasureActed } => ({
  type: jointMeasureActed.type,
  subject: `listing:${after.listingId}`,
  data: {
    measureId: after.id, listingId: after.listingId, caseId: after.caseId, position: after.version, kind: after.kind,
    act: act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase(), statusAfter: after.status, agencyCode: after.agencyCode,
    executorCode: after.executorCode, actorCode, uscc: after.uscc, occurredAt: after.updatedAt.toISOString(),
  },
});
