import type { DisclosureClass, PenaltyKind, RepairDocument, RepairKind, RepairRefusalGround } from '@casebridge/contracts';
import { type Citation, o107 } from '@casebridge/kernel';
import { weightOf } from '../disclosure/disclosure-window.rule';
import type { RepairClockName } from './repair.clocks';

export interface ClassRow {
  readonly class: DisclosureClass;
  /** How long the record is shown at least; null: it has no repair. */
  readonly earliest: RepairClockName | null;
  /** Not before the longest restriction of the decision is over. */
  readonly afterRestriction: boolean;
  readonly says: string;
  readonly citation: Citation;
}

/** 最短公示期 The earliest repair of each class. */
export const repairRows: readonly ClassRow[] = [
  { class: 'MINOR', earliest: null, afterRestriction: false, says: 'has no repair: it stops by itself after three months', citation: o107('7-9') },
  { class: 'GENERAL', earliest: 'earliestRepairGeneral', afterRestriction: false, says: 'after three months', citation: o107('7-9') },
  { class: 'SERIOUS_DOMAIN', earliest: 'earliestRepairSerious', afterRestriction: false, says: 'after a year', citation: o107('7-9') },
  { class: 'SERIOUS_RESTRICTION', earliest: 'earliestRepairSerious', afterRestriction: true, says: 'after a year, and once the restriction is over', citation: o107('7-9') },
  { class: 'SERIOUS_QUALIFICATION', earliest: null, afterRestriction: false, says: 'never', citation: o107('7-9') },
];

/** What the rule needs of a record. */
export interface Repairable {
  readonly class: DisclosureClass;
  readonly penaltyKinds: readonly PenaltyKind[];
}

/** The row of a record. Of a decision that takes a qualification away there is no repair, whatever else in it is shown longer. */
export function rowOf({ class: of, penaltyKinds }: Repairable): ClassRow {
  const governing = penaltyKinds.some((kind) => weightOf[kind] === 'SERIOUS_QUALIFICATION') ? 'SERIOUS_QUALIFICATION' : of;
  const row = repairRows.find((r) => r.class === governing);
  if (!row) throw new RangeError(`No class: ${of}`);
  return row;
}

interface GroundRow {
  readonly ground: RepairRefusalGround;
  /** Of not accepting the application, or of refusing repair. */
  readonly of: readonly ('declineRepairApplication' | 'refuseCreditRepair')[];
  readonly citation: Citation;
}

export const refusalGrounds: readonly GroundRow[] = [
  { ground: 'CORRECTIONS_NOT_MADE', of: ['declineRepairApplication'], citation: o107('14') },
  { ground: 'WITHDRAWN', of: ['declineRepairApplication', 'refuseCreditRepair'], citation: o107('14') },
  { ground: 'DEREGISTERED', of: ['declineRepairApplication', 'refuseCreditRepair'], citation: o107('20') },
  { ground: 'DUTIES_NOT_PERFORMED', of: ['refuseCreditRepair'], citation: o107('11') },
  { ground: 'NOT_RECTIFIED', of: ['refuseCreditRepair'], citation: o107('11') },
  { ground: 'SAME_ACT_AGAIN', of: ['refuseCreditRepair'], citation: o107('11') },
  { ground: 'NATIONAL_SECURITY', of: ['refuseCreditRepair'], citation: o107('18') },
  { ground: 'PUBLIC_INTEREST', of: ['refuseCreditRepair'], citation: o107('18') },
];

/** @throws RangeError for what is no ground */
export function refusalBasis(ground: RepairRefusalGround): Citation {
  const row = refusalGrounds.find((r) => r.ground === ground);
  if (!row) throw new RangeError(`No ground: ${ground}`);
  return row.citation;
}

export const isGroundOf = (act: 'declineRepairApplication' | 'refuseCreditRepair', ground: RepairRefusalGround): boolean =>
  refusalGrounds.some((row) => row.ground === ground && row.of.includes(act));

/** What has to be handed in: of art. 14; for a restructuring, whose plan is still to be performed, the ruling in place of the proof. */
export const repairDocuments: readonly { readonly kind: Exclude<RepairKind, 'DEREGISTRATION'>; readonly documents: readonly RepairDocument[]; readonly citation: Citation }[] = [
  { kind: 'ORDINARY', documents: ['APPLICATION', 'IDENTITY', 'COMMITMENT', 'RECTIFICATION_PROOF'], citation: o107('14') },
  { kind: 'RESTRUCTURING', documents: ['APPLICATION', 'IDENTITY', 'COMMITMENT', 'RESTRUCTURING_RULING'], citation: o107('22', 'P') },
];

/** 能够通过数据共享获取的 What the agency has by data sharing: who an enterprise is stands in the register under its credit code. */
export const obtainable: { readonly documents: readonly RepairDocument[]; readonly citation: Citation } = { documents: ['IDENTITY'], citation: o107('14', 'P') };

export interface Applicant {
  readonly kind: RepairKind;
  readonly uscc: string | null;
  readonly documents: readonly RepairDocument[];
}

/** What may be asked of an applicant: neither what is no document of the application, nor what is there, nor what can be had by data sharing. */
export function askable({ kind, uscc, documents }: Applicant): RepairDocument[] {
  const wanted = repairDocuments.find((row) => row.kind === kind)?.documents ?? [];
  return wanted.filter((document) => !documents.includes(document) && !(uscc !== null && obtainable.documents.includes(document)));
}
