import type { AgencyReader } from '@casebridge/kernel';
import { publicReader } from '@casebridge/kernel';
import { GraphQLError, parse } from 'graphql';
import { statusOf } from '../errors';
import { AuthenticationRequired, UnenforceableSupergraph } from './errors';
import { type AuthorizationOptions, Authorizer, withRefusals } from './authorizer';
import { hubPolicies, type Policies } from './policies';
import { hashOf, stripSecurity } from './security-features';
import { archive, brief, compose, operationOf, register, supergraph } from './testing/protected-world';

const now = new Date('2026-11-22T02:00:00Z');
const officer = (over: Partial<AgencyReader> = {}): AgencyReader => ({
  kind: 'agency', officerId: 'o', roles: ['officer'], scopes: [], purpose: null, tokenId: 't', issuedAt: now, expiresAt: new Date(now.getTime() + 60_000),
  agency: { code: 'A', name: '示例局', nameEn: 'Example bureau', functions: ['DRUG'], regions: ['110000'], superior: null }, ...over,
});
const policies: Policies = {
  seal: (who) => who.kind === 'agency' && who.roles.includes('head'), p1: (_who, at) => at < new Date('2026-12-01T00:00:00Z'), p2: () => false, p3: () => false,
};
const authorizer = (options: Partial<AuthorizationOptions> = {}) => new Authorizer({ supergraphSdl: supergraph, policies, options });

/** What is left, and where something is not. */
function ask(query: string, who: Parameters<Authorizer['authorize']>[2], options: Partial<AuthorizationOptions> = {}, at = now) {
  const document = parse(query);
  const { errors, key, document: left } = authorizer(options).authorize(document, operationOf(document), who, at);
  return { key, left: brief(left), same: left === document, paths: errors.map(({ path }) => path?.join('/')) };
}

describe('Authorizer', () => {
  it('starts only with the supergraph that the planner has', () => {
    const enforced = authorizer();
    expect(() => enforced.assertEnforces(stripSecurity(supergraph))).not.toThrow();
    const other = compose({ archive: archive.replace('me: Officer @authenticated', 'me: Officer'), register });
    expect(() => enforced.assertEnforces(stripSecurity(other))).toThrow(UnenforceableSupergraph);
    expect(() => new Authorizer({ supergraphSdl: stripSecurity(supergraph).sdl, policies }).assertEnforces(stripSecurity(supergraph))).toThrow(/another supergraph/);
    const open = compose({ one: 'type Query { a: Int }' });
    expect(() => new Authorizer({ supergraphSdl: open, policies }).assertEnforces(stripSecurity(supergraph))).toThrow(/another supergraph/);
    expect(() => new Authorizer({ supergraphSdl: open, policies }).assertEnforces({ sdl: open, hash: hashOf(open) })).not.toThrow();
  });

  it('does not start with a policy that is not there', () => {
    expect(() => new Authorizer({ supergraphSdl: supergraph, policies: hubPolicies })).toThrow(/There is no policy p1\n.*no policy p2\n.*no policy p3\n.*no policy seal/s);
    const odd = compose({ archive: archive.replaceAll('"p2"', '"constructor"'), register });
    expect(() => new Authorizer({ supergraphSdl: odd, policies })).toThrow('There is no policy constructor');
  });

  it('has an empty key for what needs nothing, whoever asks', () => {
    for (const who of [publicReader, officer({ scopes: ['a'] })]) {
      expect(ask('{open notice{id}}', who)).toEqual({ key: '', left: '{open notice{id}}', same: true, paths: [] });
    }
  });

  it('has one key for readers who are alike in what the operation needs', () => {
    const keyOf = (query: string, who: Parameters<typeof ask>[1], at = now) => ask(query, who, {}, at).key;
    expect(keyOf('{me{id}}', officer())).toBe(keyOf('{me{id}}', officer({ officerId: 'other', scopes: ['a', 'staff'], roles: ['head'] })));
    expect(keyOf('{me{id}}', officer())).not.toBe(keyOf('{me{id}}', publicReader));
    expect(keyOf('{either}', officer({ scopes: ['a', 'x'] }))).toBe(keyOf('{either}', officer({ scopes: ['y', 'a'] })));
    expect(keyOf('{either}', officer({ scopes: ['b', 'a'] }))).toBe(keyOf('{either}', officer({ scopes: ['a', 'b'] })));
    expect(new Set([[], ['a'], ['b'], ['a', 'b'], ['c']].map((scopes) => keyOf('{either}', officer({ scopes }))))).toHaveProperty('size', 5);
    expect(keyOf('{vault{id}}', officer({ roles: ['head'] }))).not.toBe(keyOf('{vault{id}}', officer()));
    expect(keyOf('{policed}', officer())).not.toBe(keyOf('{policed}', officer(), new Date('2026-12-02T00:00:00Z')));
  });

  it('tells the key alone, for streams that go on', () => {
    const document = parse('subscription{changed{id score}}');
    const one = authorizer();
    for (const who of [publicReader, officer(), officer({ scopes: ['a'] })]) {
      expect(one.keyOf(document, operationOf(document), who, now)).toBe(one.authorize(document, operationOf(document), who, now).key);
    }
  });

  it('remembers what it decided', () => {
    const document = parse('{notice{id secret}}');
    const one = authorizer();
    const first = one.authorize(document, operationOf(document), publicReader, now);
    expect(one.authorize(document, operationOf(document), publicReader, now)).toBe(first);
    expect(one.authorize(document, operationOf(document), officer(), now).document).toBe(document);
  });

  it('takes a policy that says nothing for a no', () => {
    const silent = new Authorizer({ supergraphSdl: supergraph, policies: { ...policies, p1: (() => undefined) as never, p3: (() => 'yes') as never } });
    const document = parse('{policed open}');
    expect(brief(silent.authorize(document, operationOf(document), officer(), now).document)).toBe('{open}');
  });

  it('filters queries and rejects mutations', () => {
    expect(ask('{notice{id score} all}', officer())).toMatchObject({ left: '{notice{id}}', paths: ['notice/score', 'all'] });
    const act = officer({ scopes: ['write'] });
    expect(ask('mutation{note{id score}}', act)).toMatchObject({ left: null, paths: ['note/score'] });
    expect(ask('mutation{note{id}}', act)).toMatchObject({ left: 'mutation{note{id}}', same: true, paths: [] });
    expect(ask('mutation{note{id score}}', act, { rejectMutations: false })).toMatchObject({ left: 'mutation{note{id}}', paths: ['note/score'] });
  });

  it('rejects everything when told to, with all paths', () => {
    expect(ask('{open notice{id score} all}', officer(), { rejectUnauthorized: true })).toMatchObject({ left: null, paths: ['notice/score', 'all'] });
    expect(ask('{open}', publicReader, { rejectUnauthorized: true })).toMatchObject({ left: '{open}', paths: [] });
  });

  it('removes nothing in a dry run, and says what it would', () => {
    for (const query of ['{open me{id} either}', 'mutation{wipe}']) {
      const { left, paths, same } = ask(query, publicReader, { dryRun: true });
      expect([left, same]).toEqual([brief(parse(query)), true]);
      expect(paths).toEqual(query.startsWith('m') ? ['wipe'] : ['me', 'either']);
    }
  });

  it('wants a token when told to', () => {
    expect(() => authorizer().admit(publicReader)).not.toThrow();
    const strict = authorizer({ requireAuthentication: true });
    expect(() => strict.admit(officer())).not.toThrow();
    expect(() => strict.admit(publicReader)).toThrow(AuthenticationRequired);
    expect([new AuthenticationRequired().code, statusOf(new AuthenticationRequired())]).toEqual(['AUTH_ERROR', 401]);
  });
});

