import 'reflect-metadata';
import { AdminCaseEntity, type ReferralTimelineEntity, enforcementService, importAgencies, openCase } from '@casebridge/enforcement';
import { demoAgencies, type ReferralAct } from '@casebridge/contracts';
import { FixedClock } from '@casebridge/kernel';
import { FileEntity, unitOfWork } from '@casebridge/platform';
import { officer, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { CollectedWorld, eventsOf, grouped, tables } from './testing/collected-world';
import { bare, plainEvent } from './testing/comparing';
import { decisionInput } from './testing/decision-input';
import type { LoggedEvent } from './world/tables';

/*
 * The acts of some demo cases, done once more by the use cases of the service at the instants at which the demo has them: what they write
 * must be what the demo wrote, ids and running numbers aside.
 */

const world = new CollectedWorld('demo', 1);
const timelines = grouped(world.all(tables.referralTimeline), (t) => t.referralId);
const documents = grouped(world.all(tables.referralDocument), (d) => d.referralId);
const referralOf = new Map(world.all(tables.referral).map((r) => [r.caseId, r]));
const decisionOf = new Map(world.all(tables.penaltyDecision).map((d) => [d.caseId, d]));
const lotsOf = grouped(world.all(tables.goodsLot), (l) => l.referralId);
const movementsOf = (referralId: string) => (lotsOf.get(referralId) ?? []).flatMap((lot) => world.all(tables.goodsMovement).filter((m) => m.lotId === lot.id)).sort((a, b) => a.position - b.position || a.seq - b.seq);
const itemsOf = grouped(world.all(tables.penaltyItem), (i) => i.decisionId);
const files = new Map(world.all(tables.file).map((f) => [f.id, f]));
const eventsOfCase = grouped(eventsOf(world, 'enforcement'), (e) => e.subject);

/** One case for every way that acts follow one another, of those whose last state is told by acts of the service. */
function chosenCases(): AdminCaseEntity[] {
  const told = world.all(tables.adminCase).filter((c) =>
    !['CLOSED', 'ARCHIVED', 'IN_EXECUTION', 'SUSPENDED', 'TERMINATED'].includes(c.status) &&
    (referralOf.has(c.caseId) || decisionOf.has(c.caseId) || c.excluded.length > 0));
  const ways = grouped(told, (c) => {
    const acts = (timelines.get(referralOf.get(c.caseId)?.id ?? '') ?? []).map((t) => t.act).join(' ');
    return `${acts} ${decisionOf.has(c.caseId)} ${c.sealedUntil} ${c.excluded.length}`;
  });
  return [...ways.values()].map(([first]) => first!);
}

interface Act {
  readonly at: Date;
  readonly who: string;
  readonly mutation: string;
  readonly variables: (ids: { readonly caseId: string; readonly referralId: string; readonly decisionId: string; readonly parts: readonly string[] }) => Record<string, unknown>;
}

const mutationOf = (act: string): string => act.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const judgmentOf = (s: ReferralTimelineEntity['standing']): Record<string, unknown> => ({ judgmentNo: s.judgmentNo, outcome: s.judgmentOutcome, instance: s.judgmentInstance, judgedOn: s.judgedOn });

function actsOf(c: AdminCaseEntity): Act[] {
  const acts: Act[] = [];
  const referral = referralOf.get(c.caseId);
  const timeline = referral ? timelines.get(referral.id)! : [];
  timeline.forEach((entry, i) => {
    const refused = timeline.slice(i + 1).find((later) => later.act === 'REFUSE_REFERRAL')?.detail;
    const attached = (documents.get(entry.referralId) ?? []).filter((d) => d.addedPosition === entry.position);
    const moved = movementsOf(entry.referralId).filter((m) => m.position === entry.position);
    const known = [...new Set(movementsOf(entry.referralId).map((m) => m.partId))];
    const amounts = (parts: readonly string[]) => (moved.length === 0 || entry.act === 'RECORD_GOODS' ? {} : { goods: moved.map((m) => ({ part: parts[known.indexOf(m.fromPartId)], quantity: m.quantity })) });
    const { standing, detail } = entry;
    const handed = { policeAgency: standing.policeAgencyCode, procuratorateAgency: standing.procuratorateAgencyCode };
    const handedIn = attached.map(({ kind, title, fileId }) => ({ kind, title, fileId }));
    const inputs: Readonly<Partial<Record<ReferralAct, () => Record<string, unknown>>>> = {
      SUBMIT_REFERRAL_REPORT: () => ({ charge: refused?.['charge'] ?? referral!.charge, facts: refused?.['facts'] ?? referral!.facts, taskForce: detail['taskForce'] }),
      APPROVE_REFERRAL: () => ({ ...detail }), REFUSE_REFERRAL: () => ({ reasons: detail['reasons'] }),
      TRANSFER_REFERRAL: () => ({ ...handed, documents: handedIn }),
      SIGN_REFERRAL_RECEIPT: () => ({ receiptNo: standing.receiptNo }), REQUEST_REFERRAL_SUPPLEMENT: () => ({ gaps: detail['gaps'] }),
      SUPPLEMENT_REFERRAL: () => ({
        ...(handedIn.length > 0 ? { documents: handedIn } : {}), ...(detail['explanation'] === undefined ? {} : { explanation: detail['explanation'] }),
      }),
      FORWARD_REFERRAL: () => ({ ...handed, reasons: detail['reasons'] }), RETURN_REFERRAL: () => ({ reasons: detail['reasons'] }),
      FILE_CRIMINAL_CASE: () => ({ decisionNo: standing.decisionNo, charge: standing.filedCharge, decidedOn: standing.decidedOn }),
      REFUSE_CRIMINAL_CASE: () => ({ reasons: detail['reasons'], decidedOn: standing.decidedOn }),
      WITHDRAW_CRIMINAL_CASE: () => ({ reasons: detail['reasons'], decidedOn: detail['decidedOn'] }), SEND_FOR_PROSECUTION: () => ({ opinionNo: detail['opinionNo'] }),
      INDICT: () => ({ indictmentNo: standing.indictmentNo, court: standing.courtAgencyCode }),
      DECIDE_NOT_TO_PROSECUTE: () => ({ kind: standing.nonProsecutionKind, reasons: detail['reasons'], decidedOn: detail['decidedOn'] }),
      RECORD_JUDGMENT: () => judgmentOf(standing), RECORD_EFFECTIVE_JUDGMENT: () => ({ ...judgmentOf(standing), effectiveOn: standing.effectiveOn }), CLOSE_REFERRAL: () => ({}),
      RECORD_GOODS: () => ({
        lots: (lotsOf.get(entry.referralId) ?? []).map(({ features, name, perishable, quantity, unit }, n) => ({ features, name, perishable, quantity, unit, place: moved[n]!.place })),
      }),
      KEEP_GOODS: () => ({ place: moved[0]!.place }), HAND_OVER_GOODS: () => ({ noticeNo: detail['documentNo'], receivedBy: detail['receivedBy'], place: moved[0]!.place }),
      GIVE_BACK_GOODS: () => ({ reasons: detail['reasons'], place: moved[0]!.place }), RETURN_GOODS: () => ({ reasons: detail['reasons'], documentNo: detail['documentNo'] }),
      DISPOSE_OF_GOODS: () => ({ reasons: detail['reasons'], costOwner: moved[0]!.costOwner }),
      DECIDE_RECONSIDERATION: () => ({ reasons: detail['reasons'], outcome: entry.tracks[0]?.state }),
    };
    const submit = entry.act === 'SUBMIT_REFERRAL_REPORT';
    acts.push({
      at: entry.at, who: entry.officerId, mutation: mutationOf(entry.act),
      variables: ({ caseId, parts, referralId }) => ({ id: submit ? caseId : referralId, input: { ...(inputs[entry.act as ReferralAct] ?? (() => ({ reasons: detail['reasons'] })))(), ...amounts(parts) } }),
    });
  });
  const decision = decisionOf.get(c.caseId);
  if (decision) {
    const items = itemsOf.get(decision.id)!;
    acts.push({
      at: decision.createdAt, who: `${c.agencyCode}-1`, mutation: 'recordPenaltyDecision',
      variables: ({ caseId }) => ({
        id: caseId,
        input: decisionInput(decision, items),
      }),
    });
    if (decision.servedOn && decision.serviceRecordedAt) {
      acts.push({
        at: decision.serviceRecordedAt, who: `${c.agencyCode}-1`, mutation: 'recordPenaltyService',
        variables: ({ decisionId }) => ({ id: decisionId, input: { servedOn: decision.servedOn } }),
      });
    }
  }
  for (const { sealedAt, sealedByOfficer, basis, expiresOn, officers, parties } of world.all(tables.caseSeal).filter((s) => s.caseId === c.caseId)) {
    acts.push({ at: sealedAt, who: sealedByOfficer, mutation: 'sealCase', variables: ({ caseId }) => ({ id: caseId, input: { basis, expiresOn, officers, parties } }) });
  }
  for (const { excludedAt, excludedByOfficer, agencyCode, officerId, reason } of world.all(tables.caseExclusion).filter((x) => x.caseId === c.caseId)) {
    acts.push({ at: excludedAt, who: excludedByOfficer, mutation: 'excludeOfficer', variables: ({ caseId }) => ({ id: caseId, input: { agencyCode, officerId, reason } }) });
  }
  return acts.sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** How each mutation names its record and its input, and what it answers with. */
function documentOf(mutation: string): string {
  const name = mutation.charAt(0).toUpperCase() + mutation.slice(1);
  if (mutation === 'recordPenaltyDecision') {
    return 'mutation M($id: ID!, $input: RecordPenaltyDecisionInput!, $key: ID!) { m: recordPenaltyDecision(caseId: $id, input: $input, idempotencyKey: $key) { penaltyDecision { id } } }';
  }
  if (mutation === 'recordPenaltyService') {
    return 'mutation M($id: ID!, $input: RecordPenaltyServiceInput!, $key: ID!) { m: recordPenaltyService(decisionId: $id, input: $input, idempotencyKey: $key) { penaltyDecision { id } } }';
  }
  if (mutation === 'sealCase') return 'mutation M($id: ID!, $input: SealCaseInput!, $key: ID!) { m: sealCase(caseId: $id, input: $input, idempotencyKey: $key) { seal { number } } }';
  if (mutation === 'excludeOfficer') {
    return 'mutation M($id: ID!, $input: CaseExclusionInput!, $key: ID!) { m: excludeOfficer(caseId: $id, input: $input, idempotencyKey: $key) { officerId } }';
  }
  const record = mutation === 'submitReferralReport' ? 'caseId' : 'id';
  return `mutation M($id: ID!, $input: ${name}Input!, $key: ID!) { m: ${mutation}(${record}: $id, input: $input, idempotencyKey: $key) { referral { id } } }`;
}

describe('demo cases, done again by the use cases', () => {
  const clock = new FixedClock('2021-08-01T00:00:00Z');
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(enforcementService, { clock });
    const [registered] = world.all(tables.agency);
    clock.set(registered!.registeredAt);
    await unitOfWork(hub.service.deps, (tx) => importAgencies(tx, demoAgencies));
  });
  afterAll(() => hub.stop());

  /** What the service has said, in the order in which it said it. */
  const logged = (subject: string): Promise<LoggedEvent[]> =>
    hub.dataSource.query('select type, subject, occurred_at as "occurredAt", data from outbox_event where subject like $1 order by seq', [subject]);

  it('registers the agencies as the demo has them', async () => {
    const rows = await hub.dataSource.query('select * from agency order by code');
    const seeded = [...world.all(tables.agency)].sort((a, b) => (a.code < b.code ? -1 : 1));
    expect(rows).toEqual(seeded.map((a) => ({
      code: a.code, name: a.name, name_en: a.nameEn, functions: a.functions, regions: a.regions, superior_code: a.superiorCode, status: a.status,
      issuer: a.issuer, jwks: null, jwks_uri: null, officers: a.officers, version: 1, registered_at: a.registeredAt, updated_at: a.updatedAt, search_text: a.searchText,
    })));
    const told = await logged('agency:%');
    const same = (e: { readonly subject: string; readonly data: unknown }) => ({ subject: e.subject, data: typeof e.data === 'string' ? (JSON.parse(e.data) as unknown) : e.data });
    expect(told.map(same)).toEqual(eventsOf(world, 'enforcement').slice(0, demoAgencies.length).map(same));
  });

  const cases = chosenCases();
  it('has a case for every way', () => {
    expect(cases.length).toBeGreaterThanOrEqual(20);
    expect(new Set(cases.flatMap((c) => actsOf(c).map((a) => a.mutation))).size).toBe(42);
  });

  it.each(cases.map((c) => [c.caseNo, c] as const))('writes what the demo has of %s', async (_, seeded) => {
    clock.set(seeded.filedAt);
    const acts = actsOf(seeded);
    const opened = await unitOfWork(hub.service.deps, (tx) => openCase(tx, { ...seeded, status: statusWhenFiled(seeded) }));
    const referral = referralOf.get(seeded.caseId);
    for (const { fileId } of documents.get(referral?.id ?? '') ?? []) await hub.dataSource.getRepository(FileEntity).insert({ ...files.get(fileId)! });
    let referralId = '';
    let decisionId = '';
    for (const [i, act] of acts.entries()) {
      clock.set(act.at);
      const [, agency, number] = /^(.+)-(\d+)$/.exec(act.who)!;
      const made: { part_id: string }[] = referralId === '' ? [] : await hub.dataSource.query(
        'select m.part_id from goods_movement m join goods_lot l on l.id = m.lot_id where l.referral_id = $1 order by m.position, m.seq', [referralId]);
      const variables = act.variables({ caseId: opened.caseId, referralId, decisionId, parts: [...new Set(made.map((m) => m.part_id))] });
      const answer = await hub.as(officer(agency!, Number(number))).send<{ m: { referral?: { id: string } | null; penaltyDecision?: { id: string } | null } }>(
        documentOf(act.mutation), { ...variables, key: `${seeded.caseId}-${i}` });
      expect({ act: act.mutation, errors: answer.errors?.map((e) => e.message) }).toEqual({ act: act.mutation, errors: undefined });
      referralId = answer.data?.m.referral?.id ?? referralId;
      decisionId = answer.data?.m.penaltyDecision?.id ?? decisionId;
    }

    const em = hub.dataSource.manager;
    const [row] = await em.findBy(AdminCaseEntity, { caseId: opened.caseId });
    expect(bare([row!])).toEqual(bare([seeded]));
    const left = ['referralId', 'caseId', 'referralNo', 'decisionId', 'endedReferralId', 'fileId'];
    const repository = async (table: (typeof tables)[keyof typeof tables], where: object, order: object): Promise<object[]> =>
      hub.dataSource.getRepository(table.entity!).find({ where, order } as never) as Promise<object[]>;
    if (referral) {
      expect(bare(await repository(tables.referral, { id: referralId }, {}), ...left)).toEqual(bare([referral], ...left));
      expect(bare(await repository(tables.referralTimeline, { referralId }, { position: 'ASC' }), ...left)).toEqual(bare(timelines.get(referral.id)!, ...left));
      expect(bare(await repository(tables.referralDocument, { referralId }, { addedPosition: 'ASC', id: 'ASC' }), ...left)).toEqual(bare(documents.get(referral.id) ?? [], ...left));
    }
    const demoLots = lotsOf.get(referral?.id ?? '') ?? [];
    const lots = await repository(tables.goodsLot, { referralId: referralId || opened.caseId }, { lotNo: 'ASC' }) as { id: string }[];
    expect(bare(lots, ...left)).toEqual(bare(demoLots, ...left));
    for (const [n, { id }] of lots.entries()) {
      const chain = movementsOf(referral!.id).filter((m) => m.lotId === demoLots[n]!.id);
      expect(bare(await repository(tables.goodsMovement, { lotId: id }, { position: 'ASC', seq: 'ASC' }), ...left, 'lotId', 'fromPartId', 'partId')).toEqual(bare(chain, ...left, 'lotId', 'fromPartId', 'partId'));
    }
    const parts = world.all(tables.casePart).filter((p) => p.caseId === seeded.caseId);
    expect(bare(await repository(tables.casePart, { caseId: opened.caseId }, { startedAt: 'ASC', id: 'ASC' }), ...left)).toEqual(bare(parts, ...left));
    const decision = decisionOf.get(seeded.caseId);
    if (decision) {
      expect(bare(await repository(tables.penaltyDecision, { id: decisionId }, {}), ...left)).toEqual(bare([decision], ...left));
      expect(bare(await repository(tables.penaltyItem, { decisionId }, { seq: 'ASC' }), ...left)).toEqual(bare(itemsOf.get(decision.id)!, ...left));
    }
    // A seal's number is drawn, and nobody is there to acknowledge it.
    for (const table of [tables.caseSeal, tables.caseExclusion]) {
      const had = (world.all(table as never) as readonly { readonly caseId: string }[]).filter((x) => x.caseId === seeded.caseId);
      expect(bare(await repository(table, { caseId: opened.caseId }, {}), ...left, 'number', 'acknowledgedBy')).toEqual(bare(had, ...left, 'number', 'acknowledgedBy'));
    }
    const told = await logged(`case:${opened.caseId}`);
    expect(told.map(plainEvent(new Map()))).toEqual(eventsOfCase.get(`case:${seeded.caseId}`)!.map(plainEvent(new Map())));
  });

  /** The state in which a case was filed is not in its last row once acts have changed it; any lawful one leads to the same. */
  function statusWhenFiled(c: AdminCaseEntity): AdminCaseEntity['status'] {
    return c.statusBeforeCriminal ?? (['DECIDED', 'SERVED'].includes(c.status) ? 'INVESTIGATING' : c.status);
  }
});
