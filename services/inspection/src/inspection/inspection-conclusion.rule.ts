import { defectGrade, type DefectGrade, type OnSiteConclusion, type OverallConclusion } from '@casebridge/contracts';
import { type Citation, insp2023 } from '@casebridge/kernel';

/** What the law leaves open to whoever decides, and the article that says so. One value leaves nothing to decide; none: not yet. */
export interface Permissible<T> {
  readonly values: readonly T[];
  readonly basis: Citation;
}

/** What an inspection found. */
export interface Findings {
  /** Grades of the defects, as they count after any upgrade. */
  readonly grades: readonly DefectGrade[];
  /** Several connected major defects that, taken together, show that a part of the quality system does not work. */
  readonly systemDefeated: boolean;
  /** Records or data were made up (编造). */
  readonly dataFabricated: boolean;
  /** Users were harmed. */
  readonly usersHarmed: boolean;
}

/** How the rectification of the defects was judged; null while it is not. */
export type RectificationOutcome = 'EFFECTIVE' | 'INEFFECTIVE' | null;

const heavier: Readonly<Record<DefectGrade, DefectGrade>> = { MINOR: 'MAJOR', MAJOR: 'CRITICAL', CRITICAL: 'CRITICAL' };

/**
 * The grades that a defect may be given. A defect of a former inspection that is found again may be upgraded, by one level.
 *
 * @see 药品检查管理办法（试行） art. 25
 */
export function permissibleGrades(found: DefectGrade, repeat: boolean): Permissible<DefectGrade> {
  const grades = repeat ? [found, heavier[found]] : [found];
  return { values: defectGrade.codes.filter((grade) => grades.includes(grade)), basis: insp2023(25) };
}

/** Findings that cannot end well whatever is rectified: a severe risk, or a quality system that does not work. */
function severe({ grades, systemDefeated, dataFabricated, usersHarmed }: Findings): boolean {
  if (systemDefeated && grades.filter((grade) => grade === 'MAJOR').length < 2) {
    throw new RangeError('a system is shown not to work by several major defects, not by fewer than two');
  }
  return grades.includes('CRITICAL') || systemDefeated || dataFabricated || usersHarmed;
}

/**
 * The conclusions that inspectors may draw on site: three-valued. Severe findings are not compliant; a major defect is a certain risk in a
 * system that is basically sound, to be assessed after rectification; minor ones are compliant unless, together, they are such a risk.
 *
 * @throws RangeError when `systemDefeated` is claimed with fewer than two major defects
 * @see 药品检查管理办法（试行） arts. 26-28
 */
export function permissibleOnSiteConclusions(findings: Findings): Permissible<OnSiteConclusion> {
  const values: readonly OnSiteConclusion[] = severe(findings)
    ? ['NON_COMPLIANT']
    : findings.grades.includes('MAJOR')
      ? ['ASSESS_AFTER_RECTIFICATION']
      : findings.grades.includes('MINOR')
        ? ['COMPLIANT', 'ASSESS_AFTER_RECTIFICATION']
        : ['COMPLIANT'];
  return { values, basis: insp2023('27-28') };
}

/**
 * The overall conclusions that the dispatching unit may draw: two-valued. It reviews the report and may re-issue the defects, so the
 * findings are those after review; a conclusion on site that was not plainly compliant waits for the rectification.
 *
 * @param findings - as they stand after the review
 * @param onSite - the conclusion drawn on site
 * @param rectification - how the rectification was judged, null while it is not
 * @returns no value while the rectification has yet to be judged
 * @throws RangeError when `systemDefeated` is claimed with fewer than two major defects
 * @see 药品检查管理办法（试行） arts. 26, 29
 */
export function permissibleOverallConclusions(
  findings: Findings,
  onSite: OnSiteConclusion,
  rectification: RectificationOutcome,
): Permissible<OverallConclusion> {
  return { values: overall(findings, onSite, rectification), basis: insp2023(29) };
}

function overall(findings: Findings, onSite: OnSiteConclusion, rectification: RectificationOutcome): readonly OverallConclusion[] {
  if (severe(findings)) return ['NON_COMPLIANT'];
  const risk = findings.grades.includes('MAJOR') || onSite !== 'COMPLIANT';
  if (!risk) return ['COMPLIANT'];
  if (rectification === null) return [];
  return [rectification === 'EFFECTIVE' ? 'COMPLIANT' : 'NON_COMPLIANT'];
}
