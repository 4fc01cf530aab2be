import { type AgencyDraft, cycleFrom, faultsOf } from './agency.rule';

const draft = (overrides: Partial<AgencyDraft> = {}): AgencyDraft => ({
  code: 'MRA-210100', name: '演示市场监督管理局', nameEn: 'Demo bureau', functions: ['DRUG', 'MARKET'], regions: ['210100'], superior: null,
  status: 'ACTIVE', issuer: 'https://issuer.example/mra', jwks: null, jwksUri: 'https://issuer.example/keys', officers: [{ id: 'MRA-210100-1', roles: ['officer', 'head'] }],
  ...overrides,
});
const publicKey = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const fields = (overrides: Partial<AgencyDraft>): string[] => faultsOf(draft(overrides)).map((f) => f.field);

describe('a record of the registry', () => {
  it('may stand as it should be', () => {
    expect(faultsOf(draft())).toEqual([]);
    expect(faultsOf(draft({ jwks: { keys: [publicKey] }, jwksUri: null }))).toEqual([]);
  });

  it('needs no keys where the development issuer signs, or nobody any more', () => {
    expect(faultsOf(draft({ issuer: 'urn:casebridge:dev:MRA-210100', jwksUri: null }))).toEqual([]);
    expect(faultsOf(draft({ status: 'RETIRED', jwksUri: null }))).toEqual([]);
  });

  it.each<[string, Partial<AgencyDraft>, string]>([
    ['a code with lower case', { code: 'mra-1' }, 'code'],
    ['a name with a line end', { name: '甲\n乙' }, 'name'],
    ['a name with a mark that turns the direction of text', { name: '甲\u202E乙' }, 'name'],
    ['no function', { functions: [] }, 'functions'],
    ['a function twice', { functions: ['DRUG', 'DRUG'] }, 'functions'],
    ['an unknown function', { functions: ['SORCERY' as never] }, 'functions.0'],
    ['a region twice', { regions: ['210100', '210100'] }, 'regions'],
    ['itself as superior', { superior: 'MRA-210100' }, 'superior'],
    ['an issuer without a secure scheme', { issuer: 'http://issuer.example' }, 'issuer'],
    ['an issuer that is no identifier', { issuer: 'me' }, 'issuer'],
    ['no keys for an issuer of its own', { jwksUri: null }, 'jwks'],
    ['no keys for an issuer that is a name', { issuer: 'urn:example:mra', jwksUri: null }, 'jwks'],
    ['an issuer with a NUL character', { issuer: 'https://issuer.example/\0' }, 'issuer'],
    ['half a character in a key', { jwks: { keys: [{ ...publicKey, kid: '\ud800' }] }, jwksUri: null }, 'jwks.keys.0.kid'],
    ['keys inline and by address', { jwks: { keys: [publicKey] }, jwksUri: 'https://issuer.example/keys' }, 'jwks'],
    ['keys by an address without encryption', { jwksUri: 'http://issuer.example/keys' }, 'jwksUri'],
    ['an empty key set', { jwks: { keys: [] }, jwksUri: null }, 'jwks'],
    ['a private key', { jwks: { keys: [{ ...publicKey, d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A' }] }, jwksUri: null }, 'jwks.keys.0'],
    ['a shared secret', { jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] }, jwksUri: null }, 'jwks.keys.0'],
    ['an officer twice', { officers: [{ id: 'a', roles: ['officer'] }, { id: 'a', roles: ['head'] }] }, 'officers'],
    ['an unknown role', { officers: [{ id: 'a', roles: ['king' as never] }] }, 'officers.0.roles'],
    ['an officer without a role', { officers: [{ id: 'a', roles: [] }] }, 'officers.0.roles'],
  ])('is refused with %s', (_, overrides, field) => {
    expect(fields(overrides)).toEqual([field]);
  });

  it('tells all its faults at once', () => {
    expect(fields({ code: '', name: '', functions: [] })).toEqual(['code', 'name', 'functions']);
  });
});

describe('superiors', () => {
  const superiors = (edges: Record<string, string>) => (code: string) => edges[code] ?? null;

  it('end at the top', () => {
    expect(cycleFrom('C', superiors({ C: 'B', B: 'A' }))).toBeNull();
  });

  it('are told as a circle, wherever the way up enters it', () => {
    expect(cycleFrom('A', superiors({ A: 'B', B: 'A' }))).toEqual(['A', 'B', 'A']);
    expect(cycleFrom('X', superiors({ X: 'A', A: 'B', B: 'C', C: 'A' }))).toEqual(['A', 'B', 'C', 'A']);
  });
});
