import { creditRepairActed } from '@casebridge/contracts';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { clerk, executor, head } from '../test/listing-world';
import { registry, RepairWorld } from '../test/repair-world';
import { item, officerFrom } from '../test/world';

const FIELDS = `id kind status documentNo partyName appliedOn documents refusalGround stoppedAt notifiedOn revokedOn revocationEndsOn dueAt version
  deadline { rule lastDay basis { article } } agency { code } registryAgency { code } enterprise { uscc } case { id }
  acts { position act status actorCode basis { article } met on text ground documents dutiesPerformed harmRemoved receiptNo }`;
const READ = `query ($id: ID!) { creditRepair(id: $id) { ${FIELDS} } }`;
const PENALTY = 'query ($id: ID!) { publicPenalty(id: $id) { documentNo publishedOn disclosureEndsOn } }';
type Json = ReturnType<typeof JSON.parse>;
type Who = Parameters<RepairWorld['hub']['world']['as']>[0];

let world: RepairWorld;
beforeAll(async () => {
  world = await RepairWorld.start();
});
afterAll(() => world.stop());

const ask = async (who: Who, text: string, variables: object): Promise<Json> => {
  const { data, errors } = await world.hub.world.as(who).send<Json>(text, { ...variables });
  expect(errors).toBeUndefined();
  return data;
};
const read = async (id: string, who: Who = clerk): Promise<Json> => (await ask(who, READ, { id })).creditRepair;
const shown = async (disclosureId: string, who: Who = publicReader): Promise<Json> => (await ask(who, PENALTY, { id: disclosureId })).publicPenalty;
const refusal = async (who: typeof clerk, act: string, args: object): Promise<Json> => (await world.hub.act(who, act, { ...args })).errors?.[0]?.extensions;

/** Records of an enterprise that an agency without any part sees. */
const RECORDS = `query ($e: _Any!) { _entities(representations: [$e]) { ... on Enterprise {
  disclosureRecords { totalCount nodes { id } } creditPunishments { nodes { kind partyKind status } } dishonestyListings { nodes { id } } jointMeasures { nodes { status } } } } }`;
const ofEnterprise = async (uscc: string | null, who: Who): Promise<Json> => (await ask(who, RECORDS, { e: { __typename: 'Enterprise', uscc } }))._entities[0];

