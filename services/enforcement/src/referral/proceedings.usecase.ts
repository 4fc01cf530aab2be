import type { JudgmentInstance, JudgmentOutcome, NonProsecutionKind } from '@casebridge/contracts';
import { isOverdue } from '@casebridge/kernel';
import { lineInput } from '@casebridge/platform';
import { endPart, startPart } from '../admin-case/case-access';
import { RemedyStillOpen } from './referral.errors';
import { withdrawalTold } from './referral.rule';
import { agencyWith, dayDecided, type Doing, type Effect, openTracks, referralAct, resumeCase, words } from './referral-steps';
import { openTrack, TrackStillOpen } from './referral-track';

/*
 * What follows the receipt and the decision on filing: prosecution, judgment, and the end of a referral.
 */

/** The referral stays where it is, and the procuratorate, which has the copy, is told. */
export const recordReceiptRefusal = referralAct<{ reasons: string }>('recordReceiptRefusal', async ({ acting }, { reasons }) => {
  const detail = { reasons: words('input.reasons', reasons) };
  await acting.target.refuseIfOvertaken(acting.tx.em); // the state keeps nobody from recording the same refusal twice
  return { detail };
});

export const withdrawCriminalCase = referralAct<{ reasons: string; decidedOn: string }>('withdrawCriminalCase', (doing, input) => {
  const withdrawalReasons = words('input.reasons', input.reasons);
  const decidedOn = dayDecided(doing, 'input.decidedOn', input.decidedOn, doing.referral.decidedOn, 'the criminal case was filed');
  return {
    fields: { withdrawalReasons }, detail: { reasons: withdrawalReasons, decidedOn }, caseChanged: resumeCase(doing),
    met: withdrawalTold(decidedOn, doing.acting.tx.clock.now(), doing.acting.tx.calendar),
  };
});

/** To the procuratorate that has the copy, or to another, to which the part goes over. */
export const sendForProsecution = referralAct<{ opinionNo: string; procuratorateAgency?: string | null }>('sendForProsecution', async (doing, input) => {
  const { acting, adminCase, position, referral } = doing;
  const opinionNo = lineInput(input.opinionNo, 'input.opinionNo');
  const before = referral.procuratorateAgencyCode;
  const procuratorate = input.procuratorateAgency == null ? before : agencyWith(acting, 'input.procuratorateAgency', input.procuratorateAgency, 'PROCURATORATE');
  if (procuratorate === before) return { detail: { opinionNo } };
  if (before === null || procuratorate === null) throw new Error(`Referral ${referral.id} was filed without a procuratorate`);
  await endPart(acting.tx, adminCase, {
    agencyCode: before, kind: 'REFERRAL_PROCURATORATE', asItStood: { caseStatus: adminCase.status, referralId: referral.id, position },
  });
  await startPart(acting.tx, adminCase, { agencyCode: procuratorate, kind: 'REFERRAL_PROCURATORATE' });
  return { fields: { procuratorateAgencyCode: procuratorate }, detail: { opinionNo }, departed: [before], caseChanged: true };
});

export const returnForInvestigation = referralAct<{ reasons: string }>('returnForInvestigation', (_, { reasons }) => ({
  detail: { reasons: words('input.reasons', reasons) },
}));

export const indict = referralAct<{ indictmentNo: string; court: string }>('indict', async ({ acting, adminCase }, input) => {
  const indictmentNo = lineInput(input.indictmentNo, 'input.indictmentNo');
  const courtAgencyCode = agencyWith(acting, 'input.court', input.court, 'COURT');
  await startPart(acting.tx, adminCase, { agencyCode: courtAgencyCode, kind: 'REFERRAL_COURT' });
  return { fields: { indictmentNo, courtAgencyCode }, detail: { indictmentNo }, caseChanged: true };
});

export const decideNotToProsecute = referralAct<{ kind: NonProsecutionKind; reasons: string; decidedOn: string }>('decideNotToProsecute', (doing, input) => {
  const nonProsecutionReasons = words('input.reasons', input.reasons);
  const decidedOn = dayDecided(doing, 'input.decidedOn', input.decidedOn, doing.referral.decidedOn, 'the criminal case was filed');
  return {
    fields: { nonProsecutionKind: input.kind, nonProsecutionReasons }, detail: { reasons: nonProsecutionReasons, decidedOn },
    caseChanged: resumeCase(doing),
  };
});

interface JudgmentInput {
  readonly judgmentNo: string;
  readonly outcome: JudgmentOutcome;
  readonly instance: JudgmentInstance;
  readonly judgedOn: string;
}

const judgment = (doing: Doing, input: JudgmentInput) => ({
  judgmentNo: lineInput(input.judgmentNo, 'input.judgmentNo'), judgmentOutcome: input.outcome, judgmentInstance: input.instance,
  judgedOn: dayDecided(doing, 'input.judgedOn', input.judgedOn, doing.referral.decidedOn, 'the criminal case was filed'),
});

export const recordJudgment = referralAct<JudgmentInput>('recordJudgment', (doing, input): Effect => {
  const fields = judgment(doing, input);
  return { fields, detail: { judgmentNo: fields.judgmentNo } };
});

/** The judgment that stands: of the first instance, or what the second made of it. Who is acquitted or exempt may still owe an administrative penalty. */
export const recordEffectiveJudgment = referralAct<JudgmentInput & { effectiveOn: string }>('recordEffectiveJudgment', (doing, input) => {
  const fields = judgment(doing, input);
  const effectiveOn = dayDecided(doing, 'input.effectiveOn', input.effectiveOn, fields.judgedOn, 'the judgment');
  return {
    fields: { ...fields, effectiveOn }, detail: { judgmentNo: fields.judgmentNo }, caseChanged: input.outcome !== 'CONVICTED' && resumeCase(doing),
  };
});

/** A refusal of the police can be closed once it can no longer be fought, and a case that was sent back once it is answered. */
export const closeReferral = referralAct<object>('closeReferral', async (doing) => {
  const { acting, referral } = doing;
  const now = acting.tx.clock.now();
  const open = openTrack(await openTracks(doing), referral.status, now);
  if (open) throw new TrackStillOpen(open);
  if (referral.status === 'NOT_FILED' && referral.dueAt && !isOverdue(now, referral.dueAt)) throw new RemedyStillOpen();
  return { caseChanged: referral.status === 'NOT_FILED' && resumeCase(doing) };
});
