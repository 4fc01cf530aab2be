import type { CriminalCharge } from '@casebridge/contracts';
import { type AgencyFunction, BadUserInput, civilDate, cleanText } from '@casebridge/kernel';
import { type Acting, useCase, type Visible } from '@casebridge/platform';
import { endPart, startPart } from '../admin-case/case-access';
import { attachDocuments, checkDocuments, type DocumentInput } from './referral-documents';
import { apply, assertMayAct, decideOrConflict, getReferralForUpdate, type Locked, nextPosition, record, reviveReferral, stateOf } from './referral-act';
import { ReferralEntity } from './referral.entity';
import type { ReferralActName } from './referral.machine';
import { missingDocuments, waitsForCriminal } from './referral.rule';

type Versioned<T> = T & { readonly expectedVersion?: number | null };
type Command<T> = { readonly id: string; readonly input: Versioned<T> };

/** What an act changes besides the state; told before the machine is asked, so that a refusal stores nothing. */
interface Effect {
  readonly holder: string;
  /** Changes of fields of the referral. */
  readonly fields?: Partial<ReferralEntity>;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Parts, case status, documents: done after the machine has agreed, with the position of the act. */
  readonly after?: (position: number) => Promise<readonly string[] | void>;
}

/** An act on a referral that exists: the same steps for all, lock, who may, version, state, input, effect, record. */
const referralAct = <Input extends object>(act: ReferralActName, effect: (acting: Acting, locked: Locked, input: Input) => Promise<Effect> | Effect) =>
  useCase<Command<Input>, Visible<ReferralEntity>>(
    act,
    async (acting, { id, input }) => {
      const locked = await getReferralForUpdate(acting, id);
      const { referral } = locked;
      assertMayAct(acting, act, referral, input.expectedVersion);
      const decided = decideOrConflict(acting, stateOf(referral), act, referral.updatedAt);
      const made = await effect(acting, locked, input);
      const position = await nextPosition(acting, referral.id);
      apply(referral, decided, made.holder, acting.tx.clock.now());
      Object.assign(referral, made.fields ?? {});
      const departed = (await made.after?.(position)) ?? [];
      const { may: _may, ...row } = referral;
      await acting.tx.em.update(ReferralEntity, { id: referral.id }, row as never);
      await record(acting, locked, { act, decided, position, departed, ...(made.detail ? { detail: made.detail } : {}) });
      return referral;
    },
    { revive: reviveReferral },
  );

const MAX_TEXT = 20_000;

/** Text that must say something. */
function said(field: string, value: string): string {
  const text = cleanText(value).trim();
  if (text === '') throw new BadUserInput(field, 'must not be blank');
  if (text.length > MAX_TEXT) throw new BadUserInput(field, `must not be longer than ${MAX_TEXT} characters`);
  return text;
}

function agencyWith(acting: Acting, field: string, code: string, wanted: AgencyFunction): string {
  const agency = acting.ctx.deps.directory.agency(code);
  if (!agency || agency.status !== 'ACTIVE' || !agency.functions.includes(wanted)) {
    throw new BadUserInput(field, `is not a registered agency with the function ${wanted}`);
  }
  return agency.code;
}

/** A day on which a decision was made: not in the future, and not before the police had the referral. */
function decisionDay(acting: Acting, field: string, day: string, referral: ReferralEntity): string {
  if (day > acting.reader.today) throw new BadUserInput(field, 'must not be in the future');
  if (referral.reviewStartedAt && day < civilDate(referral.reviewStartedAt)) throw new BadUserInput(field, 'must not be before the receipt was signed');
  return day;
}

export const approveReferral = referralAct<{ opinion?: string | null }>('approveReferral', (_, { referral }, { opinion }) => ({
  holder: referral.filingAgencyCode, detail: opinion == null ? {} : { opinion: said('input.opinion', opinion) },
}));

export const refuseReferral = referralAct<{ reasons: string }>('refuseReferral', (_, { referral }, { reasons }) => ({
  holder: referral.filingAgencyCode,
  // The report as it was refused: the procuratorate reads it even when a later report replaces it.
  detail: { reasons: said('input.reasons', reasons), facts: referral.facts, charge: referral.charge },
}));

export const transferReferral = referralAct<{ policeAgency: string; procuratorateAgency: string; documents: readonly DocumentInput[] }>(
  'transferReferral',
  async (acting, { referral, adminCase }, input) => {
    const policeAgencyCode = agencyWith(acting, 'input.policeAgency', input.policeAgency, 'POLICE');
    const procuratorateAgencyCode = agencyWith(acting, 'input.procuratorateAgency', input.procuratorateAgency, 'PROCURATORATE');
    const documents = await checkDocuments(acting, referral.id, input.documents);
    const missing = missingDocuments(documents.map((d) => d.kind), adminCase.testRequired);
    if (missing.length > 0) throw new BadUserInput('input.documents', `lacks ${missing.join(', ')} (O310 art. 6)`);
    return {
      holder: policeAgencyCode, fields: { policeAgencyCode, procuratorateAgencyCode },
      after: async (position) => {
        await attachDocuments(acting, referral.id, documents, position);
        await startPart(acting.tx, adminCase, { agencyCode: policeAgencyCode, kind: 'REFERRAL_POLICE' });
        await startPart(acting.tx, adminCase, { agencyCode: procuratorateAgencyCode, kind: 'REFERRAL_PROCURATORATE' });
        if (waitsForCriminal(adminCase.status)) Object.assign(adminCase, { statusBeforeCriminal: adminCase.status, status: 'PENDING_CRIMINAL' });
      },
    };
  },
);