it('goes from the application to the registering province, and then nobody is shown the decision', async () => {
  const { id: disclosureId, event } = await world.record(); // published on Wednesday 10 June 2026
  expect((await ask(clerk, 'query ($id: ID!) { publicPenalty(id: $id) { earliestRepairOn } }', { id: disclosureId })).publicPenalty.earliestRepairOn).toBe('2027-06-11');
  world.hub.days(365); // 10 June 2027
  expect(await refusal(clerk, 'applyForCreditRepair', { disclosureId, input: world.inputs.applyForCreditRepair() })).toMatchObject({ code: 'REPAIR_TOO_EARLY', state: 'PUBLISHED', basis: { article: '7-9' } });
  world.hub.days(4); // Monday 14 June
  const id = await world.open(disclosureId, 'applyForCreditRepair', { ...world.inputs.applyForCreditRepair(), documents: ['APPLICATION'] });
  expect(await read(id)).toMatchObject({
    kind: 'ORDINARY', status: 'RECEIVED', documents: ['APPLICATION'], deadline: { rule: 'repairAcceptance', lastDay: '2027-06-16', basis: { article: '14' } }, stoppedAt: null,
    registryAgency: { code: 'MARKET-own' }, enterprise: { uscc: event.partyUscc }, case: { id: event.caseId }, version: 1,
  });
  expect(await read(id, registry)).toBeNull();
  expect(await refusal(clerk, 'acceptRepairApplication', { id, input: {} })).toMatchObject({ code: 'REPAIR_DOCUMENTS_MISSING', state: 'RECEIVED', basis: { article: '14' } });
  expect(await refusal(clerk, 'requestRepairCorrections', { id, input: { documents: ['COMMITMENT', 'IDENTITY'] } })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.documents.1', basis: { article: '14' } });
  await world.hub.must(clerk, 'requestRepairCorrections', id, { documents: ['COMMITMENT', 'RECTIFICATION_PROOF'] });
  await world.hub.must(clerk, 'recordRepairCorrections', id, { documents: ['COMMITMENT'], receivedOn: world.today });
  expect(await refusal(clerk, 'requestRepairCorrections', { id, input: { documents: ['RECTIFICATION_PROOF'] } })).toMatchObject({ code: 'CORRECTIONS_REQUESTED_ALREADY', state: 'RECEIVED' });
  await query(world.hub.world.dataSource.manager, sql`update credit_repair set documents = documents || '{RECTIFICATION_PROOF}' where id = ${id}`);
  await world.hub.must(clerk, 'acceptRepairApplication', id);
  expect(await read(id)).toMatchObject({ status: 'ACCEPTED', deadline: { rule: 'repairDecision', lastDay: '2027-06-23', basis: { article: '16' } } });
  await world.hub.must(head, 'extendRepairDecision', id, world.inputs.extendRepairDecision());
  expect(await read(id)).toMatchObject({ status: 'ACCEPTED', deadline: { rule: 'repairExtension', lastDay: '2027-07-07' } });
  expect(await refusal(head, 'extendRepairDecision', { id, input: world.inputs.extendRepairDecision() })).toMatchObject({ code: 'REPAIR_EXTENDED_ALREADY', state: 'ACCEPTED', basis: { article: '16' } });
  await world.hub.must(head, 'grantCreditRepair', id, world.inputs.grantCreditRepair());
  expect(await read(id)).toMatchObject({ status: 'GRANTED', deadline: { rule: 'repairExecution', lastDay: '2027-06-17', basis: { article: '17' } } });
  const stranger = officerFrom('COURT-none');
  expect([(await shown(disclosureId)).documentNo, (await ofEnterprise(event.partyUscc, stranger)).disclosureRecords.totalCount]).toEqual([event.documentNo, 1]);

  await world.hub.must(clerk, 'executeCreditRepair', id);
  for (const who of [publicReader, stranger, clerk]) expect(await shown(disclosureId, who)).toBeNull();
  expect((await ofEnterprise(event.partyUscc, stranger)).disclosureRecords).toEqual({ totalCount: 0, nodes: [] });
  expect((await ofEnterprise(event.partyUscc, clerk)).disclosureRecords.totalCount).toBe(1); // who decided keeps his file
  expect(await read(id)).toMatchObject({ status: 'REPAIRED', stoppedAt: expect.any(String), deadline: { rule: 'repairNotification', lastDay: '2027-06-17', basis: { article: '4' } } });
  expect(await read(id, registry)).toBeNull();
  await world.hub.must(clerk, 'notifyCreditRepair', id, world.inputs.notifyCreditRepair());
  expect(await read(id, registry)).toMatchObject({ status: 'NOTIFIED', notifiedOn: '2027-06-14', dueAt: null });
  await world.hub.must(registry, 'acknowledgeCreditRepair', id, world.inputs.acknowledgeCreditRepair());

  const { status, acts } = await read(id);
  expect(status).toBe('SYNCHRONISED');
  expect(acts.map((a: Json) => [a.position, a.act, a.status, a.actorCode, a.met])).toEqual([
    [1, 'APPLY_FOR_CREDIT_REPAIR', 'RECEIVED', 'DRUG-own', null], [2, 'REQUEST_REPAIR_CORRECTIONS', 'CORRECTIONS_REQUESTED', 'DRUG-own', true],
    [3, 'RECORD_REPAIR_CORRECTIONS', 'RECEIVED', 'DRUG-own', null], [4, 'ACCEPT_REPAIR_APPLICATION', 'ACCEPTED', 'DRUG-own', true],
    [5, 'EXTEND_REPAIR_DECISION', 'ACCEPTED', 'DRUG-own', true], [6, 'GRANT_CREDIT_REPAIR', 'GRANTED', 'DRUG-own', true],
    [7, 'EXECUTE_CREDIT_REPAIR', 'REPAIRED', 'DRUG-own', true], [8, 'NOTIFY_CREDIT_REPAIR', 'NOTIFIED', 'DRUG-own', true],
    [9, 'ACKNOWLEDGE_CREDIT_REPAIR', 'SYNCHRONISED', 'MARKET-own', null],
  ]);
  expect(acts[0]).toMatchObject({ on: '2027-06-14', documents: ['APPLICATION'], dutiesPerformed: '罚款已缴清。', harmRemoved: '产品已召回。' });
  expect([acts[1].documents, acts[5].text, acts[7].receiptNo, acts[8].receiptNo]).toEqual([['COMMITMENT', 'RECTIFICATION_PROOF'], '符合条件。', '示例回执1', '示例回执2']);

  const told = await query<{ data: unknown }>(world.hub.world.dataSource.manager, sql`select data from outbox_event where subject = ${`repair:${id}`} order by seq`);
  const events = told.map(({ data }) => creditRepairActed.schema.parse(data));
  expect(events.map((e) => [e.position, e.stopped, e.registryCode])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => [n, n >= 7, n >= 8 ? 'MARKET-own' : null]));
});

