import { InMemoryDirectory } from './directory';
import { agencyEvent, event, now } from './identity.fixtures';
import { directoryOf } from './static-directory';

const revokedAt = '2026-11-21T09:00:00.500+08:00';

describe('what is applied', () => {
  it('replaces an agency by its later record and keeps only what the hub knows', () => {
    const directory = new InMemoryDirectory();
    expect(directory.apply(agencyEvent(1, 'A', { functions: ['DRUG', 'ASTROLOGY'], officers: [{ id: 'A-1', roles: ['head', 'cook'] }] }))).toBe(true);
    expect(directory.agency('A')).toMatchObject({ functions: ['DRUG'], officers: [{ id: 'A-1', roles: ['head', 'officer'] }] });
    directory.apply(agencyEvent(2, 'A', { name: '乙', issuer: 'urn:test:new' }));
    expect(directory.agency('A')?.name).toBe('乙');
    expect(directory.byIssuer('urn:test:A')).toBeUndefined();
    expect(directory.byIssuer('urn:test:new')?.code).toBe('A');
    expect(directory.agencies()).toHaveLength(1);
  });

  it('passes over events applied before, of other sources and of other types', () => {
    const directory = new InMemoryDirectory();
    directory.apply(agencyEvent(5, 'A', { name: 'new' }));
    const { version } = directory;
    expect(directory.apply(agencyEvent(5, 'A', { name: 'again' }))).toBe(false);
    expect(directory.apply(agencyEvent(4, 'A', { name: 'old' }))).toBe(false);
    expect(directory.apply({ ...agencyEvent(6, 'A', { name: 'forged' }), source: 'credit' })).toBe(false);
    expect(directory.apply(event(7, 'directory.calendar-changed.v1', {}))).toBe(false);
    expect(directory.agency('A')?.name).toBe('new');
    expect(directory.version).toBe(version);
    expect(directory.position).toBe(7);
  });

  it('throws at an event that does not have its shape, once', () => {
    const directory = new InMemoryDirectory();
    const broken = event(1, 'directory.token-revoked.v1', { tokenId: 7 });
    expect(() => directory.apply(broken)).toThrow();
    expect(directory.apply(broken)).toBe(false);
  });
});

describe('below', () => {
  it('is strict, transitive, and follows the edges and not the codes', () => {
    const directory = directoryOf([
      { code: 'P', functions: ['DRUG'] },
      { code: 'C1', functions: ['DRUG'], superior: 'P' },
      { code: 'C2', functions: ['DRUG'], superior: 'P' },
      { code: 'X', functions: ['DRUG'], superior: 'C1' },
      { code: 'P-LOOKS-BELOW', functions: ['DRUG'], superior: null },
    ]);
    expect(directory.below('P')).toEqual(['C1', 'C2', 'X']);
    expect(directory.below('C1')).toEqual(['X']);
    expect(directory.below('X')).toEqual([]);
    expect(directory.below('nobody')).toEqual([]);
  });

  it('follows a change of superior, and keeps retired agencies', () => {
    const directory = directoryOf([
      { code: 'P', functions: ['DRUG'] },
      { code: 'Q', functions: ['DRUG'] },
      { code: 'C', functions: ['DRUG'], superior: 'P' },
    ]);
    expect(directory.below('P')).toEqual(['C']);
    directory.put({ code: 'C', functions: ['DRUG'], superior: 'Q' });
    expect(directory.below('P')).toEqual([]);
    directory.retire('C');
    expect(directory.below('Q')).toEqual(['C']);
  });

  it('survives a circle and never holds the code itself', () => {
    const directory = directoryOf([
      { code: 'A', functions: ['DRUG'], superior: 'C' },
      { code: 'B', functions: ['DRUG'], superior: 'A' },
      { code: 'C', functions: ['DRUG'], superior: 'B' },
      { code: 'SELF', functions: ['DRUG'], superior: 'SELF' },
    ]);
    expect(directory.below('A')).toEqual(['B', 'C']);
    expect(directory.below('SELF')).toEqual([]);
  });
});

describe('issuers', () => {
  it('belong to nobody while two active agencies claim one, and again to one when the other is retired', () => {
    const directory = directoryOf([
      { code: 'A', functions: ['DRUG'], issuer: 'urn:one' },
      { code: 'B', functions: ['DRUG'], issuer: 'urn:one' },
    ]);
    expect(directory.byIssuer('urn:one')).toBeUndefined();
    directory.retire('B');
    expect(directory.byIssuer('urn:one')?.code).toBe('A');
  });
});

describe('revocation', () => {
  const key = { agencyCode: 'A', officerId: 'A-1', tokenId: 't-1', issuedAt: new Date(now) };

  it('of a token holds for ever, also past its `until`', () => {
    const directory = new InMemoryDirectory();
    directory.apply(event(1, 'directory.token-revoked.v1', { agencyCode: 'A', tokenId: 't-1', until: '2020-01-01T00:00:00Z' }));
    expect(directory.isRevoked(key)).toBe(true);
    expect(directory.isRevoked({ ...key, tokenId: 't-2' })).toBe(false);
    expect(directory.isRevoked({ ...key, agencyCode: 'B' })).toBe(false);
  });

  it('of an officer reaches what was issued up to that instant, and an earlier one takes nothing back', () => {
    const directory = new InMemoryDirectory();
    directory.apply(event(1, 'directory.officer-revoked.v1', { agencyCode: 'A', officerId: 'A-1', revokedAt }));
    directory.apply(event(2, 'directory.officer-revoked.v1', { agencyCode: 'A', officerId: 'A-1', revokedAt: '2026-01-01T00:00:00+08:00' }));
    expect(directory.isRevoked(key)).toBe(true);
    expect(directory.isRevoked({ ...key, issuedAt: new Date(revokedAt) })).toBe(true);
    expect(directory.isRevoked({ ...key, issuedAt: new Date(Date.parse(revokedAt) + 1) })).toBe(false);
    expect(directory.isRevoked({ ...key, officerId: 'A-2' })).toBe(false);
  });

  it('does not mix up agency and officer', () => {
    const directory = directoryOf([]);
    directory.revoke({ agencyCode: 'A', officerId: 'B","C', revokedAt: new Date(revokedAt) });
    expect(directory.isRevoked({ ...key, agencyCode: 'A","B', officerId: 'C' })).toBe(false);
  });
});

it('tells of every change, revocations included, until told to stop', () => {
  const directory = directoryOf([]);
  let calls = 0;
  const stop = directory.onChange(() => (calls += 1));
  directory.put({ code: 'A', functions: ['DRUG'] });
  directory.revoke({ agencyCode: 'A', tokenId: 't' });
  directory.revoke({ agencyCode: 'A', officerId: 'A-1', revokedAt: new Date(now) });
  expect(calls).toBe(3);
  stop();
  directory.retire('A');
  expect(calls).toBe(3);
});

it('is ready only when it was said to be', () => {
  const directory = new InMemoryDirectory();
  directory.apply(agencyEvent(1, 'A'));
  expect(directory.ready).toBe(false);
  directory.markReady();
  expect(directory.ready).toBe(true);
  expect(directoryOf([]).ready).toBe(true);
});
