import { parseEnvironment } from '@casebridge/platform';
import { connectionLimits } from './http/connections';
import { httpTimeouts } from './http/timeouts';
import { budgetPolicies, concurrencyLimits, operationCostLimits, operationDeadlineMs } from './limits';
import { gatewaySettings, gatewayVariables } from './settings';
import { socketLimits, streamLimits } from './subscriptions/limits';

const read = (env: Record<string, string>) => gatewaySettings(parseEnvironment(gatewayVariables, env));

describe('the variables of the gateway', () => {
  it('change nothing when none is set', () => {
    const { initMs, messageBytes, streams } = socketLimits;
    expect(read({})).toEqual({
      trustedProxies: [], strictDoors: [], operationMs: operationDeadlineMs, timeouts: httpTimeouts, connectionLimits, streamLimits, costLimit: operationCostLimits, budgetPolicies,
      concurrencyLimits, socketLimits: { initMs, messageBytes, streams },
    });
  });

  it('set each its own figure', () => {
    const names = Object.keys(gatewayVariables.shape).filter((name) => name.startsWith('HUB_LIMIT_'));
    const figures = JSON.stringify(read(Object.fromEntries(names.map((name, i) => [name, String(7_001 + i)]))));
    expect(names.map((_, i) => figures.split(String(7_001 + i)).length - 1)).toEqual(names.map(() => 1));
  });

  it('take doors and proxies by commas', () => {
    expect(read({ HUB_STRICT_DOORS: 'hub, public', HUB_TRUSTED_PROXIES: '10.0.0.0/8, fd00::1' })).toMatchObject({ strictDoors: ['hub', 'public'], trustedProxies: ['10.0.0.0/8', 'fd00::1'] });
  });

  it('tell all that is wrong at once, and no value', () => {
    const faulty = () => read({ HUB_STRICT_DOORS: 'hub,secret', HUB_TRUSTED_PROXIES: 'secret', HUB_LIMIT_COST: '0', HUB_LIMIT_BODY_MS: '1.5', HUB_LIMIT_RUNNING: 'secret' });
    expect(faulty).toThrow(/HUB_TRUSTED_PROXIES: .*\n.*HUB_STRICT_DOORS.*: must be of hub, public.*\n.*HUB_LIMIT_BODY_MS: .*\n.*HUB_LIMIT_COST: .*\n.*HUB_LIMIT_RUNNING: /);
    expect(faulty).not.toThrow(/secret/);
  });
});
