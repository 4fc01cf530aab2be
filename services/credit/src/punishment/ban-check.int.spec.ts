import type { PenaltyItemData } from '@casebridge/contracts';
import { addDays, citizenIdCheckDigit, type Principal } from '@casebridge/kernel';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { item, officerFrom, startWorld, today, type World } from '../test/world';

/*
 * Whether somebody is banned: the same yes or no for every reader, by a number that is stored and said nowhere.
 */

const CHECK = 'query ($idNo: String!, $onDate: Date) { isBanned(idNo: $idNo, onDate: $onDate) { onDate banned bans { partyName forLife endsOn documentNo } } }';
interface Checked {
  readonly isBanned: { readonly onDate: string; readonly banned: boolean; readonly bans: readonly { readonly partyName: string; readonly documentNo: string }[] | null };
}

/** Numbers of nobody alive: born in 1801. */
let made = 0;
const newNumber = (): string => {
  const body = `21010218010101${String((made += 1)).padStart(3, '0')}`;
  return body + citizenIdCheckDigit(body);
};

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const ban = (idNo: string, more: Partial<PenaltyItemData> = {}): PenaltyItemData => item({
  kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, startsOn: '2026-06-03', endsOn: '2036-06-02',
  partyIdDigest: world.service.deps.citizenIds.digest(idNo), ...more,
});
const ask = async (who: Principal, idNo: string, onDate?: string): Promise<Checked['isBanned']> => {
  const { data, errors } = await world.as(who).send<Checked>(CHECK, { idNo, ...(onDate ? { onDate } : {}) });
  expect(errors).toBeUndefined();
  return (data as Checked).isBanned;
};

it.each([
  ['2026-06-02', false], ['2026-06-03', true], ['2036-06-02', true], ['2036-06-03', false],
])('covers its first day and its last: %s', async (onDate, banned) => {
  const idNo = newNumber();
  await world.decide({ items: [ban(idNo)] });
  expect(await ask(publicReader, idNo, onDate)).toEqual({ onDate, banned, bans: null });
});

it('has no end where it is for life, and is asked of today by default, however the number is written', async () => {
  const idNo = newNumber();
  await world.decide({ items: [ban(idNo, { endsOn: null, forLife: true })] });
  expect((await ask(publicReader, idNo, '9999-12-31')).banned).toBe(true);
  expect(await ask(publicReader, ` ${idNo.toLowerCase()} `)).toEqual({ onDate: today, banned: true, bans: null });
});

it('tells agencies which bans, the public only that there is one, and of nobody the same as of somebody without', async () => {
  const idNo = newNumber();
  const { documentNo } = await world.decide({ items: [ban(idNo)] });
  expect(await ask(officerFrom('COURT-none'), idNo)).toMatchObject({ banned: true, bans: [{ partyName: '示例当事人甲', documentNo }] });
  expect(await ask(publicReader, idNo)).toMatchObject({ banned: true, bans: null });
  expect(await ask(publicReader, newNumber())).toEqual({ onDate: today, banned: false, bans: null });
  expect(await ask(officerFrom('DRUG-own'), newNumber())).toEqual({ onDate: today, banned: false, bans: [] });
});

it('says yes before the publication too, and keeps the ban to whom it is open then', async () => {
  const idNo = newNumber();
  const { decisionId } = await world.decide({ items: [ban(idNo)] });
  await query(world.dataSource.manager, sql`update credit_punishment set published_on = null, publication_ends_on = null where decision_id = ${decisionId}`);
  expect(await ask(officerFrom('COURT-none'), idNo)).toMatchObject({ banned: true, bans: [] });
  expect(await ask(officerFrom('DRUG-top'), idNo)).toMatchObject({ banned: true, bans: [{ partyName: '示例当事人甲' }] });
});

it.each([
  ['revoked', sql`revoked_at = '2026-06-09T00:00:00Z'`, [[today, false], ['2026-06-05', false]]],
  ['lifted on a day', sql`lifted_at = '2026-06-08T20:00:00Z'`, [[today, false], ['2026-06-09', false], ['2026-06-08', true]]],
] as const)('a ban that was %s', async (_, change, expected) => {
  const idNo = newNumber();
  const { decisionId } = await world.decide({ items: [ban(idNo)] });
  await query(world.dataSource.manager, sql`update credit_punishment set ${change} where decision_id = ${decisionId}`);
  for (const [onDate, banned] of expected) expect([onDate, (await ask(publicReader, idNo, onDate)).banned]).toEqual([onDate, banned]);
});

it('is fed by nothing that is sealed, whoever asks', async () => {
  const idNo = newNumber();
  await world.decide({ items: [ban(idNo)] }, { sealedUntil: addDays(today, 30), sealOfficers: ['DRUG-own-1'] });
  for (const who of [publicReader, officerFrom('DRUG-own'), officerFrom('COURT-none')]) expect((await ask(who, idNo)).banned).toBe(false);
});

it('finds no other punishment than a ban', async () => {
  const idNo = newNumber();
  await world.decide({ items: [ban(idNo, { kind: 'BUSINESS_RESTRICTION' })] });
  expect((await ask(publicReader, idNo)).banned).toBe(false);
});

it('refuses what is no number, without saying it again', async () => {
  const wrong = `${newNumber().slice(0, 17)}?`;
  const { data, errors } = await world.as(publicReader).send(CHECK, { idNo: wrong });
  expect(data).toEqual({ isBanned: null });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'idNo' });
  expect(JSON.stringify(errors)).not.toContain(wrong.slice(0, 10));
});

it('stores the number nowhere', async () => {
  const idNo = newNumber();
  await world.decide({ items: [ban(idNo)] });
  await ask(officerFrom('DRUG-own'), idNo);
  const tables = await query<{ name: string }>(world.dataSource.manager, sql`select table_name as name from information_schema.tables where table_schema = 'public'`);
  for (const { name } of tables) {
    const [row] = await world.dataSource.query<{ n: number }[]>(`select count(*)::int as n from "${name}" t where t::text like '%${idNo}%'`);
    expect([name, row?.n]).toEqual([name, 0]);
  }
});
