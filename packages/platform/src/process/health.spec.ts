import { combineHealth, describeFailure, runChecks, withoutMessages, wellIf } from './health';

it('asks all checks and is well when each of them is', async () => {
  expect(await runChecks('credit', { database: () => undefined, bus: async () => ({ ok: true }) })).toEqual({
    name: 'credit', ok: true, checks: { database: { ok: true }, bus: { ok: true } },
  });
});

it('is not well when one fails, throws or does not answer, and never throws itself', async () => {
  const health = await runChecks(
    'credit',
    {
      fine: () => undefined,
      failing: () => ({ ok: false, message: 'two subjects are parked' }),
      throwing: () => {
        throw Object.assign(new Error('connect postgres://role:hunter2@db/x'), { code: 'ECONNREFUSED' });
      },
      hanging: () => new Promise(() => undefined),
    },
    20,
  );
  expect(health.ok).toBe(false);
  expect(health.checks).toEqual({
    fine: { ok: true },
    failing: { ok: false, message: 'two subjects are parked' },
    throwing: { ok: false, message: 'ECONNREFUSED: connect postgres://[redacted]@db/x' },
    hanging: { ok: false, message: 'no answer within 20 ms' },
  });
});

it('adds up: one service that is ill makes the house ill, and so does an empty house', () => {
  const well = { name: 'a', ok: true, checks: {} };
  const ill = { name: 'b', ok: false, checks: { database: { ok: false, message: 'gone' } } };
  expect(combineHealth([well, well]).ok).toBe(true);
  expect(combineHealth([well, ill]).ok).toBe(false);
  expect(combineHealth([]).ok).toBe(false);
  expect(JSON.stringify(withoutMessages(combineHealth([ill])))).not.toContain('gone');
  expect(withoutMessages(combineHealth([ill])).services[0]).toEqual({ name: 'b', ok: false, checks: { database: { ok: false } } });
});

it('tells a failure in few words, and of a database error only the code', () => {
  expect(describeFailure(Object.assign(new Error('Key (name)=(甲某)'), { severity: 'ERROR', code: '23505' }))).toBe('23505');
  expect(describeFailure(Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' }))).toBe('ECONNREFUSED');
  expect(describeFailure(new TypeError('no'))).toBe('no');
  expect(describeFailure('text')).toBe('failed');
});

it('says what is wrong only where it is', () => {
  expect([wellIf(true, 'it stands still'), wellIf(false, 'it stands still')]).toEqual([{ ok: true }, { ok: false, message: 'it stands still' }]);
});
