import { accessApplied, type ServiceName } from '@casebridge/contracts';
import { type AgencyReader } from '@casebridge/kernel';
import { officer, officerOf } from '@casebridge/testkit';
import { importAgencies } from '../agency/import-agencies';
import { codesOf, dataOf, kindsOf, registryFile, World } from '../testing/world';
import { AdminCaseEntity, CaseExclusionEntity, CaseSealEntity } from './admin-case.entity';

const head = officer('MRA-210100', 1);
const colleague = officer('MRA-210100', 2);
const police = officer('PSB-210100', 2);
const SEAL = `mutation($id: ID!, $input: SealCaseInput!, $key: ID!) {
  sealCase(caseId: $id, input: $input, idempotencyKey: $key) { case { id version } seal { number basis expiresOn status } }
}`;
const UNSEAL = `mutation($id: ID!, $key: ID!) {
  unsealCase(caseId: $id, input: { reason: "演示解除" }, idempotencyKey: $key) { case { id } seal { number status } }
}`;
const READ = 'query($id: ID!) { case(id: $id) { caseNo } cases { totalCount } }';
const REGISTER = '{ sealRegister(first: 100) { totalCount nodes { number basis expiresOn status } } }';
interface Sealed {
  readonly sealCase: { case: { id: string; version: number } | null; seal: { number: string; basis: string; expiresOn: string; status: string } };
}
interface Read {
  readonly case: { caseNo: string } | null;
  readonly cases: { totalCount: number };
}
interface Register {
  readonly sealRegister: { totalCount: number; nodes: { number: string; basis: string; expiresOn: string; status: string }[] };
}

let world: World;
beforeEach(() => world?.clock.advance(60_000));
beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world.stop());

const input = (overrides: Record<string, unknown> = {}) => ({ basis: '演示密封依据', expiresOn: '2026-12-31', officers: ['MRA-210100-1'], parties: [], ...overrides });
const seal = (c: AdminCaseEntity, key: string, overrides: Record<string, unknown> = {}, as: AgencyReader = head) =>
  world.harness.as(as).send<Sealed>(SEAL, { id: c.caseId, input: input(overrides), key });
const read = async (c: AdminCaseEntity, as: AgencyReader): Promise<Read> => dataOf(await world.harness.as(as).send<Read>(READ, { id: c.caseId }));
const register = async (as: AgencyReader): Promise<Register['sealRegister']> => dataOf(await world.harness.as(as).send<Register>(REGISTER)).sealRegister;
const acknowledge = (source: ServiceName, caseId: string, version: number) =>
  world.harness.receive(source, { type: accessApplied.type, subject: `case:${caseId}`, data: { caseId, version } });
const rowOf = (c: AdminCaseEntity) => world.harness.dataSource.manager.findOneByOrFail(AdminCaseEntity, { caseId: c.caseId });

