import type { EntityManager } from 'typeorm';
import { openDatabase } from '../database';
import { type EventBus, PostgresBus } from '../events';
import { type Logger, loadOrCreateSecret } from '../process';

export interface OpenBus {
  readonly bus: EventBus;
  /** Of the bus database. */
  readonly manager: EntityManager;
  close(): Promise<void>;
}

/** The event bus on its own database. */
export async function openBus(databaseUrl: string, logger: Logger, poolSize = 8): Promise<OpenBus> {
  const dataSource = await openDatabase({ url: databaseUrl, applicationName: 'casebridge-bus', poolSize });
  const bus = new PostgresBus({ dataSource, databaseUrl, logger });
  return {
    bus,
    manager: dataSource.manager,
    close: async () => {
      await bus.close();
      await dataSource.destroy();
    },
  };
}

/** Key of the digests of identity numbers: made on first use in the data folder. Without it no ban is found any more: it belongs to every backup. */
export const citizenIdSecret = async (dataDir: string): Promise<Buffer> => Buffer.from(await loadOrCreateSecret(dataDir, 'citizen-id'), 'utf8');

/** What seals cursors: made on first use in the data folder, shared by every process of the hub. */
export const cursorSecret = async (dataDir: string): Promise<Buffer> => Buffer.from(await loadOrCreateSecret(dataDir, 'cursor'), 'utf8');