describe('withRefusals', () => {
  const refusal = new GraphQLError('no', { path: ['me'], extensions: { code: 'C' } });
  const answer = { data: { me: null }, errors: [new GraphQLError('down')], extensions: { valueCompletion: [1] } };

  it('puts them among the errors, beside them, or nowhere', () => {
    expect(withRefusals(answer, [refusal], 'errors')).toEqual({ ...answer, errors: [refusal, ...answer.errors] });
    expect(withRefusals(answer, [refusal], 'extensions')).toEqual({
      ...answer, extensions: { valueCompletion: [1], authorizationErrors: [{ message: 'no', path: ['me'], extensions: { code: 'C' } }] },
    });
    expect(withRefusals(answer, [refusal], 'disabled')).toBe(answer);
    expect(withRefusals(answer, [], 'extensions')).toBe(answer);
  });
});

describe('the policies of the hub', () => {
  const holding = (who: AgencyReader): string[] => Object.keys(hubPolicies).filter((name) => hubPolicies[name]?.(who, now));
  const of = (functions: AgencyReader['agency']['functions'], over: Partial<AgencyReader> = {}) => officer({ ...over, agency: { ...officer().agency, functions } });

  it('say no to the public reader', () => {
    expect(Object.values(hubPolicies).filter((policy) => policy(publicReader, now))).toEqual([]);
  });

  it('go by functions, roles and scopes', () => {
    expect(holding(of(['DRUG', 'MARKET']))).toEqual(['drug-regulator', 'regulator', 'reads-records', 'acts-on-records']);
    expect(holding(of(['MARKET'], { roles: ['reviewer'] }))).toEqual(['regulator', 'reads-records']);
    expect(holding(of(['POLICE'], { roles: ['head'] }))).toEqual(['police', 'criminal-justice', 'head-of-agency', 'reads-records', 'acts-on-records', 'revokes-access']);
    expect(holding(of(['PROCURATORATE'], { roles: ['auditor'] }))).toEqual(['procuratorate', 'criminal-justice', 'auditor']);
    expect(holding(of(['COURT'], { roles: ['analyst'] }))).toEqual(['court', 'criminal-justice']);
    expect(holding(of(['SUPERVISION'], { roles: [] }))).toEqual(['supervision']);
    expect(holding(of(['ADR_CENTRE'], { roles: ['system'], scopes: ['hub:registry'] }))).toEqual(['health', 'reads-records', 'acts-on-records', 'revokes-access']);
  });
});
