import { readFileSync } from 'node:fs';
import { type Stack, startStack } from '../stack';
import { byIds, firstPages, hiddenAndAbsent, type Json, listAll, type Listed, unknownId } from './ask';
import { entityChecks } from './entities';
import { difference, roots, sample, type Visible, visibleTo } from './expectations';
import { filterChecks } from './filters';
import { Facts, type Rights } from './model';
import {
  aroundCase, aroundEnterprise, aroundProduct, caseWithAll, compareLists, complaintWithAll, enterpriseForPublic, enterpriseWithAll, inspectionWithAll, productWithAll,
  reportWithAll,
} from './nested';
import { type Edges, prepare, today } from './prepare';
import { allReaders, overReaders, type Reader, rightsOf } from './readers';
import { canonical, comparable, recordKinds } from './records';
import { readAccess, readWorld, type World } from './world';

describe('the hub and an independent model of the rights policy agree', () => {
  let stack: Stack;
  let edges: Edges;
  let world: World;
  let readers: readonly Reader[];
  let rights: (reader: Reader) => Rights;
  const known = new Map<Reader, Visible>();
  const visible = (reader: Reader): Visible => {
    const found = known.get(reader) ?? visibleTo(rights(reader));
    known.set(reader, found);
    return found;
  };
  /** Those who stand for the others where every question is a fan-out. */
  const telling = (): readonly Reader[] => readers.filter((r) => r.whole);

  beforeAll(async () => {
    stack = await startStack('in process');
    edges = await prepare(stack);
    world = await readWorld(stack.databases);
    rights = rightsOf(new Facts(world, today()));
    readers = await allReaders(stack);
  });
  afterAll(() => stack?.stop());

  it('has a world in which every relation occurs', () => {
    const seenBy = (code: string, field: keyof Visible): number => (visible(readers.find((r) => r.label === `${code}-2 (officer)`)!)[field] as readonly unknown[]).length;
    for (const field of ['cases', 'decisions', 'referrals', 'refusals', 'inspections', 'punishments', 'reports', 'complaints', 'contents'] as const) {
      expect([field, seenBy('MRA-210100', field) > 0, seenBy('DRA-210000', field) > 0]).toEqual([field, true, true]);
    }
    for (const field of ['cases', 'decisions', 'referrals', 'inspections', 'reports', 'complaints'] as const) expect([field, seenBy('PSB-210100', field) > 0]).toEqual([field, true]);
    expect(seenBy('PPO-210100', 'refusals')).toBeGreaterThan(0);
    expect(seenBy('HC-210100', 'reports')).toBeGreaterThan(0);
    expect(seenBy('HC-210100', 'cases')).toBeGreaterThan(0);
    for (const code of ['LAB-210000', 'CRT-210100', 'SUP-210100', 'MIB-210000', 'CDC-210100', 'DRA-220000']) expect([code, seenBy(code, 'cases') > 0]).toEqual([code, true]);
    const former = rights(readers.find((r) => r.label === 'PSB-210100-2 (officer)')!);
    expect([edges.forwarded, edges.returned, edges.servedAfterForward].map((id) => former.standing(id) !== null)).toEqual([true, true, true]);
    expect(former.standing(edges.sealedAfterForward)).toBeNull();
    expect([former.case(edges.sealed), former.case(edges.referredAgain)]).toEqual([true, false]);
    const local = rights(readers.find((r) => r.label === 'MRA-210102-2 (officer)')!);
    const two = world.decisions.filter((d) => d.case_id === edges.oneOfTwoServed);
    expect([local.case(edges.oneOfTwoServed), two.length, two.filter(local.decision).map((d) => d.served_on !== null)]).toEqual([true, 2, [true]]);
    const ppo = readers.find((r) => r.label.startsWith('PPO-210000-1'))!;
    expect(visible(ppo).seals.length).toBeGreaterThan(0);
  });

  it('tells every service the access state that the parts, seals and exclusions amount to', async () => {
    const { enforcement, ...others } = await readAccess(stack.databases);
    const facts = new Facts(world, today());
    for (const row of enforcement) {
      const excluded = world.exclusions.filter((e) => e.case_id === row.case_id && e.readmitted_at === null).map((e) => `${e.agency_code}/${e.officer_id}`).sort();
      expect([row.case_id, [...new Set(facts.running.get(row.case_id) ?? [])].sort(), excluded, facts.seals.get(row.case_id)?.expires_on ?? null])
        .toEqual([row.case_id, [...row.parts].sort(), [...row.excluded].sort(), row.sealed_until !== null && row.sealed_until >= today() ? row.sealed_until : null]);
    }
    for (const [service, rows] of Object.entries(others)) expect([service, rows]).toEqual([service, enforcement]);
  });

  it('(a) root lists hold what the model says, and count it', async () => {
    const found = await overReaders(readers, async (reader, disagree) => {
      const page = reader.model.kind === 'public' ? new Map<string, Listed>() : await firstPages(reader.client, roots);
      for (const root of roots) {
        const expected = root.seen(visible(reader));
        const toTheEnd = reader.whole && !(root.alike && !/public|MRA-210100-2|PSB-210100-2/.test(reader.label));
        const got = toTheEnd ? await listAll(reader.client, root.field, root.key) : page.get(root.field)!;
        const wrong = got.complete ? difference(expected, got.ids) : difference([], got.ids.filter((id) => !expected.includes(id)));
        if (wrong || got.totalCount !== expected.length) disagree(root.field, { ...wrong, totalCount: [expected.length, got.totalCount] });
      }
    });
    expect(found).toEqual([]);
  });

  it('(b, d) records by id are there or not, field by field, as the model says; hidden is absent, byte for byte', async () => {
    const kinds = recordKinds(world, edges);
    const found = await overReaders(readers, async (reader, disagree) => {
      for (const kind of kinds) {
        if (reader.model.kind === 'public' && !kind.forPublic) continue;
        if (!reader.whole && !rights(reader).authenticated && !['Case', 'Enterprise', 'Complaint'].includes(kind.type)) continue;
        const sampled = reader.whole ? kind.sampled : kind.sampled.slice(0, 20);
        const answers = await byIds(reader.client, kind.field, kind.argument, kind.selection, sampled);
        const hidden: string[] = [];
        for (const id of sampled) {
          const expected = kind.expected(rights(reader), id);
          const got = comparable(kind, answers.get(id));
          if (expected === null) hidden.push(id);
          if (canonical(expected) !== canonical(got)) disagree(`${kind.field} ${id}`, { expected, got });
        }
        if (!reader.whole) continue;
        const [forbidden, absent] = await hiddenAndAbsent(reader.client, kind.field, kind.argument, kind.selection, sample(hidden, 20).slice(0, 20));
        if (forbidden !== absent) disagree(`${kind.field}: hidden is not absent`, { forbidden: forbidden.slice(0, 300), absent: absent.slice(0, 100) });
      }
    });
    expect(found).toEqual([]);
  });

  it('(d) reasons of refusals stay closed in the timeline to whom the register of refusals is closed', async () => {
    const text = 'query R($id: ID!) { referral(id: $id) { timeline { position act note } } }';
    const refused = world.referrals.filter((r) => world.timeline.some((t) => t.referral_id === r.id && t.act === 'REFUSE_REFERRAL'));
    const found = await overReaders(telling(), async (reader, disagree) => {
      for (const row of reader.model.kind === 'public' ? [] : sample(refused, 4, (r) => Object.values(edges).includes(r.case_id))) {
        const referral = (await reader.client.data<Json>(text, { id: row.id })).referral;
        const note = referral?.timeline.find((t: Json) => t.act === 'REFUSE_REFERRAL')?.note ?? null;
        if (note !== null && !rights(reader).refusal(row)) disagree(`referral ${row.id}`, note);
      }
    });
    expect(found).toEqual([]);
  });

  it('(c) nothing comes into sight on a way round', async () => {
    const cases = sample(world.cases, 2, (c) => Object.values(edges).includes(c.case_id)).map((c) => c.case_id);
    const linkedReports = sample(world.reports, 2, (r) => r.case_ids.some((id) => Object.values(edges).includes(id))).slice(-10);
    const linkedComplaints = sample(world.complaints, 2, (r) => r.case_ids.some((id) => Object.values(edges).includes(id))).slice(-10);
    const linkedInspections = sample(world.inspections, 2, (r) => r.case_ids.some((id) => Object.values(edges).includes(id))).slice(-10);
    const enterprises = sample(world.enterprises, 5).map((e) => e.uscc);
    const products = sample(world.products, 5, (p) => world.cases.some((c) => c.product_id === p.id && Object.values(edges).includes(c.case_id))).slice(0, 6);
    const found = await overReaders(telling(), async (reader, disagree) => {
      const [v, may] = [visible(reader), rights(reader)];
      if (reader.model.kind === 'public') {
        for (const uscc of enterprises) {
          const { enterprise } = await reader.client.data<Json>(enterpriseForPublic, { id: uscc });
          compareLists(aroundEnterprise(v, uscc), enterprise, (field, detail) => disagree(`enterprise ${uscc}.${field}`, detail));
        }
        return;
      }
      for (const id of cases) {
        const got = (await reader.client.data<Json>(caseWithAll, { id })).case;
        if (!got) continue; // whether it should be there: (b)
        const row = world.cases.find((c) => c.case_id === id)!;
        compareLists(aroundCase(v, id), got, (field, detail) => disagree(`case ${id}.${field}`, detail));
        const referrals = world.referrals.filter((r) => r.case_id === id && may.timelineOf(r) !== null).map((r) => r.id);
        if ((got.referral?.id ?? null) !== (referrals[0] ?? null)) disagree(`case ${id}.referral`, { expected: referrals[0] ?? null, got: got.referral });
        const decisions = world.decisions.filter((d) => d.case_id === id && may.decisionAsItStood(d) !== null).map((d) => d.id);
        if ((got.penaltyDecision?.id ?? null) !== (decisions[0] ?? null)) disagree(`case ${id}.penaltyDecision`, { expected: decisions[0] ?? null, got: got.penaltyDecision });
        if (!got.enterprise) continue;
        compareLists(aroundEnterprise(v, row.enterprise_uscc!), got.enterprise, (field, detail) => disagree(`case ${id}.enterprise.${field}`, detail));
        const persons = may.keyPersons(world.enterprises.find((e) => e.uscc === row.enterprise_uscc)!);
        if ((got.enterprise.keyPersons !== null) !== persons) disagree(`case ${id}.enterprise.keyPersons`, { expected: persons, got: got.enterprise.keyPersons });
      }
      for (const uscc of enterprises) {
        const { enterprise } = await reader.client.data<Json>(enterpriseWithAll, { id: uscc });
        compareLists(aroundEnterprise(v, uscc), enterprise, (field, detail) => disagree(`enterprise ${uscc}.${field}`, detail));
      }
      for (const { id } of products) {
        const { product } = await reader.client.data<Json>(productWithAll, { id });
        compareLists(aroundProduct(v, id), product, (field, detail) => disagree(`product ${id}.${field}`, detail));
      }
      const references = async (text: string, field: string, id: string, there: boolean, linked: readonly string[]): Promise<void> => {
        const got = (await reader.client.data<Json>(text, { id }))[field];
        if (!got || !there) return;
        const wrong = difference(linked.filter(may.case), (got.cases ?? []).map((c: Json) => c.id));
        if (wrong) disagree(`${field} ${id}.cases`, wrong);
        for (const c of got.cases ?? []) {
          if (c.caseNo === null) disagree(`${field} ${id}.cases: an empty shell`, c);
          if (c.facts && !may.caseFile(c.id)) disagree(`${field} ${id}.cases.facts`, c.id);
        }
        if (got.product) compareLists({ cases: aroundProduct(v, got.product.id)['cases']! }, got.product, (f, detail) => disagree(`${field} ${id}.product.${f}`, detail));
        if (got.enterprise) compareLists({ cases: aroundEnterprise(v, got.enterprise.uscc)['cases']! }, got.enterprise, (f, detail) => disagree(`${field} ${id}.enterprise.${f}`, detail));
      };
      for (const r of linkedReports) await references(reportWithAll, 'adverseReactionReport', r.id, may.report(r), r.case_ids);
      for (const c of linkedComplaints) await references(complaintWithAll, 'complaint', c.id, may.complaintContent(c), c.case_ids);
      for (const i of linkedInspections) await references(inspectionWithAll, 'inspection', i.id, may.inspection(i), i.case_ids);
    });
    expect(found).toEqual([]);
  });

  it('(e) filters and counts tell nothing of what is hidden', async () => {
    const checks = filterChecks(world, edges);
    const found = await overReaders(telling(), async (reader, disagree) => {
      for (const check of checks) {
        if (reader.model.kind === 'public' && !check.forPublic) continue;
        const answer = await reader.client.send(check.text, check.variables);
        if (answer.errors) {
          disagree(check.name, answer.errors[0]);
          continue;
        }
        for (const [alias, expected] of Object.entries(check.expected(visible(reader)))) {
          const list = (answer.data as Json)[alias];
          const got: string[] = (list?.nodes ?? []).map((n: Json) => n.id ?? n.uscc);
          const wrong = expected.length > 20 ? difference([], got.filter((id) => !expected.includes(id))) : difference(expected, got);
          const total = list?.totalCount ?? 0;
          const right = check.atMost ? got.every((id) => expected.includes(id)) && total === got.length : !wrong && total === expected.length;
          if (!right) disagree(`${check.name} ${alias}`, { variables: check.variables, ...wrong, totalCount: [expected.length, total] });
        }
      }
    });
    expect(found).toEqual([]);
  });

  it('(e) conditions on what the public may not read do not sort its enterprises', async () => {
    const ask = (filter: string): Promise<{ data?: Json; errors?: unknown }> => stack.anonymous.send(`{ enterprises(first: 100, filter: { ${filter} }) { totalCount nodes { uscc } } }`);
    for (const pair of [['riskTier: A', 'riskTier: D'], ['regionCode: "210102"', 'regionCode: "220102"'], ['kind: RETAILER', 'kind: MAH']] as const) {
      const answers = await Promise.all(pair.map(ask));
      expect([pair, answers[0]]).toEqual([pair, answers[1]]);
    }
  });

  it('(e) values that the public may not read are not there for it', async () => {
    const rows = sample(world.enterprises.filter((e) => e.risk_tier !== null), 5);
    const text = 'query P($id: ID!) { enterprise(uscc: $id) { uscc riskTier riskScore riskReasons region { code } keyPersons { name } } }';
    for (const { uscc } of rows) {
      const shown = JSON.stringify((await stack.anonymous.send(text, { id: uscc })).data ?? null);
      expect(['null', '{"enterprise":null}', `{"enterprise":{"uscc":"${uscc}","riskTier":null,"riskScore":null,"riskReasons":null,"region":null,"keyPersons":null}}`]).toContain(shown);
    }
  });

  it('(b) documents come to whom the file is open, as far as it was handed in while it was', async () => {
    const referrals = new Map(world.referrals.map((r) => [r.id, r]));
    const documents = sample(world.documents, 6, (d) => [edges.sealed, edges.forwarded, edges.returned, edges.manyParts].includes(referrals.get(d.referral_id)!.case_id)).slice(0, 18);
    const found = await overReaders(telling(), async (reader, disagree) => {
      const may = rights(reader);
      for (const d of documents) {
        const row = referrals.get(d.referral_id)!;
        const open = may.referral(row) && may.caseFile(row.case_id);
        const stood = may.stood('case file', row.case_id) !== null && d.added_position <= (may.timelineOf(row)?.at(-1)?.position ?? 0);
        const { status } = await reader.client.download(d.file_id);
        const expected = open || stood ? 200 : 404;
        if (status !== expected && !(reader.model.kind === 'public' && status === 401)) disagree(`file ${d.file_id}`, { caseId: row.case_id, expected, status });
      }
    });
    expect(found).toEqual([]);
  });

  it('(b) acts on what is hidden meet nothing, as acts on what is not there do', async () => {
    const acts = [
      ['sealCase(caseId: $id, idempotencyKey: $key, input: { basis: "【演示】", expiresOn: "2099-01-01", officers: ["X"] }) { seal { number } }', (r: Rights) => world.cases.filter((c) => !r.case(c.case_id) && !r.standing(c.case_id)).map((c) => c.case_id)],
      ['submitReferralReport(caseId: $id, idempotencyKey: $key, input: { charge: OTHER, facts: "【演示】", taskForce: ["A", "B"] }) { referral { id } }', (r: Rights) => world.cases.filter((c) => !r.case(c.case_id) && !r.standing(c.case_id)).map((c) => c.case_id)],
      ['signReferralReceipt(id: $id, idempotencyKey: $key, input: {}) { referral { id } }', (r: Rights) => world.referrals.filter((x) => r.timelineOf(x) === null).map((x) => x.id)],
      ['refuseReferral(id: $id, idempotencyKey: $key, input: { reasons: "【演示】" }) { referral { id } }', (r: Rights) => world.referrals.filter((x) => r.timelineOf(x) === null).map((x) => x.id)],
      ['recordPenaltyService(decisionId: $id, idempotencyKey: $key, input: { servedOn: "2026-11-20" }) { warnings { code } }', (r: Rights) => world.decisions.filter((d) => r.decisionAsItStood(d) === null).map((d) => d.id)],
    ] as const;
    let key = 0;
    const found = await overReaders(readers.filter((r) => /-1 \(|MRA-210100-3 \(officer/.test(r.label)), async (reader, disagree) => {
      for (const [act, hiddenFrom] of acts) {
        const text = `mutation A($id: ID!, $key: ID!) { ${act} }`;
        const atEdge = new Set<string>(Object.values(edges));
        const hidden = sample(hiddenFrom(rights(reader)), 2, (id) => atEdge.has(id)).slice(0, 4);
        const answers = await Promise.all([unknownId, ...hidden].map(async (id) => JSON.stringify(await reader.client.send(text, { id, key: `hidden-${(key += 1)}` })).replaceAll(id, '…')));
        answers.slice(1).forEach((answer, i) => answer === answers[0] || disagree(`${act.slice(0, 20)} ${hidden[i]}`, { got: answer, absent: answers[0] }));
        if (!answers[0]!.includes('"NOT_FOUND"')) disagree(act.slice(0, 20), answers[0]);
      }
    });
    expect(found).toEqual([]);
  });

  it('(f) services asked directly resolve a reference to what the model says', async () => {
    const services = new Map(stack.hub!.services.map((s) => [s.deps.name, s.runtime]));
    const checks = entityChecks(world, edges);
    const found = await overReaders(telling(), async (reader, disagree) => {
      for (const check of checks) {
        const representations = [...check.keys, check.absent].map((key) => ({ __typename: check.type, [check.key]: key }));
        const result = await services.get(check.service)!.execute({
          query: `query E($r: [_Any!]!) { _entities(representations: $r) { ... on ${check.type} { ${check.selection} } } }`, variables: { r: representations },
          principal: reader.principal, requestId: `rights-${check.type}`, clientOperation: null, receivedAt: new Date(), scope: {},
        });
        const entities = (result.data as Json)?._entities as Json[] | undefined;
        if (!entities) {
          disagree(`${check.service} ${check.type}`, result.errors?.[0]);
          continue;
        }
        const absent = JSON.stringify(entities[check.keys.length]).replaceAll(check.absent, '…');
        check.keys.forEach((key, i) => {
          const expected = check.expected(visible(reader), key);
          const got = entities[i];
          if (expected === null) {
            const text = JSON.stringify(got).replaceAll(key, '…');
            if (text !== absent) disagree(`${check.service} ${check.type} ${key}: hidden is not absent`, { got: text, absent });
            return;
          }
          const wrong = check.compare(expected, got);
          if (wrong) disagree(`${check.service} ${check.type} ${key}`, wrong);
        });
      }
    });
    expect(found).toEqual([]);
  });

  it('does not lean on the code that it tests', () => {
    for (const file of ['model', 'table', 'world']) {
      const source = readFileSync(`${__dirname}/${file}.js`, 'utf8');
      expect(source).not.toMatch(/contracts\/dist\/rights|platform\/dist\/rights|elements'/);
    }
    expect(unknownId).toMatch(/^0{8}-/);
  });
});
