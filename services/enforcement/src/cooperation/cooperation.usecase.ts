import { agencyCode, type AgencyFunction, BadUserInput, type Citation, insp2023, o310, recordId, uuidv7 } from '@casebridge/kernel';
import { type ActOn, and, lineInput, query, sql, textInput } from '@casebridge/platform';
import { caseRecords } from '../admin-case/admin-case.source';
import { assertMayAct, cooperationAct, type CooperationNamed, defineCooperationAct, documentsOf, done } from './cooperation-act';
import type { CooperationEntity } from './cooperation.entity';
import type {
  AcceptCooperationInput, AnswerCooperationInput, CooperationDocumentInput, EndCooperationInput, ExtendCooperationInput, OpenConsultationInput, OrderJointSupervisionInput,
  PublicInterestInput, ReportTestInput, RequestAssistanceInput, RequestEarlyConsultationInput, RequestTestInput,
} from './cooperation.input';
import { type CooperationActName, kindOfAct } from './cooperation.machine';
import { boundByProcedure, mayBeUrgent, parties } from './cooperation.policy';
import { newCooperationRow } from './cooperation-record';
import { longestExtension, longestPeriod } from './cooperation.rule';

const LONGEST_TEXT = 10_000;
const MOST_AGENCIES = 20;
const words = (text: string, field = 'input.text'): string => textInput(text, field, LONGEST_TEXT);
const within = (n: number, longest: number): number => {
  if (n < 1 || n > longest) throw new BadUserInput('input.workingDays', `must be from 1 to ${longest}`);
  return n;
};

type Asked = { readonly code: string; readonly functions: readonly AgencyFunction[] };

/** An agency that is asked. @throws BadUserInput when it is none, the one that asks, or one that such an act is not for */
function askedAgency({ ctx, who }: ActOn, act: CooperationActName, code: string, field: string): Asked {
  const agency = ctx.deps.directory.agency(agencyCode(code, field));
  if (!agency || agency.status !== 'ACTIVE') throw new BadUserInput(field, 'is not the code of a registered agency');
  if (agency.code === who.agency.code) throw new BadUserInput(field, 'must be another agency than the one that asks');
  if (!parties[kindOfAct[act]].isAsked(agency.functions)) throw new BadUserInput(field, 'is no agency that this can be asked of');
  return agency;
}

/** Several of them, each once. */
function askedAgencies(acting: ActOn, act: CooperationActName, codes: readonly string[]): Asked[] {
  if (codes.length === 0 || codes.length > MOST_AGENCIES || new Set(codes).size < codes.length) throw new BadUserInput('input.agencies', `must name from 1 to ${MOST_AGENCIES} agencies, each once`);
  return codes.map((code, i) => askedAgency(acting, act, code, `input.agencies.${i}`));
}

/** A case that is open to who asks, or one of his agency. @throws BadUserInput for another one, and for none, alike */
async function caseOf({ tx, reader, who }: ActOn, id: string | null | undefined, own: boolean): Promise<string | null> {
  if (id == null) return null;
  const { from, where } = caseRecords(reader);
  const caseId = recordId(id, 'input.caseId');
  const [row] = await query<{ agency_code: string }>(tx.em, sql`select c.agency_code from ${from} where ${and(sql`c.case_id = ${caseId}`, where)}`);
  if (!row || (own && row.agency_code !== who.agency.code)) throw new BadUserInput('input.caseId', own ? 'is no case of your agency' : 'is no case that you may see');
  return caseId;
}

interface Begun {
  readonly asked: readonly Asked[];
  readonly fields?: Partial<CooperationEntity>;
  readonly workingDays?: number;
  /** Whether a case that is named must be the agency's own. */
  readonly own?: true;
}
type Beginning = { readonly caseId?: string | null; readonly title: string; readonly content: string; readonly documents?: CooperationDocumentInput[] | null };

/** An act that begins something, the same steps for all: who may, whom it asks, about which case, in which words. */
const begins = <Input extends Beginning>(act: CooperationActName, begin: (acting: ActOn, input: Input) => Begun) =>
  defineCooperationAct<{ readonly input: Input }>(act, async (acting, { input }): Promise<CooperationNamed> => {
    assertMayAct(acting, act, null);
    const { asked, fields, workingDays, own = false } = begin(acting, input);
    const now = acting.tx.clock.now();
    const row = newCooperationRow({
      id: uuidv7(now), kind: kindOfAct[act], agencyCode: acting.who.agency.code, askedCodes: asked.map((a) => a.code), caseId: await caseOf(acting, input.caseId, own),
      title: lineInput(input.title, 'input.title'), content: words(input.content, 'input.content'), requestedAt: now, ...fields,
    });
    return done(acting, act, row, { ...(workingDays === undefined ? {} : { workingDays }), documents: await documentsOf(acting, row.id, input.documents) });
  });

