import { randomUUID } from 'node:crypto';
import { serviceNames } from '@casebridge/contracts';
import type { HubClient } from '../client';
import { referralActs } from '../operations';
import type { Stack } from '../stack';
import type { Json } from './ask';
import { type CaseRow, readAccess, readWorld, type Sql, withOwners } from './world';

/** Cases to which something was done on purpose: what must be among every sample. */
export interface Edges {
  readonly refused: string;
  readonly refusedThenTransferred: string;
  readonly forwarded: string;
  readonly decidedAfterForward: string;
  readonly servedAfterForward: string;
  readonly returned: string;
  readonly referredAgain: string;
  readonly sealed: string;
  readonly sealedAfterForward: string;
  readonly unsealed: string;
  readonly sealExpired: string;
  /** Agencies of every other function have a part that runs here, and one whose part ended. */
  readonly manyParts: string;
  readonly partEnded: string;
  /** Of two decisions the first was served, in a district with a regulator of its own. */
  readonly oneOfTwoServed: string;
}

const owner = 'MRA-210100';
const days = (offset: number): string => new Date(Date.now() + 8 * 3_600_000 + offset * 86_400_000).toISOString().slice(0, 10);
export const today = (): string => days(0);

/** Acts as officers do them. */
class Desk {
  private constructor(private readonly stack: Stack, private readonly clients = new Map<string, HubClient>(), private step = 0) {}
  static at = (stack: Stack): Desk => new Desk(stack);

  private async client(agency: string): Promise<HubClient> {
    const known = this.clients.get(agency) ?? (await this.stack.as(agency, 1));
    this.clients.set(agency, known);
    return known;
  }
  async refer(agency: string, act: string, variables: object): Promise<string> {
    this.step += 1;
    const data = await (await this.client(agency)).data<Record<string, { referral: { id: string } }>>(referralActs, { ...variables, key: `rights-${this.step}` }, act);
    return Object.values(data)[0]!.referral.id;
  }
  async act(agency: string, mutation: string, argument: string, id: string, inputType: string, input: object, selection: string): Promise<Record<string, Json>> {
    this.step += 1;
    const text = `mutation M($id: ID!, $input: ${inputType}!, $key: ID!) { ${mutation}(${argument}: $id, input: $input, idempotencyKey: $key) { ${selection} } }`;
    return (await (await this.client(agency)).data<Record<string, Record<string, Json>>>(text, { id, input, key: `rights-${this.step}` }))[mutation]!;
  }

