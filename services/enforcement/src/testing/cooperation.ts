import type { CooperationStatus } from '@casebridge/contracts';
import type { Principal } from '@casebridge/kernel';
import type { Answer } from '@casebridge/testkit';
import { officer } from '@casebridge/testkit';
import { CooperationActEntity, CooperationEntity } from '../cooperation';
import type { CooperationActName } from '../cooperation/cooperation.machine';
import { sendAct } from './acts';
import { filing, head, type Input, type ReferralWorld, regulator } from './referral-world';
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

/** What each act is given, and by whom it is done, where it is lawful. */
export const lawfully: Readonly<Record<CooperationActName, readonly [who: Principal, input: () => Input]>> = {
  requestAssistance: [regulator, askInput], acceptAssistance: [elsewhereOfficer, () => ({})], extendAssistance: [elsewhereHead, () => longer],
  answerAssistance: [elsewhereOfficer, () => said], declineAssistance: [elsewhereHead, () => said], withdrawAssistance: [regulator, () => said],
};

/** An act; `id` is null for one that begins something. */
export const tryCooperation = (
  world: ReferralWorld, act: CooperationActName, who: Principal, id: string | null, input: Input = {}, more: Input = {}, receivedAt?: Date,
): Promise<Answer<Record<string, { cooperation: CooperationView }>>> =>
  sendAct(world, who, act, { ...(id === null ? {} : { cooperationId: id }), input, ...more }, { selection: 'cooperation { id version status }', receivedAt });

/** The same for an act that must succeed; a minute goes by after it. */
export async function doCooperation(world: ReferralWorld, act: CooperationActName, id: string | null, input?: Input): Promise<CooperationView> {
  const [who, usual] = lawfully[act];
  const { cooperation } = dataOf(await tryCooperation(world, act, who, id, input ?? usual()))[act]!;
  world.pass(60_000);
  return cooperation;
}

/** The acts that lead to a state, by the shortest way. */
const ways: Readonly<Record<CooperationStatus, readonly CooperationActName[]>> = {
  REQUESTED: [], UNDER_WAY: ['acceptAssistance'], ANSWERED: ['answerAssistance'], DECLINED: ['declineAssistance'], WITHDRAWN: ['withdrawAssistance'],
};

export async function assistanceIn(world: ReferralWorld, status: CooperationStatus, changes: Input = {}): Promise<string> {
  const { id } = await doCooperation(world, 'requestAssistance', null, askInput(changes));
  for (const act of ways[status]) await doCooperation(world, act, id);
  return id;
}

export const cooperationRow = (world: ReferralWorld, id: string): Promise<CooperationEntity> => world.db.getRepository(CooperationEntity).findOneByOrFail({ id });
export const cooperationHistory = (world: ReferralWorld, cooperationId: string): Promise<CooperationActEntity[]> =>
  world.db.getRepository(CooperationActEntity).find({ where: { cooperationId }, order: { position: 'ASC' } });

export { filing, head, regulator };
