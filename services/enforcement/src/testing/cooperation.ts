import type { CooperationKind, CooperationStatus } from '@casebridge/contracts';
import type { Principal } from '@casebridge/kernel';
import type { Answer } from '@casebridge/testkit';
import { officer } from '@casebridge/testkit';
import { CooperationActEntity, CooperationEntity } from '../cooperation';
import type { CooperationActName } from '../cooperation/cooperation.machine';
import { sendAct } from './acts';
import { chief, filing, head, type Input, investigator, police, procuratorate, prosecutor, type ReferralWorld, regulator } from './referral-world';
import { dataOf } from './world';

export interface CooperationView {
  readonly id: string;
  readonly version: number;
  readonly status: CooperationStatus;
}

/** The other province, which is asked; a head and an officer of it. */
export const elsewhere = 'DRA-220000';
export const elsewhereHead = officer(elsewhere, 1);
export const elsewhereOfficer = officer(elsewhere, 2);

export const askInput = (changes: Input = {}): Input => ({ agency: elsewhere, title: '演示：核查批号', content: '演示：请核查该批产品的销售流向。', ...changes });
export const said: Input = { text: '演示：经核查，情况属实。' };
export const longer: Input = { workingDays: 5, text: '演示：涉及多地。' };

/** Begins of the kinds that several take part in. */
const together = (changes: Input = {}): Input => ({ agencies: [elsewhere, police], title: '演示：跨省案件', content: '演示：请共同研究。', ...changes });
const papers = async (world: ReferralWorld, agencyCode: string): Promise<Input> => ({ ...said, documents: [{ title: '演示检验报告', fileId: await world.givenFile(agencyCode) }] });
const laboratory = 'LAB-210000';
export const labOfficer = officer(laboratory, 2);

type Given = (world: ReferralWorld) => Input | Promise<Input>;
const plain: Given = () => ({});
const saying: Given = () => said;
const longerBy: Given = () => longer;
const policeHead = officer(police, 1);

/** What each act is given, and by whom it is done, where it is lawful. */
export const lawfully: Readonly<Record<CooperationActName, readonly [who: ReturnType<typeof officer>, input: Given]>> = {
  requestAssistance: [regulator, () => askInput()], acceptAssistance: [elsewhereOfficer, plain], extendAssistance: [elsewhereHead, longerBy],
  answerAssistance: [elsewhereOfficer, saying], declineAssistance: [elsewhereHead, saying], withdrawAssistance: [regulator, saying],
  orderJointSupervision: [head, () => together({ level: 'PROVINCIAL', workingDays: 30 })], reportJointSupervision: [investigator, saying], extendJointSupervision: [head, longerBy],
  closeJointSupervision: [head, saying], withdrawJointSupervision: [head, saying],
  openConsultation: [regulator, () => together()], giveConsultationOpinion: [investigator, saying], concludeConsultation: [regulator, saying], withdrawConsultation: [regulator, saying],
  requestEarlyConsultation: [head, async (world) => together({ agencies: [police, procuratorate], caseId: (await world.givenCase({ agencyCode: filing })).caseId })],
  giveEarlyOpinion: [investigator, saying], declineEarlyConsultation: [policeHead, saying], concludeEarlyConsultation: [regulator, saying],
  requestTest: [regulator, () => askInput({ agency: laboratory, productName: '演示片', batchNo: '演示1', costBearer: 'PUBLIC_FUNDS' })], acceptTest: [labOfficer, plain],
  reportTest: [labOfficer, async (world) => ({ conclusion: 'DOES_NOT_CONFORM', ...(await papers(world, laboratory)) })], declineTest: [labOfficer, saying], withdrawTest: [regulator, saying],
  issueProcuratorialSuggestion: [chief, () => askInput({ agency: filing })], answerProcuratorialSuggestion: [head, saying], withdrawProcuratorialSuggestion: [chief, saying],
  sendPublicInterestClue: [head, () => askInput({ agency: procuratorate })], receivePublicInterestClue: [prosecutor, plain], reportPublicInterestOutcome: [prosecutor, saying],
};

