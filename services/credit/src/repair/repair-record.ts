import { type CreditRepairActed, creditRepairActed, type RepairAct, repairAct, type RepairDocument, type RepairKind } from '@casebridge/contracts';
import { type HolidayCalendar, uuidv7 } from '@casebridge/kernel';
import type { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import type { CreditRepairActEntity, CreditRepairEntity, RepairActDetail } from './repair.entity';
import { type RepairActName, repairMachine, type RepairOpening } from './repair.machine';
import { type DecidedRepair, decideRepairAct } from './repair.rule';

/*
 * What acts on a repair write, as plain values: no I/O, so that the generator of demo data writes by COPY the very rows that the service writes.
 */

export interface Opening {
  readonly id: string;
  readonly kind: RepairKind;
  readonly registryCode: string | null;
  readonly documents: readonly RepairDocument[];
  readonly appliedOn: string;
  readonly at: Date;
  /** Where its clock starts. */
  readonly from: Date;
}

/** A repair as it stands after the act that begins it. */
export function openedRepair(record: DisclosureRecordEntity, act: RepairOpening, { at, from, documents, ...opening }: Opening, calendar: HolidayCalendar): CreditRepairEntity {
  const { met: _met, ...decided } = decideRepairAct({ kind: opening.kind, status: null, clock: null, clockStartedAt: null, dueAt: null, stoppedAt: null }, act, at, calendar, from);
  return {
    ...opening, documents: [...documents], disclosureId: record.id, decisionId: record.decisionId, caseId: record.caseId, documentNo: record.documentNo,
    partyKind: record.partyKind, partyName: record.partyName, uscc: record.partyUscc, agencyCode: record.authorityCode, correctionsRequestedOn: null,
    refusalGround: null, notifiedOn: null, revokedOn: null, revocationEndsOn: null, ...decided, version: 1, createdAt: at, updatedAt: at,
  };
}

/** What an act on a repair does to the publication: it ends the showing, or what was ended is shown again; null: nothing. */
export function showingAfter(before: Pick<CreditRepairEntity, 'stoppedAt'>, after: Pick<CreditRepairEntity, 'stoppedAt'>): 'stop' | 'restart' | null {
  if ((before.stoppedAt === null) === (after.stoppedAt === null)) return null;
  return after.stoppedAt === null ? 'restart' : 'stop';
}

/** The record after an act; `repair` itself stays as it was. */
export const repairAfter = <R extends CreditRepairEntity>(repair: R, { met: _met, ...decided }: DecidedRepair, fields: Partial<CreditRepairEntity>, at: Date): R =>
  ({ ...repair, ...fields, ...decided, version: repair.version + 1, updatedAt: at });

/** The name under which an act stands among the acts: the mutation's, in upper snake case. */
export const repairActCode = (act: RepairActName): RepairAct => {
  const name = act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!repairAct.is(name)) throw new RangeError(`${act} is not in the code list of acts`);
  return name;
};

export interface RepairActDone {
  readonly act: RepairActName;
  readonly met: boolean | null;
  readonly actorCode: string;
  readonly officerId: string;
  readonly detail: RepairActDetail;
}

/** The entry of an act. Every act counts the version up by one, so the version is the position as well. */
export function repairActRow(after: CreditRepairEntity, done: RepairActDone, makeId: (at: Date) => string = (at) => uuidv7(at)): CreditRepairActEntity {
  const { basis } = repairMachine.rules[done.act];
  return {
    id: makeId(after.updatedAt), repairId: after.id, position: after.version, act: repairActCode(done.act), status: after.status, at: after.updatedAt,
    actorCode: done.actorCode, officerId: done.officerId, basisInstrument: basis.instrument, basisArticle: basis.article, basisMark: basis.mark, met: done.met,
    detail: done.detail,
  };
}

export const repairActedEvent = (
  after: CreditRepairEntity, entry: CreditRepairActEntity,
): { readonly type: string; readonly subject: string; readonly data: CreditRepairActed } => ({
  type: creditRepairActed.type,
  subject: `repair:${after.id}`,
  data: {
    repairId: after.id, disclosureId: after.disclosureId, caseId: after.caseId, decisionId: after.decisionId, position: entry.position, kind: after.kind, act: entry.act,
    statusAfter: after.status, agencyCode: after.agencyCode, actorCode: entry.actorCode, registryCode: after.notifiedOn === null ? null : after.registryCode,
    partyKind: after.partyKind, uscc: after.uscc, stopped: after.stoppedAt !== null, occurredAt: entry.at.toISOString(),
  },
});
