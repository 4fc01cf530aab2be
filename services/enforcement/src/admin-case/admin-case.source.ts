import type { RightsElement } from '@casebridge/contracts';
import {
  always, and, caseFacts, caseHidden, type ListSource, list, mayColumns, never, or, raw, type Reader, relationsFor, type Sql, sql, visible,
} from '@casebridge/platform';
import { AdminCaseEntity } from './admin-case.entity';

/** What of a case is open, by the names under which records carry it: `c.may.decision`. */
const caseElements = { head: 'case.head', decision: 'case.decision', file: 'case.file', referral: 'referral' } as const satisfies Record<string, RightsElement>;

const facts = caseFacts('c');

/** Cases that a running relation opens: what lists, counts and acts work on. */
export const caseRecords = (reader: Reader) => ({
  type: 'Case', id: 'caseId' as const, entity: AdminCaseEntity,
  columns: sql`c.*, ${mayColumns(reader, facts, caseElements)}`,
  from: raw('admin_case c'),
  where: visible(reader, 'case.head', facts),
});

export const caseList = (reader: Reader, filter: Sql = always): ListSource<AdminCaseEntity> => {
  const records = caseRecords(reader);
  return {
    ...records, name: 'cases', where: and(records.where, filter),
    order: [
      { expression: raw('c.filed_at'), column: 'filed_at', type: 'timestamptz' },
      { expression: raw('c.case_id'), column: 'case_id', type: 'uuid' },
    ],
  };
};

/**
 * The same records by id, and those in which the reader's part has ended while nothing else opens them: these come with the columns
 * `ended_…`, how the case stood at the act that ended the part. The latest end counts.
 */
export const casesById = (reader: Reader) => {
  const running = caseRecords(reader);
  const ended = and(sql`not (${running.where})`, raw('ep.id is not null'), sql`not ${caseHidden('c')(reader)}`);
  const may = Object.entries(caseElements).map(([name, element]) =>
    sql`${or(visible(reader, element, facts), byEndedPart(reader, element, ended))} as ${raw(`may_${name}`)}`);
  return {
    ...running,
    columns: list([raw('c.*'), ...may, raw('ep.ended_at, ep.ended_case_status, ep.ended_case_version, ep.ended_referral_id, ep.ended_position')]),
    from: sql`admin_case c left join lateral (
      select p.* from case_part p
      where p.case_id = c.case_id and p.agency_code = any(${reader.partyCodes}::text[]) and p.ended_at is not null and not (${running.where})
      order by p.ended_at desc, p.id desc limit 1
    ) ep on true`,
    where: or(running.where, ended),
  };
};

/** An ended part opens what a running one would have opened. */
const byEndedPart = (reader: Reader, element: RightsElement, ended: Sql): Sql =>
  relationsFor(reader, element).includes('party') ? ended : never;
