import { createHmac } from 'node:crypto';
import { developmentIssuer, FixedClock } from '@casebridge/kernel';
import { SignJWT, UnsecuredJWT } from 'jose';
import { claims, handwritten, issuerA, issuerB, now, nowSeconds, signed, testKey, type TestKey } from './identity.fixtures';
import { directoryOf, type StaticDirectory } from './static-directory';
import { bearerToken, createTokenVerifier, type TokenVerifier } from './verify-token';

let keyA: TestKey;
let keyB: TestKey;
let keyDev: TestKey;

beforeAll(async () => {
  [keyA, keyB, keyDev] = await Promise.all([testKey('a1'), testKey('b1', 'ES256'), testKey('dev')]);
});

let clock: FixedClock;
let directory: StaticDirectory;
let verifier: TokenVerifier;

beforeEach(() => {
  clock = new FixedClock(now);
  directory = directoryOf([
    { code: 'A', functions: ['DRUG', 'MARKET'], regions: ['210100'], superior: 'P', issuer: issuerA, jwks: { keys: [keyA.jwk] }, officers: [{ id: 'A-1', roles: ['head'] }] },
    { code: 'B', functions: ['POLICE'], issuer: issuerB, jwks: { keys: [keyB.jwk] } },
    { code: 'DEV', functions: ['HEALTH'] },
  ]);
  verifier = createTokenVerifier({ directory, clock });
});

const codeOf = async (token: string, by: TokenVerifier = verifier): Promise<string> =>
  by.verify(token).then(() => 'let in', (error: unknown) => (error as { code?: string }).code ?? String(error));

describe('a good token', () => {
  it('gives the reader with the agency of the registry, not of the token', async () => {
    const reader = await verifier.verify(await signed(keyA, claims({ name: 'made up', functions: ['POLICE'] })));
    expect(reader).toEqual({
      kind: 'agency',
      agency: { code: 'A', name: 'A', nameEn: 'A', functions: ['DRUG', 'MARKET'], regions: ['210100'], superior: 'P' },
      officerId: 'A-1', roles: ['officer'], scopes: ['case:read', 'adr:identity'], purpose: 'case 7', tokenId: 'token-1',
      issuedAt: new Date((nowSeconds - 10) * 1_000), expiresAt: new Date((nowSeconds + 3_630) * 1_000),
    });
  });

  it.each(['EdDSA', 'ES256', 'PS256'])('may be signed with %s', async (alg) => {
    const key = await testKey('k', alg);
    directory.put({ code: 'A', functions: ['DRUG'], issuer: issuerA, jwks: { keys: [key.jwk] } });
    expect(await codeOf(await signed(key))).toBe('let in');
  });

  it('makes a head an officer too and leaves out roles the hub does not know', async () => {
    const reader = await verifier.verify(await signed(keyA, claims({ roles: ['head', 'canteen-manager', 'head'] })));
    expect([...reader.roles].sort()).toEqual(['head', 'officer']);
  });

  it('needs no nbf, scope, purpose or roles, and then carries none', async () => {
    const reader = await verifier.verify(await signed(keyA, claims({ nbf: undefined, scope: undefined, purpose: undefined, roles: undefined })));
    expect(reader).toMatchObject({ roles: [], scopes: [], purpose: null });
  });

  it('may name several audiences', async () => {
    expect(await codeOf(await signed(keyA, claims({ aud: ['other', 'casebridge'] })))).toBe('let in');
  });
});

describe('what is no token', () => {
  it.each(['', 'x', 'a.b', 'a.b.c', 'a.b.c.d.e', '..', handwritten('text', {}), handwritten({ alg: 'EdDSA' }, 'text')])('refuses %j', async (token) => {
    expect(await codeOf(token)).toBe('TOKEN_MALFORMED');
  });

  it('refuses more than 8 kB, however good', async () => {
    const token = await signed(keyA, claims({ pad: 'x'.repeat(8_192) }));
    expect(await codeOf(token)).toBe('TOKEN_MALFORMED');
    expect(await codeOf(await signed(keyA, claims({ pad: 'x'.repeat(4_000) })))).toBe('let in');
  });

  it.each<[string, Record<string, unknown>]>([
    ['no officer', { sub: '' }],
    ['no agency', { agency: undefined }],
    ['roles that are no list', { roles: 'head' }],
    ['a scope that is no text', { scope: ['case:read'] }],
    ['an end beyond the year 9999', { exp: 1e15 }],
    ['a line break in the purpose', { purpose: 'x\nlevel=admin' }],
    ['a bidi override in the officer id', { sub: 'A-1\u202e' }],
  ])('refuses %s although the signature is right', async (_what, changes) => {
    expect(await codeOf(await signed(keyA, claims(changes)))).toBe('TOKEN_MALFORMED');
  });
});

