import { cooperationAct, cooperationStatus, type CooperationStatus } from '@casebridge/contracts';
import { IllegalTransition, stateCouncilCalendar as calendar } from '@casebridge/kernel';
import { cooperationClocks } from './cooperation.clocks';
import { type CooperationActName, cooperationMachines, kindOfAct, machineOf } from './cooperation.machine';
import { historyAct } from './cooperation-record';
import { type CooperationState, decideCooperation } from './cooperation.rule';

type From = CooperationStatus | 'none';

/** Written out from PROC 45 and the page of the domain, apart from the table. */
const page: Readonly<Record<CooperationActName, Partial<Record<From, CooperationStatus>>>> = {
  requestAssistance: { none: 'REQUESTED' },
  acceptAssistance: { REQUESTED: 'UNDER_WAY' },
  extendAssistance: { REQUESTED: 'REQUESTED', UNDER_WAY: 'UNDER_WAY' },
  answerAssistance: { REQUESTED: 'ANSWERED', UNDER_WAY: 'ANSWERED' },
  declineAssistance: { REQUESTED: 'DECLINED', UNDER_WAY: 'DECLINED' },
  withdrawAssistance: { REQUESTED: 'WITHDRAWN', UNDER_WAY: 'WITHDRAWN' },
  orderJointSupervision: { none: 'UNDER_WAY' }, reportJointSupervision: { UNDER_WAY: 'UNDER_WAY' }, extendJointSupervision: { UNDER_WAY: 'UNDER_WAY' },
  closeJointSupervision: { UNDER_WAY: 'CONCLUDED' }, withdrawJointSupervision: { UNDER_WAY: 'WITHDRAWN' },
  openConsultation: { none: 'UNDER_WAY' }, giveConsultationOpinion: { UNDER_WAY: 'UNDER_WAY' }, concludeConsultation: { UNDER_WAY: 'CONCLUDED' }, withdrawConsultation: { UNDER_WAY: 'WITHDRAWN' },
  requestEarlyConsultation: { none: 'REQUESTED' }, giveEarlyOpinion: { REQUESTED: 'UNDER_WAY', UNDER_WAY: 'UNDER_WAY' }, declineEarlyConsultation: { REQUESTED: 'DECLINED' },
  concludeEarlyConsultation: { REQUESTED: 'CONCLUDED', UNDER_WAY: 'CONCLUDED' },
  requestTest: { none: 'REQUESTED' }, acceptTest: { REQUESTED: 'UNDER_WAY' }, reportTest: { UNDER_WAY: 'ANSWERED' }, declineTest: { REQUESTED: 'DECLINED', UNDER_WAY: 'DECLINED' },
  withdrawTest: { REQUESTED: 'WITHDRAWN' },
  issueProcuratorialSuggestion: { none: 'REQUESTED' }, answerProcuratorialSuggestion: { REQUESTED: 'ANSWERED' }, withdrawProcuratorialSuggestion: { REQUESTED: 'WITHDRAWN' },
  sendPublicInterestClue: { none: 'REQUESTED' }, receivePublicInterestClue: { REQUESTED: 'UNDER_WAY' }, reportPublicInterestOutcome: { UNDER_WAY: 'ANSWERED' },
};
const PROC = '市场监督管理行政处罚程序规定';
const HOUSE = '药案通平台规则（非法律规定）';
const M41 = '药品行政执法与刑事司法衔接工作办法';
const O310 = '行政执法机关移送涉嫌犯罪案件的规定';
const SUGGESTION = '人民检察院检察建议工作规定';
const articles: Readonly<Record<CooperationActName, readonly [instrument: string, article: string, mark: string]>> = {
  requestAssistance: [PROC, '45', 'V'], acceptAssistance: [PROC, '45', 'V'], extendAssistance: [PROC, '45', 'NV'], answerAssistance: [PROC, '45', 'V'],
  declineAssistance: ['中华人民共和国行政处罚法', '26', 'NV'], withdrawAssistance: [HOUSE, '撤回协查', 'V'],
  orderJointSupervision: [M41, '条次待核', 'NV'], reportJointSupervision: [M41, '条次待核', 'NV'], extendJointSupervision: [HOUSE, '督办期限', 'V'],
  closeJointSupervision: [HOUSE, '督办销号', 'V'], withdrawJointSupervision: [HOUSE, '督办撤销', 'V'],
  openConsultation: [M41, '条次待核', 'NV'], giveConsultationOpinion: [M41, '条次待核', 'NV'], concludeConsultation: [M41, '条次待核', 'NV'], withdrawConsultation: [HOUSE, '撤回会商', 'V'],
  requestEarlyConsultation: [M41, '条次待核', 'NV'], giveEarlyOpinion: [M41, '条次待核', 'NV'], declineEarlyConsultation: [M41, '条次待核', 'NV'], concludeEarlyConsultation: [HOUSE, '提前介入办结', 'V'],
  requestTest: [O310, '4', 'V'], acceptTest: [HOUSE, '收样受理', 'V'], reportTest: [O310, '4', 'V'], declineTest: [HOUSE, '不予受理检验', 'V'], withdrawTest: [HOUSE, '撤回检验委托', 'V'],
  issueProcuratorialSuggestion: [SUGGESTION, '3', 'NV'], answerProcuratorialSuggestion: [SUGGESTION, '19', 'NV'], withdrawProcuratorialSuggestion: [SUGGESTION, '21', 'NV'],
  sendPublicInterestClue: [HOUSE, '公益诉讼线索移送', 'V'], receivePublicInterestClue: [HOUSE, '公益诉讼线索签收', 'V'], reportPublicInterestOutcome: [HOUSE, '公益诉讼线索反馈', 'V'],
};
const acts = Object.keys(page) as CooperationActName[];