it('is refused with a ground that tells its article, and may be applied for again', async () => {
  const id = await world.given('REFUSED');
  const { refusalGround, acts } = await read(id);
  expect([refusalGround, acts.at(-1)]).toMatchObject(['NOT_RECTIFIED', { ground: 'NOT_RECTIFIED', basis: { article: '11' }, text: '危害后果未消除。' }]);
  const { disclosure_id: disclosureId } = await world.row(id);
  expect(await shown(disclosureId)).not.toBeNull();
  expect(await world.open(disclosureId, 'applyForCreditRepair')).not.toBe(id);
});

it.each(['PUBLIC_INTEREST', 'NATIONAL_SECURITY'])('is refused where it is against the %s (art. 18)', async (ground) => {
  const id = await world.given('ACCEPTED');
  await world.hub.must(head, 'refuseCreditRepair', id, { ground, reasons: '演示' });
  expect((await read(id)).acts.at(-1).basis).toEqual({ article: '18' });
});

it('is not granted to whom another penalty was given for the same kind of act', async () => {
  const { id: disclosureId, event } = await world.record();
  world.year();
  const id = await world.open(disclosureId, 'applyForCreditRepair');
  await world.hub.must(clerk, 'acceptRepairApplication', id);
  const again = (violationType: string) => world.record({ partyUscc: event.partyUscc, violationType });
  await again('NO_TRACEABILITY');
  await world.hub.must(head, 'grantCreditRepair', id);
  const other = await again(event.violationType);
  world.year();
  const second = await world.open(other.id, 'applyForCreditRepair');
  await world.hub.must(clerk, 'acceptRepairApplication', second);
  await again(event.violationType);
  expect(await refusal(head, 'grantCreditRepair', { id: second, input: {} })).toMatchObject({ code: 'SAME_ACT_AGAIN', state: 'ACCEPTED', basis: { article: '11' } });
});

it.each([['1', '1', 'SAME_ACT_AGAIN', 'REPAIR_BARRED'], ['2', '3', null, null], ['4', '', null, null]] as const)(
  'a person is compared by the identity number, and a namesake bars nobody (%p, %p)', async (own, others, granting, applying) => {
    const name = `示例当事人${own}丁`;
    const of = (digest: string) => ({
      partyKind: 'PERSON' as const, partyName: name, partyUscc: null,
      items: [item({ partyKind: 'PERSON', partyName: name, amountFen: 9_000_000, ...(digest ? { partyIdDigest: digest.repeat(64) } : {}) })],
    });
    const documents = ['APPLICATION', 'IDENTITY', 'COMMITMENT', 'RECTIFICATION_PROOF'];
    const first = await world.record(of(own));
    world.year();
    const id = await world.open(first.id, 'applyForCreditRepair', { ...world.inputs.applyForCreditRepair(), documents });
    await world.hub.must(clerk, 'acceptRepairApplication', id);
    const other = await world.record(of(others));
    expect((await refusal(head, 'grantCreditRepair', { id, input: {} }))?.code ?? null).toBe(granting);
    if (granting !== null) await query(world.hub.world.dataSource.manager, sql`update credit_penalty set overturned_on = decided_on where decision_id = ${other.event.decisionId}`);
    if (granting !== null) await world.hub.must(head, 'grantCreditRepair', id);
    await world.hub.must(clerk, 'executeCreditRepair', id);
    await world.hub.must(head, 'revokeCreditRepair', id, world.inputs.revokeCreditRepair());
    world.year();
    const again = { disclosureId: other.id, input: { ...world.inputs.applyForCreditRepair(), documents } };
    expect((await refusal(clerk, 'applyForCreditRepair', again))?.code ?? null).toBe(applying);
  });

