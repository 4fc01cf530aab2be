import { dishonestyListingActed, type ListingStatus } from '@casebridge/contracts';
import { query, sql } from '@casebridge/platform';
import { publicReader } from '@casebridge/testkit';
import { above, type Args, clerk, head, ListingWorld } from '../test/listing-world';
import { item, officerFrom } from '../test/world';

const READ = `query ($id: ID!) { dishonestyListing(id: $id) {
  id status partyName documentNo grounds bases { article mark } listingNo listedOn publishedOn endsOn forLife heavyKinds noticeNo noticeServedOn
  consentAgency { code } notListedReason notListedExplanation earliestExitOn dueAt deadline { rule lastDay basis { article } } version
  agency { code } region { code } enterprise { uscc } case { id }
  acts { position act status actorCode basis { article } met on text consequences exitTerms remedies dutiesPerformed harmRemoved }
} }`;
const PUNISHMENTS = 'query ($f: CreditPunishmentFilter) { creditPunishments(filter: $f, first: 10) { nodes { kind status documentNo startsOn endsOn publishedOn basis { article } } } }';
type Json = ReturnType<typeof JSON.parse>;

let hub: ListingWorld;
beforeAll(async () => {
  hub = await ListingWorld.start();
});
afterAll(() => hub.stop());

const read = async (id: string, who = clerk): Promise<Json> => {
  const { data, errors } = await hub.world.as(who).send<Json>(READ, { id });
  expect(errors).toBeUndefined();
  return data.dishonestyListing;
};
const punishment = async (uscc: string | null): Promise<Json> =>
  (await hub.world.as(clerk).send<Json>(PUNISHMENTS, { f: { kinds: ['DISHONESTY_LISTING'], enterpriseUscc: uscc } })).data.creditPunishments.nodes;
const refusal = async (who: typeof clerk, act: string, id: string, input: Args = {}): Promise<Json> => (await hub.act(who, act, { id, input })).errors?.[0]?.extensions;

