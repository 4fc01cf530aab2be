import { publicReader } from '@casebridge/kernel';
import { type ExecutionResult, GraphQLError } from 'graphql';
import { SubscriptionSchemaReload } from '../errors';
import { until } from '../testing/carriers';
import { UpstreamRefused } from './follow-upstream';
import { StreamGroup } from './stream-group';
import { isFrame, Subscriber } from './subscriber';

let group: StreamGroup;
let closed: number;
/** How often it was asked whether the plan still holds. */
let asked: number;
let holds: boolean;
let write: (n: number) => void;
let answer: (opened: ExecutionResult | null) => void;
const text = 'ours';

beforeEach(() => {
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
    gap: '{}',
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

it('takes in who replays when he has all that the others were told, and hands him nothing that was told before', async () => {
  const first = await member();
  for (let n = 1; n <= 10; n += 1) write(n);
  await until('he has them', () => first.position === 10);
  const late = made();
  group.replay(late);
  expect([group.joinAt(late, { position: 9, cursor: 'c9' }), group.joinAt(late, { position: 10, cursor: 'c10' })]).toEqual([false, true]);
  expect(late.position).toBeNull();
  write(11);
  await until('both have it', () => first.position === 11 && late.position === 11);
});

it('does not tell an event again to who has it by his own replay', async () => {
  const [first, late] = [await member(), made()];
  write(1);
  await until('he has it', () => first.position === 1);
  group.replay(late);
  for (const n of [1, 2]) late.push({ text: 'mine', position: n, cursor: `c${n}` });
  expect(group.joinAt(late, { position: 2, cursor: 'c2' })).toBe(true);
  write(2);
  write(3);
  await until('he has it', () => first.position === 3);
  const texts = [await late.next(), await late.next(), await late.next()].map((step) => (isFrame(step) ? step.text === 'mine' : null));
  expect(texts).toEqual([true, true, false]);
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
