import type { Principal } from '@casebridge/kernel';
import { type Answer, officer } from '@casebridge/testkit';
import type { DutyCrimeActName } from '../duty-crime-clue/duty-crime-clue.machine';
import { sendAct } from './acts';
import { type Input, type ReferralWorld, regulator } from './referral-world';
import { dataOf } from './world';

export const supervision = 'SUP-210100';
export const supervisor = officer(supervision, 2);
export const dutyCrimeInput = (changes: Input = {}): Input => ({ supervision, official: '演示机关某岗位工作人员', facts: '演示：涉嫌收受财物、帮助逃避查处。', ...changes });

export const tryDutyCrime = (
  world: ReferralWorld, act: DutyCrimeActName, who: Principal, id: string | null, input: Input, more: Input = {}, receivedAt?: Date,
): Promise<Answer<Record<string, { dutyCrimeClue: { id: string; status: string } }>>> =>
  sendAct(world, who, act, { ...(id === null ? {} : { dutyCrimeClueId: id }), input, ...more }, { selection: 'dutyCrimeClue { id status }', receivedAt });

/** One that the regulator sent. */
export async function sentClue(world: ReferralWorld, changes: Input = {}): Promise<string> {
  const { id } = dataOf(await tryDutyCrime(world, 'sendDutyCrimeClue', regulator, null, dutyCrimeInput(changes)))['sendDutyCrimeClue']!.dutyCrimeClue;
  world.pass(60_000);
  return id;
}
