import type { CompulsoryMeasureStatus } from '@casebridge/contracts';
import type { Principal } from '@casebridge/kernel';
import type { Answer } from '@casebridge/testkit';
import { CompulsoryMeasureActEntity } from '../compulsory-measure/measure.entity';
import type { MeasureActName } from '../compulsory-measure/measure.machine';
import { sendAct } from './acts';
import { filing, head, type Input, type ReferralWorld, regulator } from './referral-world';
import { dataOf } from './world';

export interface MeasureView {
  readonly measureId: string;
  readonly case: { readonly version: number };
  readonly compulsoryMeasure: {
    readonly id: string;
    readonly status: CompulsoryMeasureStatus;
    readonly kind: string;
    readonly documentNo: string | null;
    readonly convertedFrom: string | null;
    readonly dueAt: string | null;
    readonly overdue: boolean;
    readonly deadlines: readonly { readonly rule: string; readonly lastDay: string | null; readonly basis: { readonly article: string; readonly mark: string } }[];
    readonly history: readonly { readonly act: string; readonly met: boolean | null }[];
  };
}
const selection = `measureId case { version } compulsoryMeasure { id status kind documentNo convertedFrom dueAt overdue deadlines { rule lastDay basis { article mark } } history { act met } }`;

/** The measure that an act is on; none where it begins one. */
export type OnMeasure = readonly [caseId: string, measureId: string | null];

export const tryMeasure = (world: ReferralWorld, act: MeasureActName, who: Principal, [caseId, measureId]: OnMeasure, input: Input, more: Input = {}): Promise<Answer<Record<string, MeasureView>>> =>
  sendAct(world, who, act, { caseId, ...(measureId === null ? {} : { measureId }), input, ...more }, { selection });

const why = { reasons: '演示理由' };
const documentNo = '演示市监强制〔2026〕1号';
const taken = { kind: 'SEIZURE', goods: '演示胶囊 100 盒，批号 20260101', place: '演示仓库', officers: [`${filing}-2`, `${filing}-3`], ...why };

/** Everything that an act needs by default, for who does it. */
export const usualMeasure: Readonly<Record<MeasureActName, readonly [who: Principal, input: (world: ReferralWorld) => Input]>> = {
  orderCompulsoryMeasure: [head, () => ({ ...taken, documentNo })], takeUrgentMeasure: [regulator, () => taken], reportUrgentMeasure: [regulator, () => why],
  approveUrgentMeasure: [head, () => ({ ...why, documentNo })], extendCompulsoryMeasure: [head, () => why], sendSeizedGoodsForTest: [regulator, () => why],
  recordSeizedGoodsReport: [regulator, (world) => ({ issuedOn: world.today(), conclusion: '演示：不符合规定。' })], decideOnMeasuredGoods: [head, () => ({ outcome: 'CONFISCATED', ...why })],
  convertPreservation: [head, () => ({ kind: 'SEIZURE', documentNo, ...why })], liftCompulsoryMeasure: [head, () => why],
};

/** An act that must succeed; a minute goes by after it. */
export async function onMeasure(world: ReferralWorld, act: MeasureActName, on: OnMeasure, changes: Input = {}): Promise<MeasureView> {
  const [who, input] = usualMeasure[act];
  const done = dataOf(await tryMeasure(world, act, who, on, { ...input(world), ...changes }))[act] as MeasureView;
  world.pass(60_000);
  return done;
}

type Begun = 'orderCompulsoryMeasure' | 'takeUrgentMeasure';
/** What leads to a state, by the shortest way. */
const ways: Readonly<Record<CompulsoryMeasureStatus, readonly [begun: Begun, ...then: MeasureActName[]]>> = {
  TAKEN_ON_THE_SPOT: ['takeUrgentMeasure'], REPORTED: ['takeUrgentMeasure', 'reportUrgentMeasure'], IN_FORCE: ['orderCompulsoryMeasure'], UNDER_TEST: ['orderCompulsoryMeasure', 'sendSeizedGoodsForTest'],
  DECIDED: ['orderCompulsoryMeasure', 'decideOnMeasuredGoods'], CONVERTED: ['orderCompulsoryMeasure', 'convertPreservation'], LIFTED: ['orderCompulsoryMeasure', 'liftCompulsoryMeasure'],
  LAPSED: ['orderCompulsoryMeasure'],
};

/** A measure in a state, in a case of its own: a seizure, unless the state is one of preservations only or it is told otherwise. */
export async function measureIn(world: ReferralWorld, status: CompulsoryMeasureStatus, kind = status === 'CONVERTED' || status === 'LAPSED' ? 'PRESERVATION' : 'SEIZURE'): Promise<readonly [caseId: string, measureId: string]> {
  const { caseId } = await world.givenCase();
  const [begun, ...then] = ways[status];
  const { measureId } = await onMeasure(world, begun, [caseId, null], { kind });
  for (const act of then) await onMeasure(world, act, [caseId, measureId]);
  if (status === 'LAPSED') world.pass(20 * 86_400_000);
  return [caseId, measureId];
}

export const measureActRows = (world: ReferralWorld, measureId: string): Promise<CompulsoryMeasureActEntity[]> =>
  world.db.getRepository(CompulsoryMeasureActEntity).find({ where: { measureId }, order: { position: 'ASC' } });
