import type { CooperationKind } from '@casebridge/contracts';
import { type AgencyFunction, stateCouncilCalendar, uuidv7 } from '@casebridge/kernel';
import type { StaticAgency } from '@casebridge/platform';
import { officerOf, publicReader } from '@casebridge/testkit';
import { dataOf, testNow, World } from '../testing/world';
import { CooperationEntity } from './cooperation.entity';
import type { CooperationActName } from './cooperation.machine';
import { cooperationAfter, cooperationStateOf, newCooperationRow } from './cooperation-record';
import { decideCooperation } from './cooperation.rule';

/** One agency per function, one below each. */
const functions = [
  'DRUG', 'MARKET', 'POLICE', 'PROCURATORATE', 'COURT', 'HEALTH', 'CDC', 'ADR_CENTRE', 'SUPERVISION', 'INSURANCE', 'LAB', 'CUSTOMS',
] as const satisfies readonly AgencyFunction[];
type Fn = (typeof functions)[number];
const agency = (code: string, fns: readonly AgencyFunction[], superior: string | null) => ({ code, name: code, nameEn: code, functions: fns, regions: ['990100'], superior });
const topOf = (f: Fn): string => `${f.replaceAll('_', '-')}-TOP`;
const subOf = (f: Fn): string => `${f.replaceAll('_', '-')}-SUB`;
const agencies: readonly (StaticAgency & ReturnType<typeof agency>)[] = [
  ...functions.flatMap((f) => [agency(topOf(f), [f], null), agency(subOf(f), [f], topOf(f))]), agency('STRANGER', ['MARKET'], null), agency('OTHER', ['DRUG'], null),
];
const record = (code: string) => agencies.find((a) => a.code === code)!;

type Scenario = 'none' | 'asking' | 'asked' | 'aboveAsking' | 'aboveAsked';
const scenarios: readonly Scenario[] = ['none', 'asking', 'asked', 'aboveAsking', 'aboveAsked'];
const ends: readonly Scenario[] = ['asking', 'asked'];
const all: readonly Scenario[] = [...ends, 'aboveAsking', 'aboveAsked'];

/** Typed from the page of rights and not from the code: both ends whatever their function; those above them in the columns that say so. */
const cooperation: Record<Fn, readonly Scenario[]> = {
  DRUG: all, MARKET: all, POLICE: all, PROCURATORATE: all, COURT: all, HEALTH: all, CDC: all, ADR_CENTRE: all, SUPERVISION: ends, INSURANCE: ends, LAB: ends, CUSTOMS: ends,
};

/** The same of public-interest clues and procuratorial suggestions, which are nothing to police, courts and health. */
const publicInterest: Record<Fn, readonly Scenario[]> = {
  ...cooperation, POLICE: ends, COURT: ends, HEALTH: ends, CDC: ends, ADR_CENTRE: ends,
};
const model: Partial<Record<CooperationKind, Record<Fn, readonly Scenario[]>>> = {
  ASSISTANCE: cooperation, CONSULTATION: cooperation, TEST: cooperation, PUBLIC_INTEREST_CLUE: publicInterest, SUGGESTION: publicInterest,
};
const opening: Partial<Record<CooperationKind, CooperationActName>> = {
  ASSISTANCE: 'requestAssistance', CONSULTATION: 'openConsultation', TEST: 'requestTest', PUBLIC_INTEREST_CLUE: 'sendPublicInterestClue', SUGGESTION: 'issueProcuratorialSuggestion',
};

let world: World;
beforeAll(async () => {
  world = await World.start({ agencies });
});
afterAll(() => world.stop());

async function given(f: Fn, scenario: Scenario, kind: CooperationKind): Promise<CooperationEntity> {
  const asking = scenario === 'asking' ? topOf(f) : scenario === 'aboveAsking' ? subOf(f) : 'STRANGER';
  const asked = scenario === 'asked' ? topOf(f) : scenario === 'aboveAsked' ? subOf(f) : 'OTHER';
  const draft = newCooperationRow({
    id: uuidv7(testNow), kind, agencyCode: asking, askedCodes: [asked], caseId: null, title: '演示', content: '演示', requestedAt: testNow,
    ...(kind === 'TEST' ? { productName: '演示', costBearer: 'PUBLIC_FUNDS' } : {}),
  });
  const row = cooperationAfter(draft, decideCooperation(cooperationStateOf(draft), opening[kind]!, testNow, stateCouncilCalendar), testNow);
  await world.harness.dataSource.getRepository<Record<string, unknown>>(CooperationEntity).insert({ ...row });
  return row;
}

const READ = `query($id: ID!, $asked: ID!) {
  cooperation(id: $id) { title history { position } }
  cooperations(first: 100) { totalCount nodes { id } }
  filtered: cooperations(first: 100, filter: { asked: $asked }) { nodes { id } }
}`;
interface Listed { readonly totalCount: number; readonly nodes: readonly { readonly id: string }[] }
interface Answered { readonly cooperation: object | null; readonly cooperations: Listed; readonly filtered: Listed }
const read = async (who: Parameters<typeof world.harness.as>[0], w: CooperationEntity): Promise<boolean[]> => {
  const answered = dataOf(await world.harness.as(who).send<Answered>(READ, { id: w.id, asked: w.askedCodes[0] }));
  return [answered.cooperation !== null, ...[answered.cooperations, answered.filtered].map((list) => list.nodes.some((n) => n.id === w.id))];
};
const alike = (seen: boolean): boolean[] => [seen, seen, seen];

describe.each(functions)('an officer of an agency for %s', (f) => {
  it.each(scenarios)('sees what the page says: %s', async (scenario) => {
    for (const kind of Object.keys(model) as CooperationKind[]) {
      const of = await given(f, scenario, kind);
      expect([kind, await read(officerOf(record(topOf(f)), 'x'), of)]).toEqual([kind, alike(model[kind]![f].includes(scenario))]);
    }
    const w = await given(f, scenario, 'ASSISTANCE');
    for (const role of ['auditor', 'analyst'] as const) expect(await read(officerOf(record(topOf(f)), 'x', { roles: [role] }), w)).toEqual(alike(false));
  });
});

it('is closed to the public, and what is hidden is as what does not exist', async () => {
  const w = await given('POLICE', 'none', 'ASSISTANCE');
  expect(await read(publicReader, w)).toEqual(alike(false));
  const as = world.harness.as(officerOf(record(topOf('POLICE')), 'x'));
  const hidden = await as.send(READ, { id: w.id, asked: 'OTHER' });
  expect(await as.send(READ, { id: uuidv7(testNow), asked: 'OTHER' })).toEqual(hidden);
  expect(await as.send(READ, { id: 'no-uuid', asked: 'OTHER' })).toEqual(hidden);
});
