import { Client, escapeIdentifier } from 'pg';
import { backOff, describeError, type EventLogger, pause } from './loop';

const pollMs = 1_000;
const pingMs = 15_000;
const answerMs = 5_000;
/** How long a farewell may take before the socket is simply closed. */
const partingMs = 500;

export interface BellOptions {
  readonly databaseUrl: string;
  readonly channels: readonly string[];
  /** Without arguments when anything may have happened: at each poll, and after a connection was made. */
  readonly onRing: (channel?: string, payload?: string) => void;
  readonly logger: EventLogger;
}

/**
 * Rings when the database notifies, within milliseconds, and once a second whatever happens: a notification that is lost with its
 * connection delays work, it never loses any.
 *
 * The connection is its own, not one of a pool (a pool hands a dead listener back without a word), and is made again for ever.
 */
export class Bell {
  private readonly closing = new AbortController();
  private poll: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private listening = false;

  constructor(private readonly options: BellOptions) {}

  /** Whether notifications arrive right now; otherwise only the poll rings. */
  get connected(): boolean {
    return this.listening;
  }

  start(): void {
    if (this.running) return;
    this.poll = setInterval(() => this.options.onRing(), pollMs);
    this.running = this.run();
  }

  /** Resolves when the connection is gone; it does not ring any more from the moment of the call. */
  async close(): Promise<void> {
    clearInterval(this.poll);
    this.closing.abort();
    await this.running;
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    let failures = 0;
    while (!signal.aborted) {
      try {
        await this.listenUntilLost(() => (failures = 0));
      } catch (error) {
        if (signal.aborted) return;
        this.options.logger.warn(describeError(error), 'The listening connection could not be made');
      }
      failures += 1;
      await pause(backOff(failures, 50, 5_000), signal);
    }
  }

  private async listenUntilLost(onConnected: () => void): Promise<void> {
    const { databaseUrl, channels, onRing, logger } = this.options;
    const { signal } = this.closing;
    const client = new Client({
      connectionString: databaseUrl,
      application_name: 'casebridge-bell',
      keepAlive: true,
      connectionTimeoutMillis: answerMs,
      query_timeout: answerMs,
    });
    const hangUp = (): void => void client.connection.stream.destroy();
    const leave = (): void => {
      if (!this.listening) return hangUp();
      const impatience = setTimeout(hangUp, partingMs);
      client.end().then(() => clearTimeout(impatience), hangUp);
    };
    const lost = new Promise<void>((resolve) => client.once('end', resolve));
    client.on('error', hangUp);
    client.on('notification', ({ channel, payload }) => {
      if (!signal.aborted) onRing(channel, payload);
    });
    signal.addEventListener('abort', leave, { once: true });
    let ping: NodeJS.Timeout | undefined;
    try {
      await client.connect();
      for (const channel of channels) await client.query(`listen ${escapeIdentifier(channel)}`);
      if (signal.aborted) return;
      this.listening = true;
      onConnected();
      onRing();
      // A partition leaves a half-open connection that looks alive for hours; only an answer shows that it is.
      ping = setInterval(() => void client.query('select 1').catch(hangUp), pingMs);
      await lost;
      if (!signal.aborted) logger.warn({}, 'The listening connection was lost');
    } finally {
      this.listening = false;
      clearInterval(ping);
      signal.removeEventListener('abort', leave);
      hangUp();
    }
  }
}
