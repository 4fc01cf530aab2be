import 'reflect-metadata';
import { type AgencyFunction, composeUscc, FixedClock, type Principal } from '@casebridge/kernel';
import { officerOf, publicReader, type ServiceHarness, startServiceForTest } from '@casebridge/testkit';
import { inspectionService } from '../service';
import {
  concludedInspection, insideOfEnterprise, type ModelCase, type ModelReader, type ModelRecord, openInspection, opens,
} from '../testing/rights-model';
import {
  caseAccess, concluded, givenEnterprise, givenInspection, givenKeyPerson, givenLicence, givenProduct, givenRegions, newId, newUscc, testNow, underWay,
} from '../testing/world';

const functions: readonly AgencyFunction[] = [
  'DRUG', 'MARKET', 'POLICE', 'PROCURATORATE', 'COURT', 'HEALTH', 'CDC', 'ADR_CENTRE', 'SUPERVISION', 'INSURANCE', 'LAB', 'CUSTOMS', 'FOOD_DRUG_OFFICE',
];

const NOWHERE = '220102';
const STRANGER = 'STRANGER';

/** For each function an agency in a region of its own, with one of its kind below it; and one with two functions. */
const readerAgencies = [...functions.map((f) => [f]), ['DRUG', 'MARKET'] as AgencyFunction[]].map((own) => {
  const name = own.join('').replace(/_/gu, '');
  return { code: `TOP-${name}`, functions: own, region: `ZONE-${name}`.slice(0, 20), below: `SUB-${name}` };
});

const registry = [
  ...readerAgencies.flatMap((a) => [
    { code: a.code, functions: a.functions, regions: [a.region], superior: null },
    { code: a.below, functions: a.functions, regions: [], superior: a.code },
  ]),
  { code: STRANGER, functions: ['DRUG'] as AgencyFunction[], regions: [], superior: null },
];

interface Reading {
  readonly label: string;
  readonly model: ModelReader | null;
  readonly principal: Principal;
}

const readings: Reading[] = [
  { label: 'PUBLIC', model: null, principal: publicReader },
  ...readerAgencies.flatMap((a) => [1, 2].map((n): Reading => {
    const record = { code: a.code, name: a.code, nameEn: a.code, functions: a.functions, regions: [a.region], superior: null };
    return {
      label: `${a.code}, officer ${n}`,
      model: { agency: a.code, officer: `${a.code}-${n}`, functions: a.functions, regions: [a.region], below: [{ code: a.below, functions: a.functions }] },
      principal: officerOf(record, `${a.code}-${n}`),
    };
  })),
];

const far: ModelRecord = { owner: STRANGER, region: NOWHERE, parts: [], cases: [], publishedToday: false, medical: false };
const caseOf = (parts: readonly string[], change: Partial<ModelCase> = {}): ModelCase => ({ id: newId(), parts, uscc: null, ...change });

/** Every relation alone, and what may take it away, for one reading agency. */
const situations = (a: (typeof readerAgencies)[number]): [string, ModelRecord][] => [
  ['nothing', far],
  ['owner', { ...far, owner: a.code }],
  ['superior', { ...far, owner: a.below }],
  ['party', { ...far, parts: [a.code] }],
  ['party below', { ...far, parts: [a.below] }],
  ['local', { ...far, region: a.region }],
  ['medical', { ...far, region: a.region, medical: true }],
  ['medical elsewhere', { ...far, medical: true }],
  ['published', { ...far, publishedToday: true }],
  ['linked', { ...far, cases: [caseOf([a.code])] }],
  ['linked below', { ...far, cases: [caseOf([a.below])] }],
  ['linked to a case of others', { ...far, cases: [caseOf([STRANGER])] }],
  ['linked, sealed', { ...far, cases: [caseOf([a.code], { seal: { owner: STRANGER, officers: [`${a.code}-1`], parties: [] } })] }],
  ['linked, sealed, named party', { ...far, cases: [caseOf([a.code], { seal: { owner: STRANGER, officers: [], parties: [a.code] } })] }],
  ['linked, sealed by itself, officer 1 named', { ...far, cases: [caseOf([a.code], { seal: { owner: a.code, officers: [`${a.code}-1`], parties: [] } })] }],
  ['linked, officer 2 excluded', { ...far, cases: [caseOf([a.code], { excluded: [`${a.code}/${a.code}-2`] })] }],
  ['linked twice, one sealed', { ...far, cases: [caseOf([a.code], { seal: { owner: STRANGER, officers: [], parties: [] } }), caseOf([a.code])] }],
];