export const signReferralReceipt = referralAct<{ receiptNo?: string | null }>('signReferralReceipt', (_, { referral }, { receiptNo }) => ({
  holder: referral.policeAgencyCode as string, fields: receiptNo == null ? {} : { receiptNo: said('input.receiptNo', receiptNo) },
}));

export const requestReferralSupplement = referralAct<{ gaps: readonly string[] }>('requestReferralSupplement', (_, { referral }, { gaps }) => {
  if (gaps.length === 0) throw new BadUserInput('input.gaps', 'must name at least one gap', { instrument: '公安机关办理刑事案件程序规定', article: '180(2)', mark: 'V' });
  const named = gaps.map((gap, i) => said(`input.gaps.${i}`, gap));
  return { holder: referral.filingAgencyCode, fields: { gaps: named }, detail: { gaps: named } };
});

export const supplementReferral = referralAct<{ documents?: readonly DocumentInput[] | null; explanation?: string | null }>(
  'supplementReferral',
  async (acting, { referral }, input) => {
    const documents = await checkDocuments(acting, referral.id, input.documents ?? []);
    const explanation = input.explanation == null ? null : said('input.explanation', input.explanation);
    if (documents.length === 0 && explanation === null) throw new BadUserInput('input.documents', 'give documents, or an explanation why they cannot be had');
    return {
      holder: referral.policeAgencyCode as string, fields: { gaps: [] }, detail: explanation === null ? {} : { explanation },
      after: (position) => attachDocuments(acting, referral.id, documents, position),
    };
  },
);

export const forwardReferral = referralAct<{ policeAgency: string; procuratorateAgency: string; reasons: string }>(
  'forwardReferral',
  (acting, { referral, adminCase }, input) => {
    const policeAgencyCode = agencyWith(acting, 'input.policeAgency', input.policeAgency, 'POLICE');
    const procuratorateAgencyCode = agencyWith(acting, 'input.procuratorateAgency', input.procuratorateAgency, 'PROCURATORATE');
    if (policeAgencyCode === referral.policeAgencyCode) throw new BadUserInput('input.policeAgency', 'must be another police agency than the one that forwards');
    const before = { police: referral.policeAgencyCode as string, procuratorate: referral.procuratorateAgencyCode as string };
    return {
      holder: policeAgencyCode, fields: { policeAgencyCode, procuratorateAgencyCode, receiptNo: null }, detail: { reasons: said('input.reasons', input.reasons) },
      after: async (position) => {
        const asItStood = { caseStatus: adminCase.status, referralId: referral.id, position };
        const departed = [before.police];
        await endPart(acting.tx, adminCase, { agencyCode: before.police, kind: 'REFERRAL_POLICE', asItStood });
        await startPart(acting.tx, adminCase, { agencyCode: policeAgencyCode, kind: 'REFERRAL_POLICE' });
        if (before.procuratorate !== procuratorateAgencyCode) {
          await endPart(acting.tx, adminCase, { agencyCode: before.procuratorate, kind: 'REFERRAL_PROCURATORATE', asItStood });
          await startPart(acting.tx, adminCase, { agencyCode: procuratorateAgencyCode, kind: 'REFERRAL_PROCURATORATE' });
          departed.push(before.procuratorate);
        }
        return departed;
      },
    };
  },
);

export const returnReferral = referralAct<{ reasons: string }>('returnReferral', (acting, { referral, adminCase }, input) => {
  const returnReasons = said('input.reasons', input.reasons);
  const police = referral.policeAgencyCode as string;
  return {
    holder: referral.filingAgencyCode, fields: { returnReasons }, detail: { reasons: returnReasons },
    after: async (position) => {
      if (adminCase.status === 'PENDING_CRIMINAL') Object.assign(adminCase, { status: adminCase.statusBeforeCriminal, statusBeforeCriminal: null });
      const asItStood = { caseStatus: adminCase.status, referralId: referral.id, position };
      await endPart(acting.tx, adminCase, { agencyCode: police, kind: 'REFERRAL_POLICE', asItStood });
      return [police];
    },
  };
});

export const fileCriminalCase = referralAct<{ decisionNo: string; charge: CriminalCharge; decidedOn: string }>(
  'fileCriminalCase',
  (acting, { referral }, input) => ({
    holder: referral.policeAgencyCode as string,
    fields: {
      decisionNo: said('input.decisionNo', input.decisionNo), filedCharge: input.charge,
      decidedOn: decisionDay(acting, 'input.decidedOn', input.decidedOn, referral),
    },
  }),
);

export const refuseCriminalCase = referralAct<{ reasons: string; decidedOn: string }>('refuseCriminalCase', (acting, { referral }, input) => {
  const notFiledReasons = said('input.reasons', input.reasons);
  return {
    holder: referral.filingAgencyCode, detail: { reasons: notFiledReasons },
    fields: { notFiledReasons, decidedOn: decisionDay(acting, 'input.decidedOn', input.decidedOn, referral) },
  };
});

export { said };
