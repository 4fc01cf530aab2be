import { adr81, ae1, car16, type Citation, defineClocks, houseRule, type Mark } from '@casebridge/kernel';

/** The monitoring scheme for AEFI; its text could not be read, the 2 hours stand in secondary sources. */
const aefiScheme = (mark: Mark): Citation => ({ instrument: '全国疑似预防接种异常反应监测方案', article: '报告', mark });

/**
 * "立即" (ADR81 arts. 21, 27) has no figure. On records that are kept by day it is the day of awareness itself, which is the first day and
 * counts: that is this platform's measure and no law.
 */
const immediately = { citation: houseRule('立即报告', 'NV'), amount: 1, unit: 'CALENDAR_DAY', startExclusive: false, rollOver: false, mark: 'NV' } as const;
/** 日历日; day 0 is that of awareness (ICSRG 5.2), and nothing says that a last day off moves. */
const calendarDays = (amount: number) => ({ amount, unit: 'CALENDAR_DAY', startExclusive: true, rollOver: false }) as const;
const hours = (amount: number) => ({ amount, unit: 'HOUR', startExclusive: true, rollOver: false }) as const;

const awareness = { startEvent: 'REPORT_RECEIVED', effectiveTo: null } as const;
const since2011 = { ...awareness, effectiveFrom: '2011-07-01' } as const;
/** Since when the scheme is in force is not known; here it counts from the day of the law on vaccines that it serves. */
const vaccines = { ...awareness, effectiveFrom: '2019-12-01', countingMark: 'NV' } as const;
/** AE1 says 日 without more: calendar days with the start excluded are an inference. */
const devices = { ...awareness, effectiveFrom: '2019-01-01', countingMark: 'P' } as const;
const cosmetics = { ...awareness, effectiveFrom: '2022-10-01' } as const;

/** Until when a reaction or event must be reported, counted from the day on which the reporter learned of it. */
export const reportClocks = defineClocks({
  /** 死亡病例须立即报告 */
  deathReport: { ...immediately, ...since2011 },
  /** 新的、严重的：15日内 new or serious */
  seriousReport: { citation: adr81(21), ...calendarDays(15), ...since2011, mark: 'V' },
  /** 其他：30日内 */
  otherReport: { citation: adr81(21), ...calendarDays(30), ...since2011, mark: 'V' },
  /** 药品群体不良事件：立即 */
  groupEventReport: { ...immediately, ...since2011 },
  /** AEFI with death or severe disability: 2 hours. */
  graveAefiReport: { citation: aefiScheme('P'), ...hours(2), ...vaccines, mark: 'P' },
  /** Other AEFI: 48 hours. */
  aefiReport: { citation: aefiScheme('NV'), ...hours(48), ...vaccines, mark: 'NV' },
  /** 医疗器械不良事件，死亡：7日 */
  deviceDeathReport: { citation: ae1(25), ...calendarDays(7), ...devices, mark: 'V' },
  /** Serious injury, and what could have led to it or to death: 20 days. Nothing else is a reportable device event. */
  deviceInjuryReport: { citation: ae1(25), ...calendarDays(20), ...devices, mark: 'V' },
  /** 化妆品严重不良反应：15日 */
  seriousCosmeticReport: { citation: car16('流程图', 'P'), ...calendarDays(15), ...cosmetics, mark: 'P' },
  /** 化妆品一般不良反应：30日 */
  otherCosmeticReport: { citation: car16('流程图', 'P'), ...calendarDays(30), ...cosmetics, mark: 'P' },
});
