import { Breaker } from './breaker';

function breakerAt(options: { failures?: number } = {}) {
  let now = 0;
  const breaker = new Breaker({ failures: 3, openMs: 100, maxOpenMs: 400, ...options, now: () => now, random: () => 0.5 });
  const call = (succeeded: boolean): boolean => {
    const permit = breaker.enter();
    permit?.done(succeeded);
    return permit !== null;
  };
  return { breaker, call, pass: (ms: number) => void (now += ms) };
}

describe('Breaker', () => {
  it('opens after failures in a row, and only those', () => {
    const { breaker, call } = breakerAt();
    for (const outcome of [false, false, true, false, false]) call(outcome);
    expect(breaker.state).toBe('closed');
    call(false);
    expect(breaker.state).toBe('open');
    expect(breaker.enter()).toBeNull();
    expect(breaker.retryAfterMs).toBe(100);
  });

  it('lets one probe through after a while, and doubles with each answer', () => {
    const { breaker, pass } = breakerAt({ failures: 1 });
    breaker.enter()?.done(false);
    pass(100);
    expect(breaker.state).toBe('half-open');
    for (const width of [1, 2, 4, 8, 16, 32]) {
      const permits = Array.from({ length: width }, () => breaker.enter());
      expect(permits).not.toContain(null);
      expect(breaker.enter()).toBeNull(); // no herd
      permits.pop()?.done(true);
      for (const permit of permits) permit?.cancel();
    }
    expect(breaker.state).toBe('closed');
  });

  it('stays open longer each time a probe fails, up to a bound, and starts anew after recovery', () => {
    const { breaker, call, pass } = breakerAt({ failures: 1 });
    const waits: number[] = [];
    call(false);
    for (let n = 0; n < 4; n += 1) {
      waits.push(breaker.retryAfterMs);
      pass(breaker.retryAfterMs);
      expect(call(false)).toBe(true);
    }
    expect(waits).toEqual([100, 200, 400, 400]);
    pass(400);
    for (let n = 0; n < 6; n += 1) call(true);
    expect(breaker.state).toBe('closed');
    call(false);
    expect(breaker.retryAfterMs).toBe(100);
  });

  it('hears nothing of calls that began before it opened', () => {
    const { breaker, pass } = breakerAt({ failures: 1 });
    const late = breaker.enter();
    breaker.enter()?.done(false);
    pass(100);
    late?.done(true);
    expect(breaker.enter()).not.toBeNull();
    expect(breaker.enter()).toBeNull(); // still one probe only
  });

  it('counts a call once', () => {
    const { breaker } = breakerAt({ failures: 2 });
    const permit = breaker.enter();
    permit?.done(false);
    permit?.done(false);
    expect(breaker.state).toBe('closed');
  });
});
