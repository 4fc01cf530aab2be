import { Pool } from 'undici';
import type { Variables } from './operation';

/** In the order of the tables. */
export const targetNames = ['hub', 'hub-http', 'stock', 'limit'] as const;
export type TargetName = (typeof targetNames)[number];

interface Question {
  readonly name: string;
  readonly query: string;
  /** Asked without a token. */
  readonly public: boolean;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const patienceMs = 15_000;

/** A server under measurement, asked as a client asks it: HTTP/1.1, kept connections, one request on each at a time. */
export class Target {
  private readonly pool: Pool;

  /**
   * @param paths - of the two doors; a server with one door has the same path twice
   * @param token - of the officer who reads what is not public
   */
  constructor(
    readonly name: TargetName,
    url: string,
    private readonly paths: { readonly agencies: string; readonly everybody: string },
    private readonly token: string,
    connections: number,
  ) {
    this.pool = new Pool(new URL(url).origin, { connections, pipelining: 1, headersTimeout: patienceMs, bodyTimeout: patienceMs });
  }

  async send(question: Question, variables: Variables): Promise<Answer> {
    const { statusCode, body } = await this.pool.request({
      method: 'POST',
      path: question.public ? this.paths.everybody : this.paths.agencies,
      headers: { 'content-type': 'application/json', ...(question.public ? {} : { authorization: `Bearer ${this.token}` }) },
      body: JSON.stringify({ operationName: question.name, query: question.query, variables }),
    });
    return { status: statusCode, text: await body.text() };
  }

  /**
   * The data of an answer.
   *
   * @throws when it is none, or has errors
   */
  async data(question: Question, variables: Variables): Promise<Record<string, unknown>> {
    const { status, text } = await this.send(question, variables);
    const answer = JSON.parse(text) as { data?: Record<string, unknown> | null; errors?: unknown };
    if (status !== 200 || !answer.data || answer.errors) throw new Error(`${this.name} answered ${question.name} with ${status}: ${text.slice(0, 1_000)}`);
    return answer.data;
  }

  async close(): Promise<void> {
    await this.pool.destroy();
  }
}
