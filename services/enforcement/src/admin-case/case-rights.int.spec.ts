import type { AgencyFunction } from '@casebridge/kernel';
import type { StaticAgency } from '@casebridge/platform';
import { officerOf, publicReader } from '@casebridge/testkit';
import { dataOf, World } from '../testing/world';
import type { AdminCaseEntity } from './admin-case.entity';

/** One agency per function, one below each, all competent for the same place. */
const functions = [
  'DRUG', 'MARKET', 'POLICE', 'PROCURATORATE', 'COURT', 'HEALTH', 'CDC', 'ADR_CENTRE', 'SUPERVISION', 'INSURANCE', 'LAB', 'CUSTOMS',
] as const satisfies readonly AgencyFunction[];
type Fn = (typeof functions)[number];

const here = '990100';
const agency = (code: string, fns: readonly AgencyFunction[], superior: string | null, regions = [here]) =>
  ({ code, name: code, nameEn: code, functions: fns, regions, superior });
const topOf = (f: Fn): string => `${f.replaceAll('_', '-')}-TOP`;
const subOf = (f: Fn): string => `${f.replaceAll('_', '-')}-SUB`;
const agencies: readonly (StaticAgency & ReturnType<typeof agency>)[] = [
  ...functions.flatMap((f) => [agency(topOf(f), [f], null), agency(subOf(f), [f], topOf(f))]),
  agency('STRANGER', ['MARKET'], null, ['880000']),
];
const record = (code: string) => agencies.find((a) => a.code === code) ?? agency(code, ['DRUG'], null);

type Scenario = 'none' | 'owner' | 'superior' | 'party' | 'partyBelow' | 'served' | 'servedMedical' | 'servedSimplified' | 'servedElsewhere';
type Element = 'head' | 'decision' | 'file';
const scenarios: readonly Scenario[] = ['none', 'owner', 'superior', 'party', 'partyBelow', 'served', 'servedMedical', 'servedSimplified', 'servedElsewhere'];

/**
 * Transcribed by hand from the page on rights, rows "Case: number …", "Penalty decision" and "Case: documents, evidence, goods, persons", and from
 * the relations above them. An owner reads whatever its function; a part below counts for police and procuratorates; `local` begins with
 * service; procuratorates read served decisions of the ordinary procedure.
 */
const model: Record<Element, Record<Fn, readonly Scenario[]>> = {
  head: {
    DRUG: ['owner', 'superior', 'party', 'served', 'servedMedical', 'servedSimplified'], MARKET: ['owner', 'superior', 'party'],
    POLICE: ['owner', 'party', 'partyBelow'], PROCURATORATE: ['owner', 'party', 'partyBelow'], COURT: ['owner', 'party'],
    HEALTH: ['owner', 'party', 'servedMedical'], CDC: ['owner', 'party', 'servedMedical'], ADR_CENTRE: ['owner', 'party', 'servedMedical'],
    SUPERVISION: ['owner', 'party'], INSURANCE: ['owner', 'party'], LAB: ['owner', 'party'], CUSTOMS: ['owner', 'party'],
  },
  decision: {
    DRUG: ['owner', 'superior', 'party', 'served', 'servedMedical', 'servedSimplified'], MARKET: ['owner', 'superior', 'party'],
    POLICE: ['owner', 'party', 'partyBelow'], PROCURATORATE: ['owner', 'party', 'partyBelow', 'served', 'servedMedical'], COURT: ['owner', 'party'],
    HEALTH: ['owner', 'party', 'servedMedical'], CDC: ['owner', 'party', 'servedMedical'], ADR_CENTRE: ['owner', 'party', 'servedMedical'],
    SUPERVISION: ['owner', 'party'], INSURANCE: ['owner', 'party'], LAB: ['owner', 'party'], CUSTOMS: ['owner', 'party'],
  },
  file: {
    DRUG: ['owner', 'party'], MARKET: ['owner', 'party'], POLICE: ['owner', 'party', 'partyBelow'], PROCURATORATE: ['owner', 'party', 'partyBelow'],
    COURT: ['owner', 'party'], HEALTH: ['owner'], CDC: ['owner'], ADR_CENTRE: ['owner'], SUPERVISION: ['owner', 'party'], INSURANCE: ['owner'],
    LAB: ['owner', 'party'], CUSTOMS: ['owner', 'party'],
  },
};

