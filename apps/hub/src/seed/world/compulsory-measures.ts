import type { CompulsoryMeasureKind } from '@casebridge/contracts';
import type { CaseTape } from './case-tape';
import { dayOf, dayText, officeTime, workingDaysLater } from './days';
import type { Desk } from './desk';
import { type MeasureActName, type MeasureWords, takesMeasures } from './enforcement';
import { label } from './names';
import { surroundings } from './places';
import type { Plan } from './plans';
import type { Random } from './random';

interface Telling extends Desk {
  readonly plan: Plan;
  readonly tape: CaseTape;
  readonly random: Random;
}

type LaterAct = Exclude<MeasureActName, 'orderCompulsoryMeasure' | 'takeUrgentMeasure'>;
interface Script {
  readonly kind: CompulsoryMeasureKind;
  readonly urgent?: true;
  /** Working days after the act before; none is the same day. */
  readonly acts: readonly (readonly [daysLater: number, act: LaterAct])[];
}

const reported = [0, 'reportUrgentMeasure'] as const;
const approved = [1, 'approveUrgentMeasure'] as const;
const tested = [[1, 'sendSeizedGoodsForTest'], [3, 'recordSeizedGoodsReport']] as const;
/** What became of measures, one after the other; a preservation that nothing became of lapses. */
const scripts: readonly Script[] = [
  { kind: 'PRESERVATION', acts: [[3, 'convertPreservation'], [2, 'extendCompulsoryMeasure']] }, { kind: 'SEIZURE', urgent: true, acts: [reported, approved, ...tested, [2, 'decideOnMeasuredGoods']] },
  { kind: 'PRESERVATION', acts: [] }, { kind: 'SEAL', urgent: true, acts: [] }, { kind: 'SEIZURE', urgent: true, acts: [reported] }, { kind: 'SEIZURE', acts: [[1, 'sendSeizedGoodsForTest']] },
  { kind: 'SEAL', acts: [[4, 'liftCompulsoryMeasure']] }, { kind: 'PRESERVATION', urgent: true, acts: [[2, 'reportUrgentMeasure'], approved, [1, 'decideOnMeasuredGoods']] }, { kind: 'SEIZURE', acts: [] },
];

const officers: ReadonlySet<MeasureActName> = new Set(['reportUrgentMeasure', 'sendSeizedGoodsForTest', 'recordSeizedGoodsReport']);

/** Tells what was preserved, sealed or seized in every second case that is not decided. */
export function tellMeasures({ plan, tape, random, numbers, present }: Telling): void {
  if (plan.turn % 2 === 1 || !takesMeasures(tape.row.status)) return;
  const { kind, urgent = false, acts } = scripts[(plan.turn / 2) % scripts.length]!;
  const { agency } = plan;
  const after = (daysLater: number): number => (daysLater === 0 ? tape.at + 3_600_000 : officeTime(workingDaysLater(dayOf(tape.at), daysLater), random));
  const documentNo = (at: number): string => numbers.next(`${surroundings[agency].short}强制`, dayText(dayOf(at)).slice(0, 4));
  const said = { text: `${label}依法采取、变更或者解除强制措施。` };
  const taken = after(1);
  if (taken > present.now.getTime()) return;
  const goods = `${label}涉案物品 ${random.int(5, 400)} 盒，批号 D${random.int(100_000, 999_999)}`;
  let measureId = tape.takeMeasure(taken, `${agency}-${urgent ? 2 : 1}`, {
    kind, urgent, goods, place: `${label}保管仓库`, officers: [`${agency}-2`, `${agency}-3`], documentNo: urgent ? null : documentNo(taken),
  }, said);
  for (const [daysLater, act] of acts) {
    const at = after(daysLater);
    if (at > present.now.getTime()) return;
    measureId = tape.actOnMeasure(at, act, `${agency}-${officers.has(act) ? 2 : 1}`, measureId, { ...said, ...words(act, at) });
  }

  function words(act: LaterAct, at: number): MeasureWords {
    if (act === 'approveUrgentMeasure' || act === 'convertPreservation') return { documentNo: documentNo(at) };
    if (act === 'recordSeizedGoodsReport') return { on: dayText(dayOf(at)) };
    return act === 'decideOnMeasuredGoods' ? { outcome: kind === 'PRESERVATION' ? 'EVIDENCE_TAKEN' : 'CONFISCATED' } : {};
  }
}
