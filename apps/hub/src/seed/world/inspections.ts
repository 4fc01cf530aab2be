import type { DefectGrade, InspectionKind, OnSiteConclusion } from '@casebridge/contracts';
import {
  type Findings, type InspectionDefectEntity, type InspectionEntity, permissibleGrades, permissibleOnSiteConclusions, permissibleOverallConclusions,
} from '@casebridge/inspection';
import { addYears, uuidv7 } from '@casebridge/kernel';
import { dayText, officeTime, workingBy, workingDaysLater, workingFrom } from './days';
import type { Desk } from './desk';
import type { Enterprise } from './enterprises';
import { label } from './names';
import { type FilingAgency, surroundings } from './places';
import type { Present } from './present';
import type { Random } from './random';
import { tables } from './tables';

/** What is inspected, and what is found. */
export interface Visit {
  readonly enterprise: Enterprise;
  readonly agency: FilingAgency;
  readonly kind: InspectionKind;
  /** Number of the day on which it takes place, or would. */
  readonly day: number;
  readonly grades: readonly DefectGrade[];
  readonly fabricated?: boolean;
  readonly caseIds?: readonly string[];
  /** The overall conclusion is drawn this many working days later; worked out where it is left out. */
  readonly concludedAfter?: number;
}

const clauses: readonly (readonly [clause: string, description: string])[] = [
  ['药品生产质量管理规范 第10条', '关键工艺参数未经验证即投入生产'], ['药品生产质量管理规范 第163条', '批生产记录未及时填写，部分数据补记'],
  ['药品生产质量管理规范 第191条', '厂房清洁状态标识缺失'], ['药品生产质量管理规范 第223条', '检验原始数据未保存审计追踪'],
  ['药品经营质量管理规范 第83条', '阴凉库温湿度超标未处置'], ['药品经营质量管理规范 第138条', '处方药未按规定凭处方销售'],
  ['药品经营质量管理规范 第61条', '供货单位资质审核材料过期'], ['医疗器械生产质量管理规范 第24条', '洁净室压差记录不完整'],
  ['化妆品生产质量管理规范 第32条', '原料标签信息与配方不一致'],
];

const gradeWeights: readonly (readonly [DefectGrade, number])[] = [['MINOR', 0.72], ['MAJOR', 0.23], ['CRITICAL', 0.05]];
export const drawGrades = (n: number, random: Random): DefectGrade[] => Array.from({ length: n }, () => random.weighted(gradeWeights));

/** Writes an inspection with its defects: grades, conclusions and days as the rule allows them and the calendar has them by today. */
export function recordInspection({ rows, numbers, present }: Desk, visit: Visit, random: Random): void {
  const { enterprise, agency, kind, grades } = visit;
  const day = visit.day <= present.number ? workingBy(visit.day) : workingFrom(visit.day);
  const at = officeTime(day, random);
  const id = uuidv7(at, random.bytes);
  const unannounced = kind === 'FOR_CAUSE' || random.chance(0.1);
  const conducted = day <= present.number;
  const found = grades.map((grade) => {
    const repeat = random.chance(0.12);
    return { grade: random.pick(permissibleGrades(grade, repeat).values), repeat };
  });
  const findings: Findings = {
    grades: found.map((d) => d.grade), systemDefeated: false, dataFabricated: visit.fabricated ?? false, usersHarmed: false,
  };
  const course = conducted ? courseOf(findings, day, visit, present, random) : null;
  const row: Omit<InspectionEntity, 'scheduledOn'> = {
    id, inspectionNo: numbers.next(`${surroundings[agency].short}检`, dayText(day).slice(0, 4)), uscc: enterprise.uscc,
    medicalInstitution: enterprise.kinds.includes('MEDICAL_INSTITUTION'), kind, unannounced, level: surroundings[agency].level,
    status: course ? course.status : 'PLANNED', agencyCode: agency, regionCode: enterprise.regionCode,
    plannedOn: conducted && unannounced ? null : dayText(conducted ? day - random.int(0, 10) : day), conductedOn: conducted ? dayText(day) : null,
    concludedAt: course?.concludedAt ?? null, onSiteConclusion: course?.onSite ?? null, conclusion: course?.conclusion ?? null,
    ...publicationOf(course?.concludedDay ?? null, present, random), partCodes: random.chance(0.02) ? ['LAB-210000'] : [], caseIds: [...(visit.caseIds ?? [])],
    team: conducted ? [`${agency}-${random.int(2, 3)}`, `${agency}-${random.int(4, 5)}`] : [], version: 1,
  };
  rows.put(tables.inspection, row);
  if (!conducted) return;
  for (const { grade, repeat } of found) {
    const [clause, description] = random.pick(clauses);
    const closed = course?.conclusion === 'COMPLIANT' && course.concludedDay !== null;
    const defect: InspectionDefectEntity = {
      id: uuidv7(at, random.bytes), inspectionId: id, grade, clause, description: `${label}${description}`,
      status: closed ? 'CLOSED' : course?.status === 'AWAITING_RECTIFICATION' ? random.pick(['OPEN', 'RECTIFIED'] as const) : random.pick(['OPEN', 'RECTIFIED', 'VERIFIED'] as const),
      repeat, clearedOn: closed ? dayText(course.concludedDay!) : null,
    };
    rows.put(tables.defect, defect);
  }
}

interface Course {
  readonly status: InspectionEntity['status'];
  readonly onSite: OnSiteConclusion | null;
  readonly conclusion: InspectionEntity['conclusion'];
  readonly concludedDay: number | null;
  readonly concludedAt: Date | null;
}

function courseOf(findings: Findings, day: number, { concludedAfter }: Visit, present: Present, random: Random): Course {
  const onSite = random.pick(permissibleOnSiteConclusions(findings).values);
  const rectified = random.chance(0.9) ? 'EFFECTIVE' : 'INEFFECTIVE';
  const waits = permissibleOverallConclusions(findings, onSite, null).values.length === 0;
  // INSP art. 30: 10 working days where nothing is to be rectified, else 20 after the report, for which there are 30 (art. 33).
  const after = concludedAfter ?? (waits ? random.int(20, 48) : random.int(2, 10));
  const concludedDay = workingDaysLater(day, after);
  if (concludedDay > present.number) {
    if (day >= present.number - 3) return { status: 'UNDER_WAY', onSite: null, conclusion: null, concludedDay: null, concludedAt: null };
    return { status: waits ? 'AWAITING_RECTIFICATION' : 'UNDER_WAY', onSite, conclusion: null, concludedDay: null, concludedAt: null };
  }
  const conclusion = random.pick(permissibleOverallConclusions(findings, onSite, rectified).values);
  return { status: 'CONCLUDED', onSite, conclusion, concludedDay, concludedAt: new Date(officeTime(concludedDay, random)) };
}

/** INSP art. 66: results are public. Some are not yet, some no longer. */
function publicationOf(concludedDay: number | null, present: Present, random: Random): { readonly publishedOn: string | null; readonly publicationEndsOn: string | null } {
  const none = { publishedOn: null, publicationEndsOn: null };
  if (concludedDay === null || random.chance(0.2)) return none;
  const published = concludedDay + random.int(1, 12);
  if (published > present.number) return none;
  const publishedOn = dayText(published);
  return { publishedOn, publicationEndsOn: random.chance(0.3) ? addYears(publishedOn, 1) : null };
}
