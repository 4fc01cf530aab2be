import { parseConfig } from './config';

const env = {
  HUB_DATA_DIR: '/var/lib/casebridge', DATABASE_URL_BUS: 'postgres://r:p@db:5432/bus', SERVICE_URL_INSPECTION: 'http://inspection:4011/',
  SERVICE_URL_ENFORCEMENT: 'http://enforcement:4012', SERVICE_URL_CREDIT: 'http://credit:4013', SERVICE_URL_ADR: 'http://adr:4014',
};

describe('parseConfig', () => {
  it('has defaults for all but addresses', () => {
    expect(parseConfig(env)).toMatchObject({ port: 4_000, adminPort: 4_001, adminHost: '127.0.0.1', serviceDeadlineMs: 5_000, internalKeyFile: null });
    expect(parseConfig(env).serviceUrls.get('inspection')).toBe('http://inspection:4011');
  });

  it('takes a list of proxies', () => {
    expect(parseConfig(env).trustedProxies).toEqual([]);
    expect(parseConfig({ ...env, HUB_TRUSTED_PROXIES: '10.0.0.0/8, fd00::1' }).trustedProxies).toEqual(['10.0.0.0/8', 'fd00::1']);
  });

  it('takes no development tokens in production, whatever is asked', () => {
    expect(parseConfig({ ...env, HUB_DEV: '1' }).developmentIssuer).toBe(false);
    expect(parseConfig({ ...env, HUB_DEV: '1', NODE_ENV: 'development' }).developmentIssuer).toBe(true);
    expect(parseConfig({ ...env, NODE_ENV: 'development' }).developmentIssuer).toBe(false);
  });

  it('names all faults and no value', () => {
    const faulty = () => parseConfig({ ...env, PORT: 'secret-1', SERVICE_URL_ADR: 'secret-2', DATABASE_URL_BUS: undefined });
    expect(faulty).toThrow(/PORT: .*\n.*DATABASE_URL_BUS: is not set\n.*SERVICE_URL_ADR: /s);
    expect(faulty).not.toThrow(/secret/);
    const together = () => parseConfig({ ...env, PORT: 'secret', HUB_SUPERGRAPH_URL: 'http://x', HUB_TRUSTED_PROXIES: 'secret' });
    expect(together).toThrow(/PORT: .*\n.*HUB_TRUSTED_PROXIES: .*\n.*HUB_SUPERGRAPH_URL: /s);
    expect(together).not.toThrow(/secret/);
  });
});