describe('forgery', () => {
  it('refuses a token without signature (alg none)', async () => {
    const none = new UnsecuredJWT(claims()).encode();
    expect(await codeOf(none)).toBe('TOKEN_INVALID');
    expect(await codeOf(handwritten({ alg: 'nOnE', kid: 'a1' }, claims()))).toBe('TOKEN_INVALID');
    expect(await codeOf(handwritten({ alg: 'EdDSA', kid: 'a1' }, claims()))).toBe('TOKEN_INVALID');
  });

  it('refuses HS256 with the public key as the secret', async () => {
    for (const secret of [Buffer.from(keyA.jwk.x!, 'base64url'), Buffer.from(keyA.jwk.x!), Buffer.from(JSON.stringify(keyA.jwk))]) {
      const body = handwritten({ alg: 'HS256', kid: 'a1', typ: 'JWT' }, claims()).slice(0, -1);
      expect(await codeOf(`${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`)).toBe('TOKEN_INVALID');
      expect(await codeOf(await new SignJWT(claims()).setProtectedHeader({ alg: 'HS256', kid: 'a1' }).sign(secret))).toBe('TOKEN_INVALID');
    }
  });

  it('refuses an algorithm that is not pinned, even with a registered key', async () => {
    const rsa = await testKey('r', 'RS256');
    directory.put({ code: 'A', functions: ['DRUG'], issuer: issuerA, jwks: { keys: [rsa.jwk] } });
    expect(await codeOf(await signed(rsa))).toBe('TOKEN_INVALID');
  });

  it('takes no key from the token itself', async () => {
    const own = await testKey('a1');
    expect(await codeOf(await signed(own, claims(), { jwk: own.jwk }))).toBe('TOKEN_INVALID');
    expect(await codeOf(await signed(own, claims(), { jku: 'https://evil.example/jwks' }))).toBe('TOKEN_INVALID');
  });

  it('refuses a changed payload, and a critical header it does not know', async () => {
    const [header, , signature] = (await signed(keyA)).split('.');
    const other = Buffer.from(JSON.stringify(claims({ sub: 'A-2' }))).toString('base64url');
    expect(await codeOf(`${header}.${other}.${signature}`)).toBe('TOKEN_INVALID');
    const critical = handwritten({ alg: 'EdDSA', kid: 'a1', crit: ['exp2'], exp2: 1 }, claims(), signature);
    expect(['TOKEN_INVALID', 'TOKEN_MALFORMED']).toContain(await codeOf(critical));
  });

  it('refuses a token that was made for another use', async () => {
    expect(await codeOf(await signed(keyA, claims(), { typ: 'logout+jwt' }))).toBe('TOKEN_INVALID');
    expect(await codeOf(await signed(keyA, claims(), { typ: 'casebridge-internal+jwt' }))).toBe('TOKEN_INVALID');
    expect(await codeOf(await signed(keyA, claims(), { typ: 'at+jwt' }))).toBe('let in');
  });
});

