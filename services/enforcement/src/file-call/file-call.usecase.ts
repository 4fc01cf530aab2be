import { Forbidden, normaliseDocumentNo, NotFound, sppr2019, uuidv7 } from '@casebridge/kernel';
import {
  type ActOn, always, and, caseHidden, defineAct, list, or, query, raw, type Reader, type RecordFacts, sql, textInput, toVisible, visible,
} from '@casebridge/platform';
import { caseRecords } from '../admin-case/admin-case.source';
import { FILE_CALLED, saveCase, startPart } from '../admin-case/case-access';
import { ifCaseIsOpen } from '../admin-case/admin-case.loader';
import { CaseFileCallEntity } from './file-call.entity';
import { FileAlreadyCalledFor } from './file-call.errors';

export interface CallForFile {
  readonly caseNo: string;
  readonly input: { readonly reasons: string };
}

class NotTheirs extends Forbidden {
  constructor() {
    super('Only an officer of the procuratorate or of the supervision of the place may do this');
  }
}

/** What a procuratorate knows of a case in which it has no part: a refusal to refer, a decision that was served, what was found to stand still. Supervision asks by number. */
const callable: RecordFacts = {
  region: raw('c.region_code'),
  refusal: sql`(exists (select 1 from referral_refusal x where x.case_id = c.case_id) or exists (select 1 from supervision_record s where s.case_id = c.case_id))`,
  ordinaryDecision: sql`exists (select 1 from penalty_decision d where d.case_id = c.case_id and d.procedure = 'ORDINARY' and d.served_on is not null)`,
  fileCalled: () => always,
  hidden: caseHidden('c'),
};
const mayCall = (reader: Reader) => visible(reader, 'case.callable', callable);

/** The case by its number, locked: as an agency may know of it by its place, or with a part in it. */
async function getCaseByNumber({ tx, ctx, reader, target }: ActOn, caseNo: string) {
  const records = caseRecords(reader);
  const source = { ...records, columns: list([records.columns, sql`${mayCall(reader)} as may_call`]) };
  const [row] = await query<{ may_call: boolean }>(tx.em, sql`
    select ${source.columns} from ${source.from}
    where ${and(sql`c.case_no = ${normaliseDocumentNo(caseNo)}`, or(records.where, mayCall(reader)))} for update of c`);
  if (!row) throw new NotFound('Case');
  const found = toVisible(ctx, source, row);
  target.is({ id: found.caseId, state: found.status, changedAt: found.updatedAt, changedMeanwhile: false });
  return { found, mayCall: row.may_call };
}

/** Calls for the file of a case (调阅): from now on the agency has a part in it. */
export const callForFile = defineAct<CallForFile, { caseId: string }>(
  'callForFile',
  async (acting, { caseNo, input }) => {
    const { tx, who } = acting;
    // Before the case is looked for: a refusal tells nothing of it to whoever knows no more than its number.
    if (!who.roles.some((role) => role === 'officer' || role === 'head') || !who.agency.functions.some((f) => f === 'PROCURATORATE' || f === 'SUPERVISION')) throw new NotTheirs();
    const reasons = textInput(input.reasons, 'input.reasons');
    const { found, mayCall: may } = await getCaseByNumber(acting, caseNo);
    if (!may) throw new NotTheirs();
    const { caseId } = found;
    const agencyCode = who.agency.code;
    if (await tx.em.existsBy(CaseFileCallEntity, { caseId, agencyCode })) throw new FileAlreadyCalledFor();
    const now = tx.clock.now();
    await tx.em.insert(CaseFileCallEntity, { id: uuidv7(now), caseId, agencyCode, officerId: who.officerId, reasons, calledAt: now });
    await startPart(tx, found, { agencyCode, kind: FILE_CALLED });
    await saveCase(tx, found);
    return { caseId };
  },
  { basis: sppr2019('557(3)'), revive: ifCaseIsOpen<{ caseId: string }>, changed: ({ caseId }) => [caseId] },
);
