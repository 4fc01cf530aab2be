import { createHmac } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FixedClock, publicReader, type Principal } from '@casebridge/kernel';
import { importJWK, SignJWT, type KeyLike } from 'jose';
import { admit, isAdmitted } from './admission';
import { handwritten, now, nowSeconds, readerOf } from './identity.fixtures';
import { createInternalTokenSigner, createInternalTokenVerifier, type InternalTokenSigner, type InternalTokenVerifier } from './internal-token';
import { loadOrCreateSigningKey, type SigningKey } from './keys';
import { directoryOf } from './static-directory';

let folder: string;
let key: SigningKey;
let clock: FixedClock;
let signer: InternalTokenSigner;
let enforcement: InternalTokenVerifier;
let credit: InternalTokenVerifier;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'internal-token-'));
  key = await loadOrCreateSigningKey(folder, 'internal');
});
afterAll(() => rm(folder, { recursive: true }));

beforeEach(async () => {
  clock = new FixedClock(now);
  signer = await createInternalTokenSigner({ key, clock });
  const keys = { keys: [key.publicJwk] };
  enforcement = createInternalTokenVerifier({ keys, service: 'enforcement', clock });
  credit = createInternalTokenVerifier({ keys, service: 'credit', clock });
});

const codeOf = async (token: string, by: InternalTokenVerifier = enforcement): Promise<string> =>
  by.verify(token).then(() => 'let in', (error: unknown) => (error as { code?: string }).code ?? String(error));

const wire = { kind: 'agency', agency: { ...readerOf().agency }, officerId: 'A-1', roles: ['officer'], scopes: [], purpose: null, tokenId: 't',
  issuedAt: new Date(now).toISOString(), expiresAt: new Date((nowSeconds + 600) * 1_000).toISOString() };

/** Signs whatever it is given, with the gateway's key unless told otherwise. */
async function forged(changes: { header?: object; payload?: object; by?: SigningKey } = {}): Promise<string> {
  const by = changes.by ?? key;
  return new SignJWT({ iss: 'urn:casebridge:gateway', aud: 'enforcement', iat: nowSeconds, exp: nowSeconds + 60, reader: wire, ...changes.payload })
    .setProtectedHeader({ alg: 'EdDSA', typ: 'casebridge-internal+jwt', kid: key.kid, ...changes.header })
    .sign((await importJWK(by.privateJwk, 'EdDSA')) as KeyLike);
}

it('carries the whole reader and lets him in', async () => {
  const reader = admit(readerOf({ roles: ['head', 'officer'], purpose: '案件核查' }));
  const received = await enforcement.verify(await signer.sign(reader, 'enforcement'));
  expect(received).toEqual(reader);
  expect(received).not.toBe(reader);
  expect(isAdmitted(received)).toBe(true);
});

it('carries the public reader', async () => {
  const received = await enforcement.verify(await signer.sign(admit(publicReader), 'enforcement'));
  expect(received).toEqual({ kind: 'public' });
});

it('is not made for a reader who was not let in', async () => {
  await expect(signer.sign(readerOf(), 'enforcement')).rejects.toMatchObject({ code: 'NOT_ADMITTED' });
  const admitted = admit(readerOf());
  await expect(signer.sign({ ...admitted, roles: ['head'] }, 'enforcement')).rejects.toMatchObject({ code: 'NOT_ADMITTED' });
});

it('is good for one service only', async () => {
  const token = await signer.sign(admit(readerOf()), 'enforcement');
  expect(await codeOf(token)).toBe('let in');
  expect(await codeOf(token, credit)).toBe('TOKEN_INVALID');
  expect(await codeOf(await forged({ payload: { aud: ['enforcement', 'credit'] } }))).toBe('TOKEN_INVALID');
  expect(await codeOf(await forged({ payload: { aud: 'ENFORCEMENT' } }))).toBe('TOKEN_INVALID');
});

it('cannot be replayed after 60 s, known to the service or not', async () => {
  const token = await signer.sign(admit(readerOf()), 'enforcement');
  clock.advance(59_000);
  expect(await codeOf(token)).toBe('let in');
  clock.advance(1_000);
  expect(await codeOf(token)).toBe('TOKEN_EXPIRED');
  expect(await codeOf(token, createInternalTokenVerifier({ keys: { keys: [key.publicJwk] }, service: 'enforcement', clock }))).toBe('TOKEN_EXPIRED');
});

