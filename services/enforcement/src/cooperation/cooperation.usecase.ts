import { type CooperationKind } from '@casebridge/contracts';
import { agencyCode, BadUserInput, insp2023, recordId, uuidv7 } from '@casebridge/kernel';
import { type ActOn, and, lineInput, query, sql, textInput } from '@casebridge/platform';
import { caseRecords } from '../admin-case/admin-case.source';
import { assertMayAct, cooperationAct, defineCooperationAct, documentsOf, done } from './cooperation-act';
import type { AnswerCooperationInput, EndCooperationInput, ExtendCooperationInput, RequestAssistanceInput } from './cooperation.input';
import { boundByProcedure, mayBeUrgent } from './cooperation.policy';
import { newCooperationRow } from './cooperation-record';
import { longestExtension } from './cooperation.rule';

const LONGEST_TEXT = 10_000;
const words = (text: string, field = 'input.text'): string => textInput(text, field, LONGEST_TEXT);

/** An agency that is asked. @throws BadUserInput when it is none, or the one that asks */
function askedAgency({ ctx, who }: ActOn, code: string, field: string) {
  const agency = ctx.deps.directory.agency(agencyCode(code, field));
  if (!agency || agency.status !== 'ACTIVE') throw new BadUserInput(field, 'is not the code of a registered agency');
  if (agency.code === who.agency.code) throw new BadUserInput(field, 'must be another agency than the one that asks');
  return agency;
}

/** A case of the agency that asks. @throws BadUserInput for another one, and for none, alike */
async function ownCase({ tx, reader, who }: ActOn, id: string | null | undefined): Promise<string | null> {
  if (id == null) return null;
  const { from, where } = caseRecords(reader);
  const caseId = recordId(id, 'input.caseId');
  const [row] = await query(tx.em, sql`select 1 as there from ${from} where ${and(sql`c.case_id = ${caseId} and c.agency_code = ${who.agency.code}`, where)}`);
  if (!row) throw new BadUserInput('input.caseId', 'is no case of your agency');
  return caseId;
}

/** What every kind begins with. */
async function begin(acting: ActOn, kind: CooperationKind, input: Pick<RequestAssistanceInput, 'caseId' | 'title' | 'content'>, askedCodes: string[]) {
  const now = acting.tx.clock.now();
  return newCooperationRow({
    id: uuidv7(now), kind, agencyCode: acting.who.agency.code, askedCodes, caseId: await ownCase(acting, input.caseId), title: lineInput(input.title, 'input.title'),
    content: words(input.content, 'input.content'), urgent: false, bound: false, requestedAt: now,
  });
}

/** Asks another agency for help (协查): it answers within the time of the article that binds it. */
export const requestAssistance = defineCooperationAct<{ readonly input: RequestAssistanceInput }>('requestAssistance', async (acting, { input }) => {
  assertMayAct(acting, 'requestAssistance', null);
  const asked = askedAgency(acting, input.agency, 'input.agency');
  const { urgent } = input;
  if (urgent && !mayBeUrgent(acting.who.agency.functions, asked.functions)) {
    throw new BadUserInput('input.urgent', 'is for inspections of drugs: between regulators of drugs', insp2023('59'));
  }
  const row = { ...(await begin(acting, 'ASSISTANCE', input, [asked.code])), urgent, bound: boundByProcedure(asked.functions) };
  return done(acting, 'requestAssistance', row, { documents: await documentsOf(acting, row.id, input.documents) });
});

export const acceptAssistance = cooperationAct('acceptAssistance', () => ({}));

export const extendAssistance = cooperationAct<ExtendCooperationInput>('extendAssistance', (_, { text, workingDays }) => {
  if (workingDays < 1 || workingDays > longestExtension) throw new BadUserInput('input.workingDays', `must be from 1 to ${longestExtension}`);
  return { text: words(text), workingDays };
});

export const answerAssistance = cooperationAct<AnswerCooperationInput>('answerAssistance', async (acting, { text, documents }, id) =>
  ({ text: words(text), documents: await documentsOf(acting, id, documents) }));

export const declineAssistance = cooperationAct<EndCooperationInput>('declineAssistance', (_, { text }) => ({ text: words(text) }));

export const withdrawAssistance = cooperationAct<EndCooperationInput>('withdrawAssistance', (_, { text }) => ({ text: words(text) }));