const READ = `query($id: ID!, $decision: ID!) {
  case(id: $id) {
    id caseNo status version filedAt respondentName violationType procedure agency { code } region { code } enterprise { uscc }
    facts goodsValueFen product { id } suspectedArticles { article } penaltyDecision { documentNo } penaltyDecisions { nodes { id } totalCount }
  }
  entities: _entities(representations: [{ __typename: "Case", id: $id }]) { ... on Case { caseNo facts } }
  penaltyDecision(id: $decision) { documentNo goodsValueFen gainsFen items { amountFen } case { id } }
  cases { nodes { id } totalCount }
  penaltyDecisions { nodes { id } totalCount }
}`;
interface Answered {
  readonly case: Record<string, unknown> | null;
  readonly entities: readonly (Record<string, unknown> | null)[];
  readonly penaltyDecision: Record<string, unknown> | null;
  readonly cases: { nodes: { id: string }[]; totalCount: number };
  readonly penaltyDecisions: { nodes: { id: string }[]; totalCount: number };
}

let world: World;
beforeAll(async () => {
  world = await World.start({ agencies });
});
afterAll(() => world.stop());

/** A case in which the reader's agency stands as the scenario says, and nobody else does. */
async function given(f: Fn, scenario: Scenario, regionCode = scenario === 'servedElsewhere' ? '880000' : here) {
  const owner = scenario === 'owner' ? topOf(f) : scenario === 'superior' ? subOf(f) : 'STRANGER';
  const served = scenario.startsWith('served');
  const c = await world.givenCase({
    agencyCode: owner, regionCode, productId: '01990000-0000-7000-8000-000000000001',
    respondentKind: scenario === 'servedMedical' ? 'MEDICAL_INSTITUTION' : 'ENTERPRISE', procedure: scenario === 'servedSimplified' ? 'SIMPLIFIED' : 'ORDINARY',
    ...(served ? { status: 'SERVED', servedOn: '2026-11-03' } : {}),
  });
  if (scenario === 'party') await world.giveParts(c, topOf(f));
  if (scenario === 'partyBelow') await world.giveParts(c, subOf(f));
  const d = await world.givenDecision(c, { servedOn: served ? '2026-11-03' : null });
  return { c, d };
}

const read = async (code: string, c: AdminCaseEntity, decisionId: string, officerId = `${code}-2`): Promise<Answered> =>
  dataOf(await world.harness.as(officerOf(record(code), officerId)).send<Answered>(READ, { id: c.caseId, decision: decisionId }));

const sees = (answered: Answered, c: AdminCaseEntity, decisionId: string): Record<Element | 'listed' | 'decisionListed' | 'amounts', boolean> => ({
  head: answered.case?.['caseNo'] === c.caseNo,
  decision: answered.penaltyDecision !== null,
  file: answered.case?.['facts'] === c.facts,
  listed: answered.cases.nodes.some((n) => n.id === c.caseId),
  decisionListed: answered.penaltyDecisions.nodes.some((n) => n.id === decisionId),
  amounts: answered.penaltyDecision?.['goodsValueFen'] != null,
});
const nothing = { head: false, decision: false, file: false, listed: false, decisionListed: false, amounts: false };