it('goes from the decision into the list, out of it early, and back after fraud', async () => {
  const { id, event } = await hub.candidate();
  expect(await read(id)).toMatchObject({
    status: 'CANDIDATE', grounds: ['FAKE_OR_SUBSTANDARD_DRUGS'], bases: [{ article: '6', mark: 'V' }], heavyKinds: ['FINE'], version: 0, acts: [], case: { id: event.caseId },
    enterprise: { uscc: event.partyUscc }, documentNo: event.documentNo, dueAt: null,
  });

  await hub.must(clerk, 'serveListingNotice', id, hub.inputs.serveListingNotice()); // Wednesday 10 June 2026
  expect(await read(id)).toMatchObject({
    status: 'NOTICE_SERVED', noticeNo: '示例药监列告〔2026〕1号', noticeServedOn: '2026-06-10', deadline: { rule: 'listingStatement', lastDay: '2026-06-17', basis: { article: '57' } },
  });
  await hub.must(clerk, 'recordListingStatement', id, hub.inputs.recordListingStatement());
  expect(await refusal(head, 'requestListingConsent', id, hub.inputs.requestListingConsent())).toEqual({
    code: 'STATEMENT_PERIOD_RUNS', kind: 'CONFLICT', state: 'NOTICE_SERVED', basis: { instrument: '市场监督管理行政处罚程序规定', article: '57' },
  });
  hub.days(8); // 18 June
  expect(await refusal(clerk, 'requestListingHearing', id, hub.inputs.requestListingHearing())).toMatchObject({ code: 'BAD_USER_INPUT', field: 'input.requestedOn', basis: { article: '64(1)' } });
  await hub.must(clerk, 'requestListingHearing', id, { requestedOn: '2026-06-17' });
  await hub.must(clerk, 'recordListingHearing', id, hub.inputs.recordListingHearing());
  expect(await refusal(head, 'decideListing', id, hub.inputs.decideListing())).toMatchObject({ code: 'CONSENT_REQUIRED', state: 'HEARD', basis: { article: '22' } });
  await hub.must(head, 'requestListingConsent', id, hub.inputs.requestListingConsent());
  await hub.must(above, 'consentToListing', id, hub.inputs.consentToListing());
  await hub.must(head, 'decideListing', id, hub.inputs.decideListing());
  expect(await read(id)).toMatchObject({ status: 'LISTED', listedOn: '2026-06-18', consentAgency: { code: 'DRUG-top' }, deadline: { rule: 'listingPublication', basis: { article: '14' } } });
  expect(await punishment(event.partyUscc)).toEqual([]);

  await hub.must(clerk, 'publishListing', id);
  expect(await read(id)).toMatchObject({ status: 'PUBLISHED', publishedOn: '2026-06-18', endsOn: '2029-06-18', earliestExitOn: '2027-06-19', dueAt: null });
  const shown = { kind: 'DISHONESTY_LISTING', documentNo: '示例药监列〔2026〕1号', startsOn: '2026-06-18', publishedOn: '2026-06-18', endsOn: '2029-06-18', basis: { article: '6' } };
  expect(await punishment(event.partyUscc)).toEqual([{ ...shown, status: 'IN_FORCE' }]);

  hub.days(365); // 18 June 2027
  expect(await refusal(clerk, 'applyForEarlyExit', id, hub.inputs.applyForEarlyExit())).toMatchObject({ code: 'EXIT_TOO_EARLY', state: 'PUBLISHED', basis: { article: '13' } });
  hub.days(3); // Monday 21 June 2027
  await hub.must(clerk, 'applyForEarlyExit', id, hub.inputs.applyForEarlyExit());
  expect(await read(id)).toMatchObject({ status: 'EXIT_APPLIED', deadline: { rule: 'exitAcceptance', lastDay: '2027-06-23' } });
  await hub.must(clerk, 'acceptEarlyExit', id);
  expect(await read(id)).toMatchObject({ status: 'EXIT_ACCEPTED', deadline: { rule: 'exitDecision', lastDay: '2027-06-30', basis: { article: '16' } } });
  await hub.must(head, 'extendEarlyExit', id, hub.inputs.extendEarlyExit());
  expect(await read(id)).toMatchObject({ status: 'EXIT_ACCEPTED', deadline: { rule: 'exitExtension', lastDay: '2027-07-14' } });
  expect(await refusal(head, 'extendEarlyExit', id, hub.inputs.extendEarlyExit())).toMatchObject({ code: 'ALREADY_EXTENDED', state: 'EXIT_ACCEPTED' });
  await hub.must(head, 'approveEarlyExit', id);
  expect(await read(id)).toMatchObject({ status: 'EXIT_APPROVED', deadline: { rule: 'exitExecution', lastDay: '2027-06-24' } });
  expect(await punishment(event.partyUscc)).toEqual([{ ...shown, status: 'IN_FORCE' }]);
  await hub.must(clerk, 'removeFromList', id);
  expect(await punishment(event.partyUscc)).toEqual([{ ...shown, status: 'REPAIRED' }]);

  await hub.must(head, 'restoreListing', id, hub.inputs.restoreListing());
  expect(await read(id)).toMatchObject({ status: 'RESTORED', publishedOn: '2027-06-21', endsOn: '2030-06-21', earliestExitOn: null });
  expect(await punishment(event.partyUscc)).toEqual([{ ...shown, publishedOn: '2027-06-21', endsOn: '2030-06-21', status: 'IN_FORCE' }]);

  const { acts } = await read(id);
  expect(acts.map((a: Json) => [a.position, a.act, a.status, a.actorCode, a.met])).toEqual([
    [1, 'SERVE_LISTING_NOTICE', 'NOTICE_SERVED', 'DRUG-own', null], [2, 'RECORD_LISTING_STATEMENT', 'NOTICE_SERVED', 'DRUG-own', null],
    [3, 'REQUEST_LISTING_HEARING', 'HEARING', 'DRUG-own', null], [4, 'RECORD_LISTING_HEARING', 'HEARD', 'DRUG-own', null],
    [5, 'REQUEST_LISTING_CONSENT', 'AWAITING_CONSENT', 'DRUG-own', null], [6, 'CONSENT_TO_LISTING', 'CONSENTED', 'DRUG-top', null],
    [7, 'DECIDE_LISTING', 'LISTED', 'DRUG-own', null], [8, 'PUBLISH_LISTING', 'PUBLISHED', 'DRUG-own', true],
    [9, 'APPLY_FOR_EARLY_EXIT', 'EXIT_APPLIED', 'DRUG-own', null], [10, 'ACCEPT_EARLY_EXIT', 'EXIT_ACCEPTED', 'DRUG-own', true],
    [11, 'EXTEND_EARLY_EXIT', 'EXIT_ACCEPTED', 'DRUG-own', true], [12, 'APPROVE_EARLY_EXIT', 'EXIT_APPROVED', 'DRUG-own', true],
    [13, 'REMOVE_FROM_LIST', 'EXITED_EARLY', 'DRUG-own', true], [14, 'RESTORE_LISTING', 'RESTORED', 'DRUG-own', null],
  ]);
  expect(acts[1]).toMatchObject({ on: '2026-06-10', text: '请求不予列入。' });
  expect(acts[6]).toMatchObject({ text: '理由', consequences: '后果', exitTerms: '条件', remedies: '救济' });
  expect(acts[8]).toMatchObject({ dutiesPerformed: '罚款已缴纳。', harmRemoved: '产品已召回。' });

  const told = (await hub.told(id, dishonestyListingActed.type)).map((data) => dishonestyListingActed.schema.parse(data));
  expect(told.map((e) => [e.position, e.inForce])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].map((n) => [n, (n >= 8 && n <= 12) || n === 14]));
  expect(told.at(-1)).toMatchObject({ uscc: event.partyUscc, statusAfter: 'RESTORED', publishedOn: '2027-06-21', endsOn: '2030-06-21', caseId: event.caseId });
});