const announce = (c: ModelCase) => caseAccess({
  caseId: c.id, parts: [...c.parts], enterpriseUscc: c.uscc, agencyCode: c.seal?.owner ?? STRANGER, sealedUntil: c.seal ? '2026-11-21' : null,
  sealOfficers: [...(c.seal?.officers ?? [])], sealParties: [...(c.seal?.parties ?? [])], excluded: [...(c.excluded ?? [])],
});

describe('rights in the regulated world', () => {
  let hub: ServiceHarness;
  beforeAll(async () => {
    hub = await startServiceForTest(inspectionService, { agencies: registry, clock: new FixedClock(testNow) });
    await givenRegions(hub.dataSource, readerAgencies.map((a) => a.region));
  }, 60_000);
  afterAll(() => hub.stop());

  const ask = async <T>(query: string, variables: Record<string, unknown>, who: Principal): Promise<T> => {
    const { data, errors } = await hub.as(who).send<T>(query, variables);
    expect(errors).toBeUndefined();
    return JSON.parse(JSON.stringify(data)) as T;
  };

  describe('inspections', () => {
    const all: { label: string; id: string; record: ModelRecord; isConcluded: boolean }[] = [];
    const cases: ModelCase[] = [];
    beforeAll(async () => {
      const { uscc } = await givenEnterprise(hub.dataSource, { agencyCode: STRANGER, regionCode: NOWHERE });
      for (const a of readerAgencies) for (const isConcluded of [true, false]) for (const [label, record] of situations(a)) {
        if (record.publishedToday && !isConcluded) continue;
        const { id } = await givenInspection(hub.dataSource, uscc, {
          ...(isConcluded ? concluded : underWay), agencyCode: record.owner, regionCode: record.region, partCodes: [...record.parts],
          caseIds: record.cases.map((c) => c.id), medicalInstitution: record.medical, publishedOn: record.publishedToday ? '2026-11-21' : null,
        });
        cases.push(...record.cases);
        all.push({ label: `${a.code}: ${label}, ${isConcluded ? 'concluded' : 'open'}`, id, record, isConcluded });
      }
      await hub.receive('enforcement', ...cases.map(announce));
    }, 60_000);

    const expected = (reader: ModelReader | null) => all.filter(({ record, isConcluded }) =>
      opens(isConcluded ? concludedInspection : openInspection, 'PUBLIC', record, reader));
    const labels = (ids: readonly string[]) => all.filter((i) => ids.includes(i.id)).map((i) => i.label);

    it.each(readings)('lists, counts and resolves for $label what the page opens, and nothing else', async ({ model, principal }) => {
      const listed: string[] = [];
      for (let after: string | null = null; ;) {
        const { inspections }: Listed = await ask<Listed>(
          'query L($after: String) { inspections(first: 100, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }', { after }, principal);
        listed.push(...inspections.nodes.map((n) => n.id));
        if (!inspections.pageInfo.hasNextPage) {
          expect(inspections.totalCount).toBe(listed.length);
          break;
        }
        after = inspections.pageInfo.endCursor;
      }
      const wanted = expected(model).map((i) => i.label);
      expect(labels(listed)).toEqual(wanted);
      const { _entities } = await ask<{ _entities: ({ id: string } | null)[] }>(
        'query R($r: [_Any!]!) { _entities(representations: $r) { ... on Inspection { id } } }',
        { r: all.map(({ id }) => ({ __typename: 'Inspection', id })) }, principal);
      expect(labels(_entities.filter((e) => e !== null).map((e) => e.id))).toEqual(wanted);
    });

    it('tells no more by filters than by lists', async () => {
      for (const { model, principal } of readings) {
        const { inspections } = await ask<Listed>('{ inspections(filter: { status: UNDER_WAY }) { totalCount nodes { id } pageInfo { hasNextPage endCursor } } }', {}, principal);
        expect(inspections.totalCount).toBe(expected(model).filter((i) => !i.isConcluded).length);
      }
    });

    it('names a case, and the inspections of a case, only where both are open', async () => {
      for (const { model, principal } of readings) {
        const mine = expected(model).map((i) => i.id);
        const { _entities } = await ask<{ _entities: ({ cases?: { id: string }[]; inspections?: { totalCount: number; nodes: { id: string }[] } } | null)[] }>(
          `query R($r: [_Any!]!) { _entities(representations: $r) { ... on Inspection { cases { id } } ... on Case { inspections(first: 5) { totalCount nodes { id } } } } }`,
          { r: [...all.map(({ id }) => ({ __typename: 'Inspection', id })), ...cases.map(({ id }) => ({ __typename: 'Case', id }))] }, principal);
        all.forEach(({ id, record }, n) => {
          const open = model === null ? [] : record.cases.filter((c) => caseOpen(c, model)).map((c) => c.id);
          expect(_entities[n] ?? null).toEqual(mine.includes(id) ? { cases: open.map((c) => ({ id: c })) } : null);
        });
        cases.forEach((c, n) => {
          const nodes = all.filter((i) => mine.includes(i.id) && i.record.cases.includes(c)).map((i) => ({ id: i.id }));
          expect(_entities[all.length + n] ?? null).toEqual(model !== null && caseOpen(c, model) ? { inspections: { totalCount: nodes.length, nodes } } : null);
        });
      }
    });

    it('hides a case that has not arrived yet', async () => {
      const early = caseOf(['TOP-POLICE']);
      const { id } = await givenInspection(hub.dataSource, (await givenEnterprise(hub.dataSource)).uscc, { ...concluded, agencyCode: STRANGER, regionCode: NOWHERE, caseIds: [early.id] });
      const police = readings.find((r) => r.label === 'TOP-POLICE, officer 1') as Reading;
      const read = () => ask<{ inspection: unknown }>('query I($id: ID!) { inspection(id: $id) { cases { id } } }', { id }, police.principal);
      expect(await read()).toEqual({ inspection: null });
      await hub.receive('enforcement', announce(early));
      expect(await read()).toEqual({ inspection: { cases: [{ id: early.id }] } });
      await hub.dataSource.query('delete from inspection where id = $1', [id]);
    });
  });

  describe('enterprises and products', () => {
    const all: { label: string; uscc: string; record: ModelRecord }[] = [];
    let product = '';
    const MASTER = { kinds: ['PRODUCER'], address: '演示路1号', registeredOn: '2020-01-02', riskTier: 'B' };
    const INSIDE = { riskScore: 40, riskReasons: ['重复缺陷'], keyPersons: [{ name: '演示人员' }] };
    const hiddenOf = (what: object) => Object.fromEntries(Object.keys(what).map((key) => [key, null]));
    beforeAll(async () => {
      for (const a of readerAgencies) for (const [label, record] of situations(a)) {
        const uscc = newUscc();
        const ofEnterprise = { ...record, cases: record.cases.map((c) => ({ ...c, id: newId(), uscc })) };
        await givenEnterprise(hub.dataSource, { uscc, name: label, agencyCode: record.owner, regionCode: record.region });
        await givenKeyPerson(hub.dataSource, uscc);
        await givenLicence(hub.dataSource, uscc);
        await hub.receive('enforcement', ...ofEnterprise.cases.map(announce));
        all.push({ label: `${a.code}: ${label}`, uscc, record: ofEnterprise });
      }
      product = (await givenProduct(hub.dataSource, { holderUscc: all[0]?.uscc })).id;
    }, 60_000);

    it.each(readings)('opens to $label each part of an enterprise as the page says', async ({ model, principal }) => {
      const { _entities } = await ask<{ _entities: unknown[] }>(
        `query R($r: [_Any!]!) { _entities(representations: $r) { ... on Enterprise { uscc licences { status } region { code } supervisingAgency { code }
          kinds address registeredOn riskTier riskScore riskReasons keyPersons { name } products { totalCount } } } }`,
        { r: all.map(({ uscc }) => ({ __typename: 'Enterprise', uscc })) }, principal);
      all.forEach(({ label, uscc, record }, n) => {
        const inside = opens(insideOfEnterprise, 'NOT_PUBLIC', record, model);
        expect([label, _entities[n]]).toEqual([label, {
          uscc, licences: [{ status: 'VALID' }], ...(model ? MASTER : hiddenOf(MASTER)), ...(inside ? INSIDE : hiddenOf(INSIDE)),
          region: model ? { code: record.region } : null, supervisingAgency: model ? { code: record.owner } : null,
          products: model ? { totalCount: n === 0 ? 1 : 0 } : null,
        }]);
      });
    });

    it.each(readings)('opens to $label the registration of a product, and the rest to agencies', async ({ model, principal }) => {
      const read = await ask<{ product: unknown }>('query P($id: ID!) { product(id: $id) { name registrationNo kind dosageForm strength domain holder { uscc } } }', { id: product }, principal);
      const rest = { kind: 'DRUG', dosageForm: '片剂', strength: '0.5g', domain: 'DRUG', holder: { uscc: all[0]?.uscc } };
      expect(read.product).toEqual({ name: '演示片', registrationNo: '国药准字H20260001', ...(model ? rest : hiddenOf(rest)) });
    });

    it('gives the public no answer by filters or order on what it may not see', async () => {
      for (const filter of ['regionCode: "220102"', 'kind: PRODUCER', 'riskTier: B', 'text: "nothing", riskTier: B']) {
        expect(await ask('{ enterprises(filter: { ' + filter + ' }) { totalCount nodes { uscc } } }', {}, publicReader)).toEqual({ enterprises: { totalCount: 0, nodes: [] } });
      }
      expect(await ask('{ products(filter: { kind: DRUG }) { totalCount } }', {}, publicReader)).toEqual({ products: { totalCount: 0 } });
      // The newest has the lowest code: it comes last where the day of registration has no say.
      const late = await givenEnterprise(hub.dataSource, {
        uscc: composeUscc({ department: '91', region: '110101', organisation: 'MA000000' }), registeredOn: '2026-11-20',
      });
      const read = (who: Principal) => ask<{ enterprises: { nodes: { uscc: string }[] } }>('{ enterprises(first: 100) { nodes { uscc } } }', {}, who);
      const shown = (await read(publicReader)).enterprises.nodes.map((n) => n.uscc);
      expect(shown).toEqual([...shown].sort().reverse());
      expect(shown).not.toContain(late.uscc);
      expect((await read((readings[1] as Reading).principal)).enterprises.nodes[0]?.uscc).toBe(late.uscc);
    });

    it('lets an auditor or analyst alone read as the public does', async () => {
      const a = readerAgencies[0] as (typeof readerAgencies)[number];
      const record = { code: a.code, name: a.code, nameEn: a.code, functions: a.functions, regions: [a.region], superior: null };
      const own = all.find((e) => e.label === `${a.code}: owner`)?.uscc;
      for (const role of ['auditor', 'analyst'] as const) {
        const read = await ask('query E($u: ID!) { enterprise(uscc: $u) { riskTier keyPersons { name } licences { status } } }', { u: own }, officerOf(record, `${a.code}-3`, { roles: [role] }));
        expect(read).toEqual({ enterprise: { riskTier: null, keyPersons: null, licences: [{ status: 'VALID' }] } });
      }
    });
  });
});

interface Listed {
  inspections: { totalCount: number; nodes: { id: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
}

/** A case shows its head to parties and to its owner here: it lies nowhere a reader is competent for, and was not served. */
function caseOpen(c: ModelCase, reader: ModelReader): boolean {
  const owner = c.seal?.owner ?? STRANGER;
  const partySees = reader.below.some((b) => c.parts.includes(b.code) && (b.functions.includes('POLICE') || b.functions.includes('PROCURATORATE')));
  const open = owner === reader.agency || c.parts.includes(reader.agency) || partySees;
  const named = !c.seal || c.seal.parties.includes(reader.agency) || (owner === reader.agency && c.seal.officers.includes(reader.officer));
  return open && named && !(c.excluded ?? []).includes(`${reader.agency}/${reader.officer}`);
}
