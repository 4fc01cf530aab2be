import type { AgencyReader, Clock } from '@casebridge/kernel';
import type { DataSource } from 'typeorm';
import { query, sql } from '../sql';

export interface AccessEntry {
  readonly principal: AgencyReader;
  readonly requestId: string;
  /** Name of the client's operation. */
  readonly operation: string | null;
  /** `Type:id` of every record read. */
  readonly records: readonly string[];
  /** `Type.field` of every field selected. */
  readonly fields: readonly string[];
}

/** Where entries go; resolves when the entry is durable. */
export interface AccessWriter {
  write(entry: AccessEntry): Promise<void>;
}

interface Waiting {
  readonly entry: AccessEntry;
  readonly at: Date;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/**
 * Who read what, for what purpose: written before the answer leaves, so that there is no read without its entry. Requests that end
 * together share one insert.
 */
export class AccessLog implements AccessWriter {
  private waiting: Waiting[] = [];
  private running: Promise<void> | null = null;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  write(entry: AccessEntry): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ entry, at: this.clock.now(), done, failed });
      this.running ??= this.drain();
    });
  }

  private async drain(): Promise<void> {
    // One turn of the loop lets what ends together be written together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, 500);
      try {
        await this.insert(batch);
        for (const w of batch) w.done();
      } catch (cause) {
        for (const w of batch) w.failed(cause);
      }
    }
    this.running = null;
  }

  private async insert(batch: readonly Waiting[]): Promise<void> {
    const rows = batch.map(({ entry, at }) => ({
      at: at.toISOString(), agency_code: entry.principal.agency.code, officer_id: entry.principal.officerId, purpose: entry.principal.purpose,
      request_id: entry.requestId, operation: entry.operation, records: entry.records, fields: entry.fields,
    }));
    await query(this.dataSource.manager, sql`
      insert into access_log (at, agency_code, officer_id, purpose, request_id, operation, records, fields)
      select at, agency_code, officer_id, purpose, request_id, operation, records, fields
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as r(at timestamptz, agency_code text, officer_id text, purpose text, request_id text, operation text, records text[], fields text[])`);
  }
}
