import type { EventEnvelope, ServiceName } from '@casebridge/contracts';
import { uuidv7 } from '@casebridge/kernel';
import { type EventBus, LogDiverged, LogGap } from './event-bus';

/** A bus under test: two handles on one log, as two processes would hold. */
export interface BusUnderTest {
  readonly bus: EventBus;
  readonly other: EventBus;
  dispose(): Promise<void>;
}

const at = new Date('2026-11-21T08:00:00.123Z');

export const envelope = (position: number, about: Partial<EventEnvelope> = {}): EventEnvelope => ({
  id: uuidv7(at),
  source: 'enforcement',
  position,
  type: 'enforcement.tested.v1',
  subject: `case:${position}`,
  occurredAt: at,
  data: { position, text: '药案通 "{}"\\' },
  ...about,
});

const run = (from: number, to: number, about: Partial<EventEnvelope> = {}): EventEnvelope[] =>
  Array.from({ length: to - from + 1 }, (_, i) => envelope(from + i, about));
const positions = (events: readonly EventEnvelope[]): number[] => events.map((e) => e.position);

/**
 * What every event bus must do, as tests; an implementation's spec calls this once.
 *
 * @param open - gives an empty bus each time
 */
export function busContract(name: string, open: () => Promise<BusUnderTest>): void {
  describe(`${name} keeps the contract of the event bus`, () => {
    let bus: EventBus;
    let other: EventBus;
    let dispose: () => Promise<void>;

    beforeEach(async () => ({ bus, other, dispose } = await open()));
    afterEach(() => dispose());

    it('is empty at first', async () => {
      expect(await bus.head('enforcement')).toBe(0);
      expect(await bus.read('enforcement', 0, 10)).toEqual([]);
    });

    it('gives back exactly what was published', async () => {
      const events = run(1, 3);
      await bus.publish('enforcement', events);
      await bus.publish('enforcement', []);
      expect(await other.read('enforcement', 0, 10)).toEqual(events);
      expect(await other.head('enforcement')).toBe(3);
    });

    it('keeps the logs of the sources apart', async () => {
      await bus.publish('enforcement', run(1, 2));
      await bus.publish('credit', run(1, 5, { source: 'credit' }));
      expect(await bus.head('enforcement')).toBe(2);
      expect(await bus.head('credit')).toBe(5);
      expect((await bus.read('credit', 0, 10)).every((e) => e.source === 'credit')).toBe(true);
      expect(await bus.head('adr')).toBe(0);
    });

    it('reads after a position, in order, up to a limit', async () => {
      await bus.publish('enforcement', run(1, 25));
      expect(positions(await bus.read('enforcement', 10, 5))).toEqual([11, 12, 13, 14, 15]);
      expect(positions(await bus.read('enforcement', 23, 5))).toEqual([24, 25]);
      expect(await bus.read('enforcement', 25, 5)).toEqual([]);
    });

    it('reads by the beginning of the type', async () => {
      const directory = { type: 'directory.agency-changed.v1' };
      await bus.publish('enforcement', [envelope(1), envelope(2, directory), envelope(3, { type: 'directoryx.v1' }), envelope(4, directory)]);
      expect(positions(await bus.read('enforcement', 0, 10, { typePrefix: 'directory.' }))).toEqual([2, 4]);
      expect(positions(await bus.read('enforcement', 2, 10, { typePrefix: 'directory.' }))).toEqual([4]);
      await expect(bus.read('enforcement', 0, 10, { typePrefix: "x' or true --" })).rejects.toThrow(RangeError);
    });

    it('passes over what is there already, whole batches and parts of them', async () => {
      const events = run(1, 6);
      await bus.publish('enforcement', events.slice(0, 4));
      await other.publish('enforcement', events.slice(0, 4));
      await other.publish('enforcement', events.slice(2, 6));
      expect(await bus.read('enforcement', 0, 10)).toEqual(events);
    });

    it('refuses a gap and stays as it was', async () => {
      await bus.publish('enforcement', run(1, 2));
      const refused = bus.publish('enforcement', run(4, 5));
      await expect(refused).rejects.toThrow(LogGap);
      await expect(refused).rejects.toMatchObject({ source: 'enforcement', head: 2, first: 4 });
      expect(await bus.head('enforcement')).toBe(2);
    });

    it('refuses another event at a known position and stays as it was', async () => {
      const events = run(1, 3);
      await bus.publish('enforcement', events);
      const refused = bus.publish('enforcement', [envelope(3), envelope(4)]);
      await expect(refused).rejects.toThrow(LogDiverged);
      await expect(refused).rejects.toMatchObject({ source: 'enforcement', position: 3 });
      expect(await bus.read('enforcement', 0, 10)).toEqual(events);
    });

    it('refuses a batch with a hole, out of order, or of another source', async () => {
      for (const batch of [[envelope(1), envelope(3)], [envelope(2), envelope(1)], [envelope(1, { source: 'credit' })]]) {
        await expect(bus.publish('enforcement', batch)).rejects.toThrow(RangeError);
      }
      expect(await bus.head('enforcement')).toBe(0);
    });

    it('shows every reader a prefix of the log while several publish the same events', async () => {
      const events = run(1, 300);
      let publishing = true;
      const publish = async (through: EventBus, step: number): Promise<void> => {
        for (let from = 0; from < events.length; from += step) await through.publish('enforcement', events.slice(from, from + step));
      };
      const publishers = [publish(bus, 7), publish(other, 11), publish(bus, 40)].map((p) => p.catch((e: unknown) => e));
      const seen: EventEnvelope[] = [];
      const reader = (async () => {
        for (let last = false; ; ) {
          const fresh = await other.read('enforcement', seen.length, 20);
          seen.push(...fresh);
          if (fresh.length === 0 && last) return;
          last = !publishing;
        }
      })();
      expect(await Promise.all(publishers)).toEqual([undefined, undefined, undefined]);
      publishing = false;
      await reader;
      expect(seen).toEqual(events);
    });

    it('rings for what another process publishes, until the subscription is closed', async () => {
      const rung: (ServiceName | undefined)[] = [];
      let ring: () => void = () => undefined;
      const heard = (source: ServiceName): Promise<void> =>
        new Promise((resolve) => (ring = () => void (rung.includes(source) && resolve())));
      const subscription = bus.listen((source) => {
        rung.push(source);
        ring();
      });
      // Whoever listens reads at once and then waits: the first ring may come before the connection stands.
      await new Promise<void>((resolve) => (ring = resolve));
      const credit = heard('credit');
      await other.publish('credit', run(1, 1, { source: 'credit' }));
      await credit;

      await subscription.close();
      await subscription.close();
      rung.length = 0;
      await other.publish('credit', run(2, 2, { source: 'credit' }));
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(rung).toEqual([]);
    });

    it('keeps ringing for the others when one stops listening', async () => {
      let rings = 0;
      const first = bus.listen(() => undefined);
      let ring: () => void = () => undefined;
      const second = bus.listen(() => ((rings += 1), ring()));
      await first.close();
      const before = rings;
      await new Promise<void>((resolve) => (ring = resolve));
      expect(rings).toBeGreaterThan(before);
      await second.close();
    });

    it('refuses listeners once it is closed', async () => {
      bus.listen(() => undefined);
      await bus.close();
      expect(() => bus.listen(() => undefined)).toThrow('closed');
    });
  });
}
