import { uuidv7, type AgencyFunction } from '@casebridge/kernel';
import type { StaticAgency } from '@casebridge/platform';
import { officerOf, publicReader } from '@casebridge/testkit';
import { dataOf, testNow, World } from '../testing/world';
import { clueAfter, clueStateOf, newClueRow } from './clue-record';
import { ClueEntity } from './clue.entity';
import { decideClue } from './clue.rule';

/** One agency per function, one below each. */
const functions = [
  'DRUG', 'MARKET', 'POLICE', 'PROCURATORATE', 'COURT', 'HEALTH', 'CDC', 'ADR_CENTRE', 'SUPERVISION', 'INSURANCE', 'LAB', 'CUSTOMS',
] as const satisfies readonly AgencyFunction[];
type Fn = (typeof functions)[number];
const agency = (code: string, fns: readonly AgencyFunction[], superior: string | null) => ({ code, name: code, nameEn: code, functions: fns, regions: ['990100'], superior });
const topOf = (f: Fn): string => `${f.replaceAll('_', '-')}-TOP`;
const subOf = (f: Fn): string => `${f.replaceAll('_', '-')}-SUB`;
const agencies: readonly (StaticAgency & ReturnType<typeof agency>)[] = [
  ...functions.flatMap((f) => [agency(topOf(f), [f], null), agency(subOf(f), [f], topOf(f))]), agency('STRANGER', ['MARKET'], null),
];
const record = (code: string) => agencies.find((a) => a.code === code) ?? agency(code, ['DRUG'], null);

type Scenario = 'none' | 'owner' | 'superior' | 'party' | 'partyBelow';
type Element = 'clue' | 'person' | 'complaintNo';
const scenarios: readonly Scenario[] = ['none', 'owner', 'superior', 'party', 'partyBelow'];

/**
 * Typed from what was settled for clues and not from the code. The owner and, of market and drug regulators, the superior read a clue; so does
 * whoever received it by a transfer, which police, procuratorate, court and supervision never do. Persons are as in the file of a case: owner and
 * party. The number of a complaint is as its content: owner and superior.
 */
const model: Record<Element, Record<Fn, readonly Scenario[]>> = {
  clue: {
    DRUG: ['owner', 'superior', 'party'], MARKET: ['owner', 'superior', 'party'], POLICE: ['owner'], PROCURATORATE: ['owner'], COURT: ['owner'], HEALTH: ['owner', 'party'],
    CDC: ['owner', 'party'], ADR_CENTRE: ['owner', 'party'], SUPERVISION: ['owner'], INSURANCE: ['owner', 'party'], LAB: ['owner', 'party'], CUSTOMS: ['owner', 'party'],
  },
  person: {
    DRUG: ['owner', 'party'], MARKET: ['owner', 'party'], POLICE: ['owner'], PROCURATORATE: ['owner'], COURT: ['owner'], HEALTH: ['owner', 'party'], CDC: ['owner', 'party'],
    ADR_CENTRE: ['owner', 'party'], SUPERVISION: ['owner'], INSURANCE: ['owner', 'party'], LAB: ['owner', 'party'], CUSTOMS: ['owner', 'party'],
  },
  complaintNo: {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['owner'], PROCURATORATE: ['owner'], COURT: ['owner'], HEALTH: ['owner'], CDC: ['owner'],
    ADR_CENTRE: ['owner'], SUPERVISION: ['owner'], INSURANCE: ['owner'], LAB: ['owner'], CUSTOMS: ['owner'],
  },
};

let world: World;
beforeAll(async () => {
  world = await World.start({ agencies });
});
afterAll(() => world.stop());

let serial = 0;
/** A clue of a natural person behind a complaint, as it stands once it was filed as a case. */
async function given(f: Fn, scenario: Scenario): Promise<{ readonly clue: ClueEntity; readonly caseId: string }> {
  const owner = scenario === 'owner' ? topOf(f) : scenario === 'superior' ? subOf(f) : 'STRANGER';
  const parts = scenario === 'party' ? [topOf(f)] : scenario === 'partyBelow' ? [subOf(f)] : [];
  serial += 1;
  const { caseId } = await world.givenCase({ agencyCode: owner });
  const receivedAt = new Date(testNow.getTime() - serial * 60_000);
  const draft = newClueRow({
    id: uuidv7(testNow), agencyCode: owner, source: 'COMPLAINT', sourceRef: `C-${serial}`, regionCode: '990100', enterpriseUscc: null, partyKind: 'NATURAL_PERSON',
    partyName: '演示某人', productKind: null, productNames: [], batchNo: `B-${serial}`, facts: '演示线索', suspectedArticles: [], receivedAt, recordedAt: testNow, transferredFromId: null,
  });
  const { calendar } = world.harness.service.deps;
  const recorded = clueAfter(draft, { decided: decideClue(clueStateOf(draft), 'recordClue', testNow, calendar), at: testNow });
  const verified = clueAfter(recorded, { decided: decideClue(clueStateOf(recorded), 'beginClueVerification', testNow, calendar), at: testNow });
  const clue = clueAfter(verified, { decided: decideClue(clueStateOf(verified), 'fileCase', testNow, calendar), fields: { caseId, caseOfficers: ['甲', '乙'], parts }, at: testNow });
  await world.harness.dataSource.getRepository<Record<string, unknown>>(ClueEntity).insert({ ...clue });
  return { clue, caseId };
}

