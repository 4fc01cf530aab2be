import { AdverseReactionReportEntity, ComplaintEntity } from '@casebridge/adr';
import type { ServiceName } from '@casebridge/contracts';
import {
  CreditPenaltyEntity, CreditPunishmentEntity, CreditRepairActEntity, CreditRepairEntity, DisclosureActEntity, DisclosureDeferralEntity, DisclosureRecordEntity, DisclosureTextEntity, DisclosureTombstoneEntity, DishonestyListingActEntity, DishonestyListingEntity, JointMeasureEntity,
} from '@casebridge/credit';
import {
  EnterpriseEntity, InspectionDefectEntity, InspectionEntity, KeyPersonEntity, LicenceEntity, ProductEntity, RegionEntity,
} from '@casebridge/inspection';
import { CaseAccessEntity, FileEntity } from '@casebridge/platform';
import type { DatabaseName } from '../../config';
import {
  AdminCaseEntity, AgencyEntity, CompulsoryMeasureActEntity, CaseExclusionEntity, CasePartEntity, CaseSealEntity, CaseStepEntity, ClueActEntity, ClueEntity, CooperationActEntity, CooperationDocumentEntity, CooperationEntity, GoodsLotEntity, GoodsMovementEntity, DutyCrimeClueActEntity, DutyCrimeClueEntity, PenaltyDecisionEntity, PenaltyItemEntity,
  ReferralDocumentEntity, ReferralEntity, ReferralTimelineEntity,
} from './enforcement';

/** How a column is written; `json` is a value to be told as JSON, `jsonText` is JSON already. */
export type ColumnType = 'plain' | 'json' | 'jsonText' | 'array';

export interface Column {
  readonly name: string;
  readonly property: string;
  readonly type: ColumnType;
}

/** A table that the world is written into. Its columns are those of an entity, or are listed where it has none. */
export interface Table<Row extends object = object> {
  readonly database: DatabaseName;
  readonly name: string;
  readonly entity: (new () => object) | null;
  readonly columns: readonly Column[] | null;
  /** Only for the compiler: what a row of it looks like. */
  readonly row?: Row;
}

const of = <Row extends object>(database: DatabaseName, entity: new () => Row) => <Written extends object = Row>(name: string): Table<Written> =>
  ({ database, name, entity, columns: null });

const listed = <Row extends object>(database: DatabaseName, name: string, columns: readonly (readonly [string, keyof Row & string, ColumnType?])[]): Table<Row> =>
  ({ database, name, entity: null, columns: columns.map(([column, property, type]) => ({ name: column, property, type: type ?? 'plain' })) });

/** An event in a log, its data told as JSON. */
export interface LoggedEvent {
  readonly id: string;
  readonly source: ServiceName;
  readonly position: number;
  readonly type: string;
  readonly subject: string;
  readonly occurredAt: Date;
  readonly data: string;
}

export interface HandledEvent {
  readonly source: ServiceName;
  readonly eventId: string;
  readonly handledAt: Date;
}

/** What the database works out is not written. */
type InspectionRow = Omit<InspectionEntity, 'scheduledOn'>;

const outbox = (database: ServiceName): Table<LoggedEvent> =>
  listed(database, 'outbox_event', [
    ['id', 'id'], ['position', 'position'], ['type', 'type'], ['subject', 'subject'], ['occurred_at', 'occurredAt'], ['data', 'data', 'jsonText'],
  ]);
const inbox = (database: ServiceName): Table<HandledEvent> =>
  listed(database, 'inbox_event', [['source', 'source'], ['event_id', 'eventId'], ['handled_at', 'handledAt']]);

const perService = <T>(make: (name: ServiceName) => T): Readonly<Record<ServiceName, T>> =>
  ({ inspection: make('inspection'), enforcement: make('enforcement'), credit: make('credit'), adr: make('adr') });

