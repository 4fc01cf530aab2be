import { demoAgencies } from '@casebridge/contracts';
import { type AgencyReader } from '@casebridge/kernel';
import { officer, publicReader } from '@casebridge/testkit';
import { codesOf, dataOf, registryFile, World } from '../testing/world';
import { AgencyEntity, RevokedOfficerEntity, RevokedTokenEntity } from './agency.entity';
import { AgencyFileInvalid } from './agency.errors';
import { importAgencies, parseAgencyFile } from './import-agencies';

const registrar = officer('DRA-210000', 3, { roles: ['system'], scopes: ['hub:registry'] });
const head = officer('MRA-210100', 1);
const FIELDS = '{ agency { code name nameEn functions regions { code } superior { code } status version } }';

let world: World;
beforeAll(async () => {
  world = await World.start();
});
beforeEach(() => world.clock.advance(60_000));
afterAll(() => world.stop());

const input = (overrides: Record<string, unknown> = {}) => ({
  code: 'MRA-210103', name: '演示西区市场监督管理局', nameEn: 'West District (demo)', functions: ['DRUG', 'MARKET'], regions: ['210103'], superior: 'MRA-210100',
  issuer: 'urn:casebridge:dev:MRA-210103', officers: [{ id: 'MRA-210103-1', roles: ['officer', 'head'] }], ...overrides,
});
interface Payload {
  readonly agency: Record<string, unknown> & { version: number };
}
const send = (mutation: string, variables: Record<string, unknown>, as: AgencyReader = registrar) =>
  world.harness.as(as).send<Record<string, Payload>>(mutation, variables);
const registerAgency = (overrides: Record<string, unknown>, key: string, as?: AgencyReader) =>
  send(`mutation($input: RegisterAgencyInput!, $key: ID!) { registerAgency(input: $input, idempotencyKey: $key) ${FIELDS} }`, { input: input(overrides), key }, as);
const updateAgency = (code: string, change: Record<string, unknown>, key: string, as?: AgencyReader) =>
  send(`mutation($code: ID!, $input: UpdateAgencyInput!, $key: ID!) { updateAgency(code: $code, input: $input, idempotencyKey: $key) ${FIELDS} }`, { code, input: change, key }, as);
const retireAgency = (code: string, key: string, as?: AgencyReader) =>
  send(`mutation($code: ID!, $key: ID!) { retireAgency(code: $code, input: { reason: "演示撤销" }, idempotencyKey: $key) ${FIELDS} }`, { code, key }, as);