it.each(acts)('%s is lawful in the states of the page and in no other', (act) => {
  for (const from of ['none', ...cooperationStatus.codes] as const) {
    const to = page[act][from];
    const next = (): CooperationStatus => machineOf(act).next(from === 'none' ? null : from, act);
    if (to === undefined) expect(next).toThrow(IllegalTransition);
    else expect([from, next()]).toEqual([from, to]);
  }
  const { basis } = machineOf(act).rules[act];
  expect([basis.instrument, basis.article, basis.mark]).toEqual(articles[act]);
});

it('has every act in one machine, and each in the code list', () => {
  expect(Object.values(cooperationMachines).flatMap((m) => m.acts)).toEqual(Object.keys(kindOfAct));
  expect(Object.keys(kindOfAct).sort()).toEqual([...acts].sort());
  expect(acts.map(historyAct).sort()).toEqual([...cooperationAct.codes].sort());
});

it('has the periods of their articles', () => {
  const rows = Object.entries(cooperationClocks).map(([name, { rows: [row] }]) => [name, row?.citation.instrument, row?.citation.article, row?.amount, row?.unit, row?.mark]);
  expect(rows).toEqual([
    ['assistance', PROC, '45', 15, 'WORKING_DAY', 'V'], ['assistanceUrgent', '药品检查管理办法（试行）', '59', 7, 'WORKING_DAY', 'V'],
    ['assistanceElsewhere', HOUSE, '协助办理期限', 15, 'WORKING_DAY', 'NV'], ['assistanceExtension', PROC, '45', 15, 'WORKING_DAY', 'NV'],
    ['jointSupervision', HOUSE, '督办期限', 120, 'WORKING_DAY', 'NV'], ['jointSupervisionExtension', HOUSE, '督办期限', 60, 'WORKING_DAY', 'NV'],
    ['testReport', HOUSE, '检验期限', 25, 'WORKING_DAY', 'NV'], ['suggestionReply', SUGGESTION, '19', 2, 'MONTH', 'NV'],
  ]);
});

