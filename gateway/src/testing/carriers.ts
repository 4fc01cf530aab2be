import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { TestAnswer, TestHub } from './test-hub';

/** What carries an operation to the gateway. */
export const carriers = ['POST', 'GET', 'WebSocket', 'server-sent events'] as const;
export type Carrier = (typeof carriers)[number];

export interface Asked {
  readonly query?: string;
  readonly operationName?: string;
  readonly variables?: object;
  readonly documentId?: string;
  readonly extensions?: object;
}

export interface How {
  readonly token?: string;
  readonly path?: string;
}

export interface Answer {
  /** 200 where the carrier has no status. */
  readonly status: number;
  readonly headers: Headers;
  readonly body: TestAnswer;
}

/** Asks once, and waits for one answer. */
export function ask(hub: TestHub, carrier: Carrier, asked: Asked, { path = '/graphql', token }: How = {}): Promise<Answer> {
  const url = `${hub.gateway.url}${path}`;
  const headers = { ...(token ? { authorization: `Bearer ${token}` } : {}), 'content-type': 'application/json' };
  switch (carrier) {
    case 'POST':
      return byFetch(url, { method: 'POST', headers, body: JSON.stringify(asked) });
    case 'GET':
      return byFetch(`${url}?${searchOf(asked)}`, { headers: { ...headers, accept: 'application/graphql-response+json' } });
    case 'server-sent events':
      return byEvents(url, { method: 'POST', headers: { ...headers, accept: 'text/event-stream' }, body: JSON.stringify(asked) });
    case 'WebSocket':
      return bySocket(url, asked, token);
  }
}

const searchOf = (asked: Asked): string =>
  new URLSearchParams(Object.fromEntries(Object.entries(asked).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]))).toString();

async function byFetch(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  return { status: response.status, headers: response.headers, body: (await response.json()) as TestAnswer };
}

async function byEvents(url: string, init: RequestInit): Promise<Answer> {
  const response = await fetch(url, init);
  const text = await response.text();
  const event = /^event: next\ndata: (.*)$/m.exec(text)?.[1] ?? text;
  return { status: response.status, headers: response.headers, body: JSON.parse(event) as TestAnswer };
}

function bySocket(url: string, { query = '', ...asked }: Asked, token: string | undefined): Promise<Answer> {
  const client = createClient({
    url: url.replace('http', 'ws'), webSocketImpl: WebSocket, retryAttempts: 0, ...(token ? { connectionParams: { authorization: `Bearer ${token}` } } : {}),
  });
  const answered = new Promise<Answer>((resolve, reject) => {
    const answer = (body: TestAnswer): void => resolve({ status: 200, headers: new Headers(), body });
    client.subscribe({ query, ...asked } as Parameters<typeof client.subscribe>[0], {
      next: (result) => answer(result as TestAnswer),
      error: (cause) => (Array.isArray(cause) ? answer({ errors: cause as NonNullable<TestAnswer['errors']> }) : reject(cause as Error)),
      complete: () => reject(new Error('completed without an answer')),
    });
  });
  return answered.finally(() => void client.dispose());
}

export const codesOf = ({ body: { errors = [] } }: Answer): unknown[] => errors.map(({ extensions }) => extensions['code']);

/**
 * Waits for what comes sooner or later, on a machine that does much else as well: waits are counted, and not the time that they took.
 *
 * @throws when it does not come to pass in ten seconds' worth of waits
 */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 10_000): Promise<void> {
  for (let waited = 0; !(await holds()); waited += 5) {
    if (waited > ms) throw new Error(`never: ${what}`);
    await sleep(5);
  }
}