it('records why a heavy penalty is not followed by a listing: the head, or the agency above', async () => {
  const own = await hub.given('NOT_LISTED');
  expect(await read(own)).toMatchObject({ status: 'NOT_LISTED', notListedReason: 'NO_INTENT', notListedExplanation: '有证据证明没有主观故意。' });
  const refused = await hub.given('AWAITING_CONSENT');
  await hub.must(above, 'refuseListingConsent', refused, hub.inputs.refuseListingConsent());
  expect(await read(refused)).toMatchObject({ status: 'NOT_LISTED', notListedReason: 'SUPERIOR_REFUSED', notListedExplanation: '危害不大。' });
});

it('needs no consent where there is no agency above, and has none to ask', async () => {
  const top = officerFrom('DRUG-top', ['officer', 'head'], 3);
  const { id } = await hub.candidate({ authorityCode: 'DRUG-top' });
  await hub.must(top, 'serveListingNotice', id, hub.inputs.serveListingNotice());
  hub.days(10);
  expect(await refusal(top, 'requestListingConsent', id, hub.inputs.requestListingConsent())).toMatchObject({ code: 'CONSENT_NOT_NEEDED', state: 'NOTICE_SERVED', basis: { article: '22' } });
  await hub.must(top, 'decideListing', id, hub.inputs.decideListing());
  expect((await read(id, top)).status).toBe('LISTED');
});

it('grants no early exit to whom another heavy penalty was given since', async () => {
  const { event, id } = await hub.candidate();
  await hub.must(clerk, 'serveListingNotice', id, hub.inputs.serveListingNotice());
  hub.days(10);
  await hub.must(head, 'requestListingConsent', id, hub.inputs.requestListingConsent());
  await hub.must(above, 'consentToListing', id);
  await hub.must(head, 'decideListing', id, hub.inputs.decideListing());
  await hub.must(clerk, 'publishListing', id);
  hub.days(400);
  await hub.must(clerk, 'applyForEarlyExit', id, hub.inputs.applyForEarlyExit());
  await hub.must(clerk, 'acceptEarlyExit', id);
  await hub.candidate({ partyUscc: event.partyUscc, decidedOn: hub.today, servedOn: hub.today });
  expect(await refusal(head, 'approveEarlyExit', id)).toMatchObject({ code: 'NEW_HEAVY_PENALTY', state: 'EXIT_ACCEPTED', basis: { article: '16' } });
  await hub.must(head, 'rejectEarlyExit', id, hub.inputs.rejectEarlyExit());
  expect((await read(id)).status).toBe('PUBLISHED');
});

