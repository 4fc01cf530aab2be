import { Pool } from 'undici';
import type { Asked } from '../load';
import type { Variables } from '../operation';
import type { GatewayOperation } from './operations';
import { cpuMilliseconds, residentMiB } from './process-stat';
import { RawConnection } from './raw-connection';
import type { TargetName } from './targets';

interface Prepared {
  readonly request: Buffer;
  /** Bytes of the answer that was compared; the data never change, so every later one must be as long. */
  readonly bytes: number;
}

export interface TargetProcesses {
  readonly gateway: number;
  readonly services: readonly number[];
}

const patienceMs = 15_000;

/** A gateway under measurement. Under load it is asked over bare sockets, with requests that were written out before. */
export class GatewayTarget implements Asked<GatewayOperation> {
  private readonly pool: Pool;
  private readonly idle: RawConnection[] = [];
  private readonly opened = new Set<RawConnection>();
  private readonly prepared = new Map<string, Map<Variables, Prepared>>();
  /** Where it listens. */
  readonly origin: URL;

  /** @param token - that our gateway wants and the others take no notice of */
  constructor(readonly name: TargetName, url: string, private readonly token: string, private readonly processes: TargetProcesses) {
    this.origin = new URL(url);
    this.pool = new Pool(this.origin.origin, { connections: 8, pipelining: 1, headersTimeout: patienceMs, bodyTimeout: patienceMs });
  }

  /**
   * Data of an answer; the request for it is prepared from here on.
   *
   * @throws when it is none, or has errors
   */
  async data(operation: GatewayOperation, variables: Variables): Promise<Record<string, unknown>> {
    const body = JSON.stringify({ operationName: operation.name, query: operation.query, variables });
    const { statusCode, body: answered } = await this.pool.request({
      method: 'POST', path: '/graphql', headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}` }, body,
    });
    const text = await answered.text();
    const answer = JSON.parse(text) as { data?: Record<string, unknown> | null; errors?: unknown };
    if (statusCode !== 200 || !answer.data || answer.errors) throw new Error(`${this.name} answered ${operation.name} with ${statusCode}: ${text.slice(0, 1_000)}`);
    const byVariables = this.prepared.get(operation.name) ?? new Map<Variables, Prepared>();
    this.prepared.set(operation.name, byVariables);
    byVariables.set(variables, { request: this.written(body), bytes: Buffer.byteLength(text) });
    return answer.data;
  }

  /** @throws RangeError for what was not compared */
  async send(operation: GatewayOperation, variables: Variables): Promise<{ status: number; text: string }> {
    const prepared = this.prepared.get(operation.name)?.get(variables);
    if (!prepared) throw new RangeError(`${operation.name} was not asked of ${this.name} before`);
    const connection = this.idle.pop() ?? this.open();
    try {
      const { bytes, head, status } = await connection.ask(prepared.request);
      return { status, text: bytes === prepared.bytes ? head : `${bytes} bytes instead of ${prepared.bytes}: ${head}` };
    } finally {
      this.idle.push(connection);
    }
  }

  /** CPU time so far, in milliseconds; null where the system does not tell. */
  async cpu(): Promise<{ gateway: number; services: number } | null> {
    const [gateway, ...services] = await Promise.all([this.processes.gateway, ...this.processes.services].map(cpuMilliseconds));
    if (gateway == null || services.includes(null)) return null;
    return { gateway, services: services.reduce<number>((sum, value) => sum + (value ?? 0), 0) };
  }

  /** Of the gateway's process. */
  memory(): Promise<number | null> {
    return residentMiB(this.processes.gateway);
  }

  /** Between two measurements: the next may want fewer. */
  dropConnections(): void {
    for (const connection of this.opened) connection.close();
    this.opened.clear();
    this.idle.length = 0;
  }

  async close(): Promise<void> {
    this.dropConnections();
    await this.pool.destroy();
  }

  private open(): RawConnection {
    const connection = new RawConnection({ host: this.origin.hostname, port: Number(this.origin.port) });
    this.opened.add(connection);
    return connection;
  }

  private written(body: string): Buffer {
    return Buffer.from([
      'POST /graphql HTTP/1.1', `host: ${this.origin.host}`, 'content-type: application/json', `authorization: Bearer ${this.token}`,
      `content-length: ${Buffer.byteLength(body)}`, '', body,
    ].join('\r\n'));
  }
}
