import type { DisclosureDeferralStatus } from '@casebridge/contracts';
import { defineMachine, houseRule, unchanged } from '@casebridge/kernel';

/** No article of the disclosure rules that was read speaks of deferral: the head names the one he rests it on, and it ends by his act alone. */
const basis = houseRule('暂缓公示');

export const deferralMachine = defineMachine<DisclosureDeferralStatus>()(null, {
  deferDisclosure: { from: [null], to: 'RUNNING', basis },
  reviewDisclosureDeferral: { from: ['RUNNING'], to: unchanged, basis },
  liftDisclosureDeferral: { from: ['RUNNING'], to: 'LIFTED', basis },
});

export type DeferralActName = (typeof deferralMachine.acts)[number];