it('is over after three years by the day alone, and then closed to acts', async () => {
  const id = await hub.given('EXPIRED');
  expect((await read(id)).status).toBe('EXPIRED');
  expect((await hub.row(id)).status).toBe('PUBLISHED');
  expect(await refusal(clerk, 'applyForEarlyExit', id, hub.inputs.applyForEarlyExit())).toMatchObject({ code: 'ILLEGAL_TRANSITION', state: 'EXPIRED' });
  expect(await read(id, officerFrom('COURT-none'))).toBeNull();
});

it('is revoked with the penalty decision, within three working days or late', async () => {
  const inTime = await hub.given('PUBLISHED');
  await hub.must(head, 'revokeListing', inTime, hub.inputs.revokeListing());
  expect((await read(inTime)).acts.at(-1)).toMatchObject({ act: 'REVOKE_LISTING', met: true });
  const late = await hub.given('PUBLISHED');
  const revokedOn = hub.today;
  hub.days(30);
  await hub.must(head, 'revokeListing', late, { ...hub.inputs.revokeListing(), decisionRevokedOn: revokedOn });
  expect(await read(late)).toMatchObject({ status: 'REVOKED', acts: expect.arrayContaining([expect.objectContaining({ act: 'REVOKE_LISTING', met: false, on: revokedOn })]) });
  const [row] = await query<{ revoked: boolean }>(hub.world.dataSource.manager, sql`
    select p.revoked_at is not null as revoked from credit_punishment p join dishonesty_listing l using (decision_id) where l.id = ${late} and p.kind = 'DISHONESTY_LISTING'`);
  expect(row).toEqual({ revoked: true });
});

it('stays on the list for life with a restriction for life, and has no early exit', async () => {
  const ban = item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, startsOn: '2026-06-01', forLife: true });
  const id = await hub.given('PUBLISHED', { partyKind: 'PERSON', partyName: '示例当事人甲', partyUscc: null, items: [ban] });
  expect(await read(id)).toMatchObject({ endsOn: null, forLife: true, earliestExitOn: null });
  hub.days(3_000);
  expect(await refusal(clerk, 'applyForEarlyExit', id, hub.inputs.applyForEarlyExit())).toMatchObject({ code: 'EXIT_TOO_EARLY', state: 'PUBLISHED' });
});

it('lets one of ten concurrent acts through', async () => {
  const id = await hub.given('LISTED');
  const all = await Promise.all(Array.from({ length: 10 }, (_, i) =>
    hub.world.as(clerk).send('mutation($id: ID!, $key: ID!) { publishListing(id: $id, input: {}, idempotencyKey: $key) { listing { status } } }', { id, key: `race-${i}` })));
  expect(all.filter((a) => !a.errors)).toHaveLength(1);
  expect(all.flatMap((a) => a.errors?.map((e) => e.extensions?.['code']) ?? [])).toEqual(Array.from({ length: 9 }, () => 'CONFLICT'));
  expect(await query(hub.world.dataSource.manager, sql`select 1 from dishonesty_listing_act where listing_id = ${id} and act = 'PUBLISH_LISTING'`)).toHaveLength(1);
});

it('answers the same key again with the same listing', async () => {
  const id = await hub.given('LISTED');
  const args = { id, input: {}, idempotencyKey: 'again' };
  expect((await hub.act(clerk, 'publishListing', args)).errors).toBeUndefined();
  expect((await hub.act(clerk, 'publishListing', args)).errors).toBeUndefined();
  expect((await hub.row(id)).version).toBe(5);
});