describe.each(functions)('an officer of an agency for %s', (f) => {
  it.each(scenarios)('sees what the page says: %s', async (scenario) => {
    const { c, d } = await given(f, scenario);
    const answered = await read(topOf(f), c, d.id);
    const [head, decision, file] = (['head', 'decision', 'file'] as const).map((e) => model[e][f].includes(scenario));
    // Procuratorates read served decisions "with goods value"; whoever reads the file knows it anyway.
    const amounts = file || (f === 'PROCURATORATE' && decision);
    expect(sees(answered, c, d.id)).toEqual({ head, decision, file, listed: head, decisionListed: decision, amounts });
    expect(answered.case === null).toBe(!head);
    expect(answered.entities[0] === null).toBe(!head);
    expect(answered.penaltyDecision?.['case'] ?? null).toEqual(decision && head ? { id: c.caseId } : null);
    if (!head) return;
    const shown = answered.case as Record<string, unknown>;
    expect(shown).toMatchObject({ caseNo: c.caseNo, status: c.status, agency: { code: c.agencyCode }, region: { code: c.regionCode }, enterprise: { uscc: c.enterpriseUscc } });
    expect(shown).toMatchObject(file
      ? { facts: c.facts, goodsValueFen: c.goodsValueFen, product: { id: c.productId }, suspectedArticles: [{ article: '116' }] }
      : { facts: null, goodsValueFen: null, product: null, suspectedArticles: null });
    expect(shown).toMatchObject(decision
      ? { penaltyDecision: { documentNo: d.documentNo }, penaltyDecisions: { totalCount: 1 } }
      : { penaltyDecision: null, penaltyDecisions: null });
  });

  it('sees nothing of a sealed case unless named, and no count tells', async () => {
    for (const scenario of scenarios) {
      const { c, d } = await given(f, scenario);
      const before = await read(topOf(f), c, d.id);
      await world.act(async (tx) => {
        await tx.em.query(`update admin_case set sealed_until = '2026-11-22', seal_officers = array['SOMEBODY'] where case_id = $1`, [c.caseId]);
      });
      const sealed = await read(topOf(f), c, d.id);
      expect(sees(sealed, c, d.id)).toEqual(nothing);
      expect(before.cases.totalCount - sealed.cases.totalCount).toBe(before.case === null ? 0 : 1);
      expect(before.penaltyDecisions.totalCount - sealed.penaltyDecisions.totalCount).toBe(before.penaltyDecision === null ? 0 : 1);
    }
  });

  it('sees a sealed case as a named officer of the owner, or as an officer of a named party', async () => {
    for (const scenario of ['owner', 'party'] as const) {
      const { c, d } = await given(f, scenario);
      await world.act(async (tx) => {
        await tx.em.query(`update admin_case set sealed_until = '2026-11-22', seal_officers = $2, seal_parties = $3 where case_id = $1`,
          [c.caseId, [`${topOf(f)}-3`], scenario === 'party' ? [topOf(f)] : []]);
      });
      const [named, other] = [await read(topOf(f), c, d.id, `${topOf(f)}-3`), await read(topOf(f), c, d.id, `${topOf(f)}-4`)];
      expect(sees(named, c, d.id).head).toBe(true);
      expect(sees(other, c, d.id).head).toBe(scenario === 'party');
    }
  });

  it('sees a case again on the day after the last day of its seal', async () => {
    const { c, d } = await given(f, 'owner');
    await world.act(async (tx) => {
      await tx.em.query(`update admin_case set sealed_until = '2026-11-21', seal_officers = array['SOMEBODY'] where case_id = $1`, [c.caseId]);
    });
    expect(sees(await read(topOf(f), c, d.id), c, d.id).head).toBe(true);
  });

  it('sees nothing when he is excluded, and his colleague all the same', async () => {
    for (const scenario of scenarios) {
      const { c, d } = await given(f, scenario);
      const before = sees(await read(topOf(f), c, d.id), c, d.id);
      await world.act(async (tx) => {
        await tx.em.query('update admin_case set excluded = $2 where case_id = $1', [c.caseId, [`${topOf(f)}/${topOf(f)}-5`]]);
      });
      expect(sees(await read(topOf(f), c, d.id, `${topOf(f)}-5`), c, d.id)).toEqual(nothing);
      expect(sees(await read(topOf(f), c, d.id, `${topOf(f)}-4`), c, d.id)).toEqual(before);
    }
  });

  it('reads a case whose part has ended as it stood, by its id and nowhere else', async () => {
    // Elsewhere: in its own place the service that follows would open the decision to a procuratorate by itself.
    const { c, d } = await given(f, 'party', '880000');
    const stood = { status: c.status, version: c.version + 1 };
    await world.endPart(c, topOf(f));
    // What happens afterwards: another state, another version, a service, a second decision.
    await world.act(async (tx) => {
      await tx.em.query(`update admin_case set status = 'DECIDED', version = version + 5 where case_id = $1`, [c.caseId]);
      await tx.em.query(`update penalty_decision set served_on = '2026-11-20', service_recorded_at = $2 where id = $1`, [d.id, tx.clock.now()]);
    });
    const later = await world.givenDecision(c);
    const answered = await read(topOf(f), c, d.id);
    const may = (e: Element): boolean => model[e][f].includes('party');
    expect(sees(answered, c, d.id)).toEqual({
      head: may('head'), decision: may('decision'), file: may('file'), listed: false, decisionListed: false, amounts: may('file'),
    });
    expect(answered.case).toMatchObject(stood);
    expect(answered.case).toMatchObject(may('decision')
      ? { penaltyDecision: { documentNo: d.documentNo }, penaltyDecisions: { totalCount: 0, nodes: [] } }
      : { penaltyDecision: null });
    expect((await read(topOf(f), c, later.id)).penaltyDecision).toBeNull();
    const served = await world.harness.as(officerOf(record(topOf(f)), 'x')).send<{ penaltyDecision: { servedOn: string | null } | null }>(
      'query($id: ID!) { penaltyDecision(id: $id) { servedOn } }', { id: d.id });
    expect(dataOf(served).penaltyDecision?.servedOn ?? null).toBeNull();
  });

  it('loses even that to a seal or an exclusion', async () => {
    const { c, d } = await given(f, 'party');
    await world.endPart(c, topOf(f));
    await world.act(async (tx) => {
      await tx.em.query('update admin_case set excluded = $2 where case_id = $1', [c.caseId, [`${topOf(f)}/${topOf(f)}-5`]]);
    });
    expect(sees(await read(topOf(f), c, d.id, `${topOf(f)}-5`), c, d.id)).toEqual(nothing);
    expect(sees(await read(topOf(f), c, d.id), c, d.id).head).toBe(true);
    await world.act(async (tx) => {
      await tx.em.query(`update admin_case set sealed_until = '2027-01-01', seal_officers = array['SOMEBODY'] where case_id = $1`, [c.caseId]);
    });
    expect(sees(await read(topOf(f), c, d.id), c, d.id)).toEqual(nothing);
  });

  it.each(['auditor', 'analyst'] as const)('reads no record as %s alone', async (role) => {
    for (const scenario of ['owner', 'party', 'superior'] as const) {
      const { c, d } = await given(f, scenario);
      const reader = officerOf(record(topOf(f)), `${topOf(f)}-9`, { roles: [role] });
      const answered = dataOf(await world.harness.as(reader).send<Answered>(READ, { id: c.caseId, decision: d.id }));
      expect(sees(answered, c, d.id)).toEqual(nothing);
    }
  });
});

