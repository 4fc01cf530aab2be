import type { ServiceName } from '@casebridge/contracts';
import { systemClock, uuidv7 } from '@casebridge/kernel';
import type { Database, Databases, Statement } from './database';

export interface Read {
  readonly service: ServiceName;
  /** `Type:id`. */
  readonly records: readonly string[];
  /** `Type.field`. */
  readonly fields: readonly string[];
}

/** Where reads are noted: a row in each database that was read, before the answer leaves, as the services do. */
export interface AccessLogs {
  write(operation: string, reads: readonly Read[]): Promise<void>;
}

export const noLogs: AccessLogs = { write: () => Promise.resolve() };

const insert: Statement = {
  name: 'access-log',
  text: `
    insert into access_log (at, agency_code, officer_id, purpose, request_id, operation, records, fields)
    select at, agency_code, officer_id, purpose, request_id, operation, records, fields
    from jsonb_to_recordset($1::jsonb)
      as r(at timestamptz, agency_code text, officer_id text, purpose text, request_id text, operation text, records text[], fields text[])`,
};

interface Waiting {
  readonly row: object;
  readonly done: () => void;
  readonly failed: (cause: unknown) => void;
}

/** The log of one database; requests that end together share one insert, as in the services. */
class DatabaseLog {
  private waiting: Waiting[] = [];
  private running = false;

  constructor(private readonly database: Database) {}

  write(row: object): Promise<void> {
    return new Promise((done, failed) => {
      this.waiting.push({ row, done, failed });
      if (this.running) return;
      this.running = true;
      setImmediate(() => void this.drain());
    });
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, 500);
      try {
        await this.database.rows(insert, [JSON.stringify(batch.map((w) => w.row))]);
        for (const w of batch) w.done();
      } catch (cause) {
        for (const w of batch) w.failed(cause);
      }
    }
    this.running = false;
  }
}

export function accessLogs(databases: Databases): AccessLogs {
  const logs: Readonly<Record<ServiceName, DatabaseLog>> = {
    inspection: new DatabaseLog(databases.inspection), enforcement: new DatabaseLog(databases.enforcement),
    credit: new DatabaseLog(databases.credit), adr: new DatabaseLog(databases.adr),
  };
  return {
    write: async (operation, reads) => {
      const at = systemClock.now().toISOString();
      const requestId = uuidv7(systemClock);
      await Promise.all(reads.filter((r) => r.records.length > 0).map(({ service, records, fields }) =>
        logs[service].write({
          at, agency_code: 'MRA-210100', officer_id: 'MRA-210100-2', purpose: 'bench', request_id: requestId, operation, records, fields,
        })));
    },
  };
}
