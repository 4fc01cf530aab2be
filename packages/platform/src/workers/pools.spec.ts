import { connectionsFor, planPools } from './pools';

const hub = { at: 'db.example:5432', services: 4, bus: true };

describe('pools of several processes', () => {
  it('are those of one process where there is room', () => {
    expect(planPools(2, [{ ...hub, limit: 197 }])).toEqual({ service: 19, bus: 8 });
    expect(planPools(2, [{ ...hub, limit: 500 }])).toEqual({ service: 20, bus: 8 });
  });

  it('fit all servers together, the smallest of them included', () => {
    for (let workers = 2; workers <= 64; workers += 1) {
      const limit = connectionsFor(workers, hub) - 3;
      const { bus, service } = planPools(workers, [{ ...hub, limit }, { at: 'other:5432', services: 1, bus: false, limit: 2_000 }]);
      expect(service).toBeGreaterThanOrEqual(10);
      expect(workers * (4 * (service + 1) + bus + 1) + 12).toBeLessThanOrEqual(limit);
    }
  });

  it('are refused where they cannot fit, by a server that is named and what it would need', () => {
    const servers = [{ at: 'a:1', services: 3, bus: false, limit: 400 }, { at: 'b:2', services: 1, bus: true, limit: 97 }];
    expect(() => planPools(8, servers)).toThrow('PostgreSQL at b:2 gives 97 connections, and 8 workers need 100 at least: raise its max_connections, or lower HUB_WORKERS');
    expect(planPools(7, servers)).toMatchObject({ service: expect.any(Number) as number });
  });
});
