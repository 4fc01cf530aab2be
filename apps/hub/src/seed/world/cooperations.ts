import type { CooperationKind } from '@casebridge/contracts';
import { stateCouncilCalendar, uuidv7 } from '@casebridge/kernel';
import { dayOf, officeTime, workingDaysLater } from './days';
import type { Desk } from './desk';
import { demoDocuments } from './documents';
import {
  type AdminCaseEntity, cooperationActedEvent, type CooperationActEntity, type CooperationActName, cooperationActRow, cooperationAfter, cooperationStateOf, decideCooperation,
  type NewCooperation, newCooperationRow,
} from './enforcement';
import type { EventLog } from './event-log';
import { label } from './names';
import type { Plan } from './plans';
import { Random } from './random';
import { tables } from './tables';

interface CooperationStage extends Desk {
  readonly seed: number;
  readonly log: EventLog;
}

type Saying = Omit<CooperationActEntity['detail'], 'text'> & { readonly text?: string; readonly report?: true };
/** An act so many working days after the one before it; of the agency that asks, or else of the one that is asked. */
type Step = readonly [daysLater: number, act: CooperationActName, saying?: Saying, asking?: 'asking'];

interface Script {
  readonly begins: CooperationActName;
  readonly kind: CooperationKind;
  /** Who is asked; left out: the agency of the case, by `from`. */
  readonly asks?: readonly string[];
  /** Who asks, where it is not the agency of the case: it knows nothing of the case. */
  readonly from?: string;
  readonly title: string;
  readonly content: string;
  readonly fields?: Partial<NewCooperation>;
  readonly saying?: Saying;
  readonly steps: readonly Step[];
}

const assistance = { kind: 'ASSISTANCE', begins: 'requestAssistance', title: '协助核查涉案批次', content: '请协助核查涉案批次药品的购销记录和流向。' } as const;
const bound = { fields: { bound: true } } as const;
const answer = { text: '经核查，相关购销记录和流向已随函附送。' };
const supervision = {
  kind: 'JOINT_SUPERVISION', begins: 'orderJointSupervision', asks: ['DRA-220000', 'PSB-210100'], title: '联合督办涉案线索', content: '请依法查清来源和去向，按期报告进展。',
} as const;
const consultation = { kind: 'CONSULTATION', begins: 'openConsultation', asks: ['PSB-210100', 'PPO-210100'], title: '案件定性会商', content: '请就涉案产品性质和法律适用提出意见。' } as const;
const early = { kind: 'EARLY_CONSULTATION', begins: 'requestEarlyConsultation', asks: ['PSB-210100'], title: '商请提前介入', content: '案情重大，商请就取证方向提出意见。' } as const;
const test = { kind: 'TEST', begins: 'requestTest', asks: ['LAB-210000'], title: '委托检验', content: '请按照国家药品标准检验含量和有关物质。' } as const;
const sample = { productName: `${label}检品`, batchNo: '演示批号20260101' } as const;
const suggestion = { kind: 'SUGGESTION', begins: 'issueProcuratorialSuggestion', from: 'PPO-210100', title: '关于加强监管的检察建议', content: '建议对辖区同类问题开展排查整治。' } as const;
const publicInterest = { kind: 'PUBLIC_INTEREST_CLUE', begins: 'sendPublicInterestClue', asks: ['PPO-210100'], title: '移送公益诉讼线索', content: '涉案产品已流入市场，可能损害社会公共利益。' } as const;
const opinion = { text: '建议进一步核实主观明知和数量金额。' };
const no = { text: '不属于本机关职权范围。' };

