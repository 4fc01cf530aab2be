import { faultsOf, hostileOperations } from '@casebridge/testkit';
import { clueIn } from '../testing/clues';
import { assistanceIn } from '../testing/cooperation';
import { measureIn } from '../testing/measures';
import { head, investigator, ReferralWorld, regulator } from '../testing/referral-world';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

it('answers whatever it is asked with data or a refusal, never with a fault of its own', async () => {
  const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW');
  const other = await world.referralIn('PENDING_APPROVAL');
  const clues = [await clueIn(world, 'RECEIVED'), await clueIn(world, 'VERIFYING'), await clueIn(world, 'AWAITING_TEST'), await assistanceIn(world, 'REQUESTED', { agency: 'PSB-210100' })];
  const measured = [await measureIn(world, 'IN_FORCE'), await measureIn(world, 'TAKEN_ON_THE_SPOT')].flat();
  const readers = [head, investigator, regulator];
  const operations = hostileOperations(world.harness.service.runtime.schema, 40, [id, caseId, other.id, other.caseId, ...clues, ...measured, 'MRA-210100', 'PSB-210100', 'PPO-210100']);
  const faults: string[] = [];
  for (const [i, operation] of operations.entries()) {
    const { errors } = await world.send(readers[i % readers.length] ?? head, operation.query, { ...operation.variables });
    faults.push(...faultsOf(operation, errors));
  }
  expect(faults).toEqual([]);
}, 120_000);
