import { reportKind, type Seriousness, seriousness } from '@casebridge/contracts';
import { addDays, DomainError, isOverdue, isUuid, startOfDay, stateCouncilCalendar as calendar } from '@casebridge/kernel';
import fc from 'fast-check';
import { composeReport, type ReportDraft } from './compose-report.rule';
import { reportClocks } from './report.clocks';
import { isLateReport, reportingLimit } from './report.rule';

const limit = (kind: ReportDraft['kind'], grade: Seriousness, receivedOn: string, isNew = false) =>
  reportingLimit({ kind, seriousness: grade, isNew, receivedOn }, calendar);

describe('the last day on which a report is in time', () => {
  it.each([
    ['SPONTANEOUS', 'DEATH', false, '2026-03-13', '2026-03-13', 'death: at once, which is the day itself'],
    ['SPONTANEOUS', 'HOSPITALISATION', false, '2026-03-13', '2026-03-28', 'serious: 15 calendar days; a Saturday that is off does not move it'],
    ['SPONTANEOUS', 'NOT_SERIOUS', true, '2026-03-13', '2026-03-28', 'new: as serious'],
    ['SPONTANEOUS', 'NOT_SERIOUS', false, '2026-03-13', '2026-04-12', 'other: 30 calendar days'],
    ['SPONTANEOUS', 'NOT_SERIOUS', false, '2026-09-05', '2026-10-05', 'nor does National Day'],
    ['GROUP_EVENT', 'OTHER_IMPORTANT', false, '2026-03-13', '2026-03-13', 'group event: at once'],
    ['AEFI', 'NOT_SERIOUS', false, '2026-03-13', '2026-03-15', 'AEFI: 48 hours, wherever in the day they began'],
    ['AEFI', 'DISABILITY', false, '2026-03-13', '2026-03-14', 'grave AEFI: 2 hours, which may reach into the next day'],
    ['AEFI', 'DEATH', false, '2026-12-31', '2027-01-01', 'the same over the end of a year'],
    ['DEVICE_EVENT', 'DEATH', false, '2026-03-13', '2026-03-20', 'device, death: 7 days'],
    ['DEVICE_EVENT', 'DISABILITY', false, '2026-03-13', '2026-04-02', 'device, serious injury: 20 days'],
    ['DEVICE_EVENT', 'NOT_SERIOUS', false, '2026-03-13', '2026-04-02', 'device, could have led to serious injury: 20 days'],
    ['COSMETIC_REACTION', 'HOSPITALISATION', false, '2026-03-13', '2026-03-28', 'cosmetic, serious: 15 days'],
    ['COSMETIC_REACTION', 'NOT_SERIOUS', false, '2026-03-13', '2026-04-12', 'cosmetic, other: 30 days'],
  ] as const)('%s %s (new %s) known on %s → %s (%s)', (kind, grade, isNew, receivedOn, dueOn, _why) => {
    expect(limit(kind, grade, receivedOn, isNew)?.dueOn).toBe(dueOn);
  });

  it('has none before a clock came into force', () => {
    expect(limit('COSMETIC_REACTION', 'NOT_SERIOUS', '2022-09-30')).toBeNull();
    expect(limit('COSMETIC_REACTION', 'NOT_SERIOUS', '2022-10-01')?.dueOn).toBe('2022-10-31');
  });

  it('says why, and does not present what could not be read as law', () => {
    expect(limit('SPONTANEOUS', 'DEATH', '2026-03-13')?.deadline.rule).toMatchObject({
      name: 'deathReport', citation: { instrument: '药案通平台规则（非法律规定）', mark: 'NV' }, mark: 'NV', // the law says at once, and no figure
    });
    expect(limit('SPONTANEOUS', 'DISABILITY', '2026-03-13')?.deadline.rule).toMatchObject({
      name: 'seriousReport', citation: { instrument: '药品不良反应报告和监测管理办法', article: '21', mark: 'V' }, mark: 'V',
    });
    for (const clock of Object.values(reportClocks)) for (const row of clock.rows) expect(row.citation.mark).toBe(row.mark);
    expect(reportClocks.aefiReport.rows[0]?.mark).toBe('NV');
  });

  it.each([
    ['NOT_SERIOUS', '2026-03-13', '2026-03-16T00:00:00+08:00'],
    ['DEATH', '2026-03-13', '2026-03-15T00:00:00+08:00'],
  ] as const)('AEFI %s known on %s, at an hour that is not known: late from %s on', (grade, receivedOn, firstLate) => {
    expect(limit('AEFI', grade, receivedOn)?.deadline).toMatchObject({ dueAt: new Date(firstLate), lastDay: null });
  });

  it('is told by the deadline and by `late` alike, on every day around it', () => {
    for (const kind of reportKind.codes) for (const grade of seriousness.codes) {
      const { dueOn, deadline } = limit(kind, grade, '2026-03-13') ?? { dueOn: '', deadline: null };
      for (let day = '2026-03-13'; day <= '2026-05-01'; day = addDays(day, 1)) {
        const late = isLateReport({ reportedOn: day, dueOn }, '2026-12-31');
        const lastInstant = new Date(startOfDay(addDays(day, 1)).getTime() - 1);
        for (const instant of [startOfDay(day), lastInstant]) expect([kind, grade, day, isOverdue(instant, deadline?.dueAt ?? null)]).toEqual([kind, grade, day, late]);
      }
    }
  });

  it('is never later for a graver report of the same kind, and never before the day of awareness', () => {
    const gravity = (s: Seriousness): number => (s === 'DEATH' ? 2 : s === 'NOT_SERIOUS' ? 0 : 1);
    fc.assert(
      fc.property(
        fc.constantFrom(...reportKind.codes), fc.constantFrom(...seriousness.codes), fc.constantFrom(...seriousness.codes), fc.boolean(),
        fc.integer({ min: 0, max: 2_000 }),
        (kind, a, b, isNew, days) => {
          const day = addDays('2022-10-01', days);
          const [left, right] = [limit(kind, a, day, isNew)?.dueOn ?? '', limit(kind, b, day, isNew)?.dueOn ?? ''];
          expect(left >= day).toBe(true);
          if (gravity(a) > gravity(b)) expect(left <= right).toBe(true);
        },
      ),
    );
  });
});