/** An act; `id` is null for one that begins something. */
export const tryCooperation = (
  world: ReferralWorld, act: CooperationActName, who: Principal, id: string | null, input: Input = {}, more: Input = {}, receivedAt?: Date,
): Promise<Answer<Record<string, { cooperation: CooperationView }>>> =>
  sendAct(world, who, act, { ...(id === null ? {} : { cooperationId: id }), input, ...more }, { selection: 'cooperation { id version status }', receivedAt });

/** The same for an act that must succeed; a minute goes by after it. */
export async function doCooperation(world: ReferralWorld, act: CooperationActName, id: string | null, input?: Input): Promise<CooperationView> {
  const [who, usual] = lawfully[act];
  const { cooperation } = dataOf(await tryCooperation(world, act, who, id, input ?? (await usual(world))))[act]!;
  world.pass(60_000);
  return cooperation;
}

/** The acts that lead to a state, by the shortest way; the first one begins. */
export const ways: Readonly<Record<CooperationKind, Partial<Record<CooperationStatus, readonly CooperationActName[]>>>> = {
  ASSISTANCE: {
    REQUESTED: ['requestAssistance'], UNDER_WAY: ['requestAssistance', 'acceptAssistance'], ANSWERED: ['requestAssistance', 'answerAssistance'],
    DECLINED: ['requestAssistance', 'declineAssistance'], WITHDRAWN: ['requestAssistance', 'withdrawAssistance'],
  },
  JOINT_SUPERVISION: {
    UNDER_WAY: ['orderJointSupervision'], CONCLUDED: ['orderJointSupervision', 'closeJointSupervision'], WITHDRAWN: ['orderJointSupervision', 'withdrawJointSupervision'],
  },
  CONSULTATION: { UNDER_WAY: ['openConsultation'], CONCLUDED: ['openConsultation', 'concludeConsultation'], WITHDRAWN: ['openConsultation', 'withdrawConsultation'] },
  EARLY_CONSULTATION: {
    REQUESTED: ['requestEarlyConsultation'], UNDER_WAY: ['requestEarlyConsultation', 'giveEarlyOpinion'], DECLINED: ['requestEarlyConsultation', 'declineEarlyConsultation'],
    CONCLUDED: ['requestEarlyConsultation', 'concludeEarlyConsultation'],
  },
  TEST: {
    REQUESTED: ['requestTest'], UNDER_WAY: ['requestTest', 'acceptTest'], ANSWERED: ['requestTest', 'acceptTest', 'reportTest'], DECLINED: ['requestTest', 'declineTest'],
    WITHDRAWN: ['requestTest', 'withdrawTest'],
  },
  SUGGESTION: {
    REQUESTED: ['issueProcuratorialSuggestion'], ANSWERED: ['issueProcuratorialSuggestion', 'answerProcuratorialSuggestion'],
    WITHDRAWN: ['issueProcuratorialSuggestion', 'withdrawProcuratorialSuggestion'],
  },
  PUBLIC_INTEREST_CLUE: {
    REQUESTED: ['sendPublicInterestClue'], UNDER_WAY: ['sendPublicInterestClue', 'receivePublicInterestClue'],
    ANSWERED: ['sendPublicInterestClue', 'receivePublicInterestClue', 'reportPublicInterestOutcome'],
  },
};

export async function cooperationIn(world: ReferralWorld, kind: CooperationKind, status: CooperationStatus, changes: Input = {}): Promise<string> {
  const [first, ...rest] = ways[kind][status] ?? [];
  if (!first) throw new RangeError(`${kind} is never ${status}`);
  const { id } = await doCooperation(world, first, null, { ...(await lawfully[first][1](world)), ...changes });
  for (const act of rest) await doCooperation(world, act, id);
  return id;
}

export const assistanceIn = (world: ReferralWorld, status: CooperationStatus, changes: Input = {}): Promise<string> => cooperationIn(world, 'ASSISTANCE', status, changes);

export const cooperationRow = (world: ReferralWorld, id: string): Promise<CooperationEntity> => world.db.getRepository(CooperationEntity).findOneByOrFail({ id });
export const cooperationHistory = (world: ReferralWorld, cooperationId: string): Promise<CooperationActEntity[]> =>
  world.db.getRepository(CooperationActEntity).find({ where: { cooperationId }, order: { position: 'ASC' } });

export { filing, head, regulator };