const accept = (act: CooperationActName) => cooperationAct<AcceptCooperationInput>(act, () => ({}));
const end = (act: CooperationActName) => cooperationAct<EndCooperationInput>(act, (_, { text }) => ({ text: words(text) }));
const answer = (act: CooperationActName) =>
  cooperationAct<AnswerCooperationInput>(act, async (acting, { text, documents }, id) => ({ text: words(text), documents: await documentsOf(acting, id, documents) }));
const extend = (act: CooperationActName) =>
  cooperationAct<ExtendCooperationInput>(act, (_, { text, workingDays }) => ({ text: words(text), workingDays: within(workingDays, longestExtension(kindOfAct[act])) }));

const urgency: Citation = insp2023('59');

/** Asks another agency for help (协查): it answers within the time of the article that binds it. */
export const requestAssistance = begins<RequestAssistanceInput>('requestAssistance', (acting, { agency, urgent }) => {
  const asked = askedAgency(acting, 'requestAssistance', agency, 'input.agency');
  if (urgent && !mayBeUrgent(acting.who.agency.functions, asked.functions)) throw new BadUserInput('input.urgent', 'is for inspections of drugs: between regulators of drugs', urgency);
  return { asked: [asked], fields: { urgent, bound: boundByProcedure(asked.functions) }, own: true };
});
export const acceptAssistance = accept('acceptAssistance');
export const extendAssistance = extend('extendAssistance');
export const answerAssistance = answer('answerAssistance');
export const declineAssistance = end('declineAssistance');
export const withdrawAssistance = end('withdrawAssistance');

/** Puts a matter under joint supervision (联合督办): the agencies that take part report until it is closed. */
export const orderJointSupervision = begins<OrderJointSupervisionInput>('orderJointSupervision', (acting, { agencies, level, workingDays }) => ({
  asked: askedAgencies(acting, 'orderJointSupervision', agencies), fields: { level }, workingDays: within(workingDays, longestPeriod),
}));
export const reportJointSupervision = answer('reportJointSupervision');
export const extendJointSupervision = extend('extendJointSupervision');
export const closeJointSupervision = answer('closeJointSupervision');
export const withdrawJointSupervision = end('withdrawJointSupervision');

/** Calls other agencies together about a case (会商). */
export const openConsultation = begins<OpenConsultationInput>('openConsultation', (acting, { agencies }) => ({ asked: askedAgencies(acting, 'openConsultation', agencies) }));
export const giveConsultationOpinion = answer('giveConsultationOpinion');
export const concludeConsultation = answer('concludeConsultation');
export const withdrawConsultation = end('withdrawConsultation');

/** Asks police or procuratorate to look at a case before it is referred (提前介入). */
export const requestEarlyConsultation = begins<RequestEarlyConsultationInput>('requestEarlyConsultation', (acting, { agencies }) =>
  ({ asked: askedAgencies(acting, 'requestEarlyConsultation', agencies), own: true }));
export const giveEarlyOpinion = answer('giveEarlyOpinion');
export const declineEarlyConsultation = end('declineEarlyConsultation');
export const concludeEarlyConsultation = answer('concludeEarlyConsultation');

/** Has something tested by a laboratory (委托检验). */
export const requestTest = begins<RequestTestInput>('requestTest', (acting, { agency, productName, batchNo, costBearer }) => ({
  asked: [askedAgency(acting, 'requestTest', agency, 'input.agency')],
  fields: { productName: lineInput(productName, 'input.productName'), batchNo: batchNo == null ? null : lineInput(batchNo, 'input.batchNo'), costBearer },
}));
export const acceptTest = accept('acceptTest');
export const reportTest = cooperationAct<ReportTestInput>('reportTest', async (acting, { conclusion, text, documents }, id) => {
  if (documents.length === 0) throw new BadUserInput('input.documents', 'must have the report', o310('6'));
  return { text: words(text), testConclusion: conclusion, documents: await documentsOf(acting, id, documents) };
});
export const declineTest = end('declineTest');
export const withdrawTest = end('withdrawTest');

/** A procuratorate suggests something to a regulator (检察建议), who answers it. */
export const issueProcuratorialSuggestion = begins<PublicInterestInput>('issueProcuratorialSuggestion', (acting, { agency }) =>
  ({ asked: [askedAgency(acting, 'issueProcuratorialSuggestion', agency, 'input.agency')] }));
export const answerProcuratorialSuggestion = answer('answerProcuratorialSuggestion');
export const withdrawProcuratorialSuggestion = end('withdrawProcuratorialSuggestion');

/** A regulator sends the procuratorate what may be a matter of public-interest litigation (公益诉讼线索). */
export const sendPublicInterestClue = begins<PublicInterestInput>('sendPublicInterestClue', (acting, { agency }) =>
  ({ asked: [askedAgency(acting, 'sendPublicInterestClue', agency, 'input.agency')] }));
export const receivePublicInterestClue = accept('receivePublicInterestClue');
export const reportPublicInterestOutcome = answer('reportPublicInterestOutcome');
