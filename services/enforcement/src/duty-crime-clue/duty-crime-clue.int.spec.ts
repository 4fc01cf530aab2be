import { dutyCrimeClueStatus, type DutyCrimeClueStatus } from '@casebridge/contracts';
import { IllegalTransition, type Principal, uuidv7 } from '@casebridge/kernel';
import { officer, publicReader, statementsOf } from '@casebridge/testkit';
import { dutyCrimeInput, sentClue, supervisor, tryDutyCrime } from '../testing/duty-crime-clues';
import { filing, head, type Input, ReferralWorld, regulator } from '../testing/referral-world';
import { codesOf, dataOf, testNow } from '../testing/world';
import { type DutyCrimeActName, dutyCrimeClueMachine } from './duty-crime-clue.machine';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

const READ = `query R($id: ID!) {
  dutyCrimeClue(id: $id) { id status official facts result officerId agency { code } supervision { code } history { position status text basis { instrument article } } }
  dutyCrimeClues(first: 100) { totalCount nodes { id } }
}`;
interface Answered { readonly dutyCrimeClue: Input | null; readonly dutyCrimeClues: { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] } }
const read = async (who: Principal, id: string): Promise<Answered> => dataOf(await world.send<Answered>(who, READ, { id }));
const result: Input = { result: 'FILED', text: '演示：已立案调查。' };

it('goes from the officer to supervision, which confirms the receipt and tells the result; no event tells of it', async () => {
  const [{ n: before }] = await world.db.query('select count(*)::int as n from outbox_event');
  const id = await sentClue(world);
  for (const [act, input] of [['receiveDutyCrimeClue', {}], ['reportDutyCrimeResult', result]] as const) {
    expect(codesOf(await tryDutyCrime(world, act, supervisor, id, input))).toEqual([]);
    world.pass(60_000);
  }
  const { dutyCrimeClue } = await read(regulator, id);
  expect(dutyCrimeClue).toMatchObject({ status: 'CONCLUDED', result: 'FILED', officerId: `${filing}-2`, agency: { code: filing }, supervision: { code: 'SUP-210100' } });
  expect((dutyCrimeClue!['history'] as Input[]).map((h) => [h['position'], h['status'], h['text'], (h['basis'] as Input)['article']])).toEqual([
    [1, 'SENT', null, '19'], [2, 'RECEIVED', null, '77'], [3, 'CONCLUDED', '演示：已立案调查。', '职务犯罪线索反馈'],
  ]);
  expect((await read(supervisor, id)).dutyCrimeClue).toEqual(dutyCrimeClue);
  expect(await world.db.query('select count(*)::int as n from outbox_event')).toEqual([{ n: before }]);
});

/** Typed from the page of rights: the sending officer and nobody else of his agency, the supervision that received it, nobody else whatever the function. */
it('is there for the officer who sent it and for the supervision that has it, and for nobody else', async () => {
  const id = await sentClue(world);
  const closedTo = [
    head, officer(filing, 3), officer('DRA-210000', 1), officer('MRA-210102', 1), officer('PSB-210100', 1), officer('PSB-210000', 1), officer('PPO-210100', 1), officer('CRT-210100', 1),
    officer('HC-210100', 1), officer('SUP-210000', 1), officer('MIB-210000', 1), officer('LAB-210000', 1), officer(filing, 2, { roles: ['auditor'] }), officer('SUP-210100', 2, { roles: ['analyst'] }),
  ];
  for (const who of closedTo) {
    const { dutyCrimeClue, dutyCrimeClues } = await read(who, id);
    expect([who, dutyCrimeClue, dutyCrimeClues]).toEqual([who, null, { totalCount: 0, nodes: [] }]);
  }
  for (const who of [regulator, supervisor, officer('SUP-210100', 1)]) {
    const { dutyCrimeClue, dutyCrimeClues } = await read(who, id);
    expect([dutyCrimeClue?.['id'], dutyCrimeClues.nodes.some((k) => k.id === id)]).toEqual([id, true]);
  }
  const open = dataOf(await world.send<Answered>(publicReader, READ, { id }));
  expect([open.dutyCrimeClue, open.dutyCrimeClues.totalCount]).toEqual([null, 0]);
});

it('one that is hidden takes the very statements of one that does not exist, for the head of the sender too', async () => {
  const id = await sentClue(world);
  for (const who of [head, officer('PSB-210100', 1)]) {
    const told = [];
    for (const subject of [id, uuidv7(testNow)]) {
      let answer: unknown;
      const statements = await statementsOf(world.db, async () => {
        answer = [await world.send(who, READ, { id: subject }), await tryDutyCrime(world, 'receiveDutyCrimeClue', who, subject, {}, { idempotencyKey: `${subject}` })];
      });
      told.push({ answer, statements });
    }
    expect(told[0]).toEqual(told[1]);
  }
});

