import type { ServerResponse } from 'node:http';
import { DomainError } from '@casebridge/kernel';
import { untraced } from '@casebridge/platform';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { HubContext } from '../context';
import type { Door } from '../door';
import { toGraphQLError } from '../errors';
import { runOn } from '../http/apollo';
import type { Exchange } from '../http/exchange';
import type { Asker } from '../limits';
import { isSubscription, type Question } from '../pipeline';
import type { SubscriptionEngine } from './engine';
import { isFrame, Subscriber } from './subscriber';

const keepAliveMs = 12_000;
/** When a client comes again after the gateway went away; scattered, so that not all come at once. */
const retryMs = (): number => 1_000 + Math.floor(Math.random() * 4_000);

/** Whether the client asks for server-sent events. */
export const wantsEventStream = (accept: string | undefined): boolean => /(^|,)\s*text\/event-stream\b/i.test(accept ?? '');

/**
 * Server-sent events, one operation per connection (graphql-sse, distinct connections mode): `next` for each result, then
 * `complete`. What is wrong with the operation is a `next` too: an event source cannot read the body of a refusal.
 */
export async function answerEventStream(exchange: Exchange, door: Door, context: HubContext, asker: Asker, question: Question): Promise<void> {
  const stream = new EventStream(exchange.response, door);
  try {
    await run(stream, door, context, asker, question);
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    context.record?.failed(cause);
    await stream.last({ errors: [toGraphQLError(cause)] });
  } finally {
    stream.close();
  }
}

async function run(stream: EventStream, { apollo, engine, pipeline }: Door, context: HubContext, asker: Asker, question: Question): Promise<void> {
  const prepared = pipeline.prepare(question, context.principal, context.record);
  if (!('ready' in prepared)) return stream.last({ errors: prepared });
  if (!isSubscription(prepared)) {
    return pipeline.within(prepared, asker, context, async (inside) => stream.last((await runOn(apollo, prepared, inside)).result as ExecutionResult));
  }
  const { record: _record, ...own } = context;
  const opened = await untraced(() => engine.open({ prepared, pipeline, context: own, asker, onBeat: ({ cursor }) => stream.comment(`heartbeat ${cursor}`) }));
  if (!(opened instanceof Subscriber)) return stream.last(opened);
  stream.onGone(() => opened.end(null));
  await follow(stream, opened, engine);
}

async function follow(stream: EventStream, subscriber: Subscriber, engine: SubscriptionEngine): Promise<void> {
  for (;;) {
    const step = await subscriber.next();
    if (isFrame(step)) await stream.next(step.text);
    else if (step.error) return stream.last({ data: null, errors: [step.error] });
    // Not the end of the operation, only of this process: the client comes again by itself.
    else return engine.isDraining ? stream.comeAgain() : stream.complete();
  }
}

/** The wire of server-sent events. */
class EventStream {
  private readonly keepAlive: NodeJS.Timeout;
  private ended = false;

  constructor(private readonly response: ServerResponse, private readonly door: Door) {
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'x-accel-buffering': 'no',
    });
    response.write(':\n\n'); // headers go out now, not with the first event
    this.keepAlive = setInterval(() => this.comment(''), keepAliveMs);
  }

  onGone(gone: () => void): void {
    if (this.response.destroyed) gone();
    else this.response.once('close', gone);
  }

  /** Left out when the client is behind: a connection that is only written to would never count as stalled. */
  comment(text: string): void {
    if (!this.ended && !this.response.destroyed && !this.response.writableNeedDrain) this.response.write(`:${text && ` ${text}`}\n\n`);
  }

  /** Resolves when there is room for the next. */
  async next(text: string): Promise<void> {
    if (this.ended || this.response.destroyed) return;
    if (this.response.write(`event: next\ndata: ${text}\n\n`)) return;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        this.response.off('drain', go).off('close', go);
        resolve();
      };
      this.response.once('drain', go).once('close', go);
    });
  }

  async last({ errors, ...rest }: ExecutionResult): Promise<void> {
    const plain = errors?.map((error) => error instanceof GraphQLError ? this.door.formatError(error) : error);
    await this.next(JSON.stringify({ ...rest, ...(plain ? { errors: plain } : {}) }));
    this.complete();
  }

  complete(): void {
    if (!this.ended && !this.response.destroyed) this.response.write('event: complete\ndata:\n\n');
    this.close();
  }

  comeAgain(): void {
    if (!this.ended && !this.response.destroyed) this.response.write(`retry: ${retryMs()}\n\n`);
    this.close();
  }

  close(): void {
    if (this.ended) return;
    this.ended = true;
    clearInterval(this.keepAlive);
    this.response.end();
  }
}
