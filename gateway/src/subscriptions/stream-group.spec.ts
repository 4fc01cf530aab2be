import { publicReader } from '@casebridge/kernel';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { SubscriptionSchemaReload } from '../errors';
import { until } from '../hostile/testing/raw';
import { UpstreamRefused } from './follow-upstream';
import { FrameBudget } from './kept-frames';
import { StreamGroup } from './stream-group';
import { isFrame, Subscriber } from './subscriber';

let budget: FrameBudget;
let group: StreamGroup;
let closed: number;
/** How often it was asked whether the plan still holds. */
let asked: number;
let holds: boolean;
let write: (n: number) => void;
let answer: (opened: ExecutionResult | null) => void;
const text = 'x'.repeat(2_000);

beforeEach(() => {
  budget = new FrameBudget();
  [closed, asked, holds] = [0, 0, true];
  const waiting: number[] = [];
  let wake: () => void = () => undefined;
  let over = false;
  const end = (): void => {
    over = true;
    wake();
  };
  write = (n) => {
    waiting.push(n);
    wake();
  };
  async function* results(): AsyncGenerator<ExecutionResult, void, void> {
    while (!over) {
      const n = waiting.shift();
      if (n === undefined) await new Promise<void>((resolve) => (wake = resolve));
      else yield { data: { n }, extensions: { place: { cursor: `c${n}`, position: n } } };
    }
  }
  const opened = new Promise<ExecutionResult | null>((resolve) => (answer = resolve));
  group = new StreamGroup({
    opening: () => ({
      isResumable: () => true, anotherSpeaks: () => false, onLoss: () => undefined,
      placeOf: ({ extensions }) => extensions?.['place'] as { cursor: string; position: number },
      open: async () => {
        const refusal = await opened;
        if (refusal) return refusal;
        const stream = results();
        return Object.assign(stream, { return: () => (end(), Promise.resolve({ value: undefined, done: true as const })) });
      },
    }),
    complete: () => Promise.resolve(text),
    gap: '{}', frames: budget,
    mayRead: (subscriber) => !subscriber.hasEnded,
    holds: () => {
      asked += 1;
      return holds;
    },
    lastWord: () => new GraphQLError('the last word'),
    onClose: () => void (closed += 1),
  });
});
afterEach(() => group.close());

const made = (): Subscriber => {
  const subscriber: Subscriber = new Subscriber({ principal: publicReader, maxFrames: 1_000, maxCharacters: 1e7, onBeat: () => undefined, onEnd: () => group.leave(subscriber), onClose: () => undefined });
  group.expect(subscriber);
  return subscriber;
};
const member = async (): Promise<Subscriber> => {
  const subscriber = made();
  answer(null);
  await group.ready;
  group.join(subscriber);
  return subscriber;
};
const word = async (subscriber: Subscriber): Promise<unknown> => {
  for (;;) {
    const step = await subscriber.next();
    if (!isFrame(step)) return step.error?.message ?? null;
  }
};

it('asks once for an event whether the plan holds, however many there are, and ends all when it does not', async () => {
  const all = [await member()];
  for (let n = 0; n < 50; n += 1) all.push(await member());
  write(1);
  await until('they have it', () => all.every(({ position }) => position === 1));
  expect(asked).toBe(1);
  holds = false;
  write(2);
  await until('they have ended', () => all.every(({ hasEnded }) => hasEnded));
  expect([asked, closed]).toEqual([2, 1]);
});

it('keeps frames for who replays, and none for nobody', async () => {
  const first = await member();
  for (let n = 1; n <= 100; n += 1) write(n);
  await until('he has them', () => first.position === 100);
  expect(budget.used).toBe(0);
  const late = made();
  group.replay(late);
  for (let n = 101; n <= 110; n += 1) write(n);
  await until('he has them', () => first.position === 110);
  expect(budget.used).toBe(10 * text.length);
  expect([group.joinAt(late, { position: 99, cursor: 'c99' }), group.joinAt(late, { position: 103, cursor: 'c103' })]).toEqual([false, true]);
  expect(late.position).toBe(110);
});

it.each(['ended', 'left by the last who waited'])('is waited for by nobody once it was %s', async (what) => {
  const subscriber = made();
  await new Promise((resolve) => setImmediate(resolve));
  if (what === 'ended') group.end(new SubscriptionSchemaReload());
  else subscriber.end(null);
  await expect(group.ready.catch((cause: unknown) => Promise.resolve(cause))).resolves.toEqual(what === 'ended' ? expect.any(SubscriptionSchemaReload) : undefined);
  expect(closed).toBe(1);
});

it('rejects with what the service refused with', async () => {
  made();
  answer({ errors: [new GraphQLError('no')] });
  await expect(group.ready).rejects.toBeInstanceOf(UpstreamRefused);
});

it('gives its last word to who replays as well, and takes nobody after it', async () => {
  const [first, late] = [await member(), made()];
  const waiting = made();
  const control = group.replay(late);
  group.end(new SubscriptionSchemaReload());
  expect(await Promise.all([first, late, waiting].map(word))).toEqual(['the last word', 'the last word', 'the last word']);
  expect(control.signal.aborted).toBe(true);
  const [after, from] = [made(), made()];
  group.join(after);
  group.join(from);
  expect([group.joinAt(from, { position: 1, cursor: 'c1' }), group.replay(after).signal.aborted]).toEqual([false, true]);
});