describe('the registry', () => {
  it('registers, changes and retires an agency, and tells every directory each time', async () => {
    const registered = dataOf(await registerAgency({}, 'register'))['registerAgency']?.agency;
    expect(registered).toEqual({
      code: 'MRA-210103', name: '演示西区市场监督管理局', nameEn: 'West District (demo)', functions: ['DRUG', 'MARKET'], regions: [{ code: '210103' }],
      superior: { code: 'MRA-210100' }, status: 'ACTIVE', version: 1,
    });
    world.clock.advance(1_000);
    const changed = dataOf(await updateAgency('MRA-210103', { name: ' 演示西区局 ', superior: null, expectedVersion: 1 }, 'update'))['updateAgency']?.agency;
    expect(changed).toMatchObject({ name: '演示西区局', nameEn: 'West District (demo)', superior: null, version: 2 });
    world.clock.advance(1_000);
    expect(dataOf(await retireAgency('MRA-210103', 'retire'))['retireAgency']?.agency).toMatchObject({ status: 'RETIRED', version: 3 });
    world.clock.advance(1_000);
    expect(codesOf(await retireAgency('MRA-210103', 'retire-2'))).toEqual(['AGENCY_RETIRED']);
    expect(codesOf(await updateAgency('MRA-210103', { name: 'x' }, 'update-2'))).toEqual(['AGENCY_RETIRED']);
    const events = await world.outbox('agency:MRA-210103');
    expect(events.map((e) => [e.type, e.data['version'], e.data['status']])).toEqual([
      ['directory.agency-changed.v1', 1, 'ACTIVE'], ['directory.agency-changed.v1', 2, 'ACTIVE'], ['directory.agency-changed.v1', 3, 'RETIRED'],
    ]);
    expect(events[0]?.data).toMatchObject({ issuer: 'urn:casebridge:dev:MRA-210103', officers: [{ id: 'MRA-210103-1', roles: ['officer', 'head'] }], jwks: null });
  });

  it('is kept by its scope, and by no rank', async () => {
    for (const as of [head, officer('DRA-210000', 1)]) {
      expect(codesOf(await registerAgency({ code: 'X1' }, 'no', as))).toEqual(['FORBIDDEN']);
      expect(codesOf(await updateAgency('MRA-210100', { name: 'x' }, 'no', as))).toEqual(['FORBIDDEN']);
      expect(codesOf(await retireAgency('MRA-210100', 'no', as))).toEqual(['FORBIDDEN']);
    }
    expect(codesOf(await registerAgency({ code: 'X1' }, 'no', publicReader as never))).toEqual(['AUTHENTICATION_REQUIRED']);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['a code that is taken', { code: 'MRA-210100' }, 'AGENCY_TAKEN', 'input.code'],
    ['an issuer that is taken', { code: 'X1', issuer: 'urn:casebridge:dev:PSB-210100' }, 'AGENCY_TAKEN', 'input.issuer'],
    ['a superior that is not registered', { code: 'X1', superior: 'NOBODY', issuer: 'urn:casebridge:dev:X1' }, 'BAD_USER_INPUT', 'input.superior'],
    ['an issuer of its own without keys', { code: 'X1', issuer: 'https://issuer.example.invalid/x1' }, 'BAD_USER_INPUT', 'input.jwks'],
    ['a key with a NUL character', { code: 'X1', jwks: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"\\u0000"}]}' }, 'BAD_USER_INPUT', 'input.jwks.keys.0.x'],
    ['no function', { code: 'X1', functions: [] }, 'BAD_USER_INPUT', 'input.functions'],
    ['keys that are no key set', { code: 'X1', jwks: '[]' }, 'BAD_USER_INPUT', 'input.jwks'],
    ['keys that are no JSON', { code: 'X1', jwks: '{' }, 'BAD_USER_INPUT', 'input.jwks'],
    ['a private key', { code: 'X1', jwks: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"a","d":"b"}]}' }, 'BAD_USER_INPUT', 'input.jwks.keys.0'],
  ])('refuses %s', async (_, overrides, code, field) => {
    expect((await registerAgency(overrides, `refuse-${code}-${field}`)).errors?.[0]?.extensions).toMatchObject({ code, field });
  });

  it('refuses superiors that run in a circle, two changes at once included', async () => {
    const answer = await updateAgency('DRA-210000', { superior: 'MRA-210102' }, 'circle');
    expect(codesOf(answer)).toEqual(['SUPERIOR_CYCLE']);
    const pair = await Promise.all([
      updateAgency('HC-210000', { superior: 'CDC-210100' }, 'pair'), updateAgency('CDC-210100', { superior: 'HC-210000' }, 'pair-2'),
    ]);
    expect(pair.flatMap(codesOf)).toEqual(['SUPERIOR_CYCLE']);
  });

  it('lets one of ten changes at once through, and one effect per key', async () => {
    const race = await Promise.all(Array.from({ length: 10 }, (_, i) => updateAgency('LAB-210000', { nameEn: `Lab ${i}` }, `race-${i}`)));
    expect(race.filter((a) => !a.errors)).toHaveLength(1);
    expect(race.flatMap(codesOf)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
    world.clock.advance(1_000);
    const same = await Promise.all(Array.from({ length: 10 }, () => updateAgency('LAB-210000', { nameEn: 'Laboratory' }, 'same')));
    expect(same.map((a) => dataOf(a)['updateAgency']?.agency.version)).toEqual(Array.from({ length: 10 }, () => 3));
    const registrations = await Promise.all(Array.from({ length: 10 }, (_, i) => registerAgency({ code: 'TEN', issuer: 'urn:casebridge:dev:TEN' }, `ten-${i}`)));
    expect(registrations.filter((a) => !a.errors)).toHaveLength(1);
    expect(registrations.flatMap(codesOf)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
    expect(codesOf(await updateAgency('LAB-210000', { nameEn: 'x', expectedVersion: 2 }, 'stale'))).toEqual(['CONFLICT']);
  });

  it('lets the public search by what it may read, and by nothing else', async () => {
    const find = async (filter: Record<string, unknown> | null, who: typeof head | typeof publicReader = publicReader) =>
      dataOf(await world.harness.as(who).send<{ agencies: { totalCount: number; nodes: { code: string }[] } }>(
        'query($filter: AgencyFilter) { agencies(filter: $filter, first: 50) { totalCount nodes { code } } }', { filter })).agencies;
    const nobody = { totalCount: 0, nodes: [] };
    expect((await find({ text: 'MRA-210102' })).nodes).toEqual([{ code: 'MRA-210102' }]);
    for (const hidden of [{ function: 'POLICE' }, { region: '210102' }, { superior: 'DRA-210000' }]) {
      expect((await find(hidden, head)).totalCount).toBeGreaterThan(0);
      expect(await find(hidden)).toEqual(nobody);
      expect(await find({ ...hidden, text: 'MRA-210102' })).toEqual(nobody);
    }
    expect(await find({ function: null, region: null, superior: null })).toEqual(await find(null));
  });

  it('is searched by function, region, superior and text', async () => {
    const codes = async (filter: Record<string, unknown>) => {
      const answer = await world.harness.as(head).send<{ agencies: { totalCount: number; nodes: { code: string }[] } }>(
        'query($filter: AgencyFilter) { agencies(filter: $filter, first: 50) { totalCount nodes { code } } }', { filter });
      const { nodes, totalCount } = dataOf(answer).agencies;
      expect(totalCount).toBe(nodes.length);
      return nodes.map((n) => n.code).sort();
    };
    expect(await codes({ function: 'COURT' })).toEqual(['CRT-210100']);
    expect(await codes({ function: 'POLICE', region: '210102' })).toEqual(['PSB-210000', 'PSB-210100', 'PSB-210102']);
    expect(await codes({ region: ' 210102 ', function: 'POLICE' })).toHaveLength(3);
    for (const region of ['', '2101%', '甲省']) {
      const refused = await world.harness.as(head).send('query($region: ID!) { agencies(filter: { region: $region }) { totalCount } }', { region });
      expect(refused.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'filter.region' });
    }
    expect(await codes({ superior: 'PSB-210000' })).toEqual(['PSB-210100', 'PSB-210200']);
    expect(await codes({ superior: ' psb-210000 ' })).toEqual(['PSB-210100', 'PSB-210200']);
    expect(await codes({ superior: 'NOBODY' })).toEqual([]);
    expect(await codes({ text: '东区分局' })).toEqual(['PSB-210102']);
    expect(await codes({ text: 'SUP-2101' })).toEqual(['SUP-210100']);
    expect(await codes({ text: '%2101%' })).toEqual([]);
  });

  it.each([
    ['text', ''], ['text', ' '], ['text', '局'], ['text', '%'], ['text', '\u0000'], ['text', '分局\u0000'], ['text', '\ud800'], ['text', '局'.repeat(101)], ['superior', 'PSB\u0000'], ['superior', ''], ['superior', '省厅'], ['superior', 'PSB_210000'],
  ])('names the condition %s that can be none: %j', async (field, value) => {
    for (const who of [head, publicReader]) {
      const { errors } = await world.harness.as(who).send('query($filter: AgencyFilter) { agencies(filter: $filter) { totalCount nodes { code } } }', { filter: { [field]: value } });
      expect(errors).toEqual([expect.objectContaining({ path: ['agencies'], extensions: { code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: `filter.${field}` } })]);
    }
  });
});