describe('late', () => {
  it.each([
    ['2026-03-28', '2026-03-28', '2026-12-31', false, 'reported on the last day'],
    ['2026-03-29', '2026-03-28', '2026-12-31', true, 'reported a day later'],
    [null, '2026-03-28', '2026-03-28', false, 'outstanding on the last day'],
    [null, '2026-03-28', '2026-03-29', true, 'outstanding a day later'],
    ['2026-03-29', null, '2026-12-31', null, 'no clock in force'],
  ] as const)('reported %s, due %s, read on %s: %s (%s)', (reportedOn, dueOn, today, late, _why) => {
    expect(isLateReport({ reportedOn, dueOn }, today)).toBe(late);
  });
});

const draft: ReportDraft = {
  id: '01980000-0000-7000-8000-000000000001', reportNo: ' DEMO-ADR-1 ', kind: 'SPONTANEOUS', seriousness: 'NOT_SERIOUS', isNew: false, onsetOn: '2026-03-10',
  receivedOn: '2026-03-13', reportedOn: '2026-03-14', productId: null, batchNo: '20260101', enterpriseUscc: null, regionCode: '210102',
  agencyCode: 'ADRC-210000', coOwnerCodes: [], reactions: [{ code: null, term: 'Rash', termZh: '皮疹' }], causality: 'POSSIBLE', outcome: 'RECOVERED',
  patientSex: 'FEMALE', ageBand: 'AGE_60_79',
  narrative: '患者：张某某，65岁，电话13800138000，服药后出现皮疹。', caseIds: [],
};
const fault = (change: Partial<ReportDraft>): unknown => {
  try {
    composeReport({ ...draft, ...change }, calendar);
    return 'accepted';
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    return `${cause.code} ${cause.field}`;
  }
};

describe('composing a report', () => {
  it('counts its limit, cleans its text and takes clues to persons out of the narrative', () => {
    expect(isUuid(draft.id)).toBe(true);
    expect(composeReport(draft, calendar)).toMatchObject({
      reportNo: 'DEMO-ADR-1', dueOn: '2026-04-12', version: 1, narrative: '患者：〔姓名〕，65岁，电话〔电话〕，服药后出现皮疹。',
    });
  });

  it.each([
    [{ onsetOn: '2026-03-14' }, 'receivedOn'],
    [{ reportedOn: '2026-03-12' }, 'reportedOn'],
    [{ reactions: [] }, 'reactions'],
    [{ reactions: [{ code: null, term: ' ', termZh: '皮疹' }] }, 'reactions.0.term'],
    [{ seriousness: 'DEATH', outcome: 'UNKNOWN' }, 'outcome'],
    [{ kind: 'AEFI' }, 'coOwnerCodes'],
    [{ kind: 'GROUP_EVENT' }, 'coOwnerCodes'],
    [{ kind: 'AEFI', coOwnerCodes: ['ADRC-210000'] }, 'coOwnerCodes'],
    [{ enterpriseUscc: '123' }, 'enterpriseUscc'],
    [{ narrative: '疹'.repeat(10_001) }, 'narrative'],
    [{ id: 'x' }, 'id'],
    [{ reportNo: '' }, 'reportNo'],
  ] as const)('refuses %j', (change, field) => expect(fault(change as Partial<ReportDraft>)).toBe(`BAD_USER_INPUT ${field}`));

  it('accepts an event that drug and health own together', () => expect(fault({ kind: 'AEFI', coOwnerCodes: ['HC-210100'] })).toBe('accepted'));
});
