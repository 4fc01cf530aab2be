import type { CriminalCharge } from '@casebridge/contracts';
import { BadUserInput, civilDate } from '@casebridge/kernel';
import { type ActOn, lineInput, textInput } from '@casebridge/platform';
import { endPart, startPart } from '../admin-case/case-access';
import { attachDocuments, checkDocuments } from './referral-documents';
import { referralMachine } from './referral.machine';
import type { DocumentInput } from './referral-record';
import { missingDocuments } from './referral.rule';
import { agencyWith, dayDecided, type Doing, holdCase, openTracks, overtakeSupervision, policeOf, referralAct, resumeCase, situation, words } from './referral-steps';
import { NoGroundToFile } from './referral.errors';
import { groundToFile, settledByFiling } from './referral-track';

const LONGEST_GAP = 1_000;
const MOST_GAPS = 100;

/** Both agencies that a referral is handed to: the police, and the procuratorate that gets the copy. */
const recipients = (acting: ActOn, input: { readonly policeAgency: string; readonly procuratorateAgency: string }) => ({
  policeAgencyCode: agencyWith(acting, 'input.policeAgency', input.policeAgency, 'POLICE'),
  procuratorateAgencyCode: agencyWith(acting, 'input.procuratorateAgency', input.procuratorateAgency, 'PROCURATORATE'),
});

/** A day on which the police decided: not before they had the referral, or before they had refused. */
function decisionDay(doing: Doing, day: string): string {
  const { decidedOn, reviewStartedAt } = doing.referral;
  return reviewStartedAt
    ? dayDecided(doing, 'input.decidedOn', day, civilDate(reviewStartedAt), 'the receipt was signed')
    : dayDecided(doing, 'input.decidedOn', day, decidedOn, 'the refusal');
}

export const approveReferral = referralAct<{ opinion?: string | null }>('approveReferral', (_, { opinion }) => ({
  detail: opinion == null ? {} : { opinion: words('input.opinion', opinion) },
}));

export const refuseReferral = referralAct<{ reasons: string }>('refuseReferral', ({ referral }, { reasons }) => ({
  // The report as it was refused: the procuratorate reads it even when a later report replaces it.
  detail: { reasons: words('input.reasons', reasons), facts: referral.facts, charge: referral.charge },
}));

export const transferReferral = referralAct<{ policeAgency: string; procuratorateAgency: string; documents: readonly DocumentInput[] }>(
  'transferReferral',
  async ({ acting, referral, adminCase, position }, input) => {
    const fields = recipients(acting, input);
    const documents = await checkDocuments(acting, referral.id, input.documents);
    const missing = missingDocuments(documents.map((d) => d.kind), adminCase.testRequired);
    if (missing.length > 0) throw new BadUserInput('input.documents', `lacks ${missing.join(', ')}`, referralMachine.rules.transferReferral.basis);
    await attachDocuments(acting, referral.id, documents, position);
    await startPart(acting.tx, adminCase, { agencyCode: fields.policeAgencyCode, kind: 'REFERRAL_POLICE' });
    await startPart(acting.tx, adminCase, { agencyCode: fields.procuratorateAgencyCode, kind: 'REFERRAL_PROCURATORATE' });
    holdCase({ acting, adminCase });
    return { fields, caseChanged: true };
  },
);

export const signReferralReceipt = referralAct<{ receiptNo?: string | null }>('signReferralReceipt', (_, { receiptNo }) => ({
  fields: { reviewExtension: null, ...(receiptNo == null ? {} : { receiptNo: lineInput(receiptNo, 'input.receiptNo') }) },
}));

export const requestReferralSupplement = referralAct<{ gaps: readonly string[] }>('requestReferralSupplement', (_, input) => {
  const { length } = input.gaps;
  if (length === 0 || length > MOST_GAPS) throw new BadUserInput('input.gaps', `must name 1 to ${MOST_GAPS} gaps`);
  const gaps = input.gaps.map((gap, i) => textInput(gap, `input.gaps.${i}`, LONGEST_GAP));
  return { fields: { gaps }, detail: { gaps } };
});