it('cannot be forged', async () => {
  expect(await codeOf(await forged())).toBe('let in'); // what follows differs from this in one thing each
  const stranger = await loadOrCreateSigningKey(folder, 'stranger');
  expect(await codeOf(await forged({ by: stranger }))).toBe('TOKEN_INVALID');
  expect(await codeOf(await forged({ header: { typ: 'JWT' } }))).toBe('TOKEN_INVALID');
  expect(await codeOf(await forged({ header: { typ: undefined } }))).toBe('TOKEN_INVALID');
  expect(await codeOf(await forged({ payload: { iss: 'urn:casebridge:dev:A' } }))).toBe('TOKEN_INVALID');
  expect(await codeOf(await forged({ payload: { exp: nowSeconds + 3_600 } }))).toBe('TOKEN_INVALID');
  expect(await codeOf(await forged({ payload: { iat: nowSeconds + 40, exp: nowSeconds + 90 } }))).toBe('TOKEN_INVALID');
  expect(await codeOf(await forged({ payload: { exp: undefined } }))).toBe('TOKEN_INVALID');

  const header = { alg: 'EdDSA', typ: 'casebridge-internal+jwt', kid: key.kid };
  const payload = { iss: 'urn:casebridge:gateway', aud: 'enforcement', iat: nowSeconds, exp: nowSeconds + 60, reader: wire };
  expect(await codeOf(handwritten(header, payload))).toBe('TOKEN_INVALID');
  expect(await codeOf(handwritten({ ...header, alg: 'none' }, payload))).toBe('TOKEN_INVALID');
  const body = handwritten({ ...header, alg: 'HS256' }, payload).slice(0, -1);
  const mac = createHmac('sha256', Buffer.from(key.publicJwk.x!, 'base64url')).update(body).digest('base64url');
  expect(await codeOf(`${body}.${mac}`)).toBe('TOKEN_INVALID');
  for (const nothing of ['', 'x', 'a.b.c', 'x'.repeat(70_000)]) expect(await codeOf(nothing)).toBe('TOKEN_MALFORMED');
});

it.each<[string, unknown]>([
  ['no reader', undefined],
  ['a kind of its own', { kind: 'system' }],
  ['a public reader with an agency', { kind: 'public', agency: wire.agency }],
  ['a role that does not exist', { ...wire, roles: ['root'] }],
  ['a function that does not exist', { ...wire, agency: { ...wire.agency, functions: ['ALL'] } }],
  ['a field too many', { ...wire, admitted: true }],
  ['no officer', { ...wire, officerId: '' }],
])('carries no other reader than a whole one: %s', async (_what, reader) => {
  expect(await codeOf(await forged({ payload: { reader } }))).toBe('TOKEN_INVALID');
});

it('is sent again for 20 s and then made anew, per reader and service', async () => {
  const [one, other] = [admit(readerOf()), admit(readerOf({ officerId: 'A-2' }))];
  const first = await signer.sign(one, 'enforcement');
  clock.advance(19_999);
  expect(await signer.sign(one, 'enforcement')).toBe(first);
  expect(await signer.sign(one, 'credit')).not.toBe(first);
  expect(await signer.sign(other, 'enforcement')).not.toBe(first);
  clock.advance(1);
  const second = await signer.sign(one, 'enforcement');
  expect(second).not.toBe(first);
  clock.advance(-3_600_000);
  expect(await signer.sign(one, 'enforcement')).not.toBe(second);
});

it('gives the same reader for the same token, so that what hangs on him is found again', async () => {
  const token = await signer.sign(admit(readerOf()), 'enforcement');
  const readers: Principal[] = [await enforcement.verify(token), await enforcement.verify(token)];
  expect(readers[0]).toBe(readers[1]);
});

it("ends with the officer's own token", async () => {
  const reader = admit(readerOf({ expiresAt: new Date((nowSeconds + 10) * 1_000) }));
  const token = await signer.sign(reader, 'enforcement');
  clock.advance(9_999);
  expect(await codeOf(token)).toBe('let in');
  clock.advance(1);
  expect(await codeOf(token)).toBe('TOKEN_EXPIRED');
});

it('ends at once for a reader revoked meanwhile, and with his agency', async () => {
  const directory = directoryOf([{ code: 'A', functions: ['DRUG'] }]);
  const watching = createInternalTokenVerifier({ keys: { keys: [key.publicJwk] }, service: 'enforcement', clock, directory });
  const token = await signer.sign(admit(readerOf()), 'enforcement');
  const other = await signer.sign(admit(readerOf({ officerId: 'A-2', tokenId: 'token-2' })), 'enforcement');
  expect(await codeOf(token, watching)).toBe('let in');
  directory.revoke({ agencyCode: 'A', officerId: 'A-1', revokedAt: new Date(now) });
  expect(await codeOf(token, watching)).toBe('TOKEN_REVOKED');
  expect(await codeOf(other, watching)).toBe('let in');
  directory.retire('A');
  expect(await codeOf(other, watching)).toBe('AGENCY_UNKNOWN');
});

it('is taken from the old and the new key while the key is changed', async () => {
  const next = await loadOrCreateSigningKey(folder, 'internal-next');
  const both = createInternalTokenVerifier({ keys: { keys: [key.publicJwk, next.publicJwk] }, service: 'enforcement', clock });
  const reader = admit(readerOf());
  expect(await codeOf(await signer.sign(reader, 'enforcement'), both)).toBe('let in');
  expect(await codeOf(await (await createInternalTokenSigner({ key: next, clock })).sign(reader, 'enforcement'), both)).toBe('let in');
});
