import { demoAgencies, demoRegions, type EnterpriseKind, enterpriseKind, regionChanged, type ServiceName } from '@casebridge/contracts';
import { searchText } from '@casebridge/kernel';
import type { Scale } from '../scales';
import { clueLead } from './clues';
import { recordComplaint } from './complaints';
import { dayNumber, officeTime } from './days';
import { AgencyEntity, agencyEvent } from './enforcement';
import { Enterprises } from './enterprises';
import { EventLog } from './event-log';
import { drawGrades, recordInspection } from './inspections';
import { Numbers } from './numbers';
import { bureauOf, regionWeights } from './places';
import { type Plan, plans } from './plans';
import { presentOn } from './present';
import { Products } from './products';
import { Random } from './random';
import { recordReport } from './reports';
import { type Punished, SameActs } from './same-acts';
import { type Size, sizes } from './sizes';
import { punishedBy, type Stage, tellStory } from './stories';
import { type PlacedRow, regionTables, Rows, tables } from './tables';

/** A part of the world, ready to be written; what it refers to was in it or in an earlier one. */
export interface Chunk {
  readonly rows: readonly PlacedRow[];
  /** What is being made, for the display. */
  readonly step: string;
  /** How much of the world there is with this chunk, from 0 to 1. */
  readonly share: number;
}

/** The last position in the log of each service. */
export type Heads = Readonly<Record<ServiceName, number>>;

const chunkRows = 2_000;

/**
 * The demo world, chunk by chunk, so that the largest fits into little memory. It is a function of scale, seed number and
 * the day on which it stands still: no clock, no other randomness.
 *
 * @param today - YYYY-MM-DD; nothing in the world is recorded after 18:00 of that day in China
 * @returns the heads of the logs
 * @throws RangeError when no world can stand on that day
 */
export function* generateWorld(scale: Scale, seed: number, today: string, size: Size = sizes[scale]): Generator<Chunk, Heads, void> {
  const present = presentOn(today);
  const rows = new Rows();
  const enterprises = new Enterprises(seed, size.enterprises, size.elsewhere, present);
  const products = new Products(seed, size.products, enterprises, present);
  const cast = { seed, enterprises, products };
  const stage: Stage = {
    ...cast, present, rows, log: new EventLog(rows), numbers: new Numbers(), sameActs: new SameActs(punished(plans(seed, size, present), (plan) => punishedBy(cast, plan))),
  };
  const total = size.enterprises + size.products + size.cases * 4 + size.inspections + size.reports + size.complaints;
  let done = 0;
  const chunk = (step: string): Chunk => ({ rows: rows.take(), step, share: Math.min(1, done / total) });

  const parts: readonly (readonly [step: string, part: Generator<number>])[] = [
    ['regions and agencies', foundations(stage)], ['enterprises', enterprisesOf(stage)], ['products', productsOf(stage, size)],
    ['cases', casesOf(stage, size)], ['inspections', inspectionsOf(stage, size)], ['reports of reactions', reportsOf(stage, size)],
    ['complaints', complaintsOf(stage, size)],
  ];
  for (const [step, part] of parts) {
    for (const units of part) {
      done += units;
      if (rows.size >= chunkRows) yield chunk(step);
    }
    yield chunk(step);
  }
  return { ...stage.log.heads };
}

function* punished(all: Iterable<Plan>, by: (plan: Plan) => Punished | null): Generator<Punished> {
  for (const plan of all) {
    const found = by(plan);
    if (found) yield found;
  }
}

/** The registry stands since before the first case; each agency is known to every directory by an event, and each region to who asks for it. */
function* foundations({ seed, rows, log, present }: Stage): Generator<number> {
  const random = Random.of(seed, 'registry');
  for (const { parent, ...region } of demoRegions) rows.put(tables.region, { ...region, parentCode: parent });
  const at = officeTime(dayNumber(`${present.year - 5}-08-02`), random);
  for (const agency of demoAgencies) {
    const row = Object.assign(new AgencyEntity(), {
      code: agency.code, name: agency.name, nameEn: agency.nameEn, functions: [...agency.functions], regions: [...agency.regions],
      superiorCode: agency.superior, status: agency.status, issuer: agency.issuer, jwks: null, jwksUri: null,
      officers: agency.officers.map(({ id, roles }) => ({ id, roles: [...roles] })), version: 1, registeredAt: new Date(at), updatedAt: new Date(at),
      searchText: searchText(`${agency.code} ${agency.name} ${agency.nameEn}`),
    });
    rows.put(tables.agency, row);
    log.emit('enforcement', at, random, agencyEvent(row));
  }
  for (const { parent: parentCode, ...region } of demoRegions) {
    log.emit('inspection', at, random, { type: regionChanged.type, subject: `region:${region.code}`, data: { ...region, parentCode } });
    for (const table of Object.values(regionTables)) rows.put(table, { code: region.code, parentCode });
  }
  yield 0;
}

