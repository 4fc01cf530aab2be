import { adr81, BadUserInput, cleanLine, type HolidayCalendar, icsrg2018, isUscc, isUuid, scrub, val2019 } from '@casebridge/kernel';
import { type AdverseReactionReport, isEvent, type ReactionTerm, reportingLimit } from './report.rule';

/** What a reporter sends; the rest of a report follows from it. */
export type ReportDraft = Omit<AdverseReactionReport, 'dueOn' | 'version'>;

const MAX_TERM = 200;
const MAX_NARRATIVE = 10_000;

function line(field: string, text: string, max: number): string {
  const clean = cleanLine(text);
  if (clean === '') throw new BadUserInput(field, 'must not be blank');
  if (clean.length > max) throw new BadUserInput(field, `must have at most ${max} characters`);
  return clean;
}

const term = (t: ReactionTerm, i: number): ReactionTerm => ({
  code: t.code === null ? null : line(`reactions.${i}.code`, t.code, 20),
  term: line(`reactions.${i}.term`, t.term, MAX_TERM),
  termZh: line(`reactions.${i}.termZh`, t.termZh, MAX_TERM),
});

/**
 * A report as it is stored: text cleaned, the narrative scrubbed of clues to persons, the reporting limit counted.
 *
 * @param draft - as it was sent; days as YYYY-MM-DD
 * @param calendar - the working-day calendar in force
 * @throws BadUserInput naming the field at fault
 */
export function composeReport(draft: ReportDraft, calendar: HolidayCalendar): AdverseReactionReport {
  if (!isUuid(draft.id)) throw new BadUserInput('id', 'must be a UUID');
  if (draft.onsetOn !== null && draft.receivedOn < draft.onsetOn) throw new BadUserInput('receivedOn', 'must not be before the onset');
  if (draft.reportedOn !== null && draft.reportedOn < draft.receivedOn) throw new BadUserInput('reportedOn', 'must not be before the day of awareness');
  if (draft.reactions.length === 0) throw new BadUserInput('reactions', 'must name at least one reaction', icsrg2018('3.1', 'V'));
  if (draft.seriousness === 'DEATH' && draft.outcome !== 'FATAL') throw new BadUserInput('outcome', 'must be FATAL where the reaction led to death');
  if (draft.enterpriseUscc !== null && !isUscc(draft.enterpriseUscc)) throw new BadUserInput('enterpriseUscc', 'must be a unified social credit code');
  if (isEvent(draft.kind) && draft.coOwnerCodes.length === 0) {
    throw new BadUserInput('coOwnerCodes', 'must name the other owner: drug and health own it together', draft.kind === 'AEFI' ? val2019(55) : adr81(27));
  }
  if (draft.coOwnerCodes.includes(draft.agencyCode)) throw new BadUserInput('coOwnerCodes', 'must not name the owner again');
  const narrative = draft.narrative === null ? '' : scrub(draft.narrative);
  if (narrative.length > MAX_NARRATIVE) throw new BadUserInput('narrative', `must have at most ${MAX_NARRATIVE} characters`);
  return {
    ...draft,
    reportNo: line('reportNo', draft.reportNo, 60),
    batchNo: draft.batchNo === null ? null : line('batchNo', draft.batchNo, 60),
    reactions: draft.reactions.map(term),
    narrative: narrative === '' ? null : narrative,
    dueOn: reportingLimit(draft, calendar)?.dueOn ?? null,
    version: 1,
  };
}