  submit = (caseId: string, facts = '【演示】货值明显较大'): Promise<string> =>
    this.refer(owner, 'SubmitReferralReport', { caseId, input: { charge: 'FAKE_DRUGS', facts, taskForce: [`${owner}-2`, `${owner}-3`] } });
  async transfer(id: string): Promise<void> {
    await this.refer(owner, 'ApproveReferral', { id, input: {} });
    const client = await this.client(owner);
    const documents = await Promise.all(['TRANSFER_LETTER', 'INVESTIGATION_REPORT', 'GOODS_LIST', 'TEST_REPORT'].map(async (kind) => ({
      kind, title: `【演示】${kind}`, fileId: (await client.upload(`rights ${kind} ${id}`)).id,
    })));
    await this.refer(owner, 'TransferReferral', { id, input: { policeAgency: 'PSB-210100', procuratorateAgency: 'PPO-210100', documents } });
  }
  async referred(caseId: string): Promise<string> {
    const id = await this.submit(caseId);
    await this.transfer(id);
    return id;
  }
  async received(caseId: string): Promise<string> {
    const id = await this.referred(caseId);
    await this.refer('PSB-210100', 'SignReferralReceipt', { id, input: {} });
    return id;
  }
  forward = (id: string): Promise<string> =>
    this.refer('PSB-210100', 'ForwardReferral', { id, input: { policeAgency: 'PSB-210200', procuratorateAgency: 'PPO-210200', reasons: '【演示】管辖' } });
  /** Fines and bans; while the case waits for the police, what need not wait. */
  decide = async (caseId: string, waiting: boolean): Promise<string> =>
    (await this.act(owner, 'recordPenaltyDecision', 'caseId', caseId, 'RecordPenaltyDecisionInput', {
      documentNo: `演示市监处罚〔2026〕${900_000 + (this.step += 1)}号`, decidedOn: today(), tier: 'ORDINARY',
      items: waiting ? [{ kind: 'LICENCE_REVOCATION', partyKind: 'ENTITY', basis: { instrument: '药品管理法', article: '126' } }] : [
        { kind: 'FINE', partyKind: 'ENTITY', amountFen: 30_000_000, basis: { instrument: '药品管理法', article: '126' } },
        { kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '演示当事人甲', basis: { instrument: '药品管理法', article: '126' }, startsOn: today(), endsOn: days(3_650) },
      ],
    }, 'penaltyDecision { id }'))['penaltyDecision'].id;
  serve = (decisionId: string): Promise<Record<string, Json>> =>
    this.act(owner, 'recordPenaltyService', 'decisionId', decisionId, 'RecordPenaltyServiceInput', { servedOn: today() }, 'penaltyDecision { id }');
  seal = (caseId: string, parties: readonly string[]): Promise<Record<string, Json>> =>
    this.act(owner, 'sealCase', 'caseId', caseId, 'SealCaseInput', { basis: '【演示】侦查需要', expiresOn: days(90), officers: [`${owner}-1`, `${owner}-4`], parties }, 'seal { number }');
  exclude = (agency: string, caseId: string, officer: number): Promise<Record<string, Json>> =>
    this.act(agency, 'excludeOfficer', 'caseId', caseId, 'CaseExclusionInput', { agencyCode: agency, officerId: `${agency}-${officer}`, reason: '【演示】利害关系' }, 'officerId');
  visible = async (agency: string): Promise<readonly string[]> =>
    (await (await this.client(agency)).data<{ cases: { nodes: { id: string }[] } }>('{ cases(first: 100) { nodes { id } } }')).cases.nodes.map((c) => c.id);
}

/** Makes every relation of the page occur: by acts where the graph has them, by rows where it has none yet. */
export async function prepare(stack: Stack): Promise<Edges> {
  const world = await readWorld(stack.databases);
  const referred = new Set(world.referrals.map((r) => r.case_id));
  const touched = new Set([...world.seals, ...world.exclusions, ...world.parts, ...world.decisions].map((row) => row.case_id));
  const free = world.cases.filter((c) =>
    c.agency_code === owner && c.status === 'INVESTIGATING' && c.enterprise_uscc !== null && c.procedure === 'ORDINARY' && !referred.has(c.case_id) && !touched.has(c.case_id));
  const take = (): string => {
    const next = free.shift();
    if (!next) throw new Error('the demo has too few cases under investigation');
    return next.case_id;
  };
  const takeIn = (region: string): string => {
    free.unshift(...free.splice(free.findIndex((c) => c.region_code === region), 1));
    return take();
  };
  const desk = Desk.at(stack);

  const edges: Edges = {
    oneOfTwoServed: takeIn('210102'), refused: take(), refusedThenTransferred: take(), forwarded: take(), decidedAfterForward: take(), servedAfterForward: take(), returned: take(), referredAgain: take(),
    sealed: take(), sealedAfterForward: take(), unsealed: take(), sealExpired: take(), manyParts: take(), partEnded: take(),
  };
  const refuse = (id: string): Promise<string> => desk.refer(owner, 'RefuseReferral', { id, input: { reasons: '【演示】证据不足' } });
  await refuse(await desk.submit(edges.refused));
  await refuse(await desk.submit(edges.refusedThenTransferred));
  await desk.transfer(await desk.submit(edges.refusedThenTransferred, '【演示】发现新的事实'));
  await desk.forward(await desk.received(edges.forwarded));
  await desk.forward(await desk.received(edges.decidedAfterForward));
  await desk.serve(await desk.decide(edges.decidedAfterForward, true));
  const later = await desk.received(edges.servedAfterForward);
  const decision = await desk.decide(edges.servedAfterForward, true);
  await desk.forward(later);
  await desk.serve(decision);
  for (const caseId of [edges.returned, edges.referredAgain]) {
    await desk.refer('PSB-210100', 'ReturnReferral', { id: await desk.received(caseId), input: { reasons: '【演示】无犯罪事实' } });
  }
  await desk.submit(edges.referredAgain);
  const waited = await desk.received(edges.oneOfTwoServed);
  const first = await desk.decide(edges.oneOfTwoServed, true);
  await desk.refer('PSB-210100', 'ReturnReferral', { id: waited, input: { reasons: '【演示】无犯罪事实' } });
  await desk.decide(edges.oneOfTwoServed, false);
  await desk.serve(first);
  await desk.serve(await desk.decide(edges.sealed, false));
  await desk.referred(edges.sealed);
  await desk.forward(await desk.received(edges.sealedAfterForward));
  await desk.referred(edges.unsealed);

  await withOwners(stack.databases, async (sql) => {
    await addParts(sql, edges);
    await linkRecords(sql, edges);
    await moveWindows(sql);
    await expiredSeal(sql, edges.sealExpired);
  });
  await settled(stack);

  await desk.seal(edges.sealed, ['PSB-210100']);
  await desk.seal(edges.sealedAfterForward, []);
  await desk.seal(edges.unsealed, []);
  await desk.act(owner, 'unsealCase', 'caseId', edges.unsealed, 'UnsealCaseInput', { reason: '【演示】' }, 'seal { number }');
  for (const { code } of world.agencies) {
    const seen = await desk.visible(code);
    const wanted = [edges.manyParts, edges.forwarded, edges.refused, edges.refusedThenTransferred, seen[0], seen[seen.length - 1]];
    for (const caseId of new Set(wanted.filter((id) => id !== undefined && seen.includes(id)) as string[])) await desk.exclude(code, caseId, 3);
  }
  await desk.exclude(owner, edges.returned, 3);
  await desk.act(owner, 'readmitOfficer', 'caseId', edges.returned, 'CaseExclusionInput', { agencyCode: owner, officerId: `${owner}-3`, reason: '【演示】' }, 'officerId');
  await settled(stack);
  return edges;
}

