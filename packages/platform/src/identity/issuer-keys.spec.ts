import { FixedClock } from '@casebridge/kernel';
import { claims, issuerA, now, signed, testKey, type TestKey } from './identity.fixtures';
import { directoryOf } from './static-directory';
import { createTokenVerifier, type TokenVerifier } from './verify-token';

const uri = 'https://id.a.example/jwks';
let first: TestKey;
let second: TestKey;
let clock: FixedClock;
let served: () => Response | Promise<Response>;
let fetched: number;
let verifier: TokenVerifier;
let count = 0;

beforeAll(async () => {
  [first, second] = await Promise.all([testKey('k1'), testKey('k2')]);
});

beforeEach(() => {
  clock = new FixedClock(now);
  fetched = 0;
  served = () => Response.json({ keys: [first.jwk] });
  verifier = createTokenVerifier({
    clock,
    directory: directoryOf([{ code: 'A', functions: ['DRUG'], issuer: issuerA, jwksUri: uri }]),
    fetch: async (url, { redirect }) => {
      expect([url, redirect]).toEqual([uri, 'error']);
      fetched += 1;
      return served();
    },
  });
});

/** A token that no cache knows. */
const fresh = (key: TestKey): Promise<string> =>
  signed(key, claims({ jti: `t-${(count += 1)}`, exp: Date.parse(now) / 1_000 + 36_000 }));

const codeOf = async (token: string): Promise<string> =>
  verifier.verify(token).then(() => 'let in', (error: unknown) => (error as { code?: string }).code ?? String(error));

it('fetches the keys once for many tokens, also for many at the same time', async () => {
  const tokens = await Promise.all(Array.from({ length: 20 }, () => fresh(first)));
  expect(new Set(await Promise.all(tokens.map(codeOf)))).toEqual(new Set(['let in']));
  expect(await codeOf(await fresh(first))).toBe('let in');
  expect(fetched).toBe(1);
});

it('fetches again for a key it does not know, but not within 30 s: a made-up kid floods nobody', async () => {
  expect(await codeOf(await fresh(first))).toBe('let in');
  served = () => Response.json({ keys: [first.jwk, second.jwk] });
  for (let i = 0; i < 50; i += 1) expect(await codeOf(await fresh(second))).toBe('TOKEN_INVALID');
  expect(fetched).toBe(1);
  clock.advance(30_000);
  expect(await codeOf(await fresh(second))).toBe('let in');
  expect(fetched).toBe(2);
});

it('asks an issuer that is down no more than every 30 s, and says that it is down', async () => {
  served = () => Promise.reject(new TypeError('fetch failed'));
  for (let i = 0; i < 20; i += 1) expect(await codeOf(await fresh(first))).toBe('ISSUER_UNAVAILABLE');
  expect(fetched).toBe(1);
  served = () => Response.json({ keys: [first.jwk] });
  clock.advance(30_000);
  expect(await codeOf(await fresh(first))).toBe('let in');
});

it('drops a withdrawn key within ten minutes', async () => {
  expect(await codeOf(await fresh(first))).toBe('let in');
  served = () => Response.json({ keys: [second.jwk] });
  clock.advance(10 * 60_000);
  expect(await codeOf(await fresh(first))).toBe('TOKEN_INVALID');
});

it('lives through an outage with the keys it has, for twenty minutes and no longer', async () => {
  expect(await codeOf(await fresh(first))).toBe('let in');
  served = () => new Response('down', { status: 503 });
  clock.advance(15 * 60_000);
  expect(await codeOf(await fresh(first))).toBe('let in');
  clock.advance(5 * 60_000);
  expect(await codeOf(await fresh(first))).toBe('ISSUER_UNAVAILABLE');
});

it.each<[string, () => Response]>([
  ['what is no JSON', () => new Response('<html>')],
  ['what is no key set', () => Response.json({ keys: 'none' })],
  ['more than 256 kB', () => Response.json({ keys: [first.jwk], more: 'x'.repeat(300 * 1_024) })],
  ['an error with keys in it', () => Response.json({ keys: [first.jwk] }, { status: 500 })],
])('does not take %s for keys', async (_what, answer) => {
  served = answer;
  expect(await codeOf(await fresh(first))).toBe('ISSUER_UNAVAILABLE');
});

it('fetches over TLS, or from this machine', async () => {
  const codes: string[] = [];
  for (const jwksUri of ['http://id.a.example/jwks', 'file:///etc/passwd', 'http://127.0.0.1:9/jwks']) {
    const one = createTokenVerifier({
      clock, directory: directoryOf([{ code: 'A', functions: ['DRUG'], issuer: issuerA, jwksUri }]), fetch: async () => Response.json({ keys: [first.jwk] }),
    });
    codes.push(await one.verify(await fresh(first)).then(() => 'let in', (error: unknown) => (error as { code: string }).code));
  }
  expect(codes).toEqual(['ISSUER_UNAVAILABLE', 'ISSUER_UNAVAILABLE', 'let in']);
});
