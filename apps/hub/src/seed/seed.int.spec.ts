import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { creditRepairActed, demoRegions, disclosureActed, disclosureEnded, dishonestyListingActed, jointMeasureActed, regionChanged, type ServiceName, serviceNames } from '@casebridge/contracts';
import { addDays, FixedClock, stateCouncilCalendar } from '@casebridge/kernel';
import {
  DiskFileStore, openBus, openDatabase, type RunningService, type ServiceDeps, silentLogger, startService, StaticDirectory,
} from '@casebridge/platform';
import { InboxConsumer } from '@casebridge/platform/dist/events/consumer';
import { demoAgencies, officer } from '@casebridge/testkit';
import { services } from '../services';
import { SeedRefused } from './ensure-seed';
import { CollectedWorld, testDay } from './testing/collected-world';
import { givenDatabases, type SeedDatabases } from './testing/seed-databases';
import { reactions } from './world/event-log';
import { presentOn } from './world/present';
import { sizes } from './world/sizes';
import { allTables } from './world/tables';

const clock = new FixedClock(presentOn(testDay).now);
const accessColumns = 'case_id, version, agency_code, region_code, enterprise_uscc, respondent_kind, filed_at, served_on, parts, sealed_until, seal_officers, seal_parties, excluded';

describe('the demo data in the databases', () => {
  let hub: SeedDatabases;
  beforeAll(async () => {
    hub = await givenDatabases();
    await hub.seed();
  });
  afterAll(() => hub.drop());

  const count = async (of: SeedDatabases, name: Parameters<SeedDatabases['rows']>[0], table: string): Promise<number> =>
    Number((await of.rows<{ n: string }>(name, `select count(*) as n from ${table}`))[0]?.n);

  it('is all that was generated', async () => {
    const world = new CollectedWorld('demo', 1);
    for (const table of allTables) expect([table.database, table.name, await count(hub, table.database, table.name)]).toEqual([table.database, table.name, world.all(table).length]);
  });

  it('has its documents in the content store', async () => {
    const files = await hub.rows<{ sha256: string; size: number }>('enforcement', 'select distinct sha256, size from file');
    expect(files.length).toBeGreaterThanOrEqual(4);
    const store = new DiskFileStore(hub.dataDir);
    for (const { sha256, size } of files) {
      const chunks: Buffer[] = [];
      for await (const chunk of (await store.open(sha256))!) chunks.push(chunk as Buffer);
      expect(Buffer.concat(chunks)).toHaveLength(size);
    }
  });

  it('is written once: a second start asks one thing, another scale or number is refused', async () => {
    const before = await hub.rows('enforcement', 'select * from demo_seed');
    await hub.seed();
    expect(await hub.rows('enforcement', 'select * from demo_seed')).toEqual(before);
    await expect(hub.seed({ seed: { scale: 'demo', number: 2 } })).rejects.toThrow(SeedRefused);
    await expect(hub.seed({ seed: { scale: 'nation', number: 1 } })).rejects.toThrow('HUB_SEED=demo and HUB_SEED_NUMBER=1');
  });

  it('stays as it is where nothing was asked for, and where the day was not', async () => {
    const before = await hub.rows('enforcement', 'select * from demo_seed');
    expect(await hub.seed({ seed: { scale: 'nation', number: 3, today: '2027-01-01', asked: false } })).toBe(testDay);
    expect(await hub.seed({ seed: { scale: 'demo', number: 1 } })).toBe(testDay);
    await expect(hub.seed({ seed: { scale: 'demo', number: 1, today: '2026-11-16' } })).rejects.toThrow(`as of ${testDay}`);
    expect(await hub.rows('enforcement', 'select * from demo_seed')).toEqual(before);
    expect(await count(hub, 'enforcement', 'admin_case')).toBe(sizes.demo.cases);
  });

  it.each(['2026-02-23', '2026-12-31', '2028-02-29'])('fits the tables and their constraints on other days: %s', async (today) => {
    const other = await givenDatabases();
    const inTheMorning = new FixedClock(new Date(`${addDays(today, 1)}T09:00:00+08:00`));
    expect(await other.seed({ seed: { scale: 'demo', number: 1 }, clock: inTheMorning })).toBe(today);
    expect(await other.rows('enforcement', 'select scale, number, today::text as today, seeded_at from demo_seed')).toEqual([
      { scale: 'demo', number: 1, today, seeded_at: inTheMorning.now() },
    ]);
    const world = new CollectedWorld('demo', 1, sizes.demo, today);
    for (const table of allTables) expect([table.name, await count(other, table.database, table.name)]).toEqual([table.name, world.all(table).length]);
    await other.drop();
  });

  it('is not mixed with other records', async () => {
    const used = await givenDatabases();
    await used.rows('adr', `insert into complaint (id, complaint_no, receipt_hash, kind, received_at, status, agency_code, region_code, subject, content, accept_due_at)
      values ('${randomUUID()}', 'x', repeat('0', 64), 'REPORT', now(), 'RECEIVED', 'MRA-210100', '210100', 'x', 'x', now() + interval '1 day')`);
    await expect(used.seed()).rejects.toThrow('adr holds records already');
    for (const name of ['inspection', 'enforcement', 'credit'] as const) expect(await count(used, name, 'outbox_event')).toBe(0);
    await used.drop();
  });

  it('is made whole after a run that was cut off', async () => {
    const cut = await givenDatabases();
    await expect(cut.seed({ progress: (_, share) => {
      if (share > 0.5) throw new Error('cut off');
    } })).rejects.toThrow('cut off');
    for (const name of ['inspection', 'enforcement', 'credit', 'adr'] as const) expect(await count(cut, name, 'outbox_event')).toBe(0);
    await cut.seed();
    expect(await count(cut, 'enforcement', 'admin_case')).toBe(sizes.demo.cases);
    // Cut off between the commits: enforcement alone is missing.
    const { enforcement: _, ...others } = cut.addresses;
    const rest = await givenDatabases(others);
    await expect(rest.seed({ seed: { scale: 'demo', number: 2 } })).rejects.toThrow(SeedRefused);
    // A day later the rest still stands on the day of what is there.
    expect(await rest.seed({ seed: { scale: 'demo', number: 1 }, clock: new FixedClock(new Date('2026-12-01T09:00:00+08:00')) })).toBe(testDay);
    const order = 'select position, id, type, data from outbox_event order by position';
    expect(await rest.rows('enforcement', order)).toEqual(await hub.rows('enforcement', order));
    expect(await count(rest, 'adr', 'complaint')).toBe(sizes.demo.complaints);
    await rest.drop();
    await cut.drop();
  });

  it('names every reaction that the services have', async () => {
    for (const service of services) {
      const types = service.handlers({ name: service.name, clock } as unknown as ServiceDeps).map((reaction) => reaction.type).sort();
      const known = serviceNames.flatMap((source) => Object.entries(reactions[source]).filter(([, readers]) => readers.includes(service.name)).map(([type]) => type));
      expect([...new Set(known)].sort()).toEqual([...new Set(types)]);
    }
  });

  it.each(['inspection', 'credit', 'adr', 'enforcement'] as const)('has in %s what its own handlers make of the log', async (name) => {
    const definition = services.find((service) => service.name === name)!;
    const fresh = await givenDatabases({ bus: hub.addresses.bus });
    const dataSource = await openDatabase({ url: fresh.addresses[name].runtimeUrl, entities: definition.entities, applicationName: 'replay' });
    const bus = await openBus(hub.addresses.bus.runtimeUrl, silentLogger);
    const handlers = definition.handlers({ name, clock, dataSource, calendar: stateCouncilCalendar } as unknown as ServiceDeps);
    for (const source of definition.consumes) await new InboxConsumer({ dataSource, bus: bus.bus, source, handlers, clock, logger: silentLogger }).drain();
    await bus.close();
    await dataSource.destroy();

    const same = async (text: string): Promise<number> => {
      const seeded = await hub.rows(name, text);
      expect(await fresh.rows(name, text)).toEqual(seeded);
      return seeded.length;
    };
    await same('select source, position from inbox_checkpoint order by source');
    expect(await same('select source, event_id from inbox_event order by source, event_id')).toBeGreaterThan(10);
    expect(await count(fresh, name, 'inbox_parked')).toBe(0);
    if (name !== 'enforcement') {
      expect(await same(`select ${accessColumns} from case_access order by case_id`)).toBe(sizes.demo.cases);
      // Regions, and acts on listings, measures, repairs and publications, are told by whoever writes them, not in answer to an event.
      expect(await same(`select type, subject, data from outbox_event where type not in ('${regionChanged.type}', '${dishonestyListingActed.type}', '${jointMeasureActed.type}', '${disclosureActed.type}', '${disclosureEnded.type}', '${creditRepairActed.type}') order by subject, data`)).toBeGreaterThan(0);
    }
    if (name !== 'inspection') expect(await same('select code, parent_code from region order by code')).toBe(demoRegions.length);
    if (name === 'credit') {
      // Left out on both sides: publications about which officers did something, repairs among it, and those of deferred cases.
      const deferred = (await hub.rows<{ case_id: string }>(name, 'select case_id from disclosure_deferral')).map((row) => row.case_id);
      const acted = (await hub.rows<{ record_id: string }>(name, "select distinct record_id from disclosure_act where record_id is not null and officer_id <> 'hub'")).map((row) => row.record_id);
      const among = (ids: readonly string[]): string => `(${ids.map((id) => `'${id}'`).join(', ')})`;
      expect(await same(`select * from credit_penalty where decision_id not in (select decision_id from disclosure_record where id in ${among(acted)}) order by id`)).toBeGreaterThan(300);
      expect(await same(`select * from disclosure_record where id not in ${among(acted)} and case_id not in ${among(deferred)} order by id`)).toBeGreaterThan(300);
      expect(await same("select record_id, reason, gone_on, at from disclosure_tombstone where record_id in (select record_id from disclosure_act where officer_id = 'hub') and reason = 'WITHDRAWN' order by record_id")).toBeGreaterThan(2);
      const proposed = 'id, case_id, decision_id, document_no, decided_on, party_kind, party_name, uscc, agency_code, region_code, heavy_kinds, restriction_ends_on, restriction_for_life, created_at';
      expect(await same(`select ${proposed} from dishonesty_listing order by id`)).toBeGreaterThan(60);
      expect(await same(`select * from credit_punishment where penalty_item_id is not null and case_id not in ${among(deferred)} order by id`)).toBeGreaterThan(30);
    }
    await fresh.drop();
  });

  describe('with the services on it', () => {
    const running = new Map<ServiceName, RunningService>();
    let close: () => Promise<void>;
    beforeAll(async () => {
      const bus = await openBus(hub.addresses.bus.runtimeUrl, silentLogger);
      const directory = new StaticDirectory(demoAgencies);
      for (const service of services) {
        running.set(service.name, await startService(service, {
          runJobs: false, // these find what stands still on the day of the test
          databaseUrl: hub.addresses[service.name].runtimeUrl, bus: bus.bus, directory, clock, calendar: stateCouncilCalendar, cursorSecret: Buffer.alloc(32, 1), citizenIdSecret: Buffer.alloc(32, 1),
          dataDir: hub.dataDir, logger: silentLogger,
        }));
      }
      close = async () => {
        for (const service of running.values()) await service.stop();
        await bus.close();
      };
    });
    afterAll(() => close());

    const ask = async (name: ServiceName, principal: ReturnType<typeof officer>, query: string, variables: Record<string, unknown> = {}): Promise<Record<string, never>> => {
      const answer = await running.get(name)!.runtime.execute({
        query, variables, principal, requestId: randomUUID(), clientOperation: 'Test', receivedAt: clock.now(), scope: {},
      });
      expect(answer.errors).toBeUndefined();
      return answer.data as Record<string, never>;
    };

    it('leaves nothing to do', async () => {
      const heads = await hub.rows('bus', 'select source, max(position) as head, count(*) as n from bus_event group by source order by source');
      await new Promise((resolve) => setTimeout(resolve, 1_500)); // longer than the loops' poll
      expect(await hub.rows('bus', 'select source, max(position) as head, count(*) as n from bus_event group by source order by source')).toEqual(heads);
      for (const { head, n } of heads as { head: number; n: number }[]) expect(Number(head)).toBe(Number(n));
      for (const service of running.values()) {
        const stats = await service.events.stats();
        expect(stats).toMatchObject({ unsequenced: 0, relayLag: 0 });
        expect(stats.consumers.map((c) => [c.lag, c.handled, c.parkedSubjects, c.failures])).toEqual(stats.consumers.map(() => [0, 0, 0, 0]));
        expect((await service.runtime.health()).ok).toBe(true);
      }
    });

    it('shows an officer of MRA-210100 all six parts of at least ten of his newest fifty cases, and the police those of its own', async () => {
      interface CaseNode {
        readonly id: string;
        readonly enterprise: { readonly uscc: string } | null;
        readonly penaltyDecision: { readonly items: readonly unknown[] } | null;
        readonly referral: { readonly timeline: readonly unknown[] } | null;
      }
      const me = officer('MRA-210100', 2);
      const { cases } = await ask('enforcement', me, `{ cases(first: 50) { nodes { id enterprise { uscc }
        penaltyDecision { items { kind amountFen basis { instrument article } } } referral { timeline { position act } } } } }`);
      const { nodes } = cases as unknown as { nodes: CaseNode[] };
      expect(nodes).toHaveLength(50);

      const others = async (reader: ReturnType<typeof officer>): Promise<CaseNode[]> => {
        const byCase = await ask('adr', reader, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Case {
          complaints(first: 5) { nodes { id receivedAt status } } adverseReactionReports(first: 5) { nodes { id product { id } } } } } }`,
        { r: nodes.map(({ id }) => ({ __typename: 'Case', id })) });
        const enterprises = nodes.map((c) => ({ __typename: 'Enterprise', uscc: c.enterprise?.uscc ?? '' }));
        const inspected = await ask('inspection', reader, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise {
          inspections(first: 5) { nodes { id defects { id grade } } } } } }`, { r: enterprises });
        const punished = await ask('credit', reader, `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise {
          creditPunishments(first: 5) { nodes { id kind status } } } } }`, { r: enterprises });
        interface List { readonly nodes: readonly { readonly defects?: readonly unknown[]; readonly product?: unknown }[] }
        const some = (list: List | null | undefined): boolean => (list?.nodes.length ?? 0) > 0;
        const of = <T>(data: Record<string, never>): readonly (T | null)[] => (data as unknown as { _entities: (T | null)[] })._entities;
        return nodes.filter((_, i) => {
          const mine = of<{ complaints: List | null; adverseReactionReports: List | null }>(byCase)[i];
          return some(mine?.complaints) && some(mine?.adverseReactionReports) && mine!.adverseReactionReports!.nodes.every((r) => r.product) &&
            (of<{ inspections: List | null }>(inspected)[i]?.inspections?.nodes ?? []).some((x) => (x.defects ?? []).length > 0) &&
            some(of<{ creditPunishments: List | null }>(punished)[i]?.creditPunishments);
        });
      };
      const whole = (await others(me)).filter((c) => (c.penaltyDecision?.items.length ?? 0) > 0 && (c.referral?.timeline.length ?? 0) > 0);
      expect(whole.length).toBeGreaterThanOrEqual(10);
      const police = await others(officer('PSB-210100', 2));
      const procuratorate = await others(officer('PPO-210100', 2));
      expect(police.filter((c) => whole.includes(c)).length).toBeGreaterThanOrEqual(4);
      expect(procuratorate.filter((c) => whole.includes(c)).length).toBeGreaterThanOrEqual(4);
    });
  });
});
