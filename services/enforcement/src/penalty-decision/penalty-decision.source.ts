import {
  always, and, caseFacts, caseHidden, type ListSource, list, never, or, raw, type Reader, type RecordFacts, relationsFor, type Sql, sql, visible,
} from '@casebridge/platform';
import { PenaltyDecisionEntity } from './penalty-decision.entity';

const served = raw('d.served_on is not null');
const ordinaryServed = sql`(d.procedure = 'ORDINARY' and ${served})`;
/**
 * A decision is as open as its case, and besides to the procuratorate of the place. What opens with service opens with its own: another
 * decision of the case that was served before tells nothing of this one.
 */
const facts: RecordFacts = {
  ...caseFacts('c'), localFrom: served, medical: sql`(c.respondent_kind = 'MEDICAL_INSTITUTION' and ${served})`, ordinaryDecision: ordinaryServed,
};
/** That relation alone: it opens the value of goods too, which otherwise is part of the file. */
const procuratorateFacts: RecordFacts = { region: raw('c.region_code'), localFrom: never, ordinaryDecision: ordinaryServed, hidden: caseHidden('c') };

const amountsOpen = (reader: Reader): Sql => or(visible(reader, 'case.file', caseFacts('c')), visible(reader, 'case.decision', procuratorateFacts));

const from = raw('penalty_decision d join admin_case c on c.case_id = d.case_id');

const order = [
  { expression: raw('d.decided_on'), column: 'decided_on', type: 'date' as const },
  { expression: raw('d.id'), column: 'id', type: 'uuid' as const },
];

/** Decisions that a running relation opens: what lists, counts and acts work on. */
export const decisionRecords = (reader: Reader) => ({
  type: 'PenaltyDecision', id: 'id' as const, entity: PenaltyDecisionEntity,
  columns: sql`d.*, ${amountsOpen(reader)} as may_amounts`, from, where: visible(reader, 'case.decision', facts),
});

export const decisionList = (reader: Reader, filter: Sql = always): ListSource<PenaltyDecisionEntity> => {
  const records = decisionRecords(reader);
  return { ...records, name: 'penaltyDecisions', where: and(records.where, filter), order };
};

/**
 * The same, and decisions that were made before the reader's part ended, where nothing else opens them: without what happened to them
 * later.
 */
export const decisionsAsSeen = (reader: Reader): ListSource<PenaltyDecisionEntity> => {
  const running = decisionRecords(reader);
  const party = (element: 'case.decision' | 'case.file'): boolean => relationsFor(reader, element).includes('party');
  const ended = party('case.decision')
    ? and(sql`not (${running.where})`, raw('d.created_at <= ep.ended_at'), sql`not ${caseHidden('c')(reader)}`)
    : never;
  return {
    ...running, name: 'penaltyDecisionsOfCase', order,
    columns: list([
      raw('d.*'),
      sql`${or(amountsOpen(reader), party('case.file') ? ended : never)} as may_amounts`,
      raw('case when d.service_recorded_at > ep.ended_at then null else d.served_on end as served_on'),
    ]),
    from: sql`${from} left join lateral (
      select max(p.ended_at) as ended_at from case_part p
      where p.case_id = c.case_id and p.agency_code = any(${reader.partyCodes}::text[]) and p.ended_at is not null and not (${running.where})
    ) ep on true`,
    where: or(running.where, ended),
  };
};