const READ = `query($id: ID!, $case: ID!, $ref: String!) {
  clue(id: $id) { facts partyName sourceRef possibleDuplicates { totalCount } history { position } }
  case(id: $case) { clue { id } }
  clues { totalCount nodes { id } }
  byNumber: clues(filter: { sourceRef: $ref }) { totalCount nodes { id } }
}`;
interface Listed { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] }
interface Answered {
  readonly clue: { readonly facts: string; readonly partyName: string | null; readonly sourceRef: string | null } | null;
  readonly case: { readonly clue: { readonly id: string } | null } | null;
  readonly clues: Listed;
  readonly byNumber: Listed;
}
type Given = Awaited<ReturnType<typeof given>>;
const variables = ({ clue, caseId }: Given) => ({ id: clue.id, case: caseId, ref: clue.sourceRef });
const read = async (code: string, g: Given, officerId = `${code}-2`): Promise<Answered> =>
  dataOf(await world.harness.as(officerOf(record(code), officerId)).send<Answered>(READ, variables(g)));
const sees = (a: Answered, { clue }: Given) => ({
  clue: a.clue?.facts === clue.facts, person: a.clue?.partyName === clue.partyName, complaintNo: a.clue?.sourceRef === clue.sourceRef,
  listed: a.clues.nodes.some((n) => n.id === clue.id), byNumber: a.byNumber.totalCount === 1,
});
const nothing = { clue: false, person: false, complaintNo: false, listed: false, byNumber: false };

describe.each(functions)('an officer of an agency for %s', (f) => {
  it.each(scenarios)('sees what was settled: %s', async (scenario) => {
    const g = await given(f, scenario);
    const answered = await read(topOf(f), g);
    const [clue, person, complaintNo] = (['clue', 'person', 'complaintNo'] as const).map((e) => model[e][f].includes(scenario));
    expect(sees(answered, g)).toEqual({ clue, person, complaintNo, listed: clue, byNumber: complaintNo });
    expect(answered.case?.clue ?? null).toEqual(clue && answered.case ? { id: g.clue.id } : null);
  });

  it('sees nothing of a clue whose case is sealed from him or from which he is excluded, and no count tells', async () => {
    for (const scenario of scenarios) {
      const g = await given(f, scenario);
      const before = await read(topOf(f), g);
      await world.harness.dataSource.query('update admin_case set excluded = $2 where case_id = $1', [g.caseId, [`${topOf(f)}/${topOf(f)}-5`]]);
      expect(sees(await read(topOf(f), g, `${topOf(f)}-5`), g)).toEqual(nothing);
      expect(sees(await read(topOf(f), g), g)).toEqual(sees(before, g));
      await world.harness.dataSource.query(`update admin_case set sealed_until = '2026-11-22', seal_officers = $2 where case_id = $1`, [g.caseId, [`${topOf(f)}-4`]]);
      const sealed = await read(topOf(f), g);
      expect(sees(sealed, g)).toEqual(nothing);
      expect(before.clues.totalCount - sealed.clues.totalCount).toBe(before.clue === null ? 0 : 1);
      expect(sees(await read(topOf(f), g, `${topOf(f)}-4`), g).clue).toBe(scenario === 'owner');
    }
  });

  it.each(['auditor', 'analyst'] as const)('reads no clue as %s alone', async (role) => {
    const g = await given(f, 'owner');
    const answered = dataOf(await world.harness.as(officerOf(record(topOf(f)), 'x', { roles: [role] })).send<Answered>(READ, variables(g)));
    expect(sees(answered, g)).toEqual(nothing);
  });
});

it('is closed to the public', async () => {
  const g = await given('DRUG', 'owner');
  const answered = dataOf(await world.harness.as(publicReader).send<Answered>(READ, variables(g)));
  expect(sees(answered, g)).toEqual(nothing);
  expect(answered.clues.totalCount).toBe(0);
});

it('answers alike for what is hidden and for what does not exist', async () => {
  const g = await given('POLICE', 'none');
  const as = world.harness.as(officerOf(record(topOf('POLICE')), 'x'));
  const hidden = await as.send(READ, variables(g));
  expect(await as.send(READ, { id: '01990000-0000-7000-8000-00000000dead', case: g.caseId, ref: 'nothing' })).toEqual(hidden);
  expect(await as.send(READ, { id: 'no-uuid', case: g.caseId, ref: '%' })).toEqual(hidden);
});
