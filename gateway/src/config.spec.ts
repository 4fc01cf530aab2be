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

  it('says how many processes serve', () => {
    expect([parseConfig(env).workers, parseConfig({ ...env, HUB_WORKERS: '3' }).workers]).toEqual([1, 3]);
    expect(() => parseConfig({ ...env, HUB_WORKERS: 'some' })).toThrow('HUB_WORKERS: must be a whole number from 1 to 64, or auto');
  });

  it('takes a list of proxies', () => {
    expect(parseConfig(env).settings.trustedProxies).toEqual([]);
    expect(parseConfig({ ...env, HUB_TRUSTED_PROXIES: '10.0.0.0/8, fd00::1' }).settings.trustedProxies).toEqual(['10.0.0.0/8', 'fd00::1']);
  });

  it('takes the size of the entity cache, 0 for none', () => {
    expect(parseConfig(env).entityCacheMb).toBe(32);
    expect(parseConfig({ ...env, HUB_ENTITY_CACHE_MB: '0' }).entityCacheMb).toBe(0);
    expect(() => parseConfig({ ...env, HUB_ENTITY_CACHE_MB: '-1' })).toThrow(/HUB_ENTITY_CACHE_MB: /);
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
    expect(together).toThrow(/HUB_TRUSTED_PROXIES: .*\n.*PORT: .*\n.*HUB_SUPERGRAPH_URL: /s);
    expect(together).not.toThrow(/secret/);
  });
});
