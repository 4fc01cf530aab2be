import { sealNumber, sealStatusOf, supervisedRegions } from './case-seal.rule';

describe('the status of a seal', () => {
  const seal = { expiresOn: '2026-11-22', acknowledgedBy: ['adr', 'inspection', 'credit'], liftedAt: null };

  it('is in force through the whole of its last day', () => {
    expect(sealStatusOf(seal, '2026-11-22')).toBe('IN_FORCE');
    expect(sealStatusOf(seal, '2026-11-23')).toBe('EXPIRED');
  });

  it('waits until every other service has acknowledged', () => {
    expect(sealStatusOf({ ...seal, acknowledgedBy: ['adr', 'credit'] }, '2026-11-22')).toBe('PENDING');
    expect(sealStatusOf({ ...seal, acknowledgedBy: [] }, '2026-11-22')).toBe('PENDING');
  });

  it('is lifted once it was lifted, whatever else', () => {
    expect(sealStatusOf({ ...seal, liftedAt: new Date(0) }, '2026-11-30')).toBe('LIFTED');
  });
});

it('draws numbers that say nothing of one another', () => {
  expect(sealNumber(2026, () => Uint8Array.from([0, 31, 32, 255, 1, 2, 3, 4, 5, 6]))).toBe('密封〔2026〕2Z2Z345678号');
});

describe('regions whose seals a procuratorate keeps an eye on', () => {
  const office = (code: string, superior: string | null, regions: string[], functions = ['PROCURATORATE'] as const, status = 'ACTIVE') =>
    ({ code, superior, regions, functions, status });
  const tree = [
    office('TOP', null, ['P', 'C1', 'D1']),
    office('CITY', 'TOP', ['C1', 'D1']),
    office('DISTRICT', 'CITY', ['D1']),
    { ...office('POLICE', 'TOP', ['C2']), functions: ['POLICE'] as const },
    office('GONE', 'TOP', ['C3'], ['PROCURATORATE'], 'RETIRED'),
  ];

  it('are those of the procuratorates directly below it, the lowest competent one counting', () => {
    expect(supervisedRegions('TOP', tree)).toEqual(['C1']);
    expect(supervisedRegions('CITY', tree)).toEqual(['D1']);
  });

  it('are none at the bottom', () => {
    expect(supervisedRegions('DISTRICT', tree)).toEqual([]);
  });
});
