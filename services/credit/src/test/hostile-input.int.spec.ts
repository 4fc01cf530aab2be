import { faultsOf, hostileOperations, publicReader } from '@casebridge/testkit';
import { officerFrom, startWorld, type World } from './world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('answers whatever it is asked with data or a refusal, never with a fault of its own', async () => {
  const event = await world.decide();
  const readers = [officerFrom('DRUG-own'), officerFrom('POLICE-party'), publicReader];
  const known = [event.caseId, event.decisionId, event.documentNo, event.partyUscc ?? '', event.regionCode, 'DRUG-own'];
  const faults: string[] = [];
  for (const [i, operation] of hostileOperations(world.service.runtime.schema, 60, known).entries()) {
    const { errors } = await world.as(readers[i % readers.length] ?? publicReader).send(operation.query, { ...operation.variables });
    faults.push(...faultsOf(operation, errors));
  }
  expect(faults).toEqual([]);
}, 240_000);