it('shows the superior of a police or procuratorate whose part has ended what the part showed', async () => {
  for (const f of ['POLICE', 'PROCURATORATE', 'COURT'] as const) {
    const { c, d } = await given(f, 'partyBelow');
    await world.endPart(c, subOf(f));
    expect(sees(await read(topOf(f), c, d.id), c, d.id).head).toBe(f !== 'COURT');
  }
});

it('a part that runs again makes an ended one forgotten', async () => {
  const { c, d } = await given('POLICE', 'party');
  await world.endPart(c, topOf('POLICE'));
  await world.giveParts(c, topOf('POLICE'));
  expect(sees(await read(topOf('POLICE'), c, d.id), c, d.id)).toMatchObject({ head: true, listed: true });
});

it('is closed to the public', async () => {
  const { c, d } = await given('DRUG', 'served');
  const answered = dataOf(await world.harness.as(publicReader).send<Answered>(READ, { id: c.caseId, decision: d.id }));
  expect(sees(answered, c, d.id)).toEqual(nothing);
  expect(answered.cases.totalCount + answered.penaltyDecisions.totalCount).toBe(0);
});

it('answers alike for what is hidden and for what does not exist', async () => {
  const { c, d } = await given('POLICE', 'none');
  const reader = world.harness.as(officerOf(record(topOf('POLICE')), 'x'));
  const hidden = await reader.send(READ, { id: c.caseId, decision: d.id });
  const absent = await reader.send(READ, { id: '01990000-0000-7000-8000-00000000dead', decision: '01990000-0000-7000-8000-00000000beef' });
  const nonsense = await reader.send(READ, { id: 'no-uuid', decision: '%' });
  expect(absent).toEqual(hidden);
  expect(nonsense).toEqual(hidden);
});