describe('sealing a case', () => {
  it('hides it at once from all who are not named, and says honestly that not every service has confirmed', async () => {
    const c = await world.givenCase();
    await world.giveParts(c, 'PSB-210100', 'PPO-210100');
    const before = await read(c, colleague);
    const answer = dataOf(await seal(c, 'hides', { parties: ['PSB-210100'] }));
    expect(answer.sealCase.seal).toMatchObject({ basis: '演示密封依据', expiresOn: '2026-12-31', status: 'PENDING' });
    expect(answer.sealCase.case).toMatchObject({ id: c.caseId, version: 3 });
    const after = await read(c, colleague);
    expect(after.case).toBeNull();
    expect(before.cases.totalCount - after.cases.totalCount).toBe(1);
    expect((await read(c, officer('DRA-210000', 1))).case).toBeNull();
    expect((await read(c, officer('PPO-210100', 1))).case).toBeNull();
    expect((await read(c, officer('PSB-210000', 1))).case).toBeNull();
    expect((await read(c, police)).case).not.toBeNull();
    expect((await read(c, head)).case).not.toBeNull();
    const [event] = (await world.outbox(`case:${c.caseId}`)).slice(-1);
    expect(event).toMatchObject({
      type: 'enforcement.case-access-changed.v1',
      data: { version: 3, sealedUntil: '2026-12-31', sealOfficers: ['MRA-210100-1'], sealParties: ['PSB-210100'], acknowledge: true },
    });
  });

  it('is in force when inspection, credit and adr have applied that version, and not by the word of anybody else', async () => {
    const c = await world.givenCase();
    const waiting = seal(c, 'in-force');
    for (let version = 1; version === 1; ({ version } = await rowOf(c))) await new Promise((resolve) => setTimeout(resolve, 5));
    await acknowledge('inspection', c.caseId, 1); // an older version
    await acknowledge('adr', c.caseId, 2);
    await acknowledge('adr', c.caseId, 2); // at least once
    await acknowledge('credit', c.caseId, 3); // a later version holds the earlier one
    const { number } = await world.harness.dataSource.manager.findOneByOrFail(CaseSealEntity, { caseId: c.caseId });
    const status = async () => (await register(head)).nodes.find((n) => n.number === number)?.status;
    expect(await status()).toBe('PENDING');
    await acknowledge('inspection', c.caseId, 2);
    expect(await status()).toBe('IN_FORCE');
    // The act waits for it, for up to two seconds.
    expect(dataOf(await waiting).sealCase.seal.status).toBe('IN_FORCE');
  });

  it('is for a head of the agency that handles the case', async () => {
    const c = await world.givenCase();
    await world.giveParts(c, 'PSB-210100');
    expect(codesOf(await seal(c, 'a', { officers: ['MRA-210100-2'] }, colleague))).toEqual(['FORBIDDEN']);
    expect(codesOf(await seal(c, 'b', { officers: ['DRA-210000-1'] }, officer('DRA-210000', 1)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await seal(c, 'c', { officers: ['PSB-210100-1'] }, officer('PSB-210100', 1)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await seal(c, 'd', {}, officer('MRA-210200', 1)))).toEqual(['NOT_FOUND']);
    expect(codesOf(await world.harness.as(head).send(SEAL, { id: 'nonsense', input: input(), key: 'e' }))).toEqual(['NOT_FOUND']);
  });

  it('tells a former party that the case is closed to its acts, and nothing more to a stranger', async () => {
    const c = await world.givenCase();
    await world.giveParts(c, 'PSB-210100');
    await world.endPart(c, 'PSB-210100');
    expect(codesOf(await seal(c, 'f', {}, officer('PSB-210100', 1)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await seal(c, 'g', {}, officer('PSB-210200', 1)))).toEqual(['NOT_FOUND']);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['no basis', { basis: ' ' }, 'input.basis'],
    ['a last day in the past', { expiresOn: '2026-11-21' }, 'input.expiresOn'],
    ['not naming the head who seals', { officers: ['MRA-210100-2'] }, 'input.officers'],
    ['an officer whom the registry does not know', { officers: ['MRA-210100-1', 'MRA-210100-9'] }, 'input.officers.1'],
    ['an officer of another agency', { officers: ['MRA-210100-1', 'MRA-210100-1', 'PSB-210100-1'] }, 'input.officers.2'],
    ['a party without a part', { parties: ['PSB-210200'] }, 'input.parties.0'],
    ['a basis with a NUL character', { basis: '演示\0' }, 'input.basis'],
  ])('is refused with %s', async (_, overrides, field) => {
    const c = await world.givenCase();
    const answer = await seal(c, `bad-${field}`, overrides);
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field });
    expect((await rowOf(c)).sealedUntil).toBeNull();
  });

  it('lets one of ten concurrent calls through; the same key gets the same answer', async () => {
    const c = await world.givenCase();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => seal(c, `race-${i}`)));
    expect(answers.filter((a) => !a.errors)).toHaveLength(1);
    expect(answers.flatMap(codesOf)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
    expect(await world.harness.dataSource.manager.countBy(CaseSealEntity, { caseId: c.caseId })).toBe(1);

    const d = await world.givenCase();
    const same = await Promise.all(Array.from({ length: 10 }, () => seal(d, 'one-key')));
    expect(new Set(same.map((a) => dataOf(a).sealCase.seal.number)).size).toBe(1);
    expect(await world.harness.dataSource.manager.countBy(CaseSealEntity, { caseId: d.caseId })).toBe(1);
    expect(codesOf(await seal(d, 'one-key', { basis: '另一依据' }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    world.clock.advance(1_000);
    const again = await seal(d, 'another-key');
    expect([codesOf(again), kindsOf(again)]).toEqual([['ALREADY_SEALED'], ['CONFLICT']]);
  });

  it('ends on its day, by itself, and may be made again', async () => {
    const c = await world.givenCase();
    await seal(c, 'short', { expiresOn: '2026-11-22' });
    expect((await read(c, colleague)).case).toBeNull();
    world.clock.advance(24 * 3_600_000);
    expect((await read(c, colleague)).case).not.toBeNull();
    const number = (await world.harness.dataSource.manager.findOneByOrFail(CaseSealEntity, { caseId: c.caseId })).number;
    expect((await register(head)).nodes.find((n) => n.number === number)?.status).toBe('EXPIRED');
    expect(codesOf(await world.harness.as(head).send(UNSEAL, { id: c.caseId, key: 'late' }))).toEqual(['NOT_SEALED']);
    expect(codesOf(await seal(c, 'again'))).toEqual([]);
  });

  it('is lifted by a named head, and by nobody to whom it hides the case', async () => {
    const c = await world.givenCase();
    await seal(c, 'lift');
    world.clock.advance(1_000);
    const unseal = (as: AgencyReader, key: string) => world.harness.as(as).send<{ unsealCase: { seal: { status: string } } }>(UNSEAL, { id: c.caseId, key });
    expect(codesOf(await unseal(officer('MRA-210100', 3, { roles: ['officer', 'head'] }), 'x'))).toEqual(['NOT_FOUND']);
    expect(dataOf(await unseal(head, 'y')).unsealCase.seal.status).toBe('LIFTED');
    expect(dataOf(await unseal(head, 'y')).unsealCase.seal.status).toBe('LIFTED');
    expect((await read(c, colleague)).case).not.toBeNull();
    expect(await rowOf(c)).toMatchObject({ sealedUntil: null, sealOfficers: [], sealParties: [] });
    world.clock.advance(1_000);
    expect(codesOf(await unseal(head, 'z'))).toEqual(['NOT_SEALED']);
  });
});

describe('the register of seals', () => {
  it('is open to heads of the sealing agency and of the procuratorate above the competent one, without content', async () => {
    const city = await world.givenCase();
    const other = await world.givenCase({ agencyCode: 'MRA-210200', regionCode: '210200' });
    const cityNumber = dataOf(await seal(city, 'register')).sealCase.seal.number;
    const otherNumber = dataOf(await seal(other, 'register', { officers: ['MRA-210200-1'] }, officer('MRA-210200', 1))).sealCase.seal.number;
    const numbers = async (as: AgencyReader) => {
      const { nodes, totalCount } = await register(as);
      expect(totalCount).toBe(nodes.length);
      return [cityNumber, otherNumber].map((n) => nodes.some((x) => x.number === n));
    };
    expect(await numbers(head)).toEqual([true, false]);
    // Another head of the agency, whom the seal does not name: to nobody else means him too.
    expect(await numbers(officer('MRA-210100', 3, { roles: ['officer', 'head'] }))).toEqual([false, false]);
    expect(await numbers(officer('PPO-210000', 1))).toEqual([true, true]);
    for (const nobody of [
      colleague, officer('PPO-210000', 2), officer('PPO-210100', 1), officer('PPO-210200', 1), officer('DRA-210000', 1), officer('PSB-210000', 1), officer('SUP-210000', 1),
    ]) expect(await numbers(nobody)).toEqual([false, false]);
    expect(cityNumber).not.toContain('210100');
  });

  it('hides from an excluded head what he is excluded from', async () => {
    const c = await world.givenCase();
    const { number } = dataOf(await seal(c, 'excluded-head')).sealCase.seal;
    await world.harness.dataSource.query(`update admin_case set excluded = '{MRA-210100/MRA-210100-1}' where case_id = $1`, [c.caseId]);
    expect((await register(head)).nodes.some((n) => n.number === number)).toBe(false);
    expect((await register(officer('PPO-210000', 1))).nodes.some((n) => n.number === number)).toBe(true);
  });
});

describe('excluding an officer', () => {
  const act = (name: 'excludeOfficer' | 'readmitOfficer', c: AdminCaseEntity, officerId: string, key: string, as: AgencyReader = head, agencyCode = as.agency.code) =>
    world.harness.as(as).send<Record<string, { case: { id: string } | null; agencyCode: string; officerId: string }>>(
      `mutation($id: ID!, $input: CaseExclusionInput!, $key: ID!) {
        ${name}(caseId: $id, input: $input, idempotencyKey: $key) { case { id } agencyCode officerId }
      }`, { id: c.caseId, input: { agencyCode, officerId, reason: '演示回避理由' }, key });

  it('hides the case from him, and from him alone, until he is readmitted', async () => {
    const c = await world.givenCase();
    const done = dataOf(await act('excludeOfficer', c, 'MRA-210100-2', 'exclude'));
    expect(done['excludeOfficer']).toEqual({ case: { id: c.caseId }, agencyCode: 'MRA-210100', officerId: 'MRA-210100-2' });
    expect((await read(c, colleague)).case).toBeNull();
    expect((await read(c, officer('MRA-210100', 3))).case).not.toBeNull();
    expect((await world.outbox(`case:${c.caseId}`)).at(-1)?.data).toMatchObject({ excluded: ['MRA-210100/MRA-210100-2'], acknowledge: true });
    world.clock.advance(1_000);
    expect(codesOf(await act('excludeOfficer', c, 'MRA-210100-2', 'exclude-2'))).toEqual(['ALREADY_EXCLUDED']);
    dataOf(await act('readmitOfficer', c, 'MRA-210100-2', 'readmit'));
    expect((await read(c, colleague)).case).not.toBeNull();
    world.clock.advance(1_000);
    expect(codesOf(await act('readmitOfficer', c, 'MRA-210100-2', 'readmit-2'))).toEqual(['NOT_EXCLUDED']);
    const kept = await world.harness.dataSource.manager.findBy(CaseExclusionEntity, { caseId: c.caseId });
    expect(kept).toEqual([expect.objectContaining({ officerId: 'MRA-210100-2', excludedByOfficer: 'MRA-210100-1', readmittedByOfficer: 'MRA-210100-1' })]);
  });

  it('is for a head of his own agency, to whom the case is visible', async () => {
    const c = await world.givenCase();
    await world.giveParts(c, 'PSB-210100');
    expect(codesOf(await act('excludeOfficer', c, 'MRA-210100-3', 'a', colleague))).toEqual(['FORBIDDEN']);
    expect(codesOf(await act('excludeOfficer', c, 'PSB-210100-2', 'b', head, 'PSB-210100'))).toEqual(['FORBIDDEN']);
    expect(codesOf(await act('excludeOfficer', c, 'PSB-210200-2', 'c', officer('PSB-210200', 1)))).toEqual(['NOT_FOUND']);
    expect(codesOf(await act('excludeOfficer', c, 'PSB-210100-2', 'd', officer('PSB-210100', 1)))).toEqual([]);
    expect((await read(c, police)).case).toBeNull();
    for (const nobody of [' ', 'MRA-210100-9', 'PSB-210100-2']) {
      expect((await act('excludeOfficer', c, nobody, 'e')).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.officerId' });
    }
  });

  it('takes whom it is told of an agency whose officers the registry does not have', async () => {
    await world.act((tx) => importAgencies(tx, registryFile([{ code: 'MRA-210104', functions: ['DRUG'], regions: ['210104'] }])));
    const c = await world.givenCase({ agencyCode: 'MRA-210104' });
    const chief = officerOf({ code: 'MRA-210104', name: '', nameEn: '', functions: ['DRUG'], regions: ['210104'], superior: null }, 'chief', { roles: ['officer', 'head'] });
    expect(codesOf(await act('excludeOfficer', c, 'anybody', 'unknown-officers', chief))).toEqual([]);
  });

  it('takes the case from a head who excludes himself; asking again gets the same answer', async () => {
    const c = await world.givenCase();
    const self = officer('PSB-210100', 1);
    await world.giveParts(c, 'PSB-210100');
    const first = dataOf(await act('excludeOfficer', c, 'PSB-210100-1', 'self', self));
    expect(first['excludeOfficer']).toEqual({ case: null, agencyCode: 'PSB-210100', officerId: 'PSB-210100-1' });
    expect(dataOf(await act('excludeOfficer', c, 'PSB-210100-1', 'self', self))).toEqual(first);
    expect(codesOf(await act('readmitOfficer', c, 'PSB-210100-1', 'back', self))).toEqual(['NOT_FOUND']);
  });

  it('happens once, whatever arrives at once', async () => {
    const c = await world.givenCase();
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => act('excludeOfficer', c, 'MRA-210100-4', `race-${i}`)));
    expect(answers.filter((a) => !a.errors)).toHaveLength(1);
    expect(answers.flatMap(codesOf)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
    const same = await Promise.all(Array.from({ length: 10 }, () => act('excludeOfficer', c, 'MRA-210100-5', 'same')));
    expect(same.flatMap(codesOf)).toEqual([]);
    expect((await rowOf(c)).excluded).toEqual(['MRA-210100/MRA-210100-4', 'MRA-210100/MRA-210100-5']);
    expect(await world.harness.dataSource.manager.countBy(CaseExclusionEntity, { caseId: c.caseId })).toBe(2);
  });
});
