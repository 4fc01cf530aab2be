import { citizenIdCheckDigit } from '@casebridge/kernel';
import { publicReader } from '@casebridge/testkit';
import { clerk, executor, head } from '../test/listing-world';
import { RepairWorld } from '../test/repair-world';
import { item, officerFrom } from '../test/world';

const ENTRIES = `id kind documentNo decisionId partyKind partyName on endsOn codes summary agency { code } case { id }`;
const FILE = `query ($e: _Any!, $f: CreditFileFilter, $first: Int, $after: String) { _entities(representations: [$e]) { ... on Enterprise { creditFile {
  counts { kind count } entries(filter: $f, first: $first, after: $after) { totalCount nodes { ${ENTRIES} } pageInfo { hasNextPage endCursor } } } } } }`;
const PERSON = `query ($idNo: String!) { personCreditFile(idNo: $idNo) { counts { kind count } entries { nodes { ${ENTRIES} } } } }`;
type Json = ReturnType<typeof JSON.parse>;
type Who = Parameters<RepairWorld['hub']['world']['as']>[0];

let world: RepairWorld;
beforeAll(async () => {
  world = await RepairWorld.start();
});
afterAll(() => world.stop());

const file = async (who: Who, uscc: string | null, variables: object = {}): Promise<Json> => {
  const { data, errors } = await world.hub.world.as(who).send<Json>(FILE, { e: { __typename: 'Enterprise', uscc }, ...variables });
  expect(errors).toBeUndefined();
  const { creditFile } = data._entities[0];
  if (Object.keys(variables).length === 0) {
    expect(creditFile.entries.totalCount).toBe(creditFile.entries.nodes.length);
    const kinds: string[] = creditFile.entries.nodes.map((n: Json) => n.kind);
    expect(creditFile.counts).toEqual([...new Set(kinds)].sort().map((kind) => ({ kind, count: kinds.filter((k) => k === kind).length })));
  }
  return creditFile;
};
const kinds = async (who: Who, uscc: string | null): Promise<string[]> => (await file(who, uscc)).entries.nodes.map((n: Json) => n.kind).sort();

const stranger = officerFrom('COURT-none');
const below = officerFrom('DRUG-top');

it('holds a warning, which nobody else ever sees', async () => {
  const event = await world.hub.world.decide({ items: [item({ kind: 'WARNING', amountFen: null })] });
  for (const who of [clerk, below]) {
    const { entries } = await file(who, event.partyUscc);
    expect(entries.nodes).toEqual([{
      id: expect.any(String), kind: 'PENALTY', documentNo: event.documentNo, decisionId: event.decisionId, partyKind: 'ENTITY', partyName: '示例药业有限公司', on: event.decidedOn, endsOn: null,
      codes: ['WARNING'], summary: '警告', agency: { code: 'DRUG-own' }, case: { id: event.caseId },
    }]);
  }
  for (const who of [stranger, publicReader, executor]) expect(await kinds(who, event.partyUscc)).toEqual([]);
});

it('shows of a decision that is shown what belongs to it, but not a warning beside it', async () => {
  const event = await world.hub.world.decide({ items: [item(), item({ kind: 'WARNING', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null })] });
  expect((await file(clerk, event.partyUscc)).entries.totalCount).toBe(2);
  for (const who of [stranger, publicReader]) {
    const { nodes } = (await file(who, event.partyUscc)).entries;
    expect(nodes.map((n: Json) => [n.partyKind, n.codes, n.case])).toEqual([['ENTITY', ['FINE'], null]]);
  }
});

it('has listing, measure, ban and penalty, each as its own record is open, and persons masked for the public', async () => {
  const ban = item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, startsOn: '2026-06-03', endsOn: '2066-01-01' });
  const listingId = await world.hub.given('PUBLISHED', { items: [item(), ban] });
  await world.hub.act(clerk, 'orderJointMeasure', { listingId, input: { kind: 'KEY_SUPERVISION', executor: 'MARKET-own', notice: '演示' } });
  const { data } = await world.hub.world.as(clerk).send<Json>('query ($id: ID!) { dishonestyListing(id: $id) { enterprise { uscc } } }', { id: listingId });
  const { uscc } = data.dishonestyListing.enterprise;
  const all = ['BAN', 'LISTING', 'MEASURE', 'PENALTY', 'PENALTY'];
  for (const who of [clerk, stranger, publicReader]) expect(await kinds(who, uscc)).toEqual(all);
  const names = async (who: Who) => new Set((await file(who, uscc)).entries.nodes.filter((n: Json) => n.partyKind === 'PERSON').map((n: Json) => n.partyName));
  expect([await names(publicReader), await names(stranger)]).toEqual([new Set(['示某']), new Set(['示例当事人甲'])]);
  await world.hub.must(head, 'revokeListing', listingId, world.hub.inputs.revokeListing());
  expect([await kinds(clerk, uscc), await kinds(stranger, uscc)]).toEqual([all, ['BAN', 'PENALTY', 'PENALTY']]);
});

it('has nothing for others of what is repaired or expired, and its revocation for everybody', async () => {
  const id = await world.given('REPAIRED');
  const { uscc } = await world.row(id);
  expect([await kinds(clerk, uscc), await kinds(stranger, uscc), await kinds(publicReader, uscc)]).toEqual([['PENALTY', 'REPAIR'], [], []]);
  expect((await file(clerk, uscc)).entries.nodes.find((n: Json) => n.kind === 'REPAIR')).toMatchObject({ codes: ['REPAIRED'], on: world.today });
  await world.hub.must(head, 'revokeCreditRepair', id, world.inputs.revokeCreditRepair());
  for (const who of [stranger, publicReader]) expect(await kinds(who, uscc)).toEqual(['PENALTY', 'REPAIR']);
  const { event } = await world.record();
  world.hub.days(4 * 366);
  expect([await kinds(clerk, event.partyUscc), await kinds(stranger, event.partyUscc)]).toEqual([['PENALTY'], []]);
});

