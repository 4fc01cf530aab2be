import { type EventDraft, penaltyDecided, regionChanged } from '@casebridge/contracts';
import { type AgencyReader, citizenIdCheckDigit, dal2019 } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { saveCase } from '../admin-case/case-access';
import { codesOf, dataOf, demoUscc, kindsOf, World } from '../testing/world';
import { PenaltyDecisionEntity, PenaltyItemEntity } from './penalty-decision.entity';

const head = officer('MRA-210100', 1);
const dal = (article: string) => ({ instrument: dal2019(116).instrument, article });
const RECORD = `mutation($id: ID!, $input: RecordPenaltyDecisionInput!, $key: ID!) {
  recordPenaltyDecision(caseId: $id, input: $input, idempotencyKey: $key) {
    warnings { code field basis { article mark } }
    case { id status version penaltyDecision { id } }
    penaltyDecision {
      id documentNo decidedOn servedOn procedure violationType domain tier partyName partyUscc partyKind goodsValueFen gainsFen noPersonalPenaltyReason
      agency { code } region { code } case { id }
      items { kind partyKind partyName amountFen basis { instrument article mark } startsOn endsOn forLife }
    }
  }
}`;
const SERVE = `mutation($id: ID!, $servedOn: Date!, $key: ID!) {
  recordPenaltyService(decisionId: $id, input: { servedOn: $servedOn }, idempotencyKey: $key) {
    warnings { code } case { status } penaltyDecision { id servedOn }
  }
}`;
interface Recorded {
  readonly recordPenaltyDecision: {
    warnings: { code: string; field: string; basis: { article: string; mark: string } }[];
    case: { id: string; status: string; version: number; penaltyDecision: { id: string } };
    penaltyDecision: Record<string, unknown> & { id: string };
  };
}
interface Served {
  readonly recordPenaltyService: { warnings: { code: string }[]; case: { status: string }; penaltyDecision: { id: string; servedOn: string } };
}

let world: World;
beforeAll(async () => {
  world = await World.start();
});
beforeEach(() => world.clock.advance(60_000));
afterAll(() => world.stop());

let serial = 100;
const input = (overrides: Record<string, unknown> = {}) => {
  serial += 1;
  return {
    documentNo: `演示市监处罚[2026] ${serial} 号`, decidedOn: '2026-11-20', tier: 'ORDINARY',
    items: [{ kind: 'FINE', partyKind: 'ENTITY', amountFen: 1_500_000, basis: dal('127') }], ...overrides,
  };
};
const record = (c: AdminCaseEntity, key: string, overrides: Record<string, unknown> = {}, as: AgencyReader = head) =>
  world.harness.as(as).send<Recorded>(RECORD, { id: c.caseId, input: input(overrides), key });
const serve = (id: string, servedOn: string, key: string, as: AgencyReader = head) => world.harness.as(as).send<Served>(SERVE, { id, servedOn, key });
const decidedEvents = async (c: AdminCaseEntity) => (await world.outbox(`case:${c.caseId}`, penaltyDecided.type)).map((e) => e.data);
const accessEvents = (c: AdminCaseEntity) => world.outbox(`case:${c.caseId}`, 'enforcement.case-access-changed.v1');

const fakeDrugs = {
  tier: 'HEAVY', servedOn: '2026-11-21', gainsFen: 200, totalAmountFen: 9_007_000_000_000_300,
  items: [
    { kind: 'FINE', partyKind: 'ENTITY', amountFen: 9_007_000_000_000_000, basis: dal('116') },
    { kind: 'CONFISCATION_OF_GAINS', partyKind: 'ENTITY', amountFen: 200, basis: dal('116') },
    { kind: 'FINE', partyKind: 'PERSON', partyName: '演示责任人王某', amountFen: 100, basis: dal('118') },
    { kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '演示责任人王某', basis: dal('118'), startsOn: '2026-11-21', forLife: true },
    { kind: 'WARNING', partyKind: 'ENTITY', basis: { instrument: '演示地方规定', article: '3' } },
  ],
};