it('never comes for a revoked licence, a minor penalty and a ban for life, and for others once the ban is over', async () => {
  const never = [
    { items: [item({ kind: 'LICENCE_REVOCATION', amountFen: null })] },
    { items: [item({ amountFen: 100_000 })], tier: 'LIGHT' as const },
    { items: [item(), item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, startsOn: world.today, forLife: true })] },
  ];
  for (const more of never) {
    const { id: disclosureId } = await world.record(more);
    expect((await ask(clerk, 'query ($id: ID!) { publicPenalty(id: $id) { earliestRepairOn } }', { id: disclosureId })).publicPenalty.earliestRepairOn).toBeNull();
    expect(await refusal(clerk, 'applyForCreditRepair', { disclosureId, input: world.inputs.applyForCreditRepair() })).toMatchObject({ code: 'NOT_REPAIRABLE', state: 'PUBLISHED', basis: { article: '7-9' } });
  }
  const { id: disclosureId } = await world.record({
    items: [item(), item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, startsOn: '2026-06-01', endsOn: '2046-06-01' })],
  });
  expect((await ask(clerk, 'query ($id: ID!) { publicPenalty(id: $id) { earliestRepairOn } }', { id: disclosureId })).publicPenalty.earliestRepairOn).toBe('2046-06-02');
});

it('waits for the early exit from the dishonesty list', async () => {
  const listingId = await world.hub.given('PUBLISHED');
  const [row] = await query<{ id: string }>(world.hub.world.dataSource.manager, sql`select d.id from disclosure_record d join dishonesty_listing l using (decision_id) where l.id = ${listingId}`);
  world.year();
  const id = await world.open(row?.id ?? '', 'applyForCreditRepair');
  await world.hub.must(clerk, 'acceptRepairApplication', id);
  expect(await refusal(head, 'grantCreditRepair', { id, input: {} })).toMatchObject({ code: 'LISTING_STILL_IN_FORCE', state: 'ACCEPTED', basis: { article: '13' } });
  await world.hub.must(clerk, 'applyForEarlyExit', listingId, world.hub.inputs.applyForEarlyExit());
  await world.hub.must(clerk, 'acceptEarlyExit', listingId);
  await world.hub.must(head, 'approveEarlyExit', listingId);
  await world.hub.must(clerk, 'removeFromList', listingId);
  await world.hub.must(head, 'grantCreditRepair', id);
  expect((await read(id)).status).toBe('GRANTED');
});

