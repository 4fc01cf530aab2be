import type { CriminalCharge } from '@casebridge/contracts';
import { BadUserInput, civilDate, isUuid, searchText, uuidv7 } from '@casebridge/kernel';
import { query, type Sql, sql, toVisible, type Visible } from '@casebridge/platform';
import { getCaseForUpdate } from '../admin-case/admin-case.loader';
import { assertOfficersOf } from '../agency/agency.registry';
import { type ActOn, assertVersion } from '../shared/act';
import { lineInput, textInput } from '../shared/input-text';
import { assertMayAct, at, defineReferralAct, instantOf, saveReferral, standing, tell } from './referral-act';
import type { ReferralEntity } from './referral.entity';
import { finishedReferral, referralMachine } from './referral.machine';
import { newReferralRow, referralAfter, stateOf } from './referral-record';
import { decideReferral, noReferral } from './referral.rule';
import { referralRecords } from './referral.source';

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
export const LONGEST_FACTS = 20_000;
const LONGEST_NAME = 100;
const MOST_OFFICERS = 100;

/** A task force of two or more: who is on it is named, each once. */
function taskForceOf(names: readonly string[]): string[] {
  const named = names.map((name, i) => lineInput(name, `input.taskForce.${i}`, LONGEST_NAME));
  const different = new Set(named.map(searchText)).size;
  if (different < 2 || different < named.length || named.length > MOST_OFFICERS) {
    throw new BadUserInput('input.taskForce', 'must name at least two officers, each once', referralMachine.rules[act].basis);
  }
  return named;
}

/** How referrals of an agency in a year are numbered. */
export const referralNo = (agencyCode: string, year: string, n: number): string => `${agencyCode}涉罪移〔${year}〕${n}号`;

/** The next number; the lock holds until the transaction ends, so that no number is given twice. */
async function nextReferralNo(acting: ActOn, agencyCode: string): Promise<string> {
  const year = civilDate(acting.tx.clock.now()).slice(0, 4);
  const numbers = referralNo(agencyCode, year, 0).replace(/0号$/, '');
  await query(acting.tx.em, sql`select pg_advisory_xact_lock(hashtextextended(${numbers}, 0))`);
  const [row] = await query<{ n: number }>(acting.tx.em, sql`
    select coalesce(max(substring(referral_no from '〕([0-9]+)号$')::int), 0) + 1 as n from referral
    where filing_agency_code = ${agencyCode} and starts_with(referral_no, ${numbers})`);
  return referralNo(agencyCode, year, row?.n ?? 1);
}

/** The referral of a case made last. */
export async function latestReferral({ tx, ctx, reader }: ActOn, caseId: string, lock: Sql): Promise<Visible<ReferralEntity> | null> {
  const source = referralRecords(reader);
  const [row] = await query(tx.em, sql`
    select ${source.columns} from ${source.from} where r.case_id = ${caseId} and ${source.where}
    order by r.created_at desc, r.id desc limit 1 ${lock}`);
  return row ? toVisible(ctx, source, row) : null;
}

/** Reports a suspected crime to the head of the agency: makes a referral, or takes a refused one up again on new facts. */
export const submitReferralReport = defineReferralAct<SubmitReferralReport>(act, async (request, { caseId, input }) => {
  const seen = isUuid(caseId) ? await latestReferral(request, caseId, sql``) : null;
  const adminCase = await getCaseForUpdate(request, caseId);
  const latest = await latestReferral(request, caseId, sql`for update of r`);
  const current = latest && !finishedReferral.includes(latest.status) ? latest : null;
  if (current) request.target.is({ ...standing(current), changedMeanwhile: current.id !== seen?.id || current.version !== seen.version });
  const acting = at(request, instantOf(request, latest));
  assertMayAct(acting, act, { filingAgencyCode: adminCase.agencyCode, policeAgencyCode: null, procuratorateAgencyCode: null, courtAgencyCode: null });
  assertVersion((current ?? adminCase).version, input.expectedVersion);
  const decided = decideReferral(current ? stateOf(current) : noReferral, act, acting.tx.clock.now(), acting.tx.calendar);

  const facts = textInput(input.facts, 'input.facts', LONGEST_FACTS);
  const taskForce = taskForceOf(input.taskForce);
  await assertOfficersOf(acting, adminCase.agencyCode, taskForce, (i) => `input.taskForce.${i}`);
  if (current && searchText(current.facts) === searchText(facts)) {
    throw new BadUserInput('input.facts', 'must bring new facts: this report was refused', referralMachine.rules[act].basis);
  }
  const now = acting.tx.clock.now();
  const before = current ?? (await created(acting, caseId, adminCase.agencyCode, now));
  const after = referralAfter(before, { act, decided, fields: { charge: input.charge, facts, taskForce }, at: now });
  await saveReferral(acting, after, current ? 'update' : 'insert');
  await tell(acting, after, adminCase, { act, decided, detail: { taskForce } });
  return after;
});

export async function created(acting: ActOn, caseId: string, agencyCode: string, now: Date): Promise<Visible<ReferralEntity>> {
  const row = newReferralRow({ id: uuidv7(now), referralNo: await nextReferralNo(acting, agencyCode), caseId, agencyCode, at: now });
  acting.ctx.reads.add('Referral', [row.id]);
  return { ...row, may: { file: true, refusal: true, proceedings: false, notice: true } };
}
