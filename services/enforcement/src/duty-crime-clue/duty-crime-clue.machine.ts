import type { DutyCrimeClueStatus } from '@casebridge/contracts';
import { dar2026, defineMachine, houseRule, o310 } from '@casebridge/kernel';

/** Clues to duty crimes of officials go to supervision, never to the police (O310 art. 19; DAR art. 77). */
export const dutyCrimeClueMachine = defineMachine<DutyCrimeClueStatus>()(null, {
  sendDutyCrimeClue: { from: [null], to: 'SENT', basis: o310('19') },
  receiveDutyCrimeClue: { from: ['SENT'], to: 'RECEIVED', basis: dar2026('77') },
  reportDutyCrimeResult: { from: ['RECEIVED'], to: 'CONCLUDED', basis: houseRule('职务犯罪线索反馈') },
});

export type DutyCrimeActName = (typeof dutyCrimeClueMachine.acts)[number];