describe('whose token', () => {
  it('refuses another audience, or none', async () => {
    expect(await codeOf(await signed(keyA, claims({ aud: 'mail' })))).toBe('TOKEN_INVALID');
    expect(await codeOf(await signed(keyA, claims({ aud: undefined })))).toBe('TOKEN_INVALID');
  });

  it('refuses an issuer that is not registered', async () => {
    expect(await codeOf(await signed(keyA, claims({ iss: 'https://id.c.example' })))).toBe('AGENCY_UNKNOWN');
    expect(await codeOf(await signed(keyA, claims({ iss: undefined })))).toBe('TOKEN_MALFORMED');
  });

  it("refuses the agency of another issuer: B's key does not speak for A", async () => {
    expect(await codeOf(await signed(keyB, claims({ iss: issuerB, agency: 'A' })))).toBe('TOKEN_INVALID');
    expect(await codeOf(await signed(keyB, claims({ iss: issuerA })))).toBe('TOKEN_INVALID');
    expect(await codeOf(await signed(keyB, claims({ iss: issuerB, agency: 'B', sub: 'B-1' })))).toBe('let in');
  });

  it('refuses an issuer that two agencies claim: nobody speaks for the other', async () => {
    const token = await signed(keyA);
    directory.put({ code: 'C', functions: ['COURT'], issuer: issuerA, jwks: { keys: [keyB.jwk] } });
    expect(await codeOf(token)).toBe('AGENCY_UNKNOWN');
  });

  it('refuses a retired agency, also a token verified before', async () => {
    const token = await signed(keyA);
    expect(await codeOf(token)).toBe('let in');
    directory.retire('A');
    expect(await codeOf(token)).toBe('AGENCY_UNKNOWN');
  });

  it('knows the development issuer only where it is switched on, and only for its own agencies', async () => {
    const token = await signed(keyDev, claims({ iss: developmentIssuer('DEV'), agency: 'DEV' }));
    expect(await codeOf(token)).toBe('AGENCY_UNKNOWN');
    const withDev = createTokenVerifier({ directory, clock, devJwks: () => ({ keys: [keyDev.jwk] }) });
    expect(await codeOf(token, withDev)).toBe('let in');
    expect(await codeOf(await signed(keyDev), withDev)).toBe('TOKEN_INVALID');
    expect(await codeOf(await signed(keyDev, claims({ iss: developmentIssuer('DEV'), agency: 'A' })), withDev)).toBe('TOKEN_INVALID');
  });

  it('does not trust keys registered for a development issuer', async () => {
    directory.put({ code: 'DEV', functions: ['HEALTH'], jwks: { keys: [keyA.jwk] } });
    expect(await codeOf(await signed(keyA, claims({ iss: developmentIssuer('DEV'), agency: 'DEV' })))).toBe('AGENCY_UNKNOWN');
  });

  it('lets nobody in before the registry is loaded', async () => {
    const empty = createTokenVerifier({ directory: Object.create(directory, { ready: { value: false } }) as StaticDirectory, clock });
    expect(await codeOf(await signed(keyA), empty)).toBe('DIRECTORY_UNAVAILABLE');
  });
});

describe('when', () => {
  it('tells the end that it holds itself, so that nothing ends earlier or later than the token is let in', async () => {
    const token = await signed(keyA, claims({ exp: nowSeconds + 60 }));
    const { expiresAt } = await verifier.verify(token);
    clock.set(new Date(expiresAt.getTime() - 1));
    expect([await codeOf(token), await codeOf(token, createTokenVerifier({ directory, clock }))]).toEqual(['let in', 'let in']);
    clock.set(expiresAt);
    expect([await codeOf(token), await codeOf(token, createTokenVerifier({ directory, clock }))]).toEqual(['TOKEN_EXPIRED', 'TOKEN_EXPIRED']);
  });

  it('has its end within what can be written down', async () => {
    const { expiresAt } = await verifier.verify(await signed(keyA, claims({ exp: 253_402_300_799 })));
    expect(expiresAt.toISOString()).toBe('9999-12-31T23:59:59.000Z');
  });

  it('ends with exp, give or take 30 s, cached or not', async () => {
    const token = await signed(keyA, claims({ exp: nowSeconds + 60 }));
    for (const [seconds, expected] of [[0, 'let in'], [59, 'let in'], [89, 'let in'], [91, 'TOKEN_EXPIRED']] as const) {
      clock.set(new Date((nowSeconds + seconds) * 1_000));
      expect(await codeOf(token)).toBe(expected);
    }
  });

  it('begins with nbf, give or take 30 s', async () => {
    const token = await signed(keyA, claims({ nbf: nowSeconds + 31 }));
    expect(await codeOf(token)).toBe('TOKEN_INVALID');
    clock.advance(1_000);
    expect(await codeOf(token)).toBe('let in');
  });

  it('refuses a token issued in the future: it would outlive the revocation of its officer', async () => {
    expect(await codeOf(await signed(keyA, claims({ iat: nowSeconds + 3_000 })))).toBe('TOKEN_INVALID');
  });

  it.each(['exp', 'iat', 'jti', 'sub'])('refuses a token without %s', async (claim) => {
    expect(await codeOf(await signed(keyA, claims({ [claim]: undefined })))).toBe('TOKEN_INVALID');
  });

  it('says nothing of expiry to who cannot sign', async () => {
    expect(await codeOf(await signed(keyB, claims({ exp: nowSeconds - 500 })))).toBe('TOKEN_INVALID');
  });
});

