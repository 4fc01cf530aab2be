import { uuidv7 } from '@casebridge/kernel';
import { hostileOperations, officer, statementsOf } from '@casebridge/testkit';
import { clueIn, clueRow } from '../testing/clues';
import { assistanceIn } from '../testing/cooperation';
import { sentClue } from '../testing/duty-crime-clues';
import { onMeasure } from '../testing/measures';
import { head, ReferralWorld } from '../testing/referral-world';
import { decisionRow, testNow } from '../testing/world';
import { PenaltyDecisionEntity } from '../penalty-decision/penalty-decision.entity';

/*
 * What a reader may not see is to him what does not exist: the same answer after the same statements, whatever else he says with it.
 */

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

/** Names of arguments that say which record is meant. */
const keys = ['id', 'caseId', 'decisionId', 'clueId', 'cooperationId', 'dutyCrimeClueId', 'measureId'];

it.each([
  ['a stranger', officer('PSB-210200', 1)],
  ['a regulator elsewhere', officer('MRA-210200', 1)],
  ['a court', officer('CRT-210100', 1)],
  ['the head of the owner, from whom it is sealed', head],
  ['the police that have a part, from whom it is sealed', officer('PSB-210100', 1)],
])('%s', async (_, who) => {
  const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW');
  const c = await world.case(caseId);
  const decision = decisionRow(c, testNow);
  await world.act(async (tx) => void (await tx.em.insert(PenaltyDecisionEntity, { ...decision })));
  const { measureId } = await onMeasure(world, 'orderCompulsoryMeasure', [caseId, null]);
  await world.change(caseId, { sealedUntil: '2027-01-01', sealOfficers: ['MRA-210100-4'] });
  const clueId = await clueIn(world, 'FILED');
  await world.change((await clueRow(world, clueId)).caseId ?? '', { sealedUntil: '2027-01-01', sealOfficers: ['MRA-210100-4'] });
  const sealed = await world.givenCase();
  const cooperationId = await assistanceIn(world, 'REQUESTED', { caseId: sealed.caseId, agency: 'PSB-210100' });
  await world.change(sealed.caseId, { sealedUntil: '2027-01-01', sealOfficers: ['MRA-210100-4'] });
  const dutyCrimeClueId = await sentClue(world);
  const hidden: Readonly<Record<string, string>> = { id, caseId, decisionId: decision.id, clueId, cooperationId, dutyCrimeClueId, measureId };

  const { schema } = world.harness.service.runtime;
  const operations = hostileOperations(schema, 4, ['MRA-210100', 'PSB-210100', 'PPO-210100']).filter(({ variables }) => keys.some((key) => key in variables));
  expect(operations.length).toBeGreaterThan(60);
  let n = 0;
  for (const { query, variables } of operations) {
    const told: unknown[] = [];
    const asked = keys.filter((key) => key in variables);
    // A decision by its id, a case by its id, a referral by its id: the argument `id` means what the field says.
    const meant = /[{] (\w+)/.exec(query)?.[1] ?? '';
    const byId: Readonly<Record<string, string>> = { case: caseId, penaltyDecision: decision.id, clue: clueId, cooperationId, dutyCrimeClueId };
    const of = (key: string): string => (key === 'id' ? byId[meant] ?? id : hidden[key] ?? '');
    for (const record of [of, (): string => uuidv7(testNow)]) {
      n += 1;
      const given = { ...variables, ...Object.fromEntries(asked.map((key) => [key, record(key)])), ...('idempotencyKey' in variables ? { idempotencyKey: `k-${n}` } : {}) };
      let answer: unknown;
      const statements = await statementsOf(world.db, async () => {
        answer = await world.send(who, query, given);
      });
      told.push({ meant, answer: JSON.stringify(answer), statements });
    }
    expect(told[0]).toEqual(told[1]);
  }
}, 120_000);
