import { z } from 'zod';
import {
  booleanFlag, commaSeparated, databaseAt, databaseUrl, dataDir, httpUrl, InvalidEnvironment, logLevel, nodeEnv, parseEnvironment, port, wholeNumber,
} from './environment';

const schema = z.object({
  PORT: port.default(4000),
  DATABASE_URL: databaseUrl,
  HUB_DEV: booleanFlag.default(false),
  NODE_ENV: nodeEnv.default('development'),
  HUB_WORKERS: wholeNumber(1, 64).default(1),
  SECRET: z.string().min(20, 'must have at least 20 characters').optional(),
});
const good = { DATABASE_URL: 'postgres://role:hunter2@db.example:5432/credit' };

it('gives values and defaults, and minds no other variable', () => {
  expect(parseEnvironment(schema, { ...good, PATH: '/bin', PORT: '0', HUB_DEV: 'Yes' })).toEqual({
    PORT: 0, DATABASE_URL: good.DATABASE_URL, HUB_DEV: true, NODE_ENV: 'development', HUB_WORKERS: 1,
  });
});

it('takes a variable that is set to nothing as not set', () => {
  expect(parseEnvironment(schema, { ...good, PORT: '', HUB_DEV: ' ' })).toMatchObject({ PORT: 4000, HUB_DEV: false });
});

it('names every fault at once and shows no value', () => {
  const bad = { PORT: '70000', DATABASE_URL: 'mysql://role:hunter2@db/x', HUB_DEV: 'ture', NODE_ENV: 'prod', HUB_WORKERS: '1e9', SECRET: 'too-short-secret' };
  const error = thrown(() => parseEnvironment(schema, bad));
  expect(error).toBeInstanceOf(InvalidEnvironment);
  expect((error as InvalidEnvironment).faults.map((f) => f.split(':')[0])).toEqual(Object.keys(bad));
  for (const value of ['hunter2', ...Object.values(bad).filter((v) => v !== 'prod')]) expect(error.message).not.toContain(value);
});

describe('what variables must be together', () => {
  const parts = z.intersection(z.object({ PORT: port.default(4000), HUB_DEV: booleanFlag.default(false) }), z.object({ NODE_ENV: nodeEnv, DATABASE_URL: databaseUrl.optional() }));
  const faultsOf = (env: Record<string, string>): readonly string[] => (thrown(() => parseEnvironment(parts, env, (sound, isSet) => [
    ...(sound.HUB_DEV && sound.NODE_ENV === 'production' ? ['HUB_DEV: not in production'] : []),
    ...(isSet('DATABASE_URL') && sound.PORT !== 0 ? [`PORT: is ${sound.PORT} beside a database`] : []),
  ])) as InvalidEnvironment).faults;

  it('is asked of what is sound though others are wrong', () => {
    expect(faultsOf({ PORT: 'x', NODE_ENV: 'production', HUB_DEV: '1' })).toEqual([expect.stringMatching(/^PORT: must/), 'HUB_DEV: not in production']);
    expect(faultsOf({ NODE_ENV: 'production', HUB_DEV: '1' })).toEqual(['HUB_DEV: not in production']);
  });

  it('knows no wrong value, but that it is there, and defaults', () => {
    expect(faultsOf({ PORT: 'x', NODE_ENV: 'test', DATABASE_URL: 'y' })).toEqual([expect.stringMatching(/^PORT: must/), expect.stringMatching(/^DATABASE_URL: must/), 'PORT: is undefined beside a database']);
    expect(faultsOf({ HUB_DEV: 'ture', DATABASE_URL: 'y' })).toEqual([
      expect.stringMatching(/^HUB_DEV: must/), 'NODE_ENV: must be development, test or production', expect.stringMatching(/^DATABASE_URL: must/), 'PORT: is 4000 beside a database']);
  });

  it('lets pass what is well', () => {
    expect(parseEnvironment(parts, { NODE_ENV: 'production' }, ({ NODE_ENV }) => (NODE_ENV === 'production' ? [] : ['never']))).toEqual({ PORT: 4000, HUB_DEV: false, NODE_ENV: 'production' });
  });
});

it('says where a database is, and not how to get in', () => {
  expect(databaseAt('postgres://role:hunter2@db.example:5433/credit?sslmode=require')).toBe('db.example:5433/credit');
  expect(databaseAt('postgresql://role@[::1]/%E4%BF%A1%E7%94%A8')).toBe('[::1]:5432/信用');
});

it('says which variable is not set', () => {
  expect((thrown(() => parseEnvironment(schema, {})) as InvalidEnvironment).faults).toEqual(['DATABASE_URL: is not set']);
});

it.each<[string, z.ZodType, readonly string[], readonly string[]]>([
  ['port', port, ['0', '1', '65535'], ['-1', '65536', '80.5', '0x50', 'http', '1e3']],
  ['wholeNumber', wholeNumber(2, 4), ['2', '4'], ['1', '5', '3.0', '٣']],
  ['booleanFlag', booleanFlag, ['1', 'true', 'YES', 'on', '0', 'false', 'no', 'OFF'], ['2', 'ture', 'enabled']],
  ['databaseUrl', databaseUrl, ['postgres://a:b@h/db', 'postgresql://h:1/db?sslmode=require'], ['postgres://h', 'postgres://h/', 'http://h/db', 'h/db', '']],
  ['httpUrl', httpUrl, ['http://a:1', 'https://a/b/'], ['ftp://a', 'a.example', '']],
  ['logLevel', logLevel, ['info', 'silent'], ['INFO', 'verbose']],
  ['dataDir', dataDir, ['.data', '/var/lib/x'], ['a\0b']],
])('%s takes what it should', (_name, piece, taken, refused) => {
  for (const value of taken) expect([value, piece.safeParse(value).success]).toEqual([value, true]);
  for (const value of refused) expect([value, piece.safeParse(value).success]).toEqual([value, false]);
});

it('turns texts into what they mean', () => {
  expect(dataDir.parse('.data')).toBe(`${process.cwd()}/.data`);
  expect(httpUrl.parse('https://a/b//')).toBe('https://a/b');
  expect(commaSeparated.parse(' a, b,,c ')).toEqual(['a', 'b', 'c']);
  expect([booleanFlag.parse('ON'), booleanFlag.parse('0')]).toEqual([true, false]);
});

function thrown(run: () => unknown): Error {
  try {
    run();
  } catch (error) {
    return error as Error;
  }
  throw new Error('Nothing was thrown');
}