function* enterprisesOf({ rows, enterprises }: Stage): Generator<number> {
  for (let i = 0; i < enterprises.count; i += 1) {
    const enterprise = enterprises.at(i);
    rows.put(tables.enterprise, enterprises.row(enterprise));
    for (const licence of enterprises.licences(enterprise)) rows.put(tables.licence, licence);
    for (const person of enterprises.keyPersons(enterprise)) rows.put(tables.keyPerson, person);
    yield 1;
  }
}

function* productsOf({ rows, products }: Stage, size: Size): Generator<number> {
  for (let i = 0; i < size.products; i += 1) {
    rows.put(tables.product, products.row(i));
    yield 1;
  }
}

function* casesOf(stage: Stage, size: Size): Generator<number> {
  for (const plan of plans(stage.seed, size, stage.present)) {
    // Nothing that is told from here on lies before this case, or the clue that it came of.
    stage.log.release(plan.filedAt - clueLead);
    tellStory(stage, plan);
    yield 4;
  }
  stage.log.releaseAll();
}

const anyKind: readonly EnterpriseKind[] = enterpriseKind.codes;

/** Supervision apart from cases: most finds nothing, and the defects that are left to be found are found here. */
function* inspectionsOf(stage: Stage, size: Size): Generator<number> {
  const { seed, rows, enterprises, present } = stage;
  const count = size.inspections - rows.written(tables.inspection);
  let defects = size.defects - rows.written(tables.defect);
  if (count < 0 || defects < 0) throw new RangeError('The stories have more inspections or defects than the world is to have');
  const regions = regionWeights(size.elsewhere);
  const perVisit = defects / Math.max(1, count);
  let owed = 0;
  for (let i = 0; i < count; i += 1) {
    const random = Random.of(seed, 'inspection', i);
    const regionCode = random.weighted(regions);
    const enterprise = enterprises.any(random, regionCode, [random.weighted(inspected)]);
    owed += perVisit;
    const found = i === count - 1 ? defects : Math.min(defects, owed >= 1 ? Math.min(Math.floor(owed), random.int(1, 4)) : 0);
    owed -= found;
    defects -= found;
    const planned = i % 50 === 0 && i < count - 1;
    recordInspection(stage, {
      enterprise, agency: random.chance(0.7) ? bureauOf(regionCode) : (enterprise.agencyCode as ReturnType<typeof bureauOf>),
      kind: random.weighted([['ROUTINE', 0.7], ['LICENSING', 0.14], ['FOR_CAUSE', 0.11], ['OTHER', 0.05]]),
      day: planned ? present.number + random.int(2, 60) : present.number - random.int(0, size.days - 1), grades: planned ? [] : drawGrades(found, random),
    }, random);
    if (planned) {
      owed += found;
      defects += found;
    }
    yield 1;
  }
}

const inspected: readonly (readonly [EnterpriseKind, number])[] = anyKind.map((kind) => [kind, kind === 'OTHER' ? 0 : kind === 'RETAILER' ? 4 : 1] as const);

function* reportsOf(stage: Stage, size: Size): Generator<number> {
  const { seed, rows, products, present } = stage;
  const count = size.reports - rows.written(tables.report);
  const regions = regionWeights(size.elsewhere);
  for (let i = 0; i < count; i += 1) {
    const random = Random.of(seed, 'report', i);
    recordReport(stage, products, { regionCode: random.weighted(regions), day: present.number - random.int(0, size.days - 1) }, random);
    yield 1;
  }
}

function* complaintsOf(stage: Stage, size: Size): Generator<number> {
  const { seed, rows, enterprises, products, present } = stage;
  const count = size.complaints - rows.written(tables.complaint);
  const regions = regionWeights(size.elsewhere);
  for (let i = 0; i < count; i += 1) {
    const random = Random.of(seed, 'complaint', i);
    const regionCode = random.weighted(regions);
    const enterprise = enterprises.any(random, regionCode, ['RETAILER', 'RETAILER', 'ONLINE_PLATFORM', 'MEDICAL_INSTITUTION', 'OTHER']);
    recordComplaint(stage, {
      agency: bureauOf(regionCode), regionCode, day: present.number - random.int(1, size.days - 1), enterpriseUscc: enterprise.uscc,
      productId: random.chance(0.6) ? products.pick(random, ['DRUG', 'COSMETIC', 'DEVICE'], null).id : null,
    }, random);
    yield 1;
  }
}