export const supplementReferral = referralAct<{ documents?: readonly DocumentInput[] | null; explanation?: string | null }>(
  'supplementReferral',
  async ({ acting, referral, position }, input) => {
    const documents = await checkDocuments(acting, referral.id, input.documents ?? []);
    const explanation = input.explanation == null ? null : words('input.explanation', input.explanation);
    if (documents.length === 0 && explanation === null) {
      throw new BadUserInput('input.documents', 'must have documents, unless an explanation says why they cannot be had');
    }
    await attachDocuments(acting, referral.id, documents, position);
    return { fields: { gaps: [] }, detail: explanation === null ? {} : { explanation } };
  },
);

export const forwardReferral = referralAct<{ policeAgency: string; procuratorateAgency: string; reasons: string }>(
  'forwardReferral',
  async (doing, input) => {
    const { acting, referral, adminCase, position } = doing;
    const fields = { ...recipients(acting, input), receiptNo: null };
    const police = policeOf(referral);
    const tracks = await overtakeSupervision(doing, () => true);
    if (fields.policeAgencyCode === police) throw new BadUserInput('input.policeAgency', 'must be another police agency than the one that forwards');
    const reasons = words('input.reasons', input.reasons);
    const asItStood = { caseStatus: adminCase.status, referralId: referral.id, position };
    const departed = [police];
    await endPart(acting.tx, adminCase, { agencyCode: police, kind: 'REFERRAL_POLICE', asItStood });
    await startPart(acting.tx, adminCase, { agencyCode: fields.policeAgencyCode, kind: 'REFERRAL_POLICE' });
    const copied = referral.procuratorateAgencyCode;
    if (copied !== null && copied !== fields.procuratorateAgencyCode) {
      await endPart(acting.tx, adminCase, { agencyCode: copied, kind: 'REFERRAL_PROCURATORATE', asItStood });
      await startPart(acting.tx, adminCase, { agencyCode: fields.procuratorateAgencyCode, kind: 'REFERRAL_PROCURATORATE' });
      departed.push(copied);
    }
    return { fields, detail: { reasons }, departed, caseChanged: true, tracks };
  },
);

export const returnReferral = referralAct<{ reasons: string }>('returnReferral', async (doing, input) => {
  const { acting, referral, adminCase, position } = doing;
  const returnReasons = words('input.reasons', input.reasons);
  const police = policeOf(referral);
  const tracks = await overtakeSupervision(doing, () => true);
  resumeCase(doing);
  const asItStood = { caseStatus: adminCase.status, referralId: referral.id, position };
  await endPart(acting.tx, adminCase, { agencyCode: police, kind: 'REFERRAL_POLICE', asItStood });
  return { fields: { returnReasons }, detail: { reasons: returnReasons }, departed: [police], caseChanged: true, tracks };
});

export const fileCriminalCase = referralAct<{ decisionNo: string; charge: CriminalCharge; decidedOn: string }>('fileCriminalCase', async (doing, input) => {
  const tracks = await openTracks(doing);
  const refused = doing.referral.status === 'NOT_FILED';
  if (refused && !groundToFile(tracks)) throw new NoGroundToFile();
  const fields = { decisionNo: lineInput(input.decisionNo, 'input.decisionNo'), filedCharge: input.charge, decidedOn: decisionDay(doing, input.decidedOn) };
  const { tracks: settled, met } = settledByFiling(tracks, situation(doing));
  // It may have gone on with what the police had sent back.
  return { fields, tracks: settled, caseChanged: refused && holdCase(doing), ...(refused ? { met } : {}) };
});

export const refuseCriminalCase = referralAct<{ reasons: string; decidedOn: string }>('refuseCriminalCase', async (doing, input) => {
  const notFiledReasons = words('input.reasons', input.reasons);
  return {
    detail: { reasons: notFiledReasons }, tracks: await overtakeSupervision(doing, ({ state }) => state === 'REASONS_ACCEPTED'),
    fields: { notFiledReasons, decidedOn: decisionDay(doing, input.decidedOn) },
  };
});
