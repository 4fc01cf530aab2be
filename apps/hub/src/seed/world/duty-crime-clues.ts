import { uuidv7 } from '@casebridge/kernel';
import { dayOf, officeTime, workingDaysLater } from './days';
import type { Desk } from './desk';
import { dutyCrimeClueActRow, dutyCrimeClueAfter, newDutyCrimeClue } from './enforcement';
import { label } from './names';
import type { Plan } from './plans';
import { Random } from './random';
import { tables } from './tables';

const receiver = 'SUP-210100';

/** Here and there an officer sends a clue to supervision: left as it was sent, received, or with its result. */
export function tellDutyCrimeClue({ seed, rows, present }: Desk & { readonly seed: number }, plan: Plan): void {
  if (plan.n % 30 !== 9) return;
  const turn = Math.floor(plan.n / 30);
  const random = Random.of(seed, 'duty crime', plan.n);
  let at = officeTime(workingDaysLater(dayOf(plan.filedAt), 4), random);
  if (at > present.now.getTime()) return;
  let clue = newDutyCrimeClue({
    id: uuidv7(at, random.bytes), agencyCode: plan.agency, officerId: `${plan.agency}-2`, receiverCode: receiver, official: `${label}某机关某岗位工作人员`,
    facts: `${label}办案中发现涉嫌收受财物、帮助逃避查处。`, sentAt: new Date(at),
  });
  const acts = [['sendDutyCrimeClue', null], ['receiveDutyCrimeClue', null], ['reportDutyCrimeResult', `${label}已依规依法处置。`]] as const;
  for (const [act, text] of acts.slice(0, 1 + (turn % 3))) {
    const mine = act === 'sendDutyCrimeClue';
    clue = dutyCrimeClueAfter(clue, act, new Date(at), act === 'reportDutyCrimeResult' ? 'FILED' : null);
    rows.put(tables.dutyCrimeClueAct, dutyCrimeClueActRow(clue, {
      act, actorCode: mine ? plan.agency : receiver, officerId: mine ? clue.officerId : `${receiver}-2`, text,
    }, () => uuidv7(at, random.bytes)));
    at = officeTime(workingDaysLater(dayOf(at), 2), random);
    if (at > present.now.getTime()) break;
  }
  rows.put(tables.dutyCrimeClue, clue);
}
