import type { CooperationKind, CooperationStatus } from '@casebridge/contracts';
import { apl2021, defineMachine, houseRule, m41, type Machine, o310, proc, suggestion2019, unchanged } from '@casebridge/kernel';

const machine = defineMachine<CooperationStatus>();

/** The machine of each kind. `null` is what is not begun yet. */
export const cooperationMachines = {
  /** 协查: one agency asks another, of its region or of another one. */
  ASSISTANCE: machine(null, {
    requestAssistance: { from: [null], to: 'REQUESTED', basis: proc('45') },
    acceptAssistance: { from: ['REQUESTED'], to: 'UNDER_WAY', basis: proc('45') },
    extendAssistance: { from: ['REQUESTED', 'UNDER_WAY'], to: unchanged, basis: proc('45', 'NV') },
    answerAssistance: { from: ['REQUESTED', 'UNDER_WAY'], to: 'ANSWERED', basis: proc('45') },
    declineAssistance: { from: ['REQUESTED', 'UNDER_WAY'], to: 'DECLINED', basis: apl2021('26', 'NV') },
    withdrawAssistance: { from: ['REQUESTED', 'UNDER_WAY'], to: 'WITHDRAWN', basis: houseRule('撤回协查') },
  }),
  /** 联合督办: who orders it closes it; the agencies that take part report. */
  JOINT_SUPERVISION: machine(null, {
    orderJointSupervision: { from: [null], to: 'UNDER_WAY', basis: m41('条次待核') },
    reportJointSupervision: { from: ['UNDER_WAY'], to: unchanged, basis: m41('条次待核') },
    extendJointSupervision: { from: ['UNDER_WAY'], to: unchanged, basis: houseRule('督办期限') },
    closeJointSupervision: { from: ['UNDER_WAY'], to: 'CONCLUDED', basis: houseRule('督办销号') },
    withdrawJointSupervision: { from: ['UNDER_WAY'], to: 'WITHDRAWN', basis: houseRule('督办撤销') },
  }),
  /** 会商: everybody who takes part gives his opinion, whoever opened it concludes. */
  CONSULTATION: machine(null, {
    openConsultation: { from: [null], to: 'UNDER_WAY', basis: m41('条次待核') },
    giveConsultationOpinion: { from: ['UNDER_WAY'], to: unchanged, basis: m41('条次待核') },
    concludeConsultation: { from: ['UNDER_WAY'], to: 'CONCLUDED', basis: m41('条次待核') },
    withdrawConsultation: { from: ['UNDER_WAY'], to: 'WITHDRAWN', basis: houseRule('撤回会商') },
  }),
  /** 提前介入: the regulator asks police or procuratorate what they think of a case before it is referred. */
  EARLY_CONSULTATION: machine(null, {
    requestEarlyConsultation: { from: [null], to: 'REQUESTED', basis: m41('条次待核') },
    giveEarlyOpinion: { from: ['REQUESTED', 'UNDER_WAY'], to: 'UNDER_WAY', basis: m41('条次待核') },
    declineEarlyConsultation: { from: ['REQUESTED'], to: 'DECLINED', basis: m41('条次待核') },
    concludeEarlyConsultation: { from: ['REQUESTED', 'UNDER_WAY'], to: 'CONCLUDED', basis: houseRule('提前介入办结') },
  }),
  /** 委托检验: by the statutory bodies of testing (O310 art. 4). */
  TEST: machine(null, {
    requestTest: { from: [null], to: 'REQUESTED', basis: o310('4') },
    acceptTest: { from: ['REQUESTED'], to: 'UNDER_WAY', basis: houseRule('收样受理') },
    reportTest: { from: ['UNDER_WAY'], to: 'ANSWERED', basis: o310('4') },
    declineTest: { from: ['REQUESTED', 'UNDER_WAY'], to: 'DECLINED', basis: houseRule('不予受理检验') },
    withdrawTest: { from: ['REQUESTED'], to: 'WITHDRAWN', basis: houseRule('撤回检验委托') },
  }),
  /** 检察建议 of a procuratorate to a regulator. */
  SUGGESTION: machine(null, {
    issueProcuratorialSuggestion: { from: [null], to: 'REQUESTED', basis: suggestion2019('3') },
    answerProcuratorialSuggestion: { from: ['REQUESTED'], to: 'ANSWERED', basis: suggestion2019('19') },
    withdrawProcuratorialSuggestion: { from: ['REQUESTED'], to: 'WITHDRAWN', basis: suggestion2019('21') },
  }),
  /** 公益诉讼线索 of a regulator to the procuratorate: receipt, then what came of it. */
  PUBLIC_INTEREST_CLUE: machine(null, {
    sendPublicInterestClue: { from: [null], to: 'REQUESTED', basis: houseRule('公益诉讼线索移送') },
    receivePublicInterestClue: { from: ['REQUESTED'], to: 'UNDER_WAY', basis: houseRule('公益诉讼线索签收') },
    reportPublicInterestOutcome: { from: ['UNDER_WAY'], to: 'ANSWERED', basis: houseRule('公益诉讼线索反馈') },
  }),
} as const satisfies Readonly<Record<CooperationKind, Machine<CooperationStatus, string>>>;

type Machines = typeof cooperationMachines;
export type CooperationActName = { [K in CooperationKind]: Machines[K]['acts'][number] }[CooperationKind];

/** The kind that each act belongs to: no two kinds share one. */
export const kindOfAct = Object.fromEntries(
  Object.entries(cooperationMachines).flatMap(([kind, { acts }]) => acts.map((act) => [act, kind])),
) as Readonly<Record<CooperationActName, CooperationKind>>;

/** The machine that knows an act. */
export const machineOf = (act: CooperationActName): Machine<CooperationStatus, CooperationActName> => cooperationMachines[kindOfAct[act]] as unknown as Machine<CooperationStatus, CooperationActName>;
