import { availableParallelism } from 'node:os';
import { InvalidEnvironment } from '@casebridge/platform';
import { databaseNames, parseHubConfig, parseRegistryConfig } from './config';

const faultsOf = (env: Record<string, string>): readonly string[] => {
  try {
    parseHubConfig(env);
  } catch (cause) {
    if (cause instanceof InvalidEnvironment) return cause.faults;
    throw cause;
  }
  return [];
};
const urls = Object.fromEntries(databaseNames.map((name) => [`DATABASE_URL_${name.toUpperCase()}`, `postgres://r:p@db:5432/${name}`]));

describe('the environment of the hub', () => {
  it('may be empty: everything has a default', () => {
    const config = parseHubConfig({});
    expect(config).toMatchObject({
      host: '127.0.0.1', port: 4000, adminPort: 4001, workers: 1, dataDirGiven: false, databases: null, development: true, underNpmStart: false, databaseAttempts: 10,
      seed: { scale: 'demo', number: 1, today: null, asked: false },
    });
    expect(config.dataDir).toMatch(/\.data$/);
  });

  it('tells what was asked for from what is usual', () => {
    expect(parseHubConfig({ HUB_SEED: 'demo', HUB_SEED_NUMBER: '7', HUB_SEED_TODAY: '2026-12-01' }).seed).toEqual({ scale: 'demo', number: 7, today: '2026-12-01', asked: true });
    expect(parseHubConfig({ HUB_SEED: 'none' }).seed).toBeNull();
    expect(parseHubConfig({ HUB_DATA_DIR: '/somewhere' })).toMatchObject({ dataDir: '/somewhere', dataDirGiven: true });
    expect(parseHubConfig({ npm_lifecycle_event: 'start' }).underNpmStart).toBe(true);
    expect(parseHubConfig({ npm_lifecycle_event: 'seed' }).underNpmStart).toBe(false);
  });

  it('says how many processes serve', () => {
    expect([parseHubConfig({ HUB_WORKERS: '4' }).workers, parseHubConfig({ HUB_WORKERS: 'auto' }).workers]).toEqual([4, Math.min(64, availableParallelism())]);
    for (const nonsense of ['0', '65', 'all']) expect(faultsOf({ HUB_WORKERS: nonsense })).toEqual(['HUB_WORKERS: must be a whole number from 1 to 64, or auto']);
  });

  it('is refused with every fault at once', () => {
    expect(faultsOf({ PORT: 'many', HUB_SEED: 'world', HUB_SEED_TODAY: '2026-02-30', DATABASE_URL_ADR: 'x' }).map((fault) => fault.split(':')[0])).toEqual(
      expect.arrayContaining(['PORT', 'HUB_SEED', 'HUB_SEED_TODAY', 'DATABASE_URL_ADR']));
    for (const day of ['2025-12-31', '2046-01-01', 'today']) expect(faultsOf({ HUB_SEED_TODAY: day })).toEqual([expect.stringContaining('2026-01-01')]);
    expect(faultsOf({ DATABASE_URL_ADR: 'postgres://r:p@db:5432/adr' })).toHaveLength(4);
  });

  it('names what is wrong together beside what is wrong by itself', () => {
    const names = (env: Record<string, string>): string[] => faultsOf(env).map((fault) => fault.split(':')[0]!).sort();
    expect(names({ PORT: 'x', NODE_ENV: 'production', HUB_DEV: '1' })).toEqual(['HUB_DEV', 'PORT']);
    expect(names({ PORT: 'x', NODE_ENV: 'production', HUB_SEED: 'demo' })).toEqual(['HUB_SEED', 'PORT']);
    expect(names({ PORT: 'x', DATABASE_URL_ADR: 'y' })).toEqual([...Object.keys(urls), 'PORT'].sort());
    // Whether demo data may be there cannot be said where what decides it is misspelt.
    expect(names({ NODE_ENV: 'prod', HUB_SEED: 'demo', ...urls })).toEqual(['NODE_ENV']);
    expect(names({ HUB_DEV: 'ture', HUB_SEED: 'demo', ...urls })).toEqual(['HUB_DEV']);
  });

  it('has no demo data and no development issuer in production, in the open, or on databases that run elsewhere', () => {
    expect(parseHubConfig({ NODE_ENV: 'production' })).toMatchObject({ development: false, seed: null });
    expect(parseHubConfig({ HUB_HOST: '0.0.0.0' })).toMatchObject({ development: false, seed: null });
    expect(parseHubConfig(urls)).toMatchObject({ development: false, seed: null });
    expect(parseHubConfig({ ...urls, HUB_DEV: '1' })).toMatchObject({ development: true, seed: { scale: 'demo' } });
    expect(faultsOf({ NODE_ENV: 'production', HUB_DEV: '1', HUB_SEED: 'demo' })).toHaveLength(2);
  });
});

describe('the environment of a command on the registry', () => {
  it('may be the database of enforcement alone', () => {
    const { DATABASE_URL_ENFORCEMENT: url } = urls;
    expect(parseRegistryConfig({ DATABASE_URL_ENFORCEMENT: url })).toEqual({ url });
    expect(parseRegistryConfig({ DATABASE_URL_ENFORCEMENT: url, PORT: 'none of its business' })).toEqual({ url });
  });

  it('may be that of inspection, for regions', () => {
    const { DATABASE_URL_INSPECTION: url } = urls;
    expect(parseRegistryConfig({ DATABASE_URL_INSPECTION: url, PORT: 'none of its business' }, 'inspection')).toEqual({ url });
    expect(() => parseRegistryConfig({ DATABASE_URL_INSPECTION: 'mysql://x' }, 'inspection')).toThrow('DATABASE_URL_INSPECTION');
    expect(parseRegistryConfig({ HUB_DATA_DIR: '/somewhere' }, 'inspection')).toMatchObject({ hub: { dataDir: '/somewhere' } });
  });

  it('is that of the hub where no database is named', () => {
    expect(parseRegistryConfig({ HUB_DATA_DIR: '/somewhere' })).toMatchObject({ hub: { dataDir: '/somewhere' } });
    expect(() => parseRegistryConfig({ PORT: 'many' })).toThrow(InvalidEnvironment);
    expect(() => parseRegistryConfig({ DATABASE_URL_ENFORCEMENT: 'mysql://x' })).toThrow(InvalidEnvironment);
  });
});