it('is proposed once however often the decision is told, and for no light penalty', async () => {
  const { id, event } = await hub.candidate();
  await hub.must(clerk, 'serveListingNotice', id, hub.inputs.serveListingNotice());
  await hub.world.receive('enforcement', { type: 'enforcement.penalty-decided.v1', subject: `case:${event.caseId}`, data: event });
  expect((await hub.row(id)).status).toBe('NOTICE_SERVED');
  expect((await hub.candidate({ tier: 'LIGHT' })).id).toBe('');
});

describe('lists', () => {
  const LIST = 'query ($f: DishonestyListingFilter, $first: Int, $after: String) { dishonestyListings(filter: $f, first: $first, after: $after) { totalCount nodes { id status } pageInfo { endCursor hasNextPage } } }';
  const ids = async (who: Parameters<typeof hub.world.as>[0], f: Args): Promise<string[]> => {
    const { data, errors } = await hub.world.as(who).send<Json>(LIST, { f, first: 100 });
    expect(errors).toBeUndefined();
    expect(data.dishonestyListings.totalCount).toBe(data.dishonestyListings.nodes.length);
    return data.dishonestyListings.nodes.map((n: Json) => n.id);
  };

  it('by state, ground, agency, region, enterprise and what is overdue', async () => {
    const { id: other, event } = await hub.candidate({ authorityCode: 'MARKET-own', violationType: 'FORGED_LICENCE', regionCode: '210103' });
    const late = await hub.given('LISTED');
    hub.days(60);
    const top = officerFrom('MARKET-top');
    await query(hub.world.dataSource.manager, sql`update dishonesty_listing set agency_code = 'MARKET-9' where id = ${late}`);
    expect(await ids(clerk, { agency: ' market-9 ' })).toEqual([]); // it is another's now
    await query(hub.world.dataSource.manager, sql`update dishonesty_listing set agency_code = 'DRUG-own' where id = ${late}`);
    expect(await ids(top, { status: ['CANDIDATE'] })).toEqual([other]);
    expect(await ids(top, { grounds: ['LICENCE_OFFENCE'] })).toEqual([other]);
    expect(await ids(top, { region: '210103' })).toEqual([other]);
    expect(await ids(top, { enterpriseUscc: event.partyUscc })).toEqual([other]);
    expect(await ids(top, { enterpriseUscc: event.partyUscc, status: ['PUBLISHED'] })).toEqual([]);
    expect(await ids(clerk, { overdue: true })).toContain(late);
    expect(await ids(clerk, { overdue: true })).not.toContain(other);
    expect(await ids(officerFrom('COURT-none'), { overdue: true })).toEqual([]);
  });

  it.each([{ agency: "' or true --" }, { enterpriseUscc: '91350100M000100Y44' }, { region: '' }])('refuse what can be no code (%p)', async (f) => {
    const { errors } = await hub.world.as(publicReader).send(LIST, { f });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: `filter.${Object.keys(f)[0]}` });
  });

  it('show to whom the procedure is closed nothing of an application, in the filter neither', async () => {
    const id = await hub.given('EXIT_APPLIED');
    for (const who of [publicReader, officerFrom('COURT-none')]) {
      expect(await ids(who, { status: ['EXIT_APPLIED'] })).toEqual([]);
      expect(await ids(who, { status: ['PUBLISHED'] })).toContain(id);
    }
    expect(await ids(clerk, { status: ['EXIT_APPLIED'] satisfies ListingStatus[] })).toEqual([id]);
  });

  it('page without gaps', async () => {
    const whole = await ids(clerk, {});
    const paged: string[] = [];
    for (let after: string | null = null; ;) {
      const { data }: Json = await hub.world.as(clerk).send<Json>(LIST, { f: {}, first: 3, after });
      paged.push(...data.dishonestyListings.nodes.map((n: Json) => n.id));
      if (!data.dishonestyListings.pageInfo.hasNextPage) break;
      after = data.dishonestyListings.pageInfo.endCursor;
    }
    expect(paged).toEqual(whole);
  });
});
