import { civilDate, isUuid, uuidv7 } from '@casebridge/kernel';
import { type ActOn, assertVersion, at, instantOf, query, type Sql, sql, toVisible, type Visible } from '@casebridge/platform';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { getCaseForUpdate } from '../admin-case/admin-case.loader';
import { assertMayAct, standing } from './referral-act';
import type { ReferralEntity } from './referral.entity';
import { finishedReferral } from './referral.machine';
import { newReferralRow, stateOf } from './referral-record';
import { decideReferral, noReferral } from './referral.rule';
import { referralRecords } from './referral.source';

/*
 * What acts that may make a referral have in common: the report of the agency, the order of the procuratorate.
 */

export const LONGEST_FACTS = 20_000;

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
async function latestReferral({ tx, ctx, reader }: ActOn, caseId: string, lock: Sql): Promise<Visible<ReferralEntity> | null> {
  const source = referralRecords(reader);
  const [row] = await query(tx.em, sql`
    select ${source.columns} from ${source.from} where r.case_id = ${caseId} and ${source.where}
    order by r.created_at desc, r.id desc limit 1 ${lock}`);
  return row ? toVisible(ctx, source, row) : null;
}

/** Case and current referral, locked, once it is asked who may, which version was read, and whether the state allows the act. */
export async function beginOnCase(
  request: ActOn, act: 'submitReferralReport' | 'orderReferral', caseId: string, expectedVersion: number | null | undefined, procuratorate: (c: Visible<AdminCaseEntity>) => string | null = () => null,
) {
  const seen = isUuid(caseId) ? await latestReferral(request, caseId, sql``) : null;
  const adminCase = await getCaseForUpdate(request, caseId);
  const latest = await latestReferral(request, caseId, sql`for update of r`);
  const current = latest && !finishedReferral.includes(latest.status) ? latest : null;
  if (current) request.target.is({ ...standing(current), changedMeanwhile: current.id !== seen?.id || current.version !== seen.version });
  const acting = at(request, instantOf(request, latest));
  assertMayAct(acting, act, { filingAgencyCode: adminCase.agencyCode, policeAgencyCode: null, procuratorateAgencyCode: procuratorate(adminCase), courtAgencyCode: null });
  assertVersion((current ?? adminCase).version, expectedVersion);
  const decided = decideReferral(current ? stateOf(current) : noReferral, act, acting.tx.clock.now(), acting.tx.calendar);
  return { acting, adminCase, current, decided };
}

/** A referral that the act under way is the first on. */
export async function created(acting: ActOn, caseId: string, agencyCode: string, now: Date): Promise<Visible<ReferralEntity>> {
  const row = newReferralRow({ id: uuidv7(now), referralNo: await nextReferralNo(acting, agencyCode), caseId, agencyCode, at: now });
  acting.ctx.reads.add('Referral', [row.id]);
  return { ...row, may: { file: true, refusal: true, proceedings: false, notice: true } };
}