/** Waits until every service knows of every case what enforcement knows. */
async function settled(stack: Stack): Promise<void> {
  const end = Date.now() + 20_000;
  for (;;) {
    const access = await readAccess(stack.databases);
    const versions = serviceNames.map((name) => JSON.stringify(access[name].map((c) => [c.case_id, c.version])));
    const waiting = await withOwners(stack.databases, (sql) =>
      sql<{ n: number }>('enforcement', 'select count(*)::int as n from case_seal where lifted_at is null and expires_on >= current_date and cardinality(acknowledged_by) < 3'));
    if (new Set(versions).size === 1 && waiting[0]?.n === 0) return;
    if (Date.now() > end) throw new Error('the services did not hear of all changes within 20 s');
    await new Promise((done) => setTimeout(done, 50));
  }
}

/** A part of an agency by an act that the graph does not have yet, as its use case would leave it in all four databases. */
async function setAccess(sql: Sql, caseId: string): Promise<void> {
  const [row] = await sql<CaseRow>('enforcement', `update admin_case set version = version + 1, parts = coalesce((select array_agg(distinct agency_code order by agency_code)
    from case_part p where p.case_id = admin_case.case_id and p.ended_at is null), '{}') where case_id = $1 returning *`, [caseId]);
  // The query of a data source gives rows, or rows with their number for an update.
  const found = (Array.isArray(row) ? row[0] : row) as CaseRow;
  for (const service of ['inspection', 'credit', 'adr'] as const) {
    await sql(service, 'update case_access set version = $2, parts = $3, sealed_until = $4, seal_officers = $5 where case_id = $1',
      [caseId, found.version, found.parts, found.sealed_until, found.seal_officers]);
  }
}

