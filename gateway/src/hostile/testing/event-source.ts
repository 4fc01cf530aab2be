import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import type { TestHub } from '../../testing/test-hub';

type Result = { readonly data?: Record<string, unknown> | null; readonly errors?: readonly { readonly extensions: Record<string, unknown> }[] };

/** A client of server-sent events that reads when it is told to. */
export class EventSource {
  private rest = '';
  private over = false;
  readonly results: Result[] = [];
  /** It was told that the operation is complete. */
  isComplete = false;
  /** Milliseconds after which it is to come again. */
  retry: number | null = null;
  ended = false;
  private answer: IncomingMessage | null = null;
  readonly opened: Promise<void>;
  private readonly request: ClientRequest;

  constructor(hub: TestHub, token: string, body: object, reads = true) {
    this.request = request(`${hub.gateway.url}/graphql`, {
      method: 'POST', agent: false,
      headers: { accept: 'text/event-stream', 'content-type': 'application/json', authorization: `Bearer ${token}` },
    });
    this.opened = new Promise((resolve, reject) => {
      this.request.on('error', reject).once('response', (answer) => {
        this.answer = answer;
        answer.setEncoding('utf8').on('error', () => undefined).once('close', () => (this.ended = true));
        if (reads) this.read();
        resolve();
      });
    });
    this.opened.catch(() => undefined);
    this.request.end(JSON.stringify(body));
  }

  read(): void {
    this.answer?.on('data', (part: string) => {
      const blocks = (this.rest + part).split('\n\n');
      this.rest = blocks.pop() ?? '';
      for (const block of blocks) this.take(block);
    });
  }

  close(): void {
    this.request.destroy();
  }

  private take(block: string): void {
    if (this.over) throw new Error('something came after the end');
    if (block.startsWith('event: next\ndata: ')) this.results.push(JSON.parse(block.slice('event: next\ndata: '.length)) as Result);
    else if (block.startsWith('retry: ')) this.retry = Number(block.slice('retry: '.length));
    else if (block.startsWith('event: complete')) this.isComplete = this.over = true;
    else if (!block.startsWith(':')) throw new Error(`not of this protocol: ${block}`);
  }
}
