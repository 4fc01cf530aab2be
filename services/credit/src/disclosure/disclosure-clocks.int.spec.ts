import { publicReader } from '@casebridge/testkit';
import { officerFrom, startWorld, type World } from '../test/world';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

it('shows the clocks of disclosure to whoever asks, one row per instrument', async () => {
  const text = `{ disclosureClocks { name citation { instrument article mark } amount unit startEvent startExclusive rollOver suspendOn effectiveFrom effectiveTo mark countingMark } }`;
  const answers = await Promise.all([publicReader, officerFrom('COURT-none')].map((who) => world.as(who).send<{ disclosureClocks: { name: string }[] }>(text)));
  const rows = answers[0]?.data?.disclosureClocks ?? [];
  expect(answers[1]).toEqual({ data: { disclosureClocks: rows } });
  expect(rows.map((row) => row.name)).toEqual([
    'publishInEnterpriseCreditSystem', 'publishInCreditChina', 'pushToProvinceOfRegistration', 'publishAfterPush', 'withdrawPublication', 'minorFromPublication', 'minorFromPublication', 'generalFromPublication', 'generalFromPublication',
    'seriousFromPublication', 'seriousFromPublication', 'minorFromDecision', 'generalFromDecision', 'seriousFromDecision',
  ]);
  expect(rows[0]).toEqual({
    name: 'publishInEnterpriseCreditSystem', citation: { instrument: '市场监督管理行政处罚信息公示规定', article: '9', mark: 'V' }, amount: 20, unit: 'WORKING_DAY',
    startEvent: 'PENALTY_DECIDED', startExclusive: true, rollOver: false, suspendOn: [], effectiveFrom: '2021-09-01', effectiveTo: null, mark: 'V',
    countingMark: 'P',
  });
  expect(rows.filter((row) => row.name === 'generalFromPublication')).toEqual([
    expect.objectContaining({ amount: 3, unit: 'YEAR', effectiveFrom: '2021-09-01', effectiveTo: '2025-12-24', mark: 'P' }),
    expect.objectContaining({ amount: 1, unit: 'YEAR', startEvent: 'PENALTY_PUBLISHED', effectiveFrom: '2025-12-25', effectiveTo: null, mark: 'V' }),
  ]);
  const told = (name: string): unknown => rows.find((row) => row.name === name);
  expect(told('publishInCreditChina')).toMatchObject({ mark: 'V', countingMark: 'NV' }); // since when is not known
  expect(rows.findLast((row) => row.name === 'generalFromPublication')).toMatchObject({ mark: 'V', countingMark: 'P' });
});
