/** Columns and values as `pg` takes them; jsonb as text, columns that the database works out left out. */
export type Row = Readonly<Record<string, unknown>>;
/** One lawful row of each table, in an order in which they can be inserted. */
export type LawfulRows = Readonly<Record<string, Row>>;
/** What must change in the lawful row, so that this constraint and no other refuses it; several ways where a rule has several sides. */
export type Violations = Readonly<Record<string, Row | readonly Row[]>>;

const [id, other] = ['01990000-0000-7000-8000-000000000001', '01990000-0000-7000-8000-000000000002'];
const at = '2026-11-21T10:00:00+08:00';

/** A lawful row of each table that the platform gives to a service. */
export const platformRows: LawfulRows = {
  outbox_event: { seq: 1, id, position: 1, type: 'demo.told.v1', subject: 'demo:1', occurred_at: at, data: '{}' },
  outbox_head: { position: 0 },
  relay_checkpoint: { position: 0 },
  inbox_checkpoint: { source: 'demo', position: 0 },
  inbox_event: { source: 'demo', event_id: id, handled_at: at },
  inbox_parked: { source: 'demo', subject: 'demo:1', parked_at: at, retry_at: at, last_error: 'demo' },
  inbox_parked_event: { source: 'demo', position: 1, event_id: id, type: 'demo.told.v1', subject: 'demo:1', occurred_at: at, data: '{}' },
  case_access: { case_id: id, version: 1, agency_code: 'A', region_code: '210102', respondent_kind: 'ENTERPRISE', filed_at: at },
  idempotency_key: { agency_code: 'A', officer_id: 'A-1', mutation: 'demo', key: 'k', input_hash: 'h', created_at: at },
  access_log: { id: 1, at, agency_code: 'A', officer_id: 'A-1', request_id: 'r', records: [], fields: [] },
  file: { id, sha256: 'a'.repeat(64), size: 1, media_type: 'text/plain', agency_code: 'A', officer_id: 'A-1', uploaded_at: at },
  region: { code: '210102' },
};

export const platformViolations: Violations = {
  outbox_event_id_once: { seq: 2, position: 2 },
  outbox_event_position_once: { seq: 2, id: other },
  outbox_event_position_from_one: { position: 0 },
  outbox_event_type_is_versioned: { type: 'demo.told' },
  outbox_event_has_a_subject: { subject: '' },
  outbox_event_data_is_an_object: { data: '[]' },
  outbox_head_is_one_row: { only_row: false },
  outbox_head_position_from_zero: { position: -1 },
  relay_checkpoint_is_one_row: { only_row: false },
  relay_checkpoint_position_from_zero: { position: -1 },
  inbox_checkpoint_position_from_zero: { position: -1 },
  inbox_parked_retries_from_zero: { retries: -1 },
  inbox_parked_event_once: { position: 2 },
  inbox_parked_event_of_a_parked_subject: { subject: 'demo:2' },
  case_access_version_positive: { version: 0 },
  file_sha256_is_lower_case_hex: [{ sha256: 'A'.repeat(64) }, { sha256: 'a' }],
  file_has_1_byte_to_50_megabytes: [{ size: 0 }, { size: 52_428_801 }],
  file_media_type_has_no_parameters: { media_type: 'text/plain; charset=utf-8' },
};