const page: Readonly<Record<DutyCrimeActName, Partial<Record<DutyCrimeClueStatus | 'none', DutyCrimeClueStatus>>>> = {
  sendDutyCrimeClue: { none: 'SENT' }, receiveDutyCrimeClue: { SENT: 'RECEIVED' }, reportDutyCrimeResult: { RECEIVED: 'CONCLUDED' },
};
it.each(Object.keys(page) as DutyCrimeActName[])('%s is lawful in the states of the page and in no other', (act) => {
  for (const from of ['none', ...dutyCrimeClueStatus.codes] as const) {
    const to = page[act][from];
    const next = (): DutyCrimeClueStatus => dutyCrimeClueMachine.next(from === 'none' ? null : from, act);
    if (to === undefined) expect(next).toThrow(IllegalTransition);
    else expect(next()).toBe(to);
  }
});

const O310 = '行政执法机关移送涉嫌犯罪案件的规定';
const DAR = '中华人民共和国药品管理法实施条例';
const HOUSE = '药案通平台规则（非法律规定）';
const refusals = async (act: DutyCrimeActName, who: Principal, id: string | null, input: Input, receivedAt?: Date) =>
  (await tryDutyCrime(world, act, who, id, input, {}, receivedAt)).errors?.map(({ extensions: e }) => [e['code'], e['state'] ?? null, (e['basis'] as Input | undefined)?.['instrument'] ?? null, (e['basis'] as Input | undefined)?.['article'] ?? null]);

describe('a refused act says its code, the state and the article', () => {
  it('sendDutyCrimeClue', async () => {
    expect(await refusals('sendDutyCrimeClue', officer(filing, 2, { roles: ['reviewer'] }), null, dutyCrimeInput())).toEqual([['FORBIDDEN', null, O310, '19']]);
    for (const supervision of ['PSB-210100', 'NOBODY-1']) expect(await refusals('sendDutyCrimeClue', regulator, null, dutyCrimeInput({ supervision }))).toEqual([['BAD_USER_INPUT', null, O310, '19']]);
    expect(await refusals('sendDutyCrimeClue', supervisor, null, dutyCrimeInput())).toEqual([['BAD_USER_INPUT', null, HOUSE, '输入校验']]);
    for (const changes of [{ official: ' ' }, { facts: '' }]) expect(await refusals('sendDutyCrimeClue', regulator, null, dutyCrimeInput(changes))).toEqual([['BAD_USER_INPUT', null, HOUSE, '输入校验']]);
  });

  it('receiveDutyCrimeClue, reportDutyCrimeResult', async () => {
    const id = await sentClue(world);
    expect(await refusals('receiveDutyCrimeClue', regulator, id, {})).toEqual([['FORBIDDEN', 'SENT', DAR, '77']]);
    expect(await refusals('reportDutyCrimeResult', regulator, id, result)).toEqual([['FORBIDDEN', 'SENT', HOUSE, '职务犯罪线索反馈']]);
    expect(await refusals('reportDutyCrimeResult', supervisor, id, result)).toEqual([['ILLEGAL_TRANSITION', 'SENT', HOUSE, '职务犯罪线索反馈']]);
    expect(await refusals('receiveDutyCrimeClue', supervisor, id, { expectedVersion: 2 })).toEqual([['CONFLICT', 'SENT', HOUSE, '并发修改']]);
    const receivedAt = world.clock.now();
    expect(await refusals('receiveDutyCrimeClue', supervisor, id, {})).toBeUndefined();
    expect(await refusals('receiveDutyCrimeClue', supervisor, id, {}, receivedAt)).toEqual([['CONFLICT', 'RECEIVED', HOUSE, '并发修改']]);
    world.pass(60_000);
    expect(await refusals('receiveDutyCrimeClue', supervisor, id, {})).toEqual([['ILLEGAL_TRANSITION', 'RECEIVED', DAR, '77']]);
    expect(await refusals('reportDutyCrimeResult', supervisor, id, { ...result, text: ' ' })).toEqual([['BAD_USER_INPUT', 'RECEIVED', HOUSE, '输入校验']]);
  });

  it('ten receipts at once: one success, nine CONFLICT', async () => {
    const id = await sentClue(world);
    const answers = await Promise.all(Array.from({ length: 10 }, () => tryDutyCrime(world, 'receiveDutyCrimeClue', supervisor, id, {})));
    expect(answers.filter((a) => !a.errors)).toHaveLength(1);
    expect(answers.flatMap(codesOf)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
  });

  it('a key that was used gives the first answer again', async () => {
    const more = { idempotencyKey: 'sealed-once' };
    const first = await tryDutyCrime(world, 'sendDutyCrimeClue', regulator, null, dutyCrimeInput(), more);
    expect(await tryDutyCrime(world, 'sendDutyCrimeClue', regulator, null, dutyCrimeInput(), more)).toEqual(first);
  });
});