describe('recording a decision', () => {
  it('writes decision, lines and events, and moves the case', async () => {
    const c = await world.givenCase({ status: 'NOTICE_SERVED' });
    const { recordPenaltyDecision: done } = dataOf(await record(c, 'full', { ...fakeDrugs, documentNo: '演示市监处罚（2026）９ 号' }));
    expect(done.warnings).toEqual([]);
    expect(done.case).toEqual({ id: c.caseId, status: 'SERVED', version: 2, penaltyDecision: { id: done.penaltyDecision.id } });
    const items = [
      { kind: 'FINE', partyKind: 'ENTITY', partyName: c.respondentName, amountFen: 9_007_000_000_000_000, basis: { ...dal('116'), mark: 'V' }, startsOn: null, endsOn: null, forLife: false },
      { kind: 'CONFISCATION_OF_GAINS', partyKind: 'ENTITY', partyName: c.respondentName, amountFen: 200, basis: { ...dal('116'), mark: 'V' }, startsOn: null, endsOn: null, forLife: false },
      { kind: 'FINE', partyKind: 'PERSON', partyName: '演示责任人王某', amountFen: 100, basis: { ...dal('118'), mark: 'V' }, startsOn: null, endsOn: null, forLife: false },
      { kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '演示责任人王某', amountFen: null, basis: { ...dal('118'), mark: 'V' }, startsOn: '2026-11-21', endsOn: null, forLife: true },
      { kind: 'WARNING', partyKind: 'ENTITY', partyName: c.respondentName, amountFen: null, basis: { instrument: '演示地方规定', article: '3', mark: 'NV' }, startsOn: null, endsOn: null, forLife: false },
    ];
    expect(done.penaltyDecision).toEqual({
      id: expect.any(String), documentNo: '演示市监处罚〔2026〕9号', decidedOn: '2026-11-20', servedOn: '2026-11-21', procedure: 'ORDINARY', violationType: 'FAKE_DRUGS',
      domain: 'DRUG', tier: 'HEAVY', partyName: c.respondentName, partyUscc: demoUscc, partyKind: 'ENTITY', goodsValueFen: 12_345_600, gainsFen: 200,
      noPersonalPenaltyReason: null, agency: { code: 'MRA-210100' }, region: { code: '210100' }, case: { id: c.caseId }, items,
    });
    const [event] = await decidedEvents(c);
    expect(penaltyDecided.schema.parse(event)).toMatchObject({
      decisionId: done.penaltyDecision.id, caseId: c.caseId, documentNo: '演示市监处罚〔2026〕9号', procedure: 'ORDINARY', authorityCode: 'MRA-210100', regionCode: '210100',
      partyName: c.respondentName, partyUscc: demoUscc, partyKind: 'ENTITY', violationType: 'FAKE_DRUGS', domain: 'DRUG', tier: 'HEAVY', decidedOn: '2026-11-20',
      servedOn: '2026-11-21', items,
    });
    expect((await accessEvents(c)).at(-1)?.data).toMatchObject({ version: 2, servedOn: '2026-11-21' });
  });

  it('tells other services nothing before service, and everything once it is served', async () => {
    const c = await world.givenCase({ regionCode: '210102' });
    const local = officer('MRA-210102', 2);
    const sees = async () => dataOf(await world.harness.as(local).send<{ case: { caseNo: string } | null }>('query($id: ID!) { case(id: $id) { caseNo } }', { id: c.caseId })).case !== null;
    const { recordPenaltyDecision: done } = dataOf(await record(c, 'unserved'));
    expect(done.case.status).toBe('DECIDED');
    expect(await decidedEvents(c)).toEqual([]);
    expect(await sees()).toBe(false);
    world.clock.advance(1_000);
    const { recordPenaltyService: served } = dataOf(await serve(done.penaltyDecision.id, '2026-11-22', 'serve'));
    expect(served).toEqual({ warnings: [], case: { status: 'SERVED' }, penaltyDecision: { id: done.penaltyDecision.id, servedOn: '2026-11-22' } });
    expect(await decidedEvents(c)).toEqual([expect.objectContaining({ decisionId: done.penaltyDecision.id, servedOn: '2026-11-22' })]);
    expect(await sees()).toBe(true);
    world.clock.advance(1_000);
    expect(codesOf(await serve(done.penaltyDecision.id, '2026-11-22', 'serve-2'))).toEqual(['ALREADY_SERVED']);
    expect(dataOf(await serve(done.penaltyDecision.id, '2026-11-22', 'serve')).recordPenaltyService.penaltyDecision.servedOn).toBe('2026-11-22');
    expect(await decidedEvents(c)).toHaveLength(1);
  });

  it('keeps and tells the digest of an identity number, and the number nowhere', async () => {
    const c = await world.givenCase();
    const idNo = `21010218010101001${citizenIdCheckDigit('21010218010101001')}`;
    const ban = { kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '演示责任人王某', basis: dal('118'), startsOn: '2026-11-21', forLife: true };
    const faulty = async (key: string, line: object) => (await record(c, key, { ...fakeDrugs, totalAmountFen: null, items: [line] })).errors?.[0]?.extensions;
    expect(await faulty('no-number', { ...ban, partyIdNo: '210102180101010010' })).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.items.0.partyIdNo' });
    expect(await faulty('of-an-entity', { kind: 'WARNING', partyKind: 'ENTITY', basis: dal('116'), partyIdNo: idNo })).toMatchObject({ field: 'input.items.0.partyIdNo' });
    dataOf(await record(c, 'identified', { ...fakeDrugs, totalAmountFen: null, items: [ban, { ...ban, partyIdNo: idNo }] }));
    const [event] = await decidedEvents(c);
    const digest = world.harness.service.deps.citizenIds.digest(idNo);
    expect(penaltyDecided.schema.parse(event).items.map((i) => i.partyIdDigest)).toEqual([null, digest]);
    for (const table of ['penalty_item', 'outbox_event', 'idempotency_key']) {
      expect([table, await world.harness.dataSource.query(`select 1 from ${table} t where t::text like '%${idNo}%'`)]).toEqual([table, []]);
    }
  });

  it('is for a head of the agency that handles the case', async () => {
    const c = await world.givenCase();
    await world.giveParts(c, 'PSB-210100');
    expect(codesOf(await record(c, 'a', {}, officer('MRA-210100', 2)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await record(c, 'b', {}, officer('DRA-210000', 1)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await record(c, 'c', {}, officer('PSB-210100', 1)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await record(c, 'd', {}, officer('MRA-210200', 1)))).toEqual(['NOT_FOUND']);
    const { recordPenaltyDecision: done } = dataOf(await record(c, 'e'));
    expect(codesOf(await serve(done.penaltyDecision.id, '2026-11-22', 'f', officer('MRA-210100', 2)))).toEqual(['FORBIDDEN']);
    expect(codesOf(await serve(done.penaltyDecision.id, '2026-11-22', 'g', officer('MRA-210200', 1)))).toEqual(['NOT_FOUND']);
    expect(codesOf(await serve('nonsense', '2026-11-22', 'h'))).toEqual(['NOT_FOUND']);
  });

  it.each(['CLUE', 'SUSPENDED', 'DECIDED', 'SERVED', 'CLOSED', 'NOT_FILED'] as const)('is refused from %s, with state and article', async (status) => {
    const c = await world.givenCase({ status });
    world.clock.advance(1_000);
    expect((await record(c, `from-${status}`)).errors?.[0]?.extensions).toMatchObject({
      code: 'ILLEGAL_TRANSITION', kind: 'CONFLICT', state: status, basis: { instrument: '中华人民共和国行政处罚法', article: '57(1)' },
    });
  });

  it('waits for the criminal proceedings, save for the kinds that need not: those warn', async () => {
    const c = await world.givenCase({ status: 'PENDING_CRIMINAL', statusBeforeCriminal: 'INVESTIGATING' });
    world.clock.advance(1_000);
    expect(codesOf(await record(c, 'fine'))).toEqual(['ILLEGAL_TRANSITION']);
    const items = [{ kind: 'PRODUCTION_SUSPENSION', partyKind: 'ENTITY', basis: dal('126') }];
    const { recordPenaltyDecision: done } = dataOf(await record(c, 'stop', { items, servedOn: '2026-11-21' }));
    expect(done.case.status).toBe('PENDING_CRIMINAL');
    expect(done.warnings.map((w) => [w.code, w.basis.mark])).toEqual([['PERSONAL_PENALTY_MISSING', 'V'], ['PENDING_CRIMINAL', 'NV']]);
    expect(await decidedEvents(c)).toHaveLength(1);
    // One that was not served while the case waited can still be served after the police have returned it.
    const late = dataOf(await record(c, 'unserved-while-waiting', { items })).recordPenaltyDecision;
    await world.harness.dataSource.query("update admin_case set status = 'INVESTIGATING', status_before_criminal = null where case_id = $1", [c.caseId]);
    const served = await world.harness.as(head).send<Record<string, { case: { status: string } }>>(
      'mutation S($id: ID!, $key: ID!) { recordPenaltyService(decisionId: $id, input: { servedOn: "2026-11-21" }, idempotencyKey: $key) { case { status } } }',
      { id: late.penaltyDecision.id, key: 'served-after-waiting' });
    expect(dataOf(served)['recordPenaltyService']?.case.status).toBe('INVESTIGATING');
    expect(await decidedEvents(c)).toHaveLength(2);
    await world.harness.dataSource.query("update admin_case set status = 'PENDING_CRIMINAL', status_before_criminal = 'INVESTIGATING' where case_id = $1", [c.caseId]);
    // The same key: the warnings too.
    expect(dataOf(await world.harness.as(head).send<Recorded>(RECORD, {
      id: c.caseId, key: 'stop', input: { ...input({ items, servedOn: '2026-11-21' }), documentNo: `演示市监处罚[2026] ${serial - 2} 号` },
    })).recordPenaltyDecision.warnings).toEqual(done.warnings);
  });

  describe('two decisions, the first made while the case waited for the criminal proceedings', () => {
    /** The first is not served; the case has been returned; the second is recorded, and not served either. */
    const two = async (key: string, changes: Partial<AdminCaseEntity> = {}) => {
      const c = await world.givenCase({ ...changes, status: 'PENDING_CRIMINAL', statusBeforeCriminal: 'INVESTIGATING' });
      const items = [{ kind: 'PRODUCTION_SUSPENSION', partyKind: 'ENTITY', basis: dal('126') }];
      const first = dataOf(await record(c, `${key}-1`, { items })).recordPenaltyDecision.penaltyDecision.id;
      await world.harness.dataSource.query("update admin_case set status = 'INVESTIGATING', status_before_criminal = null where case_id = $1", [c.caseId]);
      world.clock.advance(1_000);
      const { recordPenaltyDecision: done } = dataOf(await record(c, `${key}-2`));
      expect(done.case.status).toBe('DECIDED');
      world.clock.advance(1_000);
      return { c, first, second: done.penaltyDecision.id };
    };
    const stands = async (id: string, key: string) => dataOf(await serve(id, '2026-11-22', key)).recordPenaltyService.case.status;

    it('leaves the case DECIDED when the first is served, until the one that decided it is', async () => {
      const { c, first, second } = await two('first-first');
      expect(await stands(first, 'first-first-a')).toBe('DECIDED');
      expect((await decidedEvents(c)).map((e) => e['decisionId'])).toEqual([first]);
      world.clock.advance(1_000);
      expect(await stands(second, 'first-first-b')).toBe('SERVED');
      expect((await decidedEvents(c)).map((e) => e['decisionId'])).toEqual([first, second]);
    });

    it.each(['SERVED', 'IN_EXECUTION', 'CLOSED'] as const)('serves the first of a case that is %s, which stays so', async (status) => {
      const { c, first, second } = await two(`later-${status}`);
      expect(await stands(second, `later-${status}-a`)).toBe('SERVED');
      await world.harness.dataSource.query('update admin_case set status = $2 where case_id = $1', [c.caseId, status]);
      world.clock.advance(1_000);
      expect(await stands(first, `later-${status}-b`)).toBe(status);
    });

    it('opens to the local regulator, the health authority and the procuratorate of the place each decision with its own service', async () => {
      const { c, first, second } = await two('rights', { regionCode: '210203', respondentKind: 'MEDICAL_INSTITUTION' });
      const readers = ['MRA-210200', 'HC-210000', 'PPO-210200', 'MRA-210100'].map((code) => officer(code, 2));
      const text = `query($id: ID!, $first: ID!, $second: ID!) {
        first: penaltyDecision(id: $first) { id } second: penaltyDecision(id: $second) { id }
        case(id: $id) { penaltyDecision { id } penaltyDecisions { totalCount nodes { id } } }
        penaltyDecisions(filter: { region: "210203" }) { nodes { id } } }`;
      interface Read {
        readonly first: object | null;
        readonly second: object | null;
        readonly case: { penaltyDecision: { id: string } | null; penaltyDecisions: { totalCount: number; nodes: { id: string }[] } } | null;
        readonly penaltyDecisions: { nodes: { id: string }[] };
      }
      const seen = async (): Promise<unknown[]> => Promise.all(readers.map(async (who) => {
        const read = dataOf(await world.harness.as(who).send<Read>(text, { id: c.caseId, first, second }));
        const listed = read.penaltyDecisions.nodes.map((n) => n.id).filter((id) => id === first || id === second);
        // Asked in every way, with one answer.
        expect(listed.sort()).toEqual([read.first && first, read.second && second].filter(Boolean).sort());
        if (read.case) expect(read.case.penaltyDecisions).toEqual({ totalCount: listed.length, nodes: expect.arrayContaining(listed.map((id) => ({ id }))) });
        if (read.case) expect(read.case.penaltyDecision?.id ?? null).toBe(read.second ? second : read.first ? first : null);
        return [read.first !== null, read.second !== null, read.case !== null];
      }));
      const [nothing, owner] = [[false, false, false], [true, true, true]];
      expect(await seen()).toEqual([nothing, nothing, nothing, owner]);
      await stands(first, 'rights-a');
      expect(await seen()).toEqual([[true, false, true], [true, false, true], [true, false, false], owner]);
      world.clock.advance(1_000);
      await stands(second, 'rights-b');
      expect(await seen()).toEqual([owner, owner, [true, true, false], owner]);
    });
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['a number without a year', { documentNo: '演示12号' }, 'BAD_USER_INPUT', 'input.documentNo'],
    ['no line', { items: [] }, 'BAD_USER_INPUT', 'input.items'],
    ['a day of decision before filing', { decidedOn: '2026-10-08' }, 'BAD_USER_INPUT', 'input.decidedOn'],
    ['a day of decision to come', { decidedOn: '2026-11-23' }, 'BAD_USER_INPUT', 'input.decidedOn'],
    ['service before decision', { servedOn: '2026-11-19' }, 'BAD_USER_INPUT', 'input.servedOn'],
    ['an unknown violation', { violationType: 'SORCERY' }, 'BAD_USER_INPUT', 'input.violationType'],
    ['a credit code with a wrong check digit', { partyUscc: '91210100MADEM00111' }, 'BAD_USER_INPUT', 'input.partyUscc'],
    ['a credit code of a person', { partyKind: 'PERSON', partyUscc: demoUscc }, 'BAD_USER_INPUT', 'input.partyUscc'],
    ['a negative value of goods', { goodsValueFen: -1 }, 'BAD_USER_INPUT', 'input.goodsValueFen'],
    ['a total that is not the sum', { totalAmountFen: 1_500_001 }, 'BAD_USER_INPUT', 'input.totalAmountFen'],
    ['a fine without an amount', { items: [{ kind: 'FINE', partyKind: 'ENTITY', basis: dal('127') }] }, 'BAD_USER_INPUT', 'input.items.0.amountFen'],
    ['a person without a name', { items: [{ kind: 'FINE', partyKind: 'PERSON', amountFen: 1, basis: dal('118') }] }, 'BAD_USER_INPUT', 'input.items.0.partyName'],
    ['a blank article', { items: [{ kind: 'WARNING', partyKind: 'ENTITY', basis: { instrument: '某法', article: ' ' } }] }, 'BAD_USER_INPUT', 'input.items.0.basis.article'],
    ['a ban that is too short', {
      items: [{ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '演示王某', basis: dal('118'), startsOn: '2026-11-20', endsOn: '2036-11-20' }],
    }, 'UNLAWFUL_DECISION', 'input.items.0'],
    ['a restriction without an end', { items: [{ kind: 'BUSINESS_RESTRICTION', partyKind: 'ENTITY', basis: dal('126') }] }, 'BAD_USER_INPUT', 'input.items.0.endsOn'],
    ['a ban from the end of the calendar', {
      items: [{ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '演示王某', basis: dal('122'), startsOn: '9999-12-31', endsOn: '9999-12-31' }],
    }, 'BAD_USER_INPUT', 'input.items.0.startsOn'],
    ['fake drugs without a person', { items: [{ kind: 'FINE', partyKind: 'ENTITY', amountFen: 1, basis: dal('116') }] }, 'UNLAWFUL_DECISION', 'input.items.0'],
    ['detention by a bureau', { items: [{ kind: 'DETENTION', partyKind: 'PERSON', partyName: '演示王某', basis: dal('118') }] }, 'UNLAWFUL_DECISION', 'input.items.0.kind'],
  ])('is refused with %s', async (name, overrides, code, field) => {
    const c = await world.givenCase();
    expect((await record(c, `bad ${name}`, overrides)).errors?.[0]?.extensions).toMatchObject({ code, field });
    expect(await world.harness.dataSource.manager.countBy(PenaltyDecisionEntity, { caseId: c.caseId })).toBe(0);
    expect(await accessEvents(c)).toHaveLength(1);
  });

  it('does not take a number twice, however it is written, and at once neither', async () => {
    const [c, d] = [await world.givenCase(), await world.givenCase()];
    dataOf(await record(c, 'n1', { documentNo: '演示市监处罚〔2026〕5001号' }));
    const again = await record(d, 'n2', { documentNo: '演示市监处罚 (2026) 5001号' });
    expect([codesOf(again), kindsOf(again)]).toEqual([['DOCUMENT_NO_TAKEN'], ['CONFLICT']]);
    const others = await Promise.all(Array.from({ length: 5 }, () => world.givenCase()));
    const race = await Promise.all(others.map((o, i) => record(o, `n-race-${i}`, { documentNo: '演示市监处罚〔2026〕5002号' })));
    expect(race.flatMap(codesOf)).toEqual(Array.from({ length: 4 }, () => 'DOCUMENT_NO_TAKEN'));
  });

  it('lets one of ten concurrent calls through, and one effect per key', async () => {
    const c = await world.givenCase();
    const race = await Promise.all(Array.from({ length: 10 }, (_, i) => record(c, `race-${i}`, { servedOn: '2026-11-21' })));
    expect(race.filter((a) => !a.errors)).toHaveLength(1);
    expect(race.flatMap(codesOf)).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
    expect(await decidedEvents(c)).toHaveLength(1);

    const d = await world.givenCase();
    const one = input({ servedOn: '2026-11-21' });
    const same = await Promise.all(Array.from({ length: 10 }, () => world.harness.as(head).send<Recorded>(RECORD, { id: d.caseId, input: one, key: 'same' })));
    expect(new Set(same.map((a) => dataOf(a).recordPenaltyDecision.penaltyDecision.id)).size).toBe(1);
    expect(await decidedEvents(d)).toHaveLength(1);
    expect(await world.harness.dataSource.query('select 1 from penalty_item i join penalty_decision p on p.id = i.decision_id where p.case_id = $1', [d.caseId])).toHaveLength(1);
  });

  it('answers a stale version with CONFLICT', async () => {
    const c = await world.givenCase();
    await world.act((tx) => saveCase(tx, c));
    expect(codesOf(await record(c, 'stale', { expectedVersion: 1 }))).toEqual(['CONFLICT']);
    expect(codesOf(await record(c, 'fresh', { expectedVersion: 2 }))).toEqual([]);
  });
});

describe('decisions to read', () => {
  it('give the latest of a case, and all of them', async () => {
    const c = await world.givenCase();
    const older = await world.givenDecision(c, { decidedOn: '2026-10-20' });
    const newer = await world.givenDecision(c, { decidedOn: '2026-11-01' });
    const answer = await world.harness.as(head).send('query($id: ID!) { case(id: $id) { penaltyDecision { id } penaltyDecisions { totalCount nodes { id } } } }', { id: c.caseId });
    expect(dataOf(answer)).toEqual({
      case: { penaltyDecision: { id: newer.id }, penaltyDecisions: { totalCount: 2, nodes: [{ id: newer.id }, { id: older.id }] } },
    });
  });

  it('give the procuratorate of the place what is served, with goods and articles, and no way to the case', async () => {
    const c = await world.givenCase({ regionCode: '210102' });
    const d = await world.givenDecision(c, { servedOn: '2026-11-20' });
    const unserved = await world.givenDecision(c);
    const procurator = world.harness.as(officer('PPO-210100', 2));
    const found = await procurator.send(`{ penaltyDecisions(filter: { region: "210102", agency: "MRA-210100", decidedFrom: "2026-11-02", decidedTo: "2026-11-02" }) {
      totalCount nodes { id goodsValueFen gainsFen agency { code } region { code } case { id } items { basis { article } } } } }`);
    expect(dataOf(found)).toEqual({ penaltyDecisions: { totalCount: 1, nodes: [
      { id: d.id, goodsValueFen: 7_700, gainsFen: 3_300, agency: { code: 'MRA-210100' }, region: { code: '210102' }, case: null, items: [{ basis: { article: '116' } }] },
    ] } });
    const absent = await procurator.send('query($id: ID!) { penaltyDecision(id: $id) { id } }', { id: unserved.id });
    expect(dataOf(absent)).toEqual({ penaltyDecision: null });
    expect(codesOf(await serve(d.id, '2026-11-22', 'procurator', officer('PPO-210100', 1)))).toEqual(['NOT_FOUND']);
    const elsewhere = await world.harness.as(officer('PPO-210200', 2)).send('query($id: ID!) { penaltyDecision(id: $id) { id } }', { id: d.id });
    expect(dataOf(elsewhere)).toEqual({ penaltyDecision: null });
  });

  it('filter by authority and by day, both days included', async () => {
    const c = await world.givenCase({ agencyCode: 'LAB-210000', regionCode: '210203' });
    for (const decidedOn of ['2026-11-03', '2026-11-04', '2026-11-05']) await world.givenDecision(c, { decidedOn });
    const count = async (filter: Record<string, unknown>) => {
      const answer = await world.harness.as(officer('LAB-210000', 2)).send<{ penaltyDecisions: { totalCount: number; nodes: { decidedOn: string }[] } }>(
        'query($filter: PenaltyDecisionFilter) { penaltyDecisions(filter: $filter) { totalCount nodes { decidedOn } } }', { filter });
      return dataOf(answer).penaltyDecisions.nodes.map((n) => n.decidedOn);
    };
    expect(await count({})).toEqual(['2026-11-05', '2026-11-04', '2026-11-03']);
    expect(await count({ decidedFrom: '2026-11-04' })).toEqual(['2026-11-05', '2026-11-04']);
    expect(await count({ decidedTo: '2026-11-04' })).toEqual(['2026-11-04', '2026-11-03']);
    expect(await count({ agency: 'MRA-210100' })).toEqual([]);
    expect(await count({ region: '210100' })).toEqual([]);
  });

  it('filter by region: in it or below it, by the tree and not by the digits', async () => {
    const codes = ['210100', '210102', '210190', 'ZONE-1', '210200', '210202', '220102'];
    const c = await world.givenCase({ agencyCode: 'CDC-210100' });
    for (const regionCode of codes) await world.givenDecision(c, { regionCode });
    const ask = (region: string) => world.harness.as(officer('CDC-210100', 2)).send<{ penaltyDecisions: { totalCount: number; nodes: { region: { code: string } }[] } }>(
      'query($region: ID!) { penaltyDecisions(filter: { region: $region }) { totalCount nodes { region { code } } } }', { region });
    const at = async (region: string) => {
      const { nodes, totalCount } = dataOf(await ask(region)).penaltyDecisions;
      expect(totalCount).toBe(nodes.length);
      return nodes.map((n) => n.region.code).sort();
    };
    const lies = (code: string, parentCode: string | null): EventDraft => ({
      type: regionChanged.type, subject: `region:${code}`, data: { code, name: code, nameEn: code, kind: 'FUNCTIONAL_ZONE', parentCode },
    });
    expect(await at('210100')).toEqual(['210100']); // nothing is known of what lies where
    // Told child first; 210190 has the digits of 210100 and lies in the province, ZONE-1 lies in the city.
    await world.harness.receive('inspection', lies('210102', '210100'), lies('ZONE-1', '210100'), lies('210100', '210000'), lies('210190', '210000'), lies('210000', null));
    expect(await at('210100')).toEqual(['210100', '210102', 'ZONE-1']);
    expect(await at('210000')).toEqual(['210100', '210102', '210190', 'ZONE-1']);
    expect(await at('210200')).toEqual(['210200']);
    expect(await at(' zone-1 ')).toEqual(['ZONE-1']);
    expect(await at('2101')).toEqual([]);
    await world.harness.receive('inspection', lies('ZONE-1', '210200'), lies('210000', '210100')); // a circle ends all the same
    expect(await at('210100')).toEqual(['210100', '210102', '210190']);
    for (const region of ['', '\0', '2', '2101%', '2101_', '甲省', "' or true --"]) {
      expect((await ask(region)).errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', kind: 'BAD_USER_INPUT', field: 'filter.region' });
    }
  });

  it('load the lines of many decisions with one query', async () => {
    const statements: string[] = [];
    const { manager } = world.harness.dataSource;
    const original = manager.createQueryBuilder.bind(manager);
    const spy = jest.spyOn(manager, 'createQueryBuilder').mockImplementation((...args: unknown[]) => {
      if (args[0] === PenaltyItemEntity) statements.push('items');
      return (original as (...a: unknown[]) => never)(...args);
    });
    try {
      dataOf(await world.harness.as(head).send('{ penaltyDecisions(first: 50) { nodes { items { id } agency { code } case { caseNo } } } }'));
    } finally {
      spy.mockRestore();
    }
    expect(statements).toEqual(['items']);
  });
});