it('is temporary for a restructuring: listing, measures and restrictions rest with it, and come back', async () => {
  const restricted = { items: [item(), item({ kind: 'BUSINESS_RESTRICTION', amountFen: null, startsOn: world.today, endsOn: '2046-01-01' })] };
  const listingId = await world.hub.given('PUBLISHED', restricted);
  await world.hub.act(clerk, 'orderJointMeasure', { listingId, input: { kind: 'KEY_SUPERVISION', executor: 'MARKET-own', notice: '演示' } });
  const measureId = await world.hub.lastMeasure();
  await world.hub.must(executor, 'reportMeasureExecuted', measureId, { text: '演示', on: world.today });
  const [row] = await query<{ id: string; uscc: string }>(world.hub.world.dataSource.manager, sql`
    select d.id, d.party_uscc as uscc from disclosure_record d join dishonesty_listing l using (decision_id) where l.id = ${listingId}`);
  const { id: disclosureId, uscc } = row!;
  const stranger = officerFrom('COURT-none');
  const seen = async (): Promise<Json> => {
    const e = await ofEnterprise(uscc, stranger);
    return [e.disclosureRecords.totalCount, e.creditPunishments.nodes.length, e.dishonestyListings.nodes.length, e.jointMeasures.nodes.length];
  };
  expect(await seen()).toEqual([1, 2, 1, 1]);

  const id = await world.open(disclosureId, 'applyForCreditRepair', world.restructuring()); // at any time
  await world.hub.must(clerk, 'acceptRepairApplication', id);
  expect((await read(id)).deadline).toMatchObject({ rule: 'temporaryRepair', basis: { article: '22' } });
  expect(await refusal(head, 'grantCreditRepair', { id, input: {} })).toMatchObject({ code: 'OTHER_KIND_OF_REPAIR', state: 'ACCEPTED', basis: { article: '22' } });
  expect(await refusal(head, 'extendRepairDecision', { id, input: { reasons: '演示' } })).toMatchObject({ code: 'REPAIR_EXTENDED_ALREADY' });
  await world.hub.must(head, 'grantTemporaryRepair', id);
  expect([await shown(disclosureId), await seen()]).toEqual([null, [0, 0, 0, 0]]);
  expect((await ofEnterprise(uscc, clerk)).creditPunishments.nodes.map((p: Json) => p.status)).toEqual(['REPAIRED', 'REPAIRED']);
  expect((await ofEnterprise(uscc, executor)).jointMeasures.nodes).toEqual([{ status: 'DUE_FOR_LIFTING' }]);
  expect(await refusal(clerk, 'orderJointMeasure', { listingId, input: { kind: 'NO_HONOURS', executor: 'MARKET-own', notice: '演示' } })).toMatchObject({ code: 'LISTING_NOT_IN_FORCE' });
  expect(await refusal(head, 'grantCreditRepair', { id, input: {} })).toMatchObject({ code: 'REPAIR_TOO_EARLY', state: 'TEMPORARY' });

  await world.hub.must(head, 'endTemporaryRepair', id, world.inputs.endTemporaryRepair());
  expect([await shown(disclosureId), await seen()]).toMatchObject([{ disclosureEndsOn: expect.any(String) }, [1, 2, 1, 1]]);
  expect(await read(id)).toMatchObject({ status: 'ENDED', stoppedAt: null });
});

it('becomes final from a temporary repair, without being shown between', async () => {
  const id = await world.given('TEMPORARY');
  const { disclosure_id: disclosureId } = await world.row(id);
  const { stoppedAt } = await read(id);
  await world.hub.must(head, 'grantCreditRepair', id);
  expect([await shown(disclosureId), (await read(id)).stoppedAt]).toEqual([null, stoppedAt]);
  await world.hub.must(clerk, 'executeCreditRepair', id);
  expect(await read(id)).toMatchObject({ status: 'REPAIRED', stoppedAt });
});

