import { defectGrade, onSiteConclusion, overallConclusion, type DefectGrade, type OnSiteConclusion } from '@casebridge/contracts';
import {
  type Findings, permissibleGrades, permissibleOnSiteConclusions, permissibleOverallConclusions, type RectificationOutcome,
} from './inspection-conclusion.rule';

const clean = { systemDefeated: false, dataFabricated: false, usersHarmed: false };
const found = (...grades: DefectGrade[]): Findings => ({ grades, ...clean });

describe('grades of defects (INSP art. 25)', () => {
  it.each<[DefectGrade, boolean, DefectGrade[]]>([
    ['MINOR', false, ['MINOR']],
    ['MAJOR', false, ['MAJOR']],
    ['CRITICAL', false, ['CRITICAL']],
    ['MINOR', true, ['MAJOR', 'MINOR']],
    ['MAJOR', true, ['CRITICAL', 'MAJOR']],
    ['CRITICAL', true, ['CRITICAL']],
  ])('%s, found again: %s, may be graded %j', (grade, repeat, expected) => {
    expect(permissibleGrades(grade, repeat)).toEqual({
      values: expected,
      basis: { instrument: '药品检查管理办法（试行）', article: '25', mark: 'V' },
    });
  });
});

describe('conclusion on site (INSP arts. 27-28)', () => {
  it.each<[string, Findings, OnSiteConclusion[]]>([
    ['nothing', found(), ['COMPLIANT']],
    ['one minor', found('MINOR'), ['COMPLIANT', 'ASSESS_AFTER_RECTIFICATION']],
    ['many minor', found('MINOR', 'MINOR', 'MINOR'), ['COMPLIANT', 'ASSESS_AFTER_RECTIFICATION']],
    ['one major', found('MAJOR'), ['ASSESS_AFTER_RECTIFICATION']],
    ['major and minor', found('MINOR', 'MAJOR'), ['ASSESS_AFTER_RECTIFICATION']],
    ['unconnected majors', found('MAJOR', 'MAJOR'), ['ASSESS_AFTER_RECTIFICATION']],
    ['connected majors that show a broken system', { ...found('MAJOR', 'MAJOR'), systemDefeated: true }, ['NON_COMPLIANT']],
    ['one critical', found('CRITICAL'), ['NON_COMPLIANT']],
    ['critical among others', found('MINOR', 'MAJOR', 'CRITICAL'), ['NON_COMPLIANT']],
    ['made-up data without a graded defect', { ...found(), dataFabricated: true }, ['NON_COMPLIANT']],
    ['harm to users with a minor defect', { ...found('MINOR'), usersHarmed: true }, ['NON_COMPLIANT']],
  ])('%s', (_, findings, expected) => {
    expect(permissibleOnSiteConclusions(findings).values).toEqual(expected);
  });

  it('names its articles', () => {
    expect(permissibleOnSiteConclusions(found()).basis).toEqual({ instrument: '药品检查管理办法（试行）', article: '27-28', mark: 'V' });
  });

  it.each([[found()], [found('MAJOR')], [found('MAJOR', 'MINOR')]])('refuses a broken system on fewer than two majors: %j', (findings) => {
    expect(() => permissibleOnSiteConclusions({ ...findings, systemDefeated: true })).toThrow(RangeError);
    expect(() => permissibleOverallConclusions({ ...findings, systemDefeated: true }, 'COMPLIANT', null)).toThrow(RangeError);
  });
});

describe('overall conclusion (INSP arts. 26, 29)', () => {
  const light = [found(), found('MINOR'), found('MINOR', 'MINOR')];
  const risky = [found('MAJOR'), found('MAJOR', 'MAJOR'), found('MAJOR', 'MINOR')];
  const grave = [
    found('CRITICAL'), found('CRITICAL', 'MAJOR', 'MINOR'), { ...found('MAJOR', 'MAJOR'), systemDefeated: true }, { ...found(), dataFabricated: true },
    { ...found('MINOR'), usersHarmed: true },
  ];
  const outcomes: RectificationOutcome[] = ['EFFECTIVE', 'INEFFECTIVE', null];
  const values = (f: Findings, onSite: OnSiteConclusion, r: RectificationOutcome) => permissibleOverallConclusions(f, onSite, r).values;

  it('is not compliant for severe findings, whatever was rectified', () => {
    for (const f of grave) for (const onSite of onSiteConclusion.codes) for (const r of outcomes) expect(values(f, onSite, r)).toEqual(['NON_COMPLIANT']);
  });

  it('is compliant at once where the site was, and no risk was found in review', () => {
    for (const f of light) for (const r of outcomes) expect(values(f, 'COMPLIANT', r)).toEqual(['COMPLIANT']);
  });

  it('follows the rectification wherever there is a risk', () => {
    const waiting = [
      ...risky.flatMap((f) => onSiteConclusion.codes.map((onSite) => [f, onSite] as const)),
      ...light.flatMap((f) => (['ASSESS_AFTER_RECTIFICATION', 'NON_COMPLIANT'] as const).map((onSite) => [f, onSite] as const)),
    ];
    expect(waiting).toHaveLength(15);
    for (const [f, onSite] of waiting) {
      expect(values(f, onSite, 'EFFECTIVE')).toEqual(['COMPLIANT']);
      expect(values(f, onSite, 'INEFFECTIVE')).toEqual(['NON_COMPLIANT']);
      expect(values(f, onSite, null)).toEqual([]);
    }
  });

  it('never has a third value, and always one once rectification is judged', () => {
    for (const a of defectGrade.codes) for (const b of defectGrade.codes) for (const onSite of onSiteConclusion.codes) for (const r of outcomes) {
      const got = values(found(a, b), onSite, r);
      for (const value of got) expect(overallConclusion.codes).toContain(value);
      if (r !== null) expect(got).toHaveLength(1);
    }
  });

  it('names its article', () => {
    expect(permissibleOverallConclusions(found(), 'COMPLIANT', null).basis).toEqual({ instrument: '药品检查管理办法（试行）', article: '29', mark: 'V' });
  });
});
