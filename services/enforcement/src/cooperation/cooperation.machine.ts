import type { CooperationKind, CooperationStatus } from '@casebridge/contracts';
import { apl2021, defineMachine, houseRule, type Machine, proc, unchanged } from '@casebridge/kernel';

/** 协查: one agency asks another, of its region or of another one. `null` is a request that is not made yet. */
const assistance = defineMachine<CooperationStatus>()(null, {
  requestAssistance: { from: [null], to: 'REQUESTED', basis: proc('45') },
  acceptAssistance: { from: ['REQUESTED'], to: 'UNDER_WAY', basis: proc('45') },
  extendAssistance: { from: ['REQUESTED', 'UNDER_WAY'], to: unchanged, basis: proc('45', 'NV') },
  answerAssistance: { from: ['REQUESTED', 'UNDER_WAY'], to: 'ANSWERED', basis: proc('45') },
  declineAssistance: { from: ['REQUESTED', 'UNDER_WAY'], to: 'DECLINED', basis: apl2021('26', 'NV') },
  withdrawAssistance: { from: ['REQUESTED', 'UNDER_WAY'], to: 'WITHDRAWN', basis: houseRule('撤回协查') },
});

/** The machine of each kind. */
export const cooperationMachines = { ASSISTANCE: assistance } as const satisfies Readonly<Record<CooperationKind, Machine<CooperationStatus, string>>>;

type Machines = typeof cooperationMachines;
export type CooperationActName = { [K in CooperationKind]: Machines[K]['acts'][number] }[CooperationKind];

/** The kind that each act belongs to: no two kinds share one. */
export const kindOfAct = Object.fromEntries(
  Object.entries(cooperationMachines).flatMap(([kind, { acts }]) => acts.map((act) => [act, kind])),
) as Readonly<Record<CooperationActName, CooperationKind>>;

/** The machine that knows an act. */
export const machineOf = (act: CooperationActName): Machine<CooperationStatus, CooperationActName> => cooperationMachines[kindOfAct[act]] as Machine<CooperationStatus, CooperationActName>;
