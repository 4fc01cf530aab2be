import { licenceStatus } from '@casebridge/contracts';
import { usccKey } from './enterprise.rule';
import { licenceStatusOn } from './licence.rule';

describe('the credit code of an enterprise (GB 32100-2015)', () => {
  it.each(['91350100M000100Y43', '9144030071526726XG', '91330100799655058B'])('takes %s', (code) => {
    expect(usccKey(code)).toBe(code);
  });

  it('brings it into its one spelling', () => {
    expect(usccKey(' 91350100m000100y43 ')).toBe('91350100M000100Y43');
    expect(usccKey('９１３５０１００M０００１００Y４３')).toBe('91350100M000100Y43');
  });

  it.each(['', '91350100M000100Y44', '91350100M000100X43', '9135010OM000100Y43', '91350100M000100Y4', '91350100M000100Y433'])('knows %j for none', (code) => {
    expect(usccKey(code)).toBeNull();
  });
});

describe('what a licence counts as', () => {
  const today = '2026-11-21';
  it.each([
    ['VALID', null, 'VALID'], ['VALID', '2026-11-21', 'VALID'], ['VALID', '2026-11-20', 'EXPIRED'], ['SUSPENDED', '2026-11-22', 'SUSPENDED'],
    ['SUSPENDED', '2026-11-20', 'EXPIRED'], ['REVOKED', '2020-01-01', 'REVOKED'], ['CANCELLED', '2020-01-01', 'CANCELLED'],
  ] as const)('%s until %s is %s', (status, validTo, expected) => {
    expect(licenceStatusOn({ status, validTo }, today)).toBe(expected);
  });

  it('knows every status that is stored', () => {
    expect(licenceStatus.codes).toEqual(['VALID', 'SUSPENDED', 'REVOKED', 'CANCELLED', 'EXPIRED']);
  });
});
