import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CompulsoryMeasureStatus } from '@casebridge/contracts';
import type { Principal } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import { measureIn, onMeasure, tryMeasure, usualMeasure } from '../testing/measures';
import { filing, type Input, ReferralWorld, regulator } from '../testing/referral-world';
import { type MeasureActName, measureMachine } from './measure.machine';

/*
 * Every act with every code that it can be refused with, as `refused-acts.int.spec` has the other acts: code, state, article. What the case itself
 * refuses says the state of the case; what the measure refuses says that of the measure.
 */

const HOUSE = '药案通平台规则（非法律规定）';
const PROC = '市场监督管理行政处罚程序规定';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

interface Refused {
  readonly act: MeasureActName;
  readonly code: string;
  readonly state: string;
  /** In which the measure is; none where it is begun. */
  readonly from: CompulsoryMeasureStatus | null;
  readonly kind?: string;
  readonly who?: Principal;
  readonly changes?: Input;
  readonly late?: number;
  readonly first?: MeasureActName;
  readonly article?: readonly [instrument: string, article: string];
}

/** A state in which each is lawful, one in which it is not, and inputs that are not taken. */
const table: Readonly<Record<MeasureActName, readonly [from: CompulsoryMeasureStatus | null, wrong: CompulsoryMeasureStatus | null, bad: readonly Input[]]>> = {
  orderCompulsoryMeasure: [null, null, [{ goods: ' ' }, { place: ' ' }, { documentNo: '一号' }, { reasons: ' ' }]], takeUrgentMeasure: [null, null, [{ goods: ' ' }]],
  reportUrgentMeasure: ['TAKEN_ON_THE_SPOT', 'REPORTED', [{ reasons: ' ' }]], approveUrgentMeasure: ['REPORTED', 'TAKEN_ON_THE_SPOT', [{ documentNo: '一号' }]],
  extendCompulsoryMeasure: ['IN_FORCE', 'LIFTED', [{ reasons: ' ' }]], sendSeizedGoodsForTest: ['IN_FORCE', 'UNDER_TEST', [{ reasons: ' ' }]],
  recordSeizedGoodsReport: ['UNDER_TEST', 'IN_FORCE', [{ issuedOn: '2099-01-01' }, { issuedOn: '2020-01-01' }, { conclusion: ' ' }]], decideOnMeasuredGoods: ['IN_FORCE', 'LAPSED', [{ reasons: ' ' }]],
  convertPreservation: ['IN_FORCE', 'LAPSED', [{ kind: 'PRESERVATION' }, { documentNo: '一号' }]], liftCompulsoryMeasure: ['IN_FORCE', 'DECIDED', [{ reasons: ' ' }]],
};
const onNoArticle: Readonly<Record<string, readonly [string, string]>> = { BAD_USER_INPUT: [HOUSE, '输入校验'], CONFLICT: [HOUSE, '并发修改'] };
const superior = officer('DRA-210000', 1);

const rows: Refused[] = [
  ...measureMachine.acts.flatMap((act): Refused[] => {
    const [from, wrong, bad] = table[act];
    const on = { act, from, state: 'INVESTIGATING', ...(act === 'convertPreservation' ? { kind: 'PRESERVATION' } : {}) };
    return [
      { ...on, code: 'FORBIDDEN', who: superior }, { ...on, code: 'CONFLICT', changes: { expectedVersion: 99 } }, ...bad.map((changes) => ({ ...on, code: 'BAD_USER_INPUT', changes })),
      ...(wrong === null ? [] : [{ act, code: 'ILLEGAL_TRANSITION', from: wrong, state: wrong }]),
    ];
  }),
  { act: 'orderCompulsoryMeasure', code: 'FORBIDDEN', state: 'INVESTIGATING', from: null, who: regulator },
  { act: 'orderCompulsoryMeasure', code: 'BAD_USER_INPUT', state: 'INVESTIGATING', from: null, changes: { officers: [`${filing}-2`] }, article: [PROC, '22'] },
  { act: 'extendCompulsoryMeasure', code: 'PERIOD_ALREADY_EXTENDED', state: 'IN_FORCE', from: 'IN_FORCE', first: 'extendCompulsoryMeasure' },
  { act: 'extendCompulsoryMeasure', code: 'PERIOD_OVER', state: 'IN_FORCE', from: 'IN_FORCE', late: 40 },
  ...(['extendCompulsoryMeasure', 'sendSeizedGoodsForTest'] as const).map((act): Refused => ({ act, code: 'MEASURE_OF_OTHER_KIND', state: 'IN_FORCE', from: 'IN_FORCE', kind: 'PRESERVATION' })),
  { act: 'convertPreservation', code: 'MEASURE_OF_OTHER_KIND', state: 'IN_FORCE', from: 'IN_FORCE' },
];

const answerOf = (answer: Awaited<ReturnType<typeof tryMeasure>>): unknown => answer.errors?.map(({ extensions: e }) => ({ code: e['code'], state: e['state'] ?? null, basis: e['basis'] }));
const refused = (code: string, state: string, [instrument, article]: readonly [string, string]): unknown => [{ code, state, basis: expect.objectContaining({ instrument, article }) as unknown }];
const basisOf = (act: MeasureActName): readonly [string, string] => [measureMachine.rules[act].basis.instrument, measureMachine.rules[act].basis.article];

it.each(rows.map((row) => [row.act, row.code, row.state, row] as const))('%s: %s in %s', async (act, code, state, { from, kind, who, changes = {}, late = 0, first, article }) => {
  const on = from === null ? ([(await world.givenCase()).caseId, null] as const) : await measureIn(world, from, kind);
  if (first) await onMeasure(world, first, on);
  const [usually, input] = usualMeasure[act];
  const given = input(world);
  world.pass(late * 86_400_000 + 60_000);
  const before = await world.everything();
  expect(answerOf(await tryMeasure(world, act, who ?? usually, on, { ...given, ...changes }))).toEqual(refused(code, state, article ?? onNoArticle[code] ?? basisOf(act)));
  expect(await world.everything()).toEqual(before);
});

it.each(['orderCompulsoryMeasure', 'takeUrgentMeasure'] as const)('%s: NO_MEASURE_IN_THIS_STATE after the decision', async (act) => {
  const { caseId } = await world.givenCase({ status: 'SERVED' });
  const [who, input] = usualMeasure[act];
  expect(answerOf(await tryMeasure(world, act, who, [caseId, null], input(world)))).toEqual(refused('NO_MEASURE_IN_THIS_STATE', 'SERVED', basisOf(act)));
});

it('every act with every code that it has, and every error of this feature', () => {
  for (const act of measureMachine.acts) for (const code of ['FORBIDDEN', 'CONFLICT', 'BAD_USER_INPUT']) expect([act, code, rows.some((r) => r.act === act && r.code === code)]).toEqual([act, code, true]);
  for (const act of measureMachine.acts) expect([act, table[act][0] === null || rows.some((r) => r.act === act && r.code === 'ILLEGAL_TRANSITION')]).toEqual([act, true]);
  const own = [...readFileSync(resolve(__dirname, '../../src/compulsory-measure/measure.errors.ts'), 'utf8').matchAll(/readonly code = '([A-Z_]+)'/g)].map(([, code]) => code as string);
  expect(own.filter((code) => code !== 'NO_MEASURE_IN_THIS_STATE' && !rows.some((r) => r.code === code))).toEqual([]);
});
