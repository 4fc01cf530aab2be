import { request } from 'undici';
import { publicPenalties, sharedCase } from './operations';
import { type Stack, startStack } from './stack';

/** An answer of the graph, read by the assertions. */
type Json = ReturnType<typeof JSON.parse>;

describe('the doors of the hub', () => {
  let hub: Stack;
  beforeAll(async () => {
    hub = await startStack('in process');
  });
  afterAll(() => hub?.stop());

  describe('tokens', () => {
    const ASK = '{ agencies(first: 1) { nodes { code } } }';
    const status = async (authorization: string): Promise<Json> => {
      const response = await request(`${hub.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization }, body: JSON.stringify({ query: ASK }) });
      return { status: response.statusCode, body: await response.body.json() };
    };

    it.each([['Bearer not-a-token', 'TOKEN_MALFORMED'], ['Bearer a.b.c', 'TOKEN_MALFORMED'], ['Basic eDp5', 'TOKEN_MALFORMED']])('answers 401 with a code to %s', async (header, code) => {
      const { status: s, body } = await status(header);
      expect([s, body.errors[0].extensions]).toEqual([401, { code, kind: 'UNAUTHENTICATED' }]);
    });

    it('answers 401 to a forged token and to an agency that is not registered', async () => {
      const token = await hub.token('MRA-210100');
      const unknown = await hub.token('MRA-999999');
      expect((await status(`Bearer ${unknown}`)).body.errors[0].extensions.code).toBe('AGENCY_UNKNOWN');
      // Expiry has a skew of 30 s: it is tried against a clock of its own in the tests of the verifier.
      const forged = `${token.slice(0, -4)}AAAA`;
      expect((await status(`Bearer ${forged}`)).body.errors[0].extensions.code).toBe('TOKEN_INVALID');
    });

    it('ends a token within two seconds of its revocation, and live streams with it', async () => {
      const token = await hub.token('PSB-210200', 3);
      const officer = await hub.as('PSB-210200', 3);
      const { jti, exp } = JSON.parse(Buffer.from(officer.token!.split('.')[1]!, 'base64url').toString()) as { jti: string; exp: number };
      const live = officer.follow('subscription { referralUpdated { cursor } }', {}, undefined as never);
      const head = await hub.as('PSB-210200', 1);
      const revoke = 'mutation R($id: ID!, $until: DateTime!, $key: ID!) { revokeToken(tokenId: $id, input: { until: $until, reason: "【演示】" }, idempotencyKey: $key) { tokenId } }';
      const waiting = live.next(2_500).then(() => 'event', (cause: Error) => cause.message);
      await new Promise((done) => setTimeout(done, 300));
      expect((await head.send(revoke, { id: jti, until: new Date(exp * 1_000).toISOString(), key: 'revoke' })).errors).toBeUndefined();
      expect(await waiting).not.toContain('no event within');
      await new Promise((done) => setTimeout(done, 1_000));
      expect((await status(`Bearer ${officer.token}`)).body.errors[0].extensions.code).toBe('TOKEN_REVOKED');
      expect((await status(`Bearer ${token}`)).status).toBe(200);
    });
  });

  describe('the public door', () => {
    it('holds nothing but the contract, whatever token is sent', async () => {
      const { data } = await hub.anonymous.send('{ __schema { types { name } queryType { fields { name } } } }', {}, undefined, '/public/graphql');
      const names = (data as Json)['__schema'].types.map((t: Json) => t['name']);
      expect(names).toContain('DisclosureRecord');
      for (const hidden of ['Case', 'Referral', 'Complaint', 'AdverseReactionReport', 'KeyPerson', 'Mutation', 'Subscription']) expect(names).not.toContain(hidden);
      const officer = await hub.as('MRA-210100');
      const asked = await officer.send('{ cases { totalCount } }', {}, undefined, '/public/graphql');
      expect(asked.errors?.[0]?.message).not.toContain('Did you mean');
      expect(asked.data ?? null).toBeNull();
    });

    it('gives agencies what the public reads', async () => {
      const ask = { filter: null, first: 5 };
      const open = await hub.anonymous.data<Json>(publicPenalties, ask, undefined, '/public/graphql');
      const agency = await (await hub.as('LAB-210000')).data<Json>(publicPenalties, ask);
      const ids = (d: Json): string[] => d['publicPenalties'].edges.map((e: Json) => e['node'].id);
      expect(ids(agency)).toEqual(ids(open));
    });
  });

  describe('acts and live updates without a token', () => {
    const refused = { message: 'Unauthorized field or type', extensions: { code: 'UNAUTHORIZED_FIELD_OR_TYPE', kind: 'FORBIDDEN' } };

    it('are refused by the schema, before a service is asked', async () => {
      const act = 'mutation A($id: ID!, $input: ApproveReferralInput!) { approveReferral(id: $id, input: $input, idempotencyKey: "k") { referral { id } } }';
      const { data, errors } = await hub.anonymous.send(act, { id: '0198f000-0000-7000-8000-000000000000', input: {} });
      expect([data, errors]).toEqual([null, [expect.objectContaining(refused)]]);
      const live = hub.anonymous.follow('subscription { referralUpdated { cursor } }', {}, undefined as never);
      expect(await live.next(2_000).then(() => 'event', (cause: Error) => cause.message)).toContain('UNAUTHORIZED_FIELD_OR_TYPE');
    });
  });

  it('shows a decision publicly by event alone', async () => {
    const head = await hub.as('MRA-210100', 1);
    const { cases } = await head.data<Json>('{ cases(first: 50, filter: { status: [INVESTIGATING], agency: "MRA-210100" }) { nodes { id referral { id } penaltyDecision { id } enterprise { name } } } }');
    const target = cases.nodes.find((c: Json) => !c['referral'] && !c['penaltyDecision'] && c['enterprise']);
    const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
    const documentNo = `演示市监处罚〔2026〕${Date.now() % 100_000_000}号`;
    const decide = `mutation D($id: ID!, $input: RecordPenaltyDecisionInput!, $key: ID!) {
      recordPenaltyDecision(caseId: $id, input: $input, idempotencyKey: $key) { penaltyDecision { id documentNo } } }`;
    const answer = await head.send(decide, {
      id: target.id, key: 'decide', input: {
        documentNo, decidedOn: today, servedOn: today, tier: 'ORDINARY', noPersonalPenaltyReason: '【演示】无直接责任人员',
        items: [{ kind: 'FINE', partyKind: 'ENTITY', amountFen: 20_000_000, basis: { instrument: '药品管理法', article: '126' } }],
      },
    });
    expect(answer.errors).toBeUndefined();
    let found: Json[] = [];
    for (let i = 0; i < 100 && found.length === 0; i += 1) {
      found = (await hub.anonymous.data<Json>(publicPenalties, { filter: { documentNo }, first: 5 }, undefined, '/public/graphql'))['publicPenalties'].edges;
      if (found.length === 0) await new Promise((done) => setTimeout(done, 50));
    }
    expect(found[0]?.['node']).toMatchObject({ documentNo, fineFen: 20_000_000, authority: { code: 'MRA-210100' }, decidedOn: today });
  });

  describe('when a service is down', () => {
    it('gives the rest of the answer and an error that names what is missing', async () => {
      const own = await startStack('over http');
      try {
        const officer = await own.as('MRA-210100');
        const { cases } = await officer.data<Json>('{ cases(first: 1) { nodes { id } } }');
        const credit = own.processes.get('credit')!;
        await new Promise((done) => {
          credit.once('exit', done);
          credit.kill('SIGKILL');
        });
        const answer = await officer.send(sharedCase, { id: cases.nodes[0].id });
        expect((answer.data as Json)['case'].caseNo).toEqual(expect.any(String));
        expect((answer.data as Json)['case'].enterprise.name).toEqual(expect.any(String));
        expect((answer.data as Json)['case'].enterprise.creditPunishments).toBeNull();
        expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'SERVICE_UNAVAILABLE', kind: 'UNAVAILABLE', service: 'credit' });
        const ready = await request(`${own.url}/readyz`);
        expect([ready.statusCode, JSON.stringify(await ready.body.json())]).toEqual([503, expect.stringContaining('credit')]);
      } finally {
        await own.stop();
      }
    });
  });

  it('tells the truth about itself', async () => {
    const [live, ready] = await Promise.all([request(`${hub.url}/healthz`), request(`${hub.url}/readyz`)]);
    expect([live.statusCode, ready.statusCode]).toEqual([200, 200]);
    const metrics = await (await request(`${hub.hub?.adminUrl ?? ''}/metrics`)).body.text();
    expect(metrics).toMatch(/^# HELP /m);
    expect(metrics).not.toContain('MRA-210100-');
  });
});
