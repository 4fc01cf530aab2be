import 'reflect-metadata';
import { FixedClock } from '@casebridge/kernel';
import { faultsOf, hostileOperations, officer, publicReader, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { inspectionService } from './service';
import { concluded, givenDefect, givenEnterprise, givenInspection, givenLicence, givenProduct, givenRegions, testNow } from './testing/world';

let hub: ServiceHarness;
beforeAll(async () => {
  hub = await startServiceForTest(inspectionService, { clock: new FixedClock(testNow) });
});
afterAll(async () => hub?.stop());

it('answers whatever it is asked with data or a refusal, never with a fault of its own', async () => {
  await givenRegions(hub.dataSource);
  const { uscc } = await givenEnterprise(hub.dataSource);
  await givenLicence(hub.dataSource, uscc);
  const product = await givenProduct(hub.dataSource, { holderUscc: uscc });
  const inspection = await givenInspection(hub.dataSource, uscc, concluded);
  await givenDefect(hub.dataSource, inspection.id);
  const readers = [officer('MRA-210102', 2), officer('PSB-210100', 2), publicReader];
  const faults: string[] = [];
  for (const [i, operation] of hostileOperations(hub.service.runtime.schema, 60, [uscc, product.id, inspection.id, '210102']).entries()) {
    const { errors } = await hub.as(readers[i % readers.length] ?? publicReader).send(operation.query, { ...operation.variables });
    faults.push(...faultsOf(operation, errors));
  }
  expect(faults).toEqual([]);
}, 120_000);
