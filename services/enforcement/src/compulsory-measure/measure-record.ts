import { compulsoryMeasureAct as acts, type CompulsoryMeasureAct, type CompulsoryMeasureActed, compulsoryMeasureActed } from '@casebridge/contracts';
import { type HolidayCalendar, uuidv7 } from '@casebridge/kernel';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { caseSubject } from '../admin-case/case-access';
import { storedDeadline } from '../shared/stored-deadline';
import type { CompulsoryMeasureActEntity } from './measure.entity';
import { type MeasureActName, measureMachine } from './measure.machine';
import { convertedStanding, type DecidedMeasure, decideMeasure, type MeasureStanding, type MeasureWords } from './measure.rule';

/*
 * What an act writes, as plain values: no I/O, so that the generator of demo data writes the very rows that the use cases write.
 */

/** The name under which an act stands in the history: the mutation's, in upper snake case. */
const historyAct = (act: MeasureActName): CompulsoryMeasureAct => {
  const name = act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!acts.is(name)) throw new RangeError(`${act} is not in the code list of acts`);
  return name;
};

export interface MeasureActDone {
  readonly caseId: string;
  readonly measureId: string;
  readonly act: MeasureActName;
  readonly words: MeasureWords;
  readonly actorCode: string;
  readonly officerId: string;
  readonly at: Date;
}

function actRow(done: MeasureActDone, position: number, { status, standing, deadline, met }: DecidedMeasure, id: string): CompulsoryMeasureActEntity {
  const { act, ...told } = done;
  const { instrument, article, mark } = measureMachine.rules[act].basis;
  return {
    id, ...told, position, act: historyAct(act), status, basisInstrument: instrument, basisArticle: article, basisMark: mark, dueAt: deadline?.dueAt ?? null,
    deadline: storedDeadline(deadline), met, standing,
  };
}

type MakeId = (at: Date) => string;

/**
 * The first act on a measure.
 *
 * @throws IllegalTransition for an act that begins none
 */
export const firstMeasureAct = (done: MeasureActDone, standing: MeasureStanding, calendar: HolidayCalendar, makeId: MakeId = uuidv7): CompulsoryMeasureActEntity =>
  actRow(done, 1, decideMeasure({ status: null, standing }, done.act, done.words, done.at, calendar), makeId(done.at));

/** A later one. @throws what `decideMeasure` throws */
export const laterMeasureAct = (done: MeasureActDone, last: CompulsoryMeasureActEntity, calendar: HolidayCalendar, makeId: MakeId = uuidv7): CompulsoryMeasureActEntity =>
  actRow(done, last.position + 1, decideMeasure(last, done.act, done.words, done.at, calendar), makeId(done.at));

/** What a preservation was converted into: ordered by the same act. */
export function convertedMeasureAct(
  converted: CompulsoryMeasureActEntity, done: MeasureActDone, kind: MeasureStanding['kind'], calendar: HolidayCalendar, makeId: MakeId = uuidv7,
): CompulsoryMeasureActEntity {
  const standing = convertedStanding(converted.measureId, converted.standing, { kind, documentNo: done.words.documentNo ?? null, takenAt: done.at.toISOString() });
  return firstMeasureAct({ ...done, act: 'orderCompulsoryMeasure' }, standing, calendar, makeId);
}

/** The event of an act. It says who and where, and nothing of the goods. */
export const compulsoryMeasureActedEvent = (
  c: AdminCaseEntity, entry: CompulsoryMeasureActEntity,
): { readonly type: string; readonly subject: string; readonly data: CompulsoryMeasureActed } => ({
  type: compulsoryMeasureActed.type,
  subject: caseSubject(c.caseId),
  data: {
    caseId: c.caseId, measureId: entry.measureId, position: entry.position, act: entry.act, statusAfter: entry.status, dueAtAfter: entry.dueAt?.toISOString() ?? null, met: entry.met,
    occurredAt: entry.at.toISOString(), actorCode: entry.actorCode, ownerCode: c.agencyCode, readers: c.parts,
  },
});