describe('rotation', () => {
  it('takes the key that kid names, old and new side by side, and refuses the old one once it is withdrawn', async () => {
    const next = await testKey('a2');
    const old = await signed(keyA);
    directory.put({ code: 'A', functions: ['DRUG'], issuer: issuerA, jwks: { keys: [keyA.jwk, next.jwk] } });
    expect(await codeOf(old)).toBe('let in');
    expect(await codeOf(await signed(next, claims({ jti: 'token-2' })))).toBe('let in');
    directory.put({ code: 'A', functions: ['DRUG'], issuer: issuerA, jwks: { keys: [next.jwk] } });
    expect(await codeOf(old)).toBe('TOKEN_INVALID');
    expect(await codeOf(await signed(next, claims({ jti: 'token-3' })))).toBe('let in');
  });

  it('refuses a key that is no key without ado', async () => {
    directory.put({ code: 'A', functions: ['DRUG'], issuer: issuerA, jwks: { keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'a1', x: '!!' }] } });
    expect(await codeOf(await signed(keyA))).toBe('TOKEN_INVALID');
  });
});

describe('revocation', () => {
  it('of a token holds at once, for this token only', async () => {
    const [first, second] = [await signed(keyA), await signed(keyA, claims({ jti: 'token-2' }))];
    expect(await codeOf(first)).toBe('let in');
    directory.revoke({ agencyCode: 'A', tokenId: 'token-1' });
    expect(await codeOf(first)).toBe('TOKEN_REVOKED');
    expect(await codeOf(second)).toBe('let in');
  });

  it("of another agency's token with the same id changes nothing", async () => {
    directory.revoke({ agencyCode: 'B', tokenId: 'token-1' });
    expect(await codeOf(await signed(keyA))).toBe('let in');
  });

  it('of an officer ends what was issued up to then; a later token is good', async () => {
    const before = await signed(keyA);
    const colleague = await signed(keyA, claims({ sub: 'A-2', jti: 'token-2' }));
    expect(await codeOf(before)).toBe('let in');
    directory.revoke({ agencyCode: 'A', officerId: 'A-1', revokedAt: new Date((nowSeconds - 10) * 1_000) });
    expect(await codeOf(before)).toBe('TOKEN_REVOKED');
    expect(await codeOf(colleague)).toBe('let in');
    expect(await codeOf(await signed(keyA, claims({ jti: 'token-3', iat: nowSeconds - 9 })))).toBe('let in');
  });

  it('that arrives while the signature is being checked is not missed', async () => {
    const token = await signed(keyA);
    const answer = codeOf(token);
    directory.revoke({ agencyCode: 'A', tokenId: 'token-1' });
    expect(await answer).toBe('TOKEN_REVOKED');
  });

  it('of a whole agency while the signature is being checked is not missed', async () => {
    const token = await signed(keyA);
    const answer = codeOf(token);
    directory.retire('A');
    expect(await answer).toBe('AGENCY_UNKNOWN');
  });
});

describe('the cache', () => {
  it('gives the same reader for the same token and a fresh one after any change of the registry', async () => {
    const token = await signed(keyA);
    const first = await verifier.verify(token);
    expect(await verifier.verify(token)).toBe(first);
    directory.put({ code: 'A', functions: ['DRUG'], regions: ['210200'], issuer: issuerA, jwks: { keys: [keyA.jwk] } });
    const second = await verifier.verify(token);
    expect(second).not.toBe(first);
    expect(second.agency.regions).toEqual(['210200']);
  });

  it('looks again after five minutes', async () => {
    const token = await signed(keyA);
    const first = await verifier.verify(token);
    clock.advance(5 * 60_000 - 1);
    expect(await verifier.verify(token)).toBe(first);
    clock.advance(1);
    expect(await verifier.verify(token)).not.toBe(first);
  });
});

describe('the header', () => {
  it('may be absent, and else is a bearer token', () => {
    expect(bearerToken(undefined)).toBeNull();
    expect(bearerToken('Bearer abc.def.ghi')).toBe('abc.def.ghi');
    expect(bearerToken('bearer   abc ')).toBe('abc');
    for (const header of ['', 'Bearer', 'Bearer ', 'Basic abc', 'abc', 'Bearer a b', 'Bearer a,b', `Bearer ${'x'.repeat(9_000)}`]) {
      expect(() => bearerToken(header)).toThrow(expect.objectContaining({ code: 'TOKEN_MALFORMED' }));
    }
  });
});