/** Tables in the order in which they are written: what others refer to comes first. */
export const tables = {
  agency: of('enforcement', AgencyEntity)('agency'),
  file: of('enforcement', FileEntity)('file'),
  adminCase: of('enforcement', AdminCaseEntity)('admin_case'),
  casePart: of('enforcement', CasePartEntity)('case_part'),
  caseSeal: of('enforcement', CaseSealEntity)('case_seal'),
  caseExclusion: of('enforcement', CaseExclusionEntity)('case_exclusion'),
  penaltyDecision: of('enforcement', PenaltyDecisionEntity)('penalty_decision'),
  penaltyItem: of('enforcement', PenaltyItemEntity)('penalty_item'),
  caseStep: of('enforcement', CaseStepEntity)('case_step'),
  measureAct: of('enforcement', CompulsoryMeasureActEntity)('compulsory_measure_act'),
  referral: of('enforcement', ReferralEntity)('referral'),
  referralTimeline: of('enforcement', ReferralTimelineEntity)('referral_timeline'),
  referralDocument: of('enforcement', ReferralDocumentEntity)('referral_document'),
  goodsLot: of('enforcement', GoodsLotEntity)('goods_lot'),
  goodsMovement: of('enforcement', GoodsMovementEntity)('goods_movement'),
  clue: of('enforcement', ClueEntity)('clue'),
  clueAct: of('enforcement', ClueActEntity)('clue_act'),
  cooperation: of('enforcement', CooperationEntity)('cooperation'),
  cooperationAct: of('enforcement', CooperationActEntity)('cooperation_act'),
  cooperationDocument: of('enforcement', CooperationDocumentEntity)('cooperation_document'),
  dutyCrimeClue: of('enforcement', DutyCrimeClueEntity)('duty_crime_clue'),
  dutyCrimeClueAct: of('enforcement', DutyCrimeClueActEntity)('duty_crime_clue_act'),
  region: of('inspection', RegionEntity)('region'),
  enterprise: of('inspection', EnterpriseEntity)('enterprise'),
  licence: of('inspection', LicenceEntity)('licence'),
  keyPerson: of('inspection', KeyPersonEntity)('key_person'),
  product: of('inspection', ProductEntity)('product'),
  inspection: of('inspection', InspectionEntity)<InspectionRow>('inspection'),
  defect: of('inspection', InspectionDefectEntity)('inspection_defect'),
  creditPenalty: of('credit', CreditPenaltyEntity)('credit_penalty'),
  disclosure: of('credit', DisclosureRecordEntity)('disclosure_record'),
  disclosureText: of('credit', DisclosureTextEntity)('disclosure_text'),
  disclosureDeferral: of('credit', DisclosureDeferralEntity)('disclosure_deferral'),
  disclosureAct: of('credit', DisclosureActEntity)('disclosure_act'),
  disclosureTombstone: of('credit', DisclosureTombstoneEntity)('disclosure_tombstone'),
  punishment: of('credit', CreditPunishmentEntity)('credit_punishment'),
  listing: of('credit', DishonestyListingEntity)('dishonesty_listing'),
  listingAct: of('credit', DishonestyListingActEntity)('dishonesty_listing_act'),
  measure: of('credit', JointMeasureEntity)('joint_measure'),
  repair: of('credit', CreditRepairEntity)('credit_repair'),
  repairAct: of('credit', CreditRepairActEntity)('credit_repair_act'),
  report: of('adr', AdverseReactionReportEntity)('adverse_reaction_report'),
  complaint: of('adr', ComplaintEntity)('complaint'),
} as const;

/** The projections of case access, in the services that keep one. */
export const accessTables = {
  inspection: of('inspection', CaseAccessEntity)('case_access'),
  credit: of('credit', CaseAccessEntity)('case_access'),
  adr: of('adr', CaseAccessEntity)('case_access'),
} as const;

/** Where a region lies, as the services know it that filter by region. */
const regionTree = (database: ServiceName): Table<{ readonly code: string; readonly parentCode: string | null }> =>
  listed(database, 'region', [['code', 'code'], ['parent_code', 'parentCode']]);
export const regionTables = { enforcement: regionTree('enforcement'), credit: regionTree('credit'), adr: regionTree('adr') } as const;

export const outboxTables = perService(outbox);
export const inboxTables = perService(inbox);
export const busTable = listed<LoggedEvent>('bus', 'bus_event', [
  ['source', 'source'], ['position', 'position'], ['id', 'id'], ['type', 'type'], ['subject', 'subject'], ['occurred_at', 'occurredAt'],
  ['data', 'data', 'jsonText'],
]);

export const allTables: readonly Table[] = [
  ...Object.values(tables), ...Object.values(accessTables), ...Object.values(regionTables), ...Object.values(outboxTables), ...Object.values(inboxTables), busTable,
];

export interface PlacedRow {
  readonly table: Table;
  readonly row: object;
}

/** Where the world puts its rows until somebody takes them away to write them. */
export class Rows {
  private placed: PlacedRow[] = [];
  private readonly counts = new Map<Table, number>();

  put<Row extends object>(table: Table<Row>, row: Row): void {
    this.placed.push({ table, row });
    this.counts.set(table, this.written(table) + 1);
  }

  /** How many rows of a table there have been so far. */
  written(table: Table): number {
    return this.counts.get(table) ?? 0;
  }

  get size(): number {
    return this.placed.length;
  }

  take(): readonly PlacedRow[] {
    const taken = this.placed;
    this.placed = [];
    return taken;
  }
}