async function addParts(sql: Sql, edges: Edges): Promise<void> {
  const start = (caseId: string, agency: string, kind: string): Promise<unknown[]> =>
    sql('enforcement', "insert into case_part (id, case_id, agency_code, kind, started_at) values ($1, $2, $3, $4, now() - interval '1 hour')", [randomUUID(), caseId, agency, kind]);
  const others = {
    'DRA-220000': 'ASSISTANCE', 'MRA-210200': 'ASSISTANCE', 'HC-210000': 'CONSULTATION', 'CDC-210100': 'CONSULTATION', 'ADRC-210000': 'CONSULTATION', 'LAB-210000': 'TEST_REQUEST',
    'CRT-210100': 'JUDGMENT', 'SUP-210100': 'FILE_CALLED_FOR', 'MIB-210000': 'JOINT_SUPERVISION', 'PSB-210102': 'ASSISTANCE', 'PPO-210200': 'ASSISTANCE',
  };
  for (const [agency, kind] of Object.entries(others)) await start(edges.manyParts, agency, kind);
  for (const agency of ['SUP-210100', 'CRT-210100', 'HC-210100']) await start(edges.refusedThenTransferred, agency, 'FILE_CALLED_FOR');
  for (const agency of ['LAB-210000', 'DRA-220000', 'PSB-210102', 'HC-210000']) await start(edges.partEnded, agency, 'ASSISTANCE');
  await sql('enforcement', `update case_part p set ended_at = now(), ended_case_status = c.status, ended_case_version = c.version + 1 from admin_case c
    where c.case_id = p.case_id and p.case_id = $1`, [edges.partEnded]);
  for (const caseId of [edges.manyParts, edges.refusedThenTransferred, edges.partEnded]) await setAccess(sql, caseId);
}

async function expiredSeal(sql: Sql, caseId: string): Promise<void> {
  const officers = [`${owner}-1`];
  const [{ version }] = (await sql<{ version: number }>('enforcement', 'select version from admin_case where case_id = $1', [caseId])) as [{ version: number }];
  await sql('enforcement', `insert into case_seal (id, number, case_id, basis, sealed_at, expires_on, officers, parties, sealed_by_agency, sealed_by_officer,
    version_to_acknowledge, acknowledged_by) values ($1, '演示封〔2026〕过期1号', $2, '【演示】', now() - interval '9 days', $3, $4, '{}', $5, $6, $7, '{inspection,credit,adr}')`,
    [randomUUID(), caseId, days(-1), officers, owner, officers[0], version]);
  await sql('enforcement', 'update admin_case set sealed_until = $2, seal_officers = $3 where case_id = $1', [caseId, days(-1), officers]);
  await setAccess(sql, caseId);
}

/** Links of complaints, reports and inspections to the cases at the edges, and parts and owners that the seed does not give them. */
async function linkRecords(sql: Sql, edges: Edges): Promise<void> {
  const links = [
    [edges.sealed], [edges.sealed, edges.refusedThenTransferred], [edges.forwarded], [edges.refusedThenTransferred], [edges.manyParts], [edges.returned, edges.partEnded],
    [edges.sealedAfterForward], [edges.unsealed, edges.sealExpired],
  ];
  const link = async (service: 'inspection' | 'adr', table: string, where: string): Promise<void> => {
    const rows = await sql<{ id: string }>(service, `select id from ${table} where case_ids = '{}' and ${where} order by id desc limit ${links.length}`);
    for (const [i, { id }] of rows.entries()) await sql(service, `update ${table} set case_ids = $2 where id = $1`, [id, links[i]]);
  };
  await link('adr', 'complaint', "agency_code = 'MRA-210200'");
  await link('adr', 'complaint', "agency_code = 'MRA-210100'");
  await link('adr', 'adverse_reaction_report', "region_code like '2202%' or region_code like '2102%' and kind = 'SPONTANEOUS'");
  await link('adr', 'adverse_reaction_report', "region_code like '2101%' and kind = 'AEFI'");
  await link('inspection', 'inspection', "status = 'CONCLUDED' and published_on is null");
  await link('inspection', 'inspection', "status <> 'CONCLUDED'");

  const parts = ['{DRA-220000}', '{MRA-210200,HC-210000}', '{LAB-210000}', '{PSB-210200,PPO-210200}', '{CRT-210100,SUP-210000,MIB-210000}', '{CDC-210100,ADRC-210000}'];
  const part = async (service: 'inspection' | 'adr', table: string, where: string): Promise<void> => {
    const rows = await sql<{ id: string }>(service, `select id from ${table} where part_codes = '{}' and ${where} order by id limit ${parts.length}`);
    for (const [i, { id }] of rows.entries()) await sql(service, `update ${table} set part_codes = $2 where id = $1`, [id, parts[i]]);
  };
  await part('inspection', 'inspection', "status = 'CONCLUDED' and published_on is null");
  await part('inspection', 'inspection', "status in ('PLANNED', 'UNDER_WAY')");
  await part('inspection', 'inspection', "status = 'AWAITING_RECTIFICATION'");
  await part('adr', 'complaint', "case_ids = '{}'");
  // An owner reads whatever its function is.
  const give = (service: 'inspection' | 'adr', table: string, agency: string, where: string): Promise<unknown[]> =>
    sql(service, `update ${table} set agency_code = $1 where id = (select id from ${table} where ${where} order by id limit 1 offset 40)`, [agency]);
  await give('adr', 'complaint', 'HC-210100', "case_ids = '{}'");
  await give('adr', 'complaint', 'LAB-210000', "kind = 'REPORT'");
  await give('adr', 'adverse_reaction_report', 'CDC-210100', "kind = 'AEFI' and not co_owner_codes && '{CDC-210100}'");
  await give('adr', 'adverse_reaction_report', 'ADRC-210000', "kind = 'SPONTANEOUS'");
  await give('adr', 'adverse_reaction_report', 'LAB-210000', "kind = 'COSMETIC_REACTION'");
  await give('inspection', 'inspection', 'CDC-210100', "status = 'PLANNED'");
  await give('inspection', 'inspection', 'PSB-210100', "status = 'CONCLUDED' and published_on is null");
  await sql('adr', `update adverse_reaction_report set co_owner_codes = '{HC-210000,LAB-210000}' where id =
    (select id from adverse_reaction_report where kind = 'GROUP_EVENT' and agency_code not in ('HC-210000', 'LAB-210000') order by id limit 1)`);
}

