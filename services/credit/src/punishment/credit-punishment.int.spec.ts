import type { CaseAccessChanged, PunishmentStatus } from '@casebridge/contracts';
import { addDays, type Principal } from '@casebridge/kernel';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { decided, functions, item, newId, officerFrom, startWorld, today, type World } from '../test/world';
import { CreditPunishmentEntity } from './credit-punishment.entity';
import { punishmentsOf } from './credit-punishment.projection';
import { listPunishments } from './credit-punishment.repository';

const LIST = 'query ($filter: CreditPunishmentFilter) { creditPunishments(filter: $filter, first: 100) { totalCount nodes { id status } } }';
const NESTED = `query ($e: _Any!, $c: _Any!) {
  enterprise: _entities(representations: [$e]) { ... on Enterprise { creditPunishments(first: 100) { totalCount nodes { id } } } }
  case: _entities(representations: [$c]) { ... on Case { creditPunishments(first: 100) { nodes { id } } } }
}`;
const CASE = 'query ($c: _Any!) { _entities(representations: [$c]) { ... on Case { id creditPunishments { nodes { id } } } } }';

interface Listed {
  creditPunishments: { totalCount: number; nodes: { id: string; status: PunishmentStatus }[] };
}

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world.stop());

const seenBy = async (reader: Principal, filter: object = {}): Promise<{ id: string; status: PunishmentStatus }[]> => {
  const { data, errors } = await world.as(reader).send<Listed>(LIST, { filter });
  expect(errors).toBeUndefined();
  const { nodes, totalCount } = (data as Listed).creditPunishments;
  expect(totalCount).toBe(nodes.length);
  return nodes;
};

/** Every state in which a punishment can be, told by hand. */
const states: Readonly<Record<string, { readonly status: PunishmentStatus; readonly openToPublic: boolean; readonly change: Partial<CreditPunishmentEntity> }>> = {
  inForce: { status: 'IN_FORCE', openToPublic: true, change: {} },
  lastDay: { status: 'IN_FORCE', openToPublic: true, change: { endsOn: today } },
  forLife: { status: 'IN_FORCE', openToPublic: true, change: { endsOn: null, forLife: true, publicationEndsOn: null } },
  windowClosed: { status: 'IN_FORCE', openToPublic: false, change: { publicationEndsOn: addDays(today, -1) } },
  unpublished: { status: 'PENDING', openToPublic: false, change: { publishedOn: null, publicationEndsOn: null } },
  publishedTomorrow: { status: 'PENDING', openToPublic: false, change: { publishedOn: addDays(today, 1) } },
  notBegun: { status: 'PENDING', openToPublic: false, change: { startsOn: addDays(today, 1) } },
  ended: { status: 'EXPIRED', openToPublic: false, change: { endsOn: addDays(today, -1) } },
  repaired: { status: 'REPAIRED', openToPublic: false, change: { liftedAt: new Date('2026-06-09T00:00:00Z') } },
  revoked: { status: 'REVOKED', openToPublic: false, change: { revokedAt: new Date('2026-06-09T00:00:00Z') } },
};

