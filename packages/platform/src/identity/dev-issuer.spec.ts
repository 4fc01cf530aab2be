import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock } from '@casebridge/kernel';
import { developmentJwks, durationSeconds, mintDevelopmentToken, NoDevelopmentToken } from './dev-issuer';
import { issuerA, now, nowSeconds } from './identity.fixtures';
import { directoryOf } from './static-directory';
import { createTokenVerifier } from './verify-token';

let dataDir: string;
const clock = new FixedClock(now);
const directory = directoryOf([
  { code: 'A', functions: ['DRUG'], officers: [{ id: 'A-1', roles: ['head'] }, { id: 'A-2', roles: ['auditor'] }] },
  { code: 'OWN', functions: ['DRUG'], issuer: issuerA },
]);
const agency = directory.agency('A')!;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'dev-issuer-'));
});
afterAll(() => rm(dataDir, { recursive: true }));

const verify = async (token: string) => {
  const jwks = await developmentJwks(dataDir, 'development');
  return createTokenVerifier({ directory, clock, devJwks: () => jwks }).verify(token);
};

it('mints what the verifier takes', async () => {
  const token = await mintDevelopmentToken({
    dataDir, nodeEnv: undefined, agency, officerId: 'A-9', roles: ['analyst'], scopes: ['adr:identity', 'x'], purpose: 'test', expiresIn: '90s', clock,
  });
  expect(await verify(token)).toMatchObject({
    agency: { code: 'A' }, officerId: 'A-9', roles: ['analyst'], scopes: ['adr:identity', 'x'], purpose: 'test', expiresAt: new Date((nowSeconds + 120) * 1_000),
  });
});

it('takes officer and roles from the registry where they are not given', async () => {
  expect(await verify(await mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency, clock }))).toMatchObject({ officerId: 'A-1', roles: ['head', 'officer'] });
  expect(await verify(await mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency, officerId: 'A-2', clock }))).toMatchObject({ roles: ['auditor'] });
  expect(await verify(await mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency, officerId: 'A-7', clock }))).toMatchObject({ roles: ['officer'] });
});

it('gives each token an id of its own, or revoking one would revoke all', async () => {
  const readers = await Promise.all([1, 2].map(async () => verify(await mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency, clock }))));
  expect(readers[0]!.tokenId).not.toBe(readers[1]!.tokenId);
});

it('mints nothing and has no key in production', async () => {
  await expect(mintDevelopmentToken({ dataDir, nodeEnv: 'production', agency, clock })).rejects.toBeInstanceOf(NoDevelopmentToken);
  await expect(developmentJwks(dataDir, 'production')).rejects.toBeInstanceOf(NoDevelopmentToken);
});

it('does not speak for an agency with an issuer of its own, nor for a retired one', async () => {
  await expect(mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency: directory.agency('OWN')!, clock })).rejects.toBeInstanceOf(NoDevelopmentToken);
  await expect(mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency: { ...agency, status: 'RETIRED' }, clock })).rejects.toBeInstanceOf(NoDevelopmentToken);
});

it('reads lengths of time and refuses others', async () => {
  expect(['45s', '30m', '1h', '7d'].map(durationSeconds)).toEqual([45, 1_800, 3_600, 604_800]);
  for (const text of ['', '1', 'h', '0h', '-1h', '1.5h', '1w', '1h30m', 'constructor']) expect(() => durationSeconds(text)).toThrow(RangeError);
  await expect(mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency, expiresIn: '8d', clock })).rejects.toThrow(RangeError);
  await expect(mintDevelopmentToken({ dataDir, nodeEnv: 'test', agency, expiresIn: 0, clock })).rejects.toThrow(RangeError);
});