/** What is asked of whom, and what comes of it. */
const scripts: readonly Script[] = [
  { ...assistance, ...bound, asks: ['DRA-220000'], steps: [[2, 'acceptAssistance'], [6, 'answerAssistance', answer]] },
  { ...assistance, asks: ['DRA-220000'], fields: { bound: true, urgent: true }, steps: [[1, 'answerAssistance', answer]] },
  { ...supervision, fields: { level: 'PROVINCIAL' }, saying: { workingDays: 30 }, steps: [[10, 'reportJointSupervision', { text: '已查清来源，正在追查去向。' }], [5, 'closeJointSupervision', { text: '已查清，予以销号。' }, 'asking']] },
  { ...test, fields: { ...sample, costBearer: 'PUBLIC_FUNDS' }, steps: [[1, 'acceptTest'], [40, 'declineTest', { text: '样品不足，无法完成检验。' }]] },
  { ...test, fields: { ...sample, costBearer: 'PUBLIC_FUNDS' }, steps: [[1, 'acceptTest'], [12, 'reportTest', { testConclusion: 'DOES_NOT_CONFORM', text: '含量测定不符合规定。', report: true }]] },
  { ...assistance, ...bound, asks: ['MRA-210200'], steps: [[1, 'acceptAssistance'], [5, 'extendAssistance', { workingDays: 10, text: '涉及多地，需要延期。' }], [9, 'answerAssistance', answer]] },
  { ...consultation, steps: [[2, 'giveConsultationOpinion', opinion], [3, 'concludeConsultation', { text: '一致认为应当移送。' }, 'asking']] },
  { ...assistance, asks: ['PSB-210100'], steps: [[3, 'declineAssistance', no]] },
  { ...early, steps: [[2, 'giveEarlyOpinion', opinion], [3, 'concludeEarlyConsultation', { text: '已按意见补充取证。' }, 'asking']] },
  { ...assistance, asks: ['SUP-210000'], steps: [[2, 'withdrawAssistance', { text: '已由其他途径查明。' }, 'asking']] },
  { ...suggestion, steps: [[20, 'answerProcuratorialSuggestion', { text: '已开展专项排查，情况如附。' }]] },
  { ...assistance, ...bound, asks: ['DRA-220000'], steps: [[20, 'answerAssistance', answer]] },
  { ...publicInterest, steps: [[1, 'receivePublicInterestClue'], [15, 'reportPublicInterestOutcome', { text: '已立案审查。' }]] },
  { ...assistance, ...bound, asks: ['MRA-210200'], steps: [[1, 'acceptAssistance']] },
  { ...test, fields: { ...sample, costBearer: 'ASKING_AGENCY' }, steps: [[1, 'withdrawTest', { text: '样品已另行送检。' }, 'asking']] },
  { ...supervision, fields: { level: 'CITY' }, saying: { workingDays: 20 }, steps: [[5, 'extendJointSupervision', { workingDays: 10, text: '案情复杂。' }, 'asking'], [60, 'withdrawJointSupervision', { text: '已由上级督办。' }, 'asking']] },
  { ...early, steps: [[2, 'declineEarlyConsultation', { text: '暂不符合介入条件。' }]] },
  { ...consultation, steps: [[4, 'withdrawConsultation', { text: '争议已经解决。' }, 'asking']] },
  { ...suggestion, steps: [[3, 'withdrawProcuratorialSuggestion', { text: '情况变化，予以撤回。' }, 'asking']] },
  { ...assistance, ...bound, asks: ['DRA-220000'], steps: [] },
  { ...supervision, fields: { level: 'NATIONAL' }, saying: { workingDays: 90 }, steps: [] },
  { ...consultation, steps: [] },
  { ...early, steps: [] },
  { ...early, steps: [[1, 'giveEarlyOpinion', opinion]] },
  { ...test, fields: { ...sample, costBearer: 'PUBLIC_FUNDS' }, steps: [] },
  { ...suggestion, steps: [] },
  { ...publicInterest, steps: [] },
];

/** Every fourth case has something between agencies. */
export function tellCooperation(stage: CooperationStage, plan: Plan, { caseId }: AdminCaseEntity): void {
  if (plan.n % 4 !== 3 || plan.plot === 'SEALED') return;
  const turn = Math.floor(plan.n / 4);
  const script = scripts[turn % scripts.length]!;
  const askedCodes = script.asks ?? [plan.agency];
  const agencyCode = script.from ?? plan.agency;
  if (askedCodes.includes(agencyCode)) return;
  const random = Random.of(stage.seed, 'cooperation', plan.n);
  const { now } = stage.present;
  let at = officeTime(workingDaysLater(dayOf(plan.filedAt), 2), random);
  if (at > now.getTime()) return;
  let row = newCooperationRow({
    id: uuidv7(at, random.bytes), kind: script.kind, agencyCode, askedCodes: [...askedCodes], caseId: script.from ? null : caseId, title: `${label}${script.title}`, content: `${label}${script.content}`,
    requestedAt: new Date(at), ...script.fields,
  });
  const handIn = (agencyCode: string, position: number): void => {
    const { sha256, size, mediaType } = demoDocuments.TEST_REPORT;
    // Files are uploaded before the act that names them.
    const uploadedAt = new Date(at - 60_000);
    const fileId = uuidv7(uploadedAt, random.bytes);
    stage.rows.put(tables.file, { id: fileId, sha256, size, mediaType, agencyCode, officerId: `${agencyCode}-1`, uploadedAt });
    stage.rows.put(tables.cooperationDocument, { id: uuidv7(at, random.bytes), cooperationId: row.id, position, title: `${label}检验报告`, fileId });
  };
  const act = (name: CooperationActName, actorCode: string, { text, report, ...saying }: Saying): void => {
    const position = row.version + 1;
    const detail = { ...saying, ...(text === undefined ? {} : { text: `${label}${text}` }) };
    row = cooperationAfter(row, decideCooperation(cooperationStateOf(row), name, new Date(at), stateCouncilCalendar, saying.workingDays), new Date(at), detail);
    const entry = cooperationActRow(row, { act: name, actorCode, officerId: `${actorCode}-1`, detail }, () => uuidv7(at, random.bytes));
    stage.rows.put(tables.cooperationAct, entry);
    stage.log.emit('enforcement', at, random, cooperationActedEvent(row, entry));
    if (report) handIn(actorCode, position);
  };
  act(script.begins, agencyCode, script.saying ?? {});
  for (const [daysLater, name, saying, asking] of script.steps) {
    at = officeTime(workingDaysLater(dayOf(at), daysLater), random);
    if (at > now.getTime()) break;
    act(name, asking ? agencyCode : askedCodes.at(-1)!, saying ?? {});
  }
  stage.rows.put(tables.cooperation, row);
}
