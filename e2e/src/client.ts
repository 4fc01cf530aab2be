import { createClient } from 'graphql-ws';
import { request } from 'undici';
import WebSocket from 'ws';

export interface GraphQLAnswer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly path?: readonly unknown[]; readonly extensions: Record<string, unknown> }[];
}

/** A client of the hub as agencies write them: HTTP, WebSocket, files. */
export class HubClient {
  constructor(
    private readonly base: string,
    readonly token: string | null,
  ) {}

  private headers(): Record<string, string> {
    return this.token === null ? {} : { authorization: `Bearer ${this.token}` };
  }

  async send(query: string, variables: Record<string, unknown> = {}, operationName?: string, path = '/graphql'): Promise<GraphQLAnswer> {
    const response = await request(`${this.base}${path}`, {
      method: 'POST', headers: { 'content-type': 'application/json', ...this.headers() }, body: JSON.stringify({ query, variables, operationName }),
    });
    return { status: response.statusCode, ...((await response.body.json()) as object) };
  }

  /** Sends and gives the data; an answer with errors is a failure of the test. */
  async data<T = Record<string, never>>(query: string, variables: Record<string, unknown> = {}, operationName?: string, path?: string): Promise<T> {
    const answer = await this.send(query, variables, operationName, path);
    if (answer.errors) throw new Error(JSON.stringify(answer.errors));
    return answer.data as T;
  }

  async upload(text: string): Promise<{ id: string; sha256: string; size: number; mediaType: string }> {
    const response = await request(`${this.base}/files`, {
      method: 'POST', headers: { 'content-type': 'application/octet-stream', ...this.headers() }, body: text,
    });
    if (response.statusCode !== 201) throw new Error(`upload: ${response.statusCode} ${await response.body.text()}`);
    return (await response.body.json()) as never;
  }

  async download(id: string): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
    const response = await request(`${this.base}/files/${id}`, { headers: this.headers() });
    return { status: response.statusCode, text: await response.body.text(), headers: response.headers };
  }

  /** Follows a subscription; `next` waits for one event, `close` ends it. */
  follow(query: string, variables: Record<string, unknown>, operationName: string): LiveStream {
    const client = createClient({
      url: `${this.base.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0,
      connectionParams: this.headers(),
    });
    const iterator = client.iterate({ query, variables, operationName });
    return {
      next: async (withinMs = 10_000) => {
        let timer: NodeJS.Timeout | undefined;
        const late = new Promise<never>((_, reject) => {
          timer = setTimeout(() => reject(new Error(`no event within ${withinMs} ms`)), withinMs);
        });
        try {
          const step = await Promise.race([iterator.next(), late]);
          if (step.done) throw new Error('the stream ended');
          if (step.value.errors) throw new Error(JSON.stringify(step.value.errors));
          return step.value.data as never;
        } finally {
          clearTimeout(timer);
        }
      },
      close: async () => {
        await iterator.return?.();
        await client.dispose();
      },
    };
  }
}

export interface LiveStream {
  next<T>(withinMs?: number): Promise<T>;
  close(): Promise<void>;
}
