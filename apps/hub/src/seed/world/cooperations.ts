import type { CooperationKind } from '@casebridge/contracts';
import { stateCouncilCalendar, uuidv7 } from '@casebridge/kernel';
import { dayOf, officeTime, workingDaysLater } from './days';
import type { Desk } from './desk';
import {
  type AdminCaseEntity, cooperationActedEvent, type CooperationActEntity, type CooperationActName, cooperationActRow, cooperationAfter, cooperationStateOf, decideCooperation,
  newCooperationRow,
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

type Saying = Omit<CooperationActEntity['detail'], 'text'> & { readonly text?: string };
/** An act so many working days after the one before it; of the agency that asks, or else of the one that is asked. */
type Step = readonly [daysLater: number, act: CooperationActName, saying?: Saying, asking?: 'asking'];

interface Script {
  readonly kind: CooperationKind;
  readonly begins: CooperationActName;
  readonly asks: string;
  readonly title: string;
  readonly content: string;
  readonly urgent?: true;
  /** Not bound by the procedure of market regulation. */
  readonly free?: true;
  readonly steps: readonly Step[];
}

const assistance = { kind: 'ASSISTANCE', begins: 'requestAssistance', title: '协助核查涉案批次', content: '请协助核查涉案批次药品的购销记录和流向。' } as const;
const answer = { text: '经核查，相关购销记录和流向已随函附送。' };

/** What is asked of whom, and what comes of it. */
const scripts: readonly Script[] = [
  { ...assistance, asks: 'DRA-220000', steps: [[2, 'acceptAssistance'], [6, 'answerAssistance', answer]] },
  { ...assistance, asks: 'DRA-220000', urgent: true, steps: [[1, 'answerAssistance', answer]] },
  { ...assistance, asks: 'MRA-210200', steps: [[1, 'acceptAssistance'], [5, 'extendAssistance', { workingDays: 10, text: '涉及多地，需要延期。' }], [9, 'answerAssistance', answer]] },
  { ...assistance, asks: 'PSB-210100', free: true, steps: [[3, 'declineAssistance', { text: '不属于本机关职权范围。' }]] },
  { ...assistance, asks: 'SUP-210000', free: true, steps: [[2, 'withdrawAssistance', { text: '已由其他途径查明。' }, 'asking']] },
  { ...assistance, asks: 'DRA-220000', steps: [[20, 'answerAssistance', answer]] },
  { ...assistance, asks: 'MRA-210200', steps: [[1, 'acceptAssistance']] },
  { ...assistance, asks: 'DRA-220000', steps: [] },
];

/** Every eighth case needs the help of another agency; the last script begins on the newest cases too, so that some is owed. */
export function tellCooperation(stage: CooperationStage, plan: Plan, { caseId }: AdminCaseEntity): void {
  if (plan.n % 8 !== 3 || plan.plot === 'SEALED') return;
  const turn = Math.floor(plan.n / 8);
  const script = scripts[turn % scripts.length]!;
  if (script.asks === plan.agency || (script.urgent && !plan.agency.includes('RA-'))) return;
  const random = Random.of(stage.seed, 'cooperation', plan.n);
  const { now } = stage.present;
  let at = officeTime(workingDaysLater(dayOf(plan.filedAt), 2), random);
  if (at > now.getTime()) return;
  let row = newCooperationRow({
    id: uuidv7(at, random.bytes), kind: script.kind, agencyCode: plan.agency, askedCodes: [script.asks], caseId, title: `${label}${script.title}`, content: `${label}${script.content}`,
    urgent: script.urgent ?? false, bound: !script.free, requestedAt: new Date(at),
  });
  const act = (name: CooperationActName, actorCode: string, { text, ...saying }: Saying): void => {
    row = cooperationAfter(row, decideCooperation(cooperationStateOf(row), name, new Date(at), stateCouncilCalendar, saying.workingDays), new Date(at));
    const entry = cooperationActRow(row, { act: name, actorCode, officerId: `${actorCode}-1`, detail: { ...saying, ...(text === undefined ? {} : { text: `${label}${text}` }) } }, () => uuidv7(at, random.bytes));
    stage.rows.put(tables.cooperationAct, entry);
    stage.log.emit('enforcement', at, random, cooperationActedEvent(row, entry));
  };
  act(script.begins, plan.agency, {});
  for (const [daysLater, name, saying, asking] of script.steps) {
    at = officeTime(workingDaysLater(dayOf(at), daysLater), random);
    if (at > now.getTime()) break;
    act(name, asking ? plan.agency : script.asks, saying ?? {});
  }
  stage.rows.put(tables.cooperation, row);
}
