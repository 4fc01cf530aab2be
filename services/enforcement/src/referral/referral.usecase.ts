import type { CriminalCharge } from '@casebridge/contracts';
import { type AgencyFunction, BadUserInput, civilDate } from '@casebridge/kernel';
import type { Visible } from '@casebridge/platform';
import { endPart, startPart } from '../admin-case/case-access';
import { type ActOn, assertVersion } from '../shared/act';
import { lineInput, textInput } from '../shared/input-text';
import { assertMayAct, at, defineReferralAct, getReferralForUpdate, instantOf, type Locked, saveReferral, tell, type Told } from './referral-act';
import { attachDocuments, checkDocuments } from './referral-documents';
import type { ReferralEntity } from './referral.entity';
import { type ReferralActName, referralMachine } from './referral.machine';
import { type DocumentInput, referralAfter, stateOf } from './referral-record';
import { decideReferral, missingDocuments, waitsForCriminal } from './referral.rule';

type Versioned<T> = T & { readonly expectedVersion?: number | null };
type Command<T> = { readonly id: string; readonly input: Versioned<T> };

/** What an act does besides changing the state. */
interface Effect extends Pick<Told, 'detail' | 'departed' | 'caseChanged'> {
  /** Changes of fields of the referral. */
  readonly fields?: Partial<ReferralEntity>;
}

interface Doing extends Locked {
  readonly acting: ActOn;
  /** Position of the act in the timeline. */
  readonly position: number;
}

/** An act on a referral that exists, the same steps for all: lock, who may, version, state, effect, save, tell. */
const referralAct = <Input extends object>(act: ReferralActName, effect: (doing: Doing, input: Input) => Promise<Effect> | Effect) =>
  defineReferralAct<Command<Input>>(act, async (request, { id, input }): Promise<Visible<ReferralEntity>> => {
    const locked = await getReferralForUpdate(request, id);
    const { referral, adminCase } = locked;
    assertMayAct(request, act, referral);
    assertVersion(referral.version, input.expectedVersion);
    const acting = at(request, instantOf(request, referral));
    const decided = decideReferral(stateOf(referral), act, acting.tx.clock.now(), acting.tx.calendar);
    const { fields, ...told } = await effect({ ...locked, acting, position: referral.version + 1 }, input);
    const after = referralAfter(referral, { act, decided, at: acting.tx.clock.now(), ...(fields ? { fields } : {}) });
    await saveReferral(acting, after, 'update');
    await tell(acting, after, adminCase, { act, decided, ...told });
    return after;
  });

const LONGEST_TEXT = 20_000;
const LONGEST_GAP = 1_000;
const MOST_GAPS = 100;

const words = (field: string, text: string): string => textInput(text, field, LONGEST_TEXT);

function agencyWith(acting: ActOn, field: string, code: string, wanted: AgencyFunction): string {
  const agency = acting.ctx.deps.directory.agency(code);
  if (!agency || agency.status !== 'ACTIVE' || !agency.functions.includes(wanted)) {
    throw new BadUserInput(field, `is not the code of a registered agency with the function ${wanted}`);
  }
  return agency.code;
}

/** Both agencies that a referral is handed to: the police, and the procuratorate that gets the copy. */
const recipients = (acting: ActOn, input: { readonly policeAgency: string; readonly procuratorateAgency: string }) => ({
  policeAgencyCode: agencyWith(acting, 'input.policeAgency', input.policeAgency, 'POLICE'),
  procuratorateAgencyCode: agencyWith(acting, 'input.procuratorateAgency', input.procuratorateAgency, 'PROCURATORATE'),
});

/** The police agency of a referral that was transferred; the database holds that it has one. */
function policeOf(referral: ReferralEntity): string {
  if (referral.policeAgencyCode === null) throw new Error(`Referral ${referral.id} is ${referral.status} and has no police agency`);
  return referral.policeAgencyCode;
}

/** A day on which the police decided: not in the future, and not before they had the referral. */
function decisionDay({ acting, referral }: Doing, day: string): string {
  const field = 'input.decidedOn';
  if (day > civilDate(acting.tx.clock.now())) throw new BadUserInput(field, 'must not be in the future');
  if (referral.reviewStartedAt && day < civilDate(referral.reviewStartedAt)) throw new BadUserInput(field, 'must not be before the receipt was signed');
  return day;
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
    if (waitsForCriminal(adminCase.status)) Object.assign(adminCase, { statusBeforeCriminal: adminCase.status, status: 'PENDING_CRIMINAL' });
    return { fields, caseChanged: true };
  },
);

export const signReferralReceipt = referralAct<{ receiptNo?: string | null }>('signReferralReceipt', (_, { receiptNo }) => ({
  fields: receiptNo == null ? {} : { receiptNo: lineInput(receiptNo, 'input.receiptNo') },
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
  async ({ acting, referral, adminCase, position }, input) => {
    const fields = { ...recipients(acting, input), receiptNo: null };
    const police = policeOf(referral);
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
    return { fields, detail: { reasons }, departed, caseChanged: true };
  },
);

export const returnReferral = referralAct<{ reasons: string }>('returnReferral', async ({ acting, referral, adminCase, position }, input) => {
  const returnReasons = words('input.reasons', input.reasons);
  const police = policeOf(referral);
  if (adminCase.status === 'PENDING_CRIMINAL') Object.assign(adminCase, { status: adminCase.statusBeforeCriminal, statusBeforeCriminal: null });
  const asItStood = { caseStatus: adminCase.status, referralId: referral.id, position };
  await endPart(acting.tx, adminCase, { agencyCode: police, kind: 'REFERRAL_POLICE', asItStood });
  return { fields: { returnReasons }, detail: { reasons: returnReasons }, departed: [police], caseChanged: true };
});

export const fileCriminalCase = referralAct<{ decisionNo: string; charge: CriminalCharge; decidedOn: string }>('fileCriminalCase', (doing, input) => ({
  fields: { decisionNo: lineInput(input.decisionNo, 'input.decisionNo'), filedCharge: input.charge, decidedOn: decisionDay(doing, input.decidedOn) },
}));

export const refuseCriminalCase = referralAct<{ reasons: string; decidedOn: string }>('refuseCriminalCase', (doing, input) => {
  const notFiledReasons = words('input.reasons', input.reasons);
  return {
    detail: { reasons: notFiledReasons },
    fields: { notFiledReasons, decidedOn: decisionDay(doing, input.decidedOn) },
  };
});