describe('importing a registry file', () => {
  const file = () => registryFile([
    { code: 'N1', functions: ['DRUG'], superior: 'N2' }, { code: 'N2', functions: ['DRUG', 'MARKET'], regions: ['310000'] },
    { ...(demoAgencies.find((a) => a.code === 'MIB-210000') as (typeof demoAgencies)[number]), nameEn: 'Insurance (demo)' },
  ]);
  const load = (records: unknown) => world.act((tx) => importAgencies(tx, records));

  it('registers what is new, changes what differs and leaves the rest, whatever the order in the file', async () => {
    expect(await load(file())).toEqual({ registered: ['N1', 'N2'], updated: ['MIB-210000'], unchanged: [] });
    expect(await load(file())).toEqual({ registered: [], updated: [], unchanged: ['N1', 'N2', 'MIB-210000'] });
    expect((await world.outbox('agency:N1'))).toHaveLength(1);
    expect((await world.outbox('agency:MIB-210000')).map((e) => e.data['version'])).toEqual([1, 2]);
  });

  it('takes over an issuer that another agency of the same file gives up', async () => {
    await load(registryFile([{ code: 'S1', functions: ['LAB'], issuer: 'urn:casebridge:dev:a1' }, { code: 'S2', functions: ['LAB'], issuer: 'urn:casebridge:dev:a2' }]));
    await load(registryFile([{ code: 'S1', functions: ['LAB'], issuer: 'urn:casebridge:dev:a2' }, { code: 'S2', functions: ['LAB'], issuer: 'urn:casebridge:dev:a1' }]));
    expect(await world.harness.dataSource.manager.findOneBy(AgencyEntity, { code: 'S1' })).toMatchObject({ issuer: 'urn:casebridge:dev:a2', version: 2 });
  });

  it('tells every fault of the file, and does nothing', async () => {
    const faulty = [
      ...registryFile([
        { code: 'B1', functions: [], superior: 'B2' }, { code: 'B2', functions: ['DRUG'], superior: 'B1', issuer: 'urn:casebridge:dev:PSB-210100' },
        { code: 'B2', functions: ['DRUG'] }, { code: 'B3', functions: ['MAGIC' as never], superior: 'NOWHERE' },
      ]),
      { code: 'B4', surprise: true, superior: 'NEITHER' },
      { ...registryFile([{ code: '', functions: ['LAB'], superior: 'NOWHERE', issuer: 'urn:casebridge:dev:PSB-210100' }])[0], name: 7 },
      { ...registryFile([{ code: 'B6', functions: [], superior: 'B4' }])[0], officers: 'all', constructor: 1 },
      null,
    ];
    const refused = await load(faulty).catch((cause: unknown) => cause as AgencyFileInvalid);
    expect(refused).toBeInstanceOf(AgencyFileInvalid);
    const { faults } = refused as AgencyFileInvalid;
    for (const expected of ['0.functions:', '3.functions.0:', 'B2: stands in the file twice', 'B3: its superior NOWHERE is not registered', '4.name:', 'urprise', 'B4: its superior NEITHER is not registered',
      '5.code:', '5.name:', 'the agency without a code (5): its superior NOWHERE is not registered', 'the agency without a code (5): has the issuer of PSB-210100',
      '6.functions:', '6.officers:', 'onstructor', '7: ']) {
      expect(faults).toContainEqual(expect.stringContaining(expected));
    }
    // What is wrong with a record hides nothing of it from the others: its code is there to be a superior.
    expect(faults.filter((fault) => /B6: |5\.jwks|6\.jwks/.test(fault))).toEqual([]);
    expect(await world.harness.dataSource.manager.existsBy(AgencyEntity, { code: 'B2' })).toBe(false);
  });

  it('tells a circle with what is registered, and an issuer that is taken', async () => {
    const refused = await load(registryFile([
      { ...(demoAgencies.find((a) => a.code === 'DRA-210000') as (typeof demoAgencies)[number]), superior: 'MRA-210102' },
      { code: 'C1', functions: ['DRUG'], issuer: 'urn:casebridge:dev:PSB-210100' },
    ])).catch((cause: unknown) => cause as AgencyFileInvalid);
    expect((refused as AgencyFileInvalid).faults).toEqual([
      'C1: has the issuer of PSB-210100', expect.stringContaining('DRA-210000: its superiors run in a circle: DRA-210000 > MRA-210102 > MRA-210100 > DRA-210000'),
    ]);
  });

  it('reads JSON only', () => {
    expect(parseAgencyFile('[]')).toEqual([]);
    expect(() => parseAgencyFile('code;name')).toThrow(AgencyFileInvalid);
    return expect(load({})).rejects.toThrow(AgencyFileInvalid);
  });
});