async function givenPunishments(owner: string, about: Partial<CaseAccessChanged> = {}): Promise<{ ids: Map<string, string>; uscc: string; caseId: string }> {
  const event = decided({
    authorityCode: owner,
    items: Object.keys(states).map(() => item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例甲', startsOn: '2026-01-01', endsOn: '2031-01-01' })),
  });
  const rows = punishmentsOf(event, '2026-05-01', { publishedOn: '2026-05-01', endsOn: '2031-01-01' }, (name) => name);
  const ids = new Map<string, string>();
  const changed = Object.entries(states).map(([state, { change }], i) => {
    const row = Object.assign(rows[i] as CreditPunishmentEntity, change);
    ids.set(row.id, state);
    return row;
  });
  await world.dataSource.transaction((em) => listPunishments(em, changed));
  await world.access(event, about);
  return { ids, uscc: event.partyUscc as string, caseId: event.caseId };
}

const open = Object.entries(states).filter(([, s]) => s.openToPublic).map(([name]) => name).sort();
const inForce = Object.entries(states).filter(([, s]) => s.status === 'IN_FORCE').map(([name]) => name).sort();
const every = Object.keys(states).sort();

// the rights policy, the rows "Punishment … in force" and "The same before publication, after repair or expiry", written out by hand.
const beyondInForce: Readonly<Record<string, readonly string[]>> = {
  DRUG: ['own', 'top'], MARKET: ['own', 'top'], POLICE: ['own', 'party', 'above'], PROCURATORATE: ['own', 'party', 'above'], COURT: ['own'], HEALTH: ['own'],
  CDC: ['own'], SUPERVISION: ['own'], INSURANCE: ['own'], LAB: ['own'],
};

describe.each(functions)('the rights of %s', (fn) => {
  let given: Awaited<ReturnType<typeof givenPunishments>>;
  beforeAll(async () => {
    given = await givenPunishments(`${fn}-own`, { parts: [`${fn}-party`] });
  });
  afterAll(() => query(world.dataSource.manager, sql`delete from credit_punishment`));

  const statesOf = (nodes: readonly { id: string }[]): string[] => nodes.map((n) => given.ids.get(n.id) ?? '?').sort();

  it.each(['own', 'top', 'party', 'above', 'none'])('%s', async (relation) => {
    const expected = beyondInForce[fn]?.includes(relation) ? every : inForce;
    const reader = officerFrom(`${fn}-${relation}`);
    const seen = await seenBy(reader);
    expect(statesOf(seen)).toEqual(expected);
    for (const node of seen) expect([given.ids.get(node.id), node.status]).toEqual([given.ids.get(node.id), states[given.ids.get(node.id) ?? '']?.status]);

    const { data } = await world.as(reader).send<Record<'enterprise' | 'case', [{ creditPunishments: { totalCount: number; nodes: { id: string }[] } } | null]>>(
      NESTED, { e: { __typename: 'Enterprise', uscc: given.uscc }, c: { __typename: 'Case', id: given.caseId } });
    expect(statesOf(data?.enterprise[0]?.creditPunishments.nodes ?? [])).toEqual(expected);
    expect(data?.enterprise[0]?.creditPunishments.totalCount).toBe(expected.length);
    const ofCase = data?.case[0];
    if (ofCase) expect(statesOf(ofCase.creditPunishments.nodes)).toEqual(expected);
  });

  it('one who reads audit alone sees what the public sees', async () => {
    expect(statesOf(await seenBy(officerFrom(`${fn}-own`, ['auditor'])))).toEqual(open);
    expect(statesOf(await seenBy(publicReader))).toEqual(open);
  });

  it('an excluded officer keeps what is in force', async () => {
    await world.access({ caseId: given.caseId, authorityCode: `${fn}-own` }, { version: 2, parts: [`${fn}-party`], excluded: [`${fn}-own/${fn}-own-1`, `${fn}-party/${fn}-party-1`] });
    expect(statesOf(await seenBy(officerFrom(`${fn}-own`)))).toEqual(inForce);
    expect(statesOf(await seenBy(officerFrom(`${fn}-party`)))).toEqual(inForce);
    expect(statesOf(await seenBy(officerFrom(`${fn}-own`, ['officer'], 2)))).toEqual(every);
  });

  it('a seal takes everything from everybody but those it names', async () => {
    await world.access({ caseId: given.caseId, authorityCode: `${fn}-own` }, {
      version: 3, parts: [`${fn}-party`], sealedUntil: '2026-12-31', sealOfficers: [`${fn}-own-2`], sealParties: [`${fn}-party`],
    });
    for (const reader of [publicReader, ...['own', 'top', 'above', 'none'].map((r) => officerFrom(`${fn}-${r}`))]) expect(await seenBy(reader)).toEqual([]);
    expect(statesOf(await seenBy(officerFrom(`${fn}-own`, ['officer'], 2)))).toEqual(every);
    expect(statesOf(await seenBy(officerFrom(`${fn}-party`)))).toEqual(beyondInForce[fn]?.includes('party') ? every : inForce);
  });
});

describe('the case as a reference', () => {
  it('answers for a hidden case as for one that does not exist', async () => {
    const { caseId } = await givenPunishments('DRUG-own', { parts: ['POLICE-party'] });
    const ask = async (code: string, id: string) => (await world.as(officerFrom(code)).send(CASE, { c: { __typename: 'Case', id } })).data;
    expect(await ask('DRUG-own', caseId)).toMatchObject({ _entities: [{ id: caseId }] });
    expect(await ask('POLICE-party', caseId)).toMatchObject({ _entities: [{ id: caseId }] });
    for (const code of ['POLICE-none', 'COURT-none', 'MARKET-none']) expect(await ask(code, caseId)).toEqual({ _entities: [null] });
    for (const id of [newId(), 'x', "'; --"]) expect(await ask('DRUG-own', id)).toEqual({ _entities: [null] });
    await query(world.dataSource.manager, sql`delete from credit_punishment`);
  });
});

describe('punishments of a decision, by event', () => {
  afterEach(() => query(world.dataSource.manager, sql`delete from credit_punishment`));
  const ban = item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例乙（身份证号210102199001011234）', amountFen: null, forLife: true, basis: { instrument: '中华人民共和国药品管理法', article: '118', mark: 'V' } });
  const limit = item({ kind: 'BUSINESS_RESTRICTION', amountFen: null, startsOn: '2026-06-05', endsOn: '2026-12-04' });
  const FULL = `{ creditPunishments { nodes { kind status partyKind partyName personName startsOn endsOn forLife publishedOn documentNo
    basis { instrument article } agency { code } enterprise { uscc } case { id } } } }`;

  it('are in force and public from its publication on, without identity numbers', async () => {
    const event = await world.decide({ items: [item(), ban, limit] });
    const shared = { documentNo: event.documentNo, agency: { code: 'DRUG-own' }, enterprise: { uscc: event.partyUscc }, status: 'IN_FORCE', publishedOn: today };
    const expected = [
      { ...shared, kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例乙', personName: '示例乙', startsOn: '2026-06-03', endsOn: null, forLife: true, basis: { instrument: '中华人民共和国药品管理法', article: '118' } },
      { ...shared, kind: 'BUSINESS_RESTRICTION', partyKind: 'ENTITY', partyName: '示例药业有限公司', personName: null, startsOn: '2026-06-05', endsOn: '2026-12-04', forLife: false, basis: { instrument: '中华人民共和国药品管理法', article: '117' } },
    ];
    const toPublic = await world.as(publicReader).send<{ creditPunishments: { nodes: { case: unknown }[] } }>(FULL);
    expect(toPublic.data?.creditPunishments.nodes).toHaveLength(2);
    for (const one of expected) expect(toPublic.data?.creditPunishments.nodes).toContainEqual(expect.objectContaining({ ...one, case: null }));
    const toOwner = await world.as(officerFrom('DRUG-own')).send<{ creditPunishments: { nodes: { case: unknown }[] } }>(FULL);
    expect(toOwner.data?.creditPunishments.nodes.map((n) => n.case)).toEqual([{ id: event.caseId }, { id: event.caseId }]);
  });

  it('are written once however often the event comes', async () => {
    const event = await world.decide({ items: [ban, limit] });
    await world.receive('enforcement', { type: 'enforcement.penalty-decided.v1', subject: `case:${event.caseId}`, data: event });
    expect(await seenBy(officerFrom('DRUG-own'))).toHaveLength(2);
    expect(await world.service.events.listParked()).toEqual([]);
  });

  it('park the event, with nothing of it written, when a ban has no end', async () => {
    const event = await world.decide({ items: [{ ...ban, id: newId(), forLife: false }] });
    expect(await world.service.events.listParked()).toMatchObject([{ subject: `case:${event.caseId}`, type: 'enforcement.penalty-decided.v1' }]);
    expect(await query(world.dataSource.manager, sql`select 1 from disclosure_record where decision_id = ${event.decisionId}`)).toEqual([]);
  });
});

describe('filters', () => {
  let mine: Awaited<ReturnType<typeof givenPunishments>>;
  let others: Awaited<ReturnType<typeof givenPunishments>>;
  beforeAll(async () => {
    mine = await givenPunishments('DRUG-own');
    others = await givenPunishments('MARKET-own');
  });
  afterAll(() => query(world.dataSource.manager, sql`delete from credit_punishment`));

  it.each(['PENDING', 'IN_FORCE', 'EXPIRED', 'REPAIRED', 'REVOKED'] as const)('status %s, among what one may see', async (status) => {
    const found = await seenBy(officerFrom('DRUG-own'), { status: [status] });
    const count = Object.values(states).filter((s) => s.status === status).length;
    expect(found.filter((n) => mine.ids.has(n.id)).map((n) => n.status)).toEqual(Array.from({ length: count }, () => status));
    expect(found.filter((n) => others.ids.has(n.id))).toHaveLength(status === 'IN_FORCE' ? count : 0);
  });

  it.each([
    [{ agency: 'NOBODY' }, 0], [{ kinds: ['INDUSTRY_BAN'] }, every.length + inForce.length],
    [{ kinds: ['BUSINESS_RESTRICTION'] }, 0], [{ kinds: [] }, 0], [{ personName: '示例甲' }, every.length + inForce.length], [{ personName: '示例' }, 0], [{ personName: '%' }, 0],
  ])('%p: %d', async (filter, count) => expect(await seenBy(officerFrom('DRUG-own'), filter)).toHaveLength(count));

  it('enterprise', async () => {
    expect(await seenBy(officerFrom('DRUG-own'), { enterpriseUscc: others.uscc.toLowerCase() })).toHaveLength(inForce.length);
    expect(await seenBy(officerFrom('DRUG-own'), { enterpriseUscc: '91350100M000100Y43' })).toEqual([]);
  });

  it('agency', async () => {
    await query(world.dataSource.manager, sql`update credit_punishment set agency_code = 'MARKET-9' where agency_code = 'MARKET-own'`);
    expect(await seenBy(officerFrom('DRUG-own'), { agency: ' market-9 ' })).toHaveLength(inForce.length);
    await query(world.dataSource.manager, sql`update credit_punishment set agency_code = 'MARKET-own' where agency_code = 'MARKET-9'`);
  });

  it('below an enterprise, each with its own', async () => {
    const { data } = await world.as(officerFrom('DRUG-own')).send(`query ($e: _Any!) { _entities(representations: [$e]) { ... on Enterprise {
      pending: creditPunishments(filter: { status: [PENDING] }) { totalCount } all: creditPunishments { totalCount } first: creditPunishments(first: 1) { totalCount nodes { id } }
    } } }`, { e: { __typename: 'Enterprise', uscc: mine.uscc } });
    expect(data).toMatchObject({ _entities: [{ pending: { totalCount: 3 }, all: { totalCount: every.length }, first: { totalCount: every.length } }] });
  });

  it.each([
    { personName: 'x'.repeat(101) }, { personName: '示例甲\0' }, { agency: '' }, { agency: "' or true --" }, { enterpriseUscc: '' }, { enterpriseUscc: '91350100M000100Y44' },
  ])('refuses what is too long, and what can be no code (%p)', async (filter) => {
    const { errors } = await world.as(publicReader).send(LIST, { filter });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: `filter.${Object.keys(filter)[0]}` });
  });
});