/** Windows that end today, ended yesterday, open tomorrow. */
async function moveWindows(sql: Sql): Promise<void> {
  const windows: readonly [string, string | null][] = [[days(-30), days(0)], [days(-30), days(-1)], [days(1), null], [days(0), null], [days(0), days(0)]];
  const published = await sql<{ id: string }>('inspection', `select id from inspection where published_on <= $1 and concluded_at < now() - interval '40 days' order by id limit 5`, [days(-40)]);
  for (const [i, { id }] of published.entries()) {
    await sql('inspection', 'update inspection set published_on = $2, publication_ends_on = $3 where id = $1', [id, windows[i]![0], windows[i]![1]]);
  }
  const shown = await sql<{ id: string }>('credit', `select id from disclosure_record where decided_on < $1 and disclosure_ends_on > $2 and status = 'PUBLISHED' and not held order by id limit 6`, [days(-40), days(0)]);
  for (const [i, { id }] of shown.entries()) {
    if (i === 5) await sql('credit', "update disclosure_record set status = 'WITHDRAWN', withdrawn_at = now() - interval '1 second', withdrawal_reason = '【演示】' where id = $1", [id]);
    else await sql('credit', 'update disclosure_record set published_on = $2, disclosure_ends_on = coalesce($3, disclosure_ends_on) where id = $1', [id, windows[i]![0], windows[i]![1]]);
  }
  const edits = [
    'published_on = null, publication_ends_on = null', `ends_on = '${days(0)}', for_life = false`, `ends_on = '${days(-1)}', for_life = false`, "lifted_at = now() - interval '1 second'",
    "revoked_at = now() - interval '1 second'", `publication_ends_on = '${days(-1)}'`, `publication_ends_on = '${days(0)}'`, `published_on = '${days(1)}', publication_ends_on = null`,
    `published_on = '${days(0)}', publication_ends_on = null`, `starts_on = '${days(1)}', ends_on = '${days(900)}', for_life = false`,
    `starts_on = '${days(0)}', ends_on = '${days(900)}', for_life = false`,
  ];
  const punished = await sql<{ id: string }>('credit', `select id from credit_punishment where starts_on < $1 and published_on < $1 and (ends_on is null or ends_on > $2)
    and lifted_at is null and revoked_at is null order by id limit ${edits.length}`, [days(-20), days(0)]);
  for (const [i, { id }] of punished.entries()) await sql('credit', `update credit_punishment set ${edits[i]} where id = $1`, [id]);
}
