import { type SupervisionFound, supervisionFound } from '@casebridge/contracts';
import { type Job, query } from '@casebridge/platform';
import { caseSubject } from '../admin-case/case-access';
import { enterNewFindings } from './supervision.source';

interface Entered {
  readonly id: string;
  readonly kind: string;
  readonly case_id: string | null;
  readonly clue_id: string | null;
  readonly owes_code: string;
  readonly since: Date;
}

/** Looks for what has come to stand still since it looked last, enters it once and tells of it. */
export const findWhatStandsStill: Job = {
  name: 'supervision', everyMs: 30_000,
  run: async (tx) => {
    const now = tx.clock.now();
    for (const found of await query<Entered>(tx.em, enterNewFindings(now))) {
      const data: SupervisionFound = {
        id: found.id, kind: found.kind, caseId: found.case_id, clueId: found.clue_id, owesCode: found.owes_code, since: found.since.toISOString(), foundAt: now.toISOString(),
      };
      await tx.emit({ type: supervisionFound.type, subject: found.case_id === null ? `clue:${found.clue_id}` : caseSubject(found.case_id), data });
    }
  },
};