// Friday, 25 September 2026, before the holidays of October.
const requestedAt = new Date('2026-09-25T02:00:00.000Z');
const asked: CooperationState = { kind: 'ASSISTANCE', status: null, urgent: false, bound: true, extended: false, deadline: null };
const after = (state: CooperationState, act: CooperationActName, at: string, days?: number) => ({ ...state, ...decideCooperation(state, act, new Date(at), calendar, days) });
const begun = (changes: Partial<CooperationState> = {}) => after({ ...asked, ...changes }, 'requestAssistance', requestedAt.toISOString());
/** Counted by hand on the published calendar: the last day is a working day, and so many working days lie after the first up to it. */
const workingDaysUntil = (last: string): number => {
  let n = 0;
  for (let day = new Date('2026-09-26T00:00:00Z'); day.toISOString().slice(0, 10) <= last; day = new Date(day.getTime() + 86_400_000)) if (calendar.isWorkingDay(day.toISOString().slice(0, 10))) n += 1;
  return n;
};

describe('the clock', () => {
  it.each([[{}, 15, 'assistance'], [{ urgent: true }, 7, 'assistanceUrgent'], [{ bound: false }, 15, 'assistanceElsewhere']] as const)('%j: %i working days', (changes, amount, name) => {
    const { deadline } = begun(changes);
    expect([deadline?.rule.name, workingDaysUntil(deadline?.lastDay ?? '')]).toEqual([name, amount]);
    expect(calendar.isWorkingDay(deadline?.lastDay ?? '')).toBe(true);
  });

  it('is in time through its last day and late after it', () => {
    const { deadline } = begun();
    const due = deadline!.dueAt.getTime();
    expect(after(begun(), 'answerAssistance', new Date(due - 1).toISOString())).toMatchObject({ status: 'ANSWERED', met: true, deadline: null });
    expect(after(begun(), 'declineAssistance', new Date(due).toISOString())).toMatchObject({ status: 'DECLINED', met: false, deadline: null });
    expect(after(begun(), 'withdrawAssistance', new Date(due).toISOString())).toMatchObject({ status: 'WITHDRAWN', met: null, deadline: null });
    expect(after(begun(), 'acceptAssistance', requestedAt.toISOString())).toMatchObject({ status: 'UNDER_WAY', met: null, deadline: { dueAt: deadline!.dueAt } });
  });

  it('is longer by what is told in time, and stays where it was by what is told late', () => {
    const first = begun();
    const inTime = after(first, 'extendAssistance', requestedAt.toISOString(), 5);
    expect([inTime.extended, workingDaysUntil(inTime.deadline!.lastDay ?? ''), inTime.deadline!.rule.name]).toEqual([true, 20, 'assistanceExtension']);
    const late = after(first, 'extendAssistance', first.deadline!.dueAt.toISOString(), 5);
    expect([late.extended, late.met, late.deadline]).toEqual([false, null, first.deadline]);
  });

  it('of a joint supervision is as long as it was given, of a test from the sample on, of a suggestion two months; a consultation has none', () => {
    const of = (kind: CooperationState['kind'], act: CooperationActName, days?: number) => after({ ...asked, kind }, act, requestedAt.toISOString(), days);
    const supervised = of('JOINT_SUPERVISION', 'orderJointSupervision', 12);
    expect(workingDaysUntil(supervised.deadline?.lastDay ?? '')).toBe(12);
    expect(workingDaysUntil(after(supervised, 'extendJointSupervision', requestedAt.toISOString(), 3).deadline?.lastDay ?? '')).toBe(15);
    expect(after(supervised, 'closeJointSupervision', supervised.deadline!.dueAt.toISOString())).toMatchObject({ status: 'CONCLUDED', met: false, deadline: null });
    const asksForTest = of('TEST', 'requestTest');
    expect(asksForTest.deadline).toBeNull();
    expect(workingDaysUntil(after(asksForTest, 'acceptTest', requestedAt.toISOString()).deadline?.lastDay ?? '')).toBe(25);
    expect(of('SUGGESTION', 'issueProcuratorialSuggestion').deadline).toMatchObject({ lastDay: '2026-11-25', rule: { name: 'suggestionReply', mark: 'NV' } });
    expect([of('CONSULTATION', 'openConsultation').deadline, of('PUBLIC_INTEREST_CLUE', 'sendPublicInterestClue').deadline]).toEqual([null, null]);
  });
});