it('has nothing for others of what was overturned', async () => {
  const { event } = await world.record();
  const { decisionId, caseId, documentNo, authorityCode, regionCode } = event;
  await world.hub.world.receive('enforcement', { type: 'enforcement.penalty-overturned.v1', subject: `case:${caseId}`, data: {
    decisionId, caseId, documentNo, authorityCode, regionCode, outcome: 'REVOKED', by: 'RECONSIDERATION', outcomeDocumentNo: '示例复议1', decidedOn: world.today,
  } });
  expect((await file(clerk, event.partyUscc)).entries.nodes).toMatchObject([{ kind: 'PENALTY', endsOn: world.today }]);
  for (const who of [stranger, publicReader]) expect(await kinds(who, event.partyUscc)).toEqual([]);
});

it('a seal takes it from everybody that it does not name, an exclusion leaves what is published', async () => {
  const { event } = await world.record();
  const of = { caseId: event.caseId, authorityCode: 'DRUG-own' };
  const warned = await world.hub.world.decide({ caseId: event.caseId, partyUscc: event.partyUscc, items: [item({ kind: 'WARNING', amountFen: null })] });
  expect(warned.partyUscc).toBe(event.partyUscc);
  await world.hub.world.access(of, { version: 5, excluded: [`DRUG-own/${head.officerId}`] });
  expect([await kinds(clerk, event.partyUscc), await kinds(head, event.partyUscc)]).toEqual([['PENALTY', 'PENALTY'], ['PENALTY']]);
  await world.hub.world.access(of, { version: 6, sealedUntil: '9999-12-31', sealOfficers: [clerk.officerId] });
  for (const who of [head, stranger, publicReader, below]) expect(await kinds(who, event.partyUscc)).toEqual([]);
  expect(await kinds(clerk, event.partyUscc)).toEqual(['PENALTY', 'PENALTY']);
});

it('is chosen by kind and day, and paged without gaps', async () => {
  const first = await world.record();
  const { partyUscc: uscc } = first.event;
  for (let i = 0; i < 3; i += 1) {
    world.hub.days(10);
    await world.record({ partyUscc: uscc });
  }
  const { nodes } = (await file(clerk, uscc)).entries;
  expect(nodes.map((n: Json) => n.on)).toEqual([...nodes.map((n: Json) => n.on)].sort().reverse());
  expect((await file(clerk, uscc, { f: { kinds: ['LISTING', 'REPAIR'] } })).entries.totalCount).toBe(0);
  expect((await file(clerk, uscc, { f: { from: nodes[1].on, to: nodes[1].on } })).entries.nodes).toEqual([nodes[1]]);
  const paged: Json[] = [];
  for (let after: string | null = null; ;) {
    const { entries }: Json = await file(clerk, uscc, { first: 1, after });
    paged.push(...entries.nodes);
    if (!entries.pageInfo.hasNextPage) break;
    after = entries.pageInfo.endCursor;
  }
  expect(paged).toEqual(nodes);
  const { errors } = await world.hub.world.as(clerk).send(FILE, { e: { __typename: 'Enterprise', uscc }, f: { from: '2026-02-01', to: '2026-01-01' } });
  expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'filter.to' });
});

describe('of a person', () => {
  const idNo = `21010218010101001${citizenIdCheckDigit('21010218010101001')}`;
  it('is found by the number, by agencies alone, and holds what is open of him', async () => {
    const digest = world.hub.world.service.deps.citizenIds.digest(idNo);
    const person = { partyKind: 'PERSON', partyName: '示例当事人丙', partyIdDigest: digest } as const;
    const event = await world.hub.world.decide({ items: [
      item(), item({ ...person, amountFen: 5_000_000 }), item({ ...person, kind: 'INDUSTRY_BAN', amountFen: null, startsOn: '2026-06-03', endsOn: '2066-01-01' }),
    ] });
    await world.hub.world.decide({ items: [item({ ...person, kind: 'WARNING', amountFen: null })] });
    const ask = async (who: Who, number = idNo): Promise<Json> => (await world.hub.world.as(who).send<Json>(PERSON, { idNo: number })).data?.personCreditFile;
    const of = (answer: Json) => answer.entries.nodes.map((n: Json) => [n.kind, n.codes]).sort();
    const shown = [['BAN', ['INDUSTRY_BAN']], ['PENALTY', ['FINE', 'INDUSTRY_BAN']]];
    expect(of(await ask(stranger))).toEqual(shown);
    expect(of(await ask(clerk))).toEqual([...shown, ['PENALTY', ['WARNING']]].sort());
    expect((await ask(stranger)).entries.nodes.every((n: Json) => n.documentNo === event.documentNo)).toBe(true);
    expect(await ask(publicReader)).toBeNull();
    const nobody = `11010119900101001${citizenIdCheckDigit('11010119900101001')}`;
    expect(await ask(clerk, nobody)).toEqual({ counts: [], entries: { nodes: [] } });
    expect((await world.hub.world.as(clerk).send(PERSON, { idNo: '1' })).errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'idNo' });
  });
});
