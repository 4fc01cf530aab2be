import { violationType } from '@casebridge/contracts';
import { yuan } from '@casebridge/kernel';
import { crimeThresholds, thresholdReached } from './crime-threshold.rule';

describe('from where on conduct is suspected to be a crime', () => {
  it.each([
    ['FAKE_DRUGS', 0, 'FAKE_DRUGS', '141', 'V'],
    ['SUBSTANDARD_DRUGS', 50_000, 'FAKE_OR_SUBSTANDARD_PRODUCTS', '140, 149', 'P'],
    ['UNREGISTERED_DEVICE', 50_000, 'FAKE_OR_SUBSTANDARD_PRODUCTS', '140, 149', 'P'],
    ['ILLEGAL_COSMETIC_ADDITIVE', 50_000, 'FAKE_OR_SUBSTANDARD_PRODUCTS', '140, 149', 'P'],
    ['FABRICATED_RECORDS', 0, 'OBSTRUCTING_DRUG_ADMINISTRATION', '142-1', 'NV'],
  ])('%s from ¥%i: %s, CL %s (%s)', (type, from, charge, article, mark) => {
    expect(thresholdReached(type, yuan(from))).toMatchObject({ charge, basis: { instrument: '中华人民共和国刑法', article, mark } });
    if (from > 0) expect(thresholdReached(type, yuan(from) - 1)).toBeNull();
    expect(thresholdReached(type, null)).toEqual(from === 0 ? thresholdReached(type, 0) : null);
  });

  it('knows no other conduct, and each once', () => {
    expect(crimeThresholds).toHaveLength(5);
    expect(new Set(crimeThresholds.map((row) => row.violationType)).size).toBe(5);
    expect(violationType.codes.filter((code) => thresholdReached(code, Number.MAX_SAFE_INTEGER) === null)).toHaveLength(violationType.codes.length - 5);
  });
});