describe('taking tokens back', () => {
  const until = '2026-12-01T00:00:00.000Z';
  const revokeToken = (tokenId: string, key: string, as: AgencyReader = head, extra: Record<string, unknown> = {}) =>
    world.harness.as(as).send(`mutation($id: ID!, $input: RevokeTokenInput!, $key: ID!) {
      revokeToken(tokenId: $id, input: $input, idempotencyKey: $key) { agencyCode tokenId } }`, { id: tokenId, input: { until, reason: '演示丢失', ...extra }, key });
  const revokeOfficer = (officerId: string, key: string, as: AgencyReader = head, agencyCode = 'MRA-210100') =>
    world.harness.as(as).send<{ revokeOfficer: { revokedAt: string } }>(`mutation($agency: ID!, $id: ID!, $key: ID!) {
      revokeOfficer(agencyCode: $agency, officerId: $id, input: { reason: "演示调离" }, idempotencyKey: $key) { agencyCode officerId revokedAt } }`, { agency: agencyCode, id: officerId, key });

  it('reaches every directory', async () => {
    expect(codesOf(await revokeToken('token-1', 'a'))).toEqual([]);
    const at = world.clock.now().toISOString();
    expect(dataOf(await revokeOfficer('MRA-210100-4', 'a')).revokeOfficer).toEqual({ agencyCode: 'MRA-210100', officerId: 'MRA-210100-4', revokedAt: at });
    const events = (await world.outbox('agency:MRA-210100')).filter((e) => e.type !== 'directory.agency-changed.v1');
    expect(events).toEqual([
      { type: 'directory.token-revoked.v1', data: { tokenId: 'token-1', agencyCode: 'MRA-210100', until } },
      { type: 'directory.officer-revoked.v1', data: { agencyCode: 'MRA-210100', officerId: 'MRA-210100-4', revokedAt: at } },
    ]);
  });

  it('is for a head within his agency, and for the registry anywhere', async () => {
    expect(codesOf(await revokeToken('t', 'b', officer('MRA-210100', 2)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await revokeToken('t', 'c', head, { agencyCode: 'MRA-210102' }))).toEqual(['FORBIDDEN']);
    expect(codesOf(await revokeOfficer('x', 'd', officer('MRA-210100', 2)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await revokeOfficer('x', 'e', head, 'PSB-210100'))).toEqual(['FORBIDDEN']);
    expect(codesOf(await revokeToken('t', 'f', registrar, { agencyCode: 'PSB-210100' }))).toEqual([]);
    expect(codesOf(await revokeOfficer('PSB-210100-2', 'g', registrar, 'PSB-210100'))).toEqual([]);
    expect(codesOf(await revokeOfficer('x', 'h', registrar, 'NOBODY'))).toEqual(['NOT_FOUND']);
  });

  it('refuses an end in the past and a blank reason', async () => {
    expect(codesOf(await revokeToken('t2', 'i', head, { until: '2026-11-01T00:00:00Z' }))).toEqual(['BAD_USER_INPUT']);
    expect(codesOf(await revokeToken('t2', 'j', head, { reason: ' ' }))).toEqual(['BAD_USER_INPUT']);
  });

  it('happens once for one token; an officer may be stopped again later', async () => {
    const race = await Promise.all(Array.from({ length: 10 }, (_, i) => revokeToken('token-9', `race-${i}`)));
    expect(race.flatMap(codesOf)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
    world.clock.advance(1_000);
    expect(codesOf(await revokeToken('token-9', 'later'))).toEqual(['TOKEN_ALREADY_REVOKED']);
    expect(await world.harness.dataSource.manager.countBy(RevokedTokenEntity, { tokenId: 'token-9' })).toBe(1);

    const officers = await Promise.all(Array.from({ length: 10 }, (_, i) => revokeOfficer('MRA-210100-5', `race-${i}`)));
    expect(officers.flatMap(codesOf)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
    world.clock.advance(1_000);
    expect(codesOf(await revokeOfficer('MRA-210100-5', 'later'))).toEqual([]);
    const same = await Promise.all(Array.from({ length: 10 }, () => revokeOfficer('MRA-210100-3', 'same')));
    expect(same.flatMap(codesOf)).toEqual([]);
    expect(await world.harness.dataSource.manager.countBy(RevokedOfficerEntity, { officerId: 'MRA-210100-3' })).toBe(1);
  });
});
