import { FixedClock } from '@casebridge/kernel';
import { faultsOf, hostileOperations, officer, publicReader, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { adrService } from './service';
import { accessEvent, caseAccess, complaintDraft, insertComplaints, insertReports, newId, now, reportDraft, uscc } from './testing/world';

let hub: ServiceHarness;
beforeAll(async () => {
  hub = await startServiceForTest(adrService, { clock: new FixedClock(now) });
});
afterAll(async () => hub?.stop());

it('answers whatever it is asked with data or a refusal, never with a fault of its own', async () => {
  const [caseId, productId, firm] = [newId(), newId(), uscc(700)];
  await hub.receive('enforcement', accessEvent(caseAccess({ caseId, agencyCode: 'MRA-210100', enterpriseUscc: firm })));
  const about = { productId, enterpriseUscc: firm, caseIds: [caseId], agencyCode: 'MRA-210100' };
  const [report, complaint] = [reportDraft(about), complaintDraft(about)];
  await insertReports(hub.dataSource, [report]);
  const codes = await insertComplaints(hub.dataSource, [complaint]);
  const readers = [officer('MRA-210100', 2), officer('PSB-210100', 2), publicReader];
  const operations = hostileOperations(hub.service.runtime.schema, 60, [caseId, productId, firm, report.id, complaint.id, ...codes, '210102']);
  const faults: string[] = [];
  for (const [i, operation] of operations.entries()) {
    const { errors } = await hub.as(readers[i % readers.length] ?? publicReader).send(operation.query, { ...operation.variables });
    faults.push(...faultsOf(operation, errors));
  }
  expect(faults).toEqual([]);
}, 120_000);