it('stops what is shown of a de-registered enterprise, and lets bans of persons go on', async () => {
  const { id: disclosureId, event } = await world.record({ items: [
    item(), item({ kind: 'BUSINESS_RESTRICTION', amountFen: null, startsOn: world.today, endsOn: '2056-01-01' }),
    item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, startsOn: world.today, endsOn: '2056-01-01' }),
  ] });
  world.hub.days(3);
  const id = await world.open(disclosureId, 'recordDeregistration');
  expect(await read(id)).toMatchObject({ kind: 'DEREGISTRATION', status: 'ACCEPTED', deadline: null });
  expect(await shown(disclosureId)).not.toBeNull(); // one officer alone takes nothing from the public
  await world.hub.must(head, 'grantCreditRepair', id);
  await world.hub.must(clerk, 'executeCreditRepair', id);
  expect(await read(id)).toMatchObject({ kind: 'DEREGISTRATION', status: 'REPAIRED', deadline: { rule: 'repairNotification' }, acts: [{ basis: { article: '20' }, receiptNo: '示例注销1' }, {}, {}] });
  const seen = await ofEnterprise(event.partyUscc, officerFrom('COURT-none'));
  expect(seen).toMatchObject({ disclosureRecords: { totalCount: 0 }, creditPunishments: { nodes: [{ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', status: 'IN_FORCE' }] } });
  const person = await world.record({ partyKind: 'PERSON', partyName: '示例当事人乙', partyUscc: null, items: [item({ partyKind: 'PERSON', partyName: '示例当事人乙', amountFen: 9_000_000 })] });
  expect(await refusal(clerk, 'recordDeregistration', { disclosureId: person.id, input: world.inputs.recordDeregistration() })).toMatchObject({ code: 'NOT_REPAIRABLE', basis: { article: '20' } });
});

it('is revoked for fraud: shown again from the start, for everybody, with no way out for three years', async () => {
  const id = await world.given('SYNCHRONISED');
  const { disclosure_id: disclosureId, uscc } = await world.row(id);
  const old = await world.record({ partyUscc: uscc });
  await world.hub.must(head, 'revokeCreditRepair', id, world.inputs.revokeCreditRepair());
  const revokedOn = world.today;
  const endsOn = `${Number(revokedOn.slice(0, 4)) + 3}${revokedOn.slice(4)}`;
  expect(await shown(disclosureId)).toEqual({ documentNo: expect.any(String), publishedOn: revokedOn, disclosureEndsOn: endsOn });
  const LIST = 'query ($u: String) { creditRepairs(filter: { enterpriseUscc: $u }, first: 10) { totalCount nodes { id status partyName revokedOn revocationEndsOn kind version acts { act } } } }';
  expect((await ask(publicReader, LIST, { u: uscc })).creditRepairs).toEqual({
    totalCount: 1, nodes: [{ id, status: 'REVOKED', partyName: '示例药业有限公司', revokedOn, revocationEndsOn: endsOn, kind: null, version: null, acts: null }],
  });
  world.year();
  expect(await refusal(clerk, 'applyForCreditRepair', { disclosureId: old.id, input: world.inputs.applyForCreditRepair() })).toMatchObject({ code: 'REPAIR_BARRED', state: 'PUBLISHED', basis: { article: '23' } });
  expect(await refusal(clerk, 'applyForCreditRepair', { disclosureId, input: world.inputs.applyForCreditRepair() })).toMatchObject({ code: 'NOT_REPAIRABLE', basis: { article: '23' } });
  world.hub.days(3 * 366);
  expect((await ask(publicReader, LIST, { u: uscc })).creditRepairs.totalCount).toBe(0);
  expect((await ask(clerk, LIST, { u: uscc })).creditRepairs.totalCount).toBe(1);
});

it('has nothing to repair once nothing is shown', async () => {
  const { id: disclosureId } = await world.record();
  world.hub.days(4 * 366);
  expect(await refusal(clerk, 'applyForCreditRepair', { disclosureId, input: world.inputs.applyForCreditRepair() })).toMatchObject({ code: 'NOT_REPAIRABLE', state: 'EXPIRED' });
});

it('lets one of ten concurrent applications, and one of ten executions, through', async () => {
  const { id: disclosureId } = await world.record();
  world.year();
  const race = async (text: string, variables: object) => {
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => world.hub.world.as(clerk).send(text, { ...variables, key: `race-${disclosureId}-${Object.keys(variables).length}-${i}` })));
    return all.flatMap((a) => a.errors?.map((e) => e.extensions?.['code']) ?? ['done']).sort();
  };
  const once = [...Array.from({ length: 9 }, () => 'CONFLICT'), 'done'];
  expect(await race('mutation($id: ID!, $input: ApplyForCreditRepairInput!, $key: ID!) { applyForCreditRepair(disclosureId: $id, input: $input, idempotencyKey: $key) { repair { id } } }',
    { id: disclosureId, input: world.inputs.applyForCreditRepair() })).toEqual(once);
  const id = await world.given('GRANTED');
  expect(await race('mutation($id: ID!, $key: ID!) { executeCreditRepair(id: $id, input: {}, idempotencyKey: $key) { repair { id } } }', { id })).toEqual(once);
});

it('answers a key again with the repair', async () => {
  const { id: disclosureId } = await world.record();
  world.year();
  const args = { disclosureId, input: world.inputs.applyForCreditRepair(), idempotencyKey: 'apply-again' };
  for (let i = 0; i < 2; i += 1) expect((await world.hub.act(clerk, 'applyForCreditRepair', args)).errors).toBeUndefined();
  expect(await query(world.hub.world.dataSource.manager, sql`select 1 from credit_repair where disclosure_id = ${disclosureId}`)).toHaveLength(1);
});

it('tells its clocks to everybody', async () => {
  expect((await ask(publicReader, '{ repairClocks { name } }', {})).repairClocks).toHaveLength(9);
});
