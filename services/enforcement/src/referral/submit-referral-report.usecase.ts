import type { CriminalCharge } from '@casebridge/contracts';
import { BadUserInput, civilDate, cleanLine, searchText, uuidv7 } from '@casebridge/kernel';
import { type Acting, query, sql, toVisible, useCase, type Visible } from '@casebridge/platform';
import { getCaseForUpdate } from '../admin-case/admin-case.loader';
import { apply, assertMayAct, assertVersion, decideOrConflict, nextPosition, NotActor, record, reviveReferral, stateOf } from './referral-act';
import { ReferralEntity } from './referral.entity';
import { finishedReferral, referralMachine } from './referral.machine';
import { whyNotReferralAct } from './referral.policy';
import type { ReferralState } from './referral.rule';
import { referralRecords } from './referral.source';
import { said } from './referral.usecase';

interface SubmitReferralReport {
  readonly caseId: string;
  readonly input: {
    readonly charge: CriminalCharge;
    readonly facts: string;
    readonly taskForce: readonly string[];
    readonly expectedVersion?: number | null;
  };
}

const act = 'submitReferralReport';
const { basis } = referralMachine.rules[act];
const noReferral: ReferralState = { status: null, dueAt: null, reviewStartedAt: null, suspensions: [] };

/** A task force of two or more (O310 art. 5(1)): who is on it is named, each once. */
function taskForceOf(names: readonly string[]): string[] {
  const named = names.map((name, i) => {
    const line = cleanLine(name).trim();
    if (line === '' || line.length > 100) throw new BadUserInput(`input.taskForce.${i}`, 'must have 1 to 100 characters');
    return line;
  });
  if (new Set(named.map(searchText)).size < 2 || new Set(named).size !== named.length) {
    throw new BadUserInput('input.taskForce', 'must name at least two officers, each once', basis);
  }
  return named;
}

/** Number of a referral within its agency and year; the lock holds until the transaction ends, so that no number is given twice. */
async function nextReferralNo(acting: Acting, agencyCode: string): Promise<string> {
  const year = civilDate(acting.tx.clock.now()).slice(0, 4);
  const prefix = `${agencyCode}涉罪移〔${year}〕`;
  await query(acting.tx.em, sql`select pg_advisory_xact_lock(hashtextextended(${prefix}, 0))`);
  const [row] = await query<{ n: number }>(acting.tx.em, sql`
    select coalesce(max(substring(referral_no from '〕(\\d+)号$')::int), 0) + 1 as n from referral
    where filing_agency_code = ${agencyCode} and starts_with(referral_no, ${prefix})`);
  return `${prefix}${row?.n ?? 1}号`;
}

/** Reports a suspected crime to the head of the agency: makes a referral, or takes a refused one up again on new facts. */
export const submitReferralReport = useCase<SubmitReferralReport, Visible<ReferralEntity>>(
  act,
  async (acting, { caseId, input }) => {
    const { tx, who, ctx, reader } = acting;
    const adminCase = await getCaseForUpdate(acting, caseId);
    const why = whyNotReferralAct(who, act, { filingAgencyCode: adminCase.agencyCode, policeAgencyCode: null });
    if (why !== null) throw new NotActor(why, null, basis);
    const source = referralRecords(reader);
    const [row] = await query(tx.em, sql`
      select ${source.columns} from ${source.from} where r.case_id = ${caseId} order by r.created_at desc limit 1 for update of r`);
    const latest = row ? toVisible(ctx, source, row) : null;
    const current = latest && !finishedReferral.includes(latest.status) ? latest : null;

    if (current) assertMayAct(acting, act, current, input.expectedVersion);
    else assertVersion(adminCase, input.expectedVersion, basis);
    const decided = decideOrConflict(acting, current ? stateOf(current) : noReferral, act, current?.updatedAt ?? null);
    const facts = said('input.facts', input.facts);
    const taskForce = taskForceOf(input.taskForce);
    if (current && searchText(current.facts) === searchText(facts)) {
      throw new BadUserInput('input.facts', 'must bring new facts: this report was refused', basis);
    }

    const now = tx.clock.now();
    const referral = current ?? (await created(acting, adminCase.caseId, adminCase.agencyCode));
    apply(referral, decided, adminCase.agencyCode, now);
    Object.assign(referral, { charge: input.charge, facts, taskForce });
    const { may: _may, ...columns } = referral;
    if (current) await tx.em.update(ReferralEntity, { id: referral.id }, columns as never);
    else await tx.em.insert(ReferralEntity, columns as never);
    const position = await nextPosition(acting, referral.id);
    await record(acting, { referral, adminCase }, { act, decided, position, detail: { taskForce } });
    return referral;
  },
  { revive: reviveReferral },
);

async function created(acting: Acting, caseId: string, agencyCode: string): Promise<Visible<ReferralEntity>> {
  const now = acting.tx.clock.now();
  return {
    id: uuidv7(now), referralNo: await nextReferralNo(acting, agencyCode), caseId, status: 'PENDING_APPROVAL', holderCode: agencyCode,
    filingAgencyCode: agencyCode, policeAgencyCode: null, procuratorateAgencyCode: null, charge: 'OTHER', facts: '', taskForce: [], dueAt: null,
    deadline: null, reviewStartedAt: null, suspensions: [], gaps: [], receiptNo: null, decisionNo: null, decidedOn: null, filedCharge: null,
    notFiledReasons: null, returnReasons: null, version: 0, createdAt: now, updatedAt: now, may: { file: true, refusal: true },
  };
}
