import { complaintKind, complaintStatus } from '@casebridge/contracts';
import { DomainError, stateCouncilCalendar as calendar } from '@casebridge/kernel';
import fc from 'fast-check';
import { type Complaint, firstDeadline, runningDeadline, statusesOf } from './complaint.rule';
import { type ComplaintDraft, composeComplaint } from './compose-complaint.rule';
import { createReceipt, receiptHash } from './receipt.rule';

const at = (text: string): Date => new Date(`${text}+08:00`);

describe('the first step is due', () => {
  it.each([
    ['COMPLAINT', '2026-09-30T10:00:00', '2026-10-15', 'O121 15: 7 working days, over National Day with a worked Saturday'],
    ['COMPLAINT', '2026-11-21T10:00:00', '2026-12-01', 'received on a Saturday'],
    ['COMPLAINT', '2026-04-14T23:59:59', '2026-04-23', 'the last day of the former rule'],
    ['REPORT', '2026-11-02T10:00:00', '2026-11-23', 'PROC 18: 15 working days'],
  ] as const)('%s received %s → last day %s (%s)', (kind, received, lastDay, _why) => expect(firstDeadline(kind, at(received), calendar).lastDay).toBe(lastDay));

  it('cites the rule in force on the day of receipt', () => {
    const rule = (received: string) => firstDeadline('COMPLAINT', at(received), calendar).rule;
    expect(rule('2026-04-14T23:59:59')).toMatchObject({ citation: { instrument: '市场监督管理投诉举报处理暂行办法' }, mark: 'NV' });
    expect(rule('2026-04-15T00:00:00')).toMatchObject({ citation: { instrument: '市场监督管理投诉举报处理办法', article: '15' }, mark: 'V' });
  });
});

describe('the limit that runs', () => {
  const told = at('2026-12-02T00:00:00');
  const complaint = (kind: Complaint['kind'], status: Complaint['status'], acceptedAt: Date | null = null) =>
    runningDeadline({ kind, status, receivedAt: at('2026-11-20T10:00:00'), acceptedAt, acceptDueAt: told, acceptCalendarVersion: 'older' }, calendar);

  it('is the one that was told on receipt while the first step is owed', () => {
    expect(complaint('COMPLAINT', 'RECEIVED')?.dueAt).toEqual(told);
    expect(complaint('REPORT', 'RECEIVED')?.dueAt).toEqual(told);
    expect(complaint('REPORT', 'CHECKING')?.dueAt).toEqual(told);
  });

  it('says of what was told which calendar it was counted with, and that it was provisional', () => {
    // The report is due on 11 December by today's calendar; 1 December was told.
    expect(complaint('REPORT', 'CHECKING')).toMatchObject({ lastDay: '2026-12-01', calendarVersion: 'older', provisional: true, startedAt: at('2026-11-20T10:00:00') });
    const same = firstDeadline('COMPLAINT', at('2026-11-20T10:00:00'), calendar);
    const kept = { kind: 'COMPLAINT', status: 'RECEIVED', receivedAt: at('2026-11-20T10:00:00'), acceptedAt: null, acceptDueAt: same.dueAt } as const;
    expect(runningDeadline({ ...kept, acceptCalendarVersion: 'older' }, calendar)).toEqual(same);
    expect(runningDeadline({ ...kept, acceptDueAt: told, acceptCalendarVersion: null }, calendar)?.calendarVersion).toBe(calendar.version);
    // Today's calendar gives another day, so it was not counted with that one; which one it was, was not kept.
    const other = at('2026-12-05T00:00:00');
    expect(runningDeadline({ ...kept, acceptDueAt: other, acceptCalendarVersion: null }, calendar)).toMatchObject({ dueAt: other, calendarVersion: null });
  });

  it('does not claim that a clock never waited where tests, for which it waits, are not kept', () => {
    expect(complaint('REPORT', 'RECEIVED')?.suspensions).toBeNull();
    expect(complaint('REPORT', 'CHECKING')?.suspensions).toBeNull();
    expect(complaint('COMPLAINT', 'IN_MEDIATION', at('2026-06-01T15:00:00'))?.suspensions).toBeNull();
    expect(complaint('COMPLAINT', 'RECEIVED')?.suspensions).toEqual([]); // waits for nothing
  });

  it('is that of mediation after acceptance: 60 days, moved to a working day', () => {
    const accepted = complaint('COMPLAINT', 'IN_MEDIATION', at('2026-06-01T15:00:00'));
    expect(accepted).toMatchObject({ lastDay: '2026-07-31', rule: { citation: { article: '23(1)(5)' } } });
    expect(complaint('COMPLAINT', 'ACCEPTED', at('2026-06-02T15:00:00'))?.lastDay).toBe('2026-08-03');
    expect(complaint('COMPLAINT', 'ACCEPTED', at('2026-04-14T15:00:00'))?.rule).toMatchObject({ amount: 45, unit: 'WORKING_DAY', mark: 'NV' });
  });

  it.each(['NOT_ACCEPTED', 'SUBSTANTIATED', 'NOT_SUBSTANTIATED', 'CLOSED'] as const)('is none when it is %s', (status) => {
    expect(complaint('COMPLAINT', status)).toBeNull();
  });

  it('has every status in some kind', () => {
    expect([...new Set(complaintKind.codes.flatMap((kind) => statusesOf[kind]))].sort()).toEqual([...complaintStatus.codes].sort());
  });
});

describe('receipt codes', () => {
  const seeded = (byte: number) => (length: number) => new Uint8Array(length).fill(byte);

  it('carry 128 bits, each of which changes the code', () => {
    expect(createReceipt(seeded(0)).code).toBe('000000-000000-000000-000000-00');
    expect(createReceipt(seeded(255)).code).toBe('7ZZZZZ-ZZZZZZ-ZZZZZZ-ZZZZZZ-ZZ');
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.integer({ min: 0, max: 127 }), (bytes, bit) => {
        const other = Uint8Array.from(bytes);
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const [a, b] = [createReceipt(() => bytes), createReceipt(() => other)];
        expect(a.code).not.toBe(b.code);
        expect(a.hash).not.toBe(b.hash);
      }),
    );
  });

  it('are found however they were written down', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const { code, hash } = createReceipt(() => bytes);
        const written = code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l');
        expect(receiptHash(written)).toBe(hash);
        expect(hash).toMatch(/^[0-9a-f]{64}$/);
        expect(hash).not.toContain(code.replaceAll('-', '').toLowerCase());
      }),
    );
  });

  it('do not repeat', () => expect(new Set(Array.from({ length: 1_000 }, () => createReceipt().code)).size).toBe(1_000));
});

const draft: ComplaintDraft = {
  id: '01980000-0000-7000-8000-000000000002', complaintNo: 'DEMO-12315-1', kind: 'COMPLAINT', receivedAt: at('2026-11-20T10:00:00'), status: 'RECEIVED',
  agencyCode: 'MRA-210102', regionCode: '210102', enterpriseUscc: null, productId: null, subject: '药店销售过期药品\n急',
  content: '我叫张某某，电话13800138000，在该店买到过期药品。', acceptedAt: null, partCodes: [], caseIds: [],
};
const fault = (change: Partial<ComplaintDraft>): unknown => {
  try {
    composeComplaint({ ...draft, ...change }, calendar);
    return 'accepted';
  } catch (cause) {
    if (!(cause instanceof DomainError)) throw cause;
    return `${cause.code} ${cause.field}`;
  }
};

describe('composing a complaint', () => {
  it('scrubs it, counts its first limit and gives a receipt that it does not contain', () => {
    const { complaint, receiptCode } = composeComplaint(draft, calendar);
    expect(complaint).toMatchObject({
      subject: '药店销售过期药品 急', content: '我叫〔姓名〕，电话〔电话〕，在该店买到过期药品。', acceptDueAt: at('2026-12-02T00:00:00'), acceptCalendarVersion: calendar.version,
      version: 1,
    });
    expect(complaint.receiptHash).toBe(receiptHash(receiptCode));
    expect(JSON.stringify(complaint)).not.toContain(receiptCode);
  });

  it.each([
    [{ status: 'SUBSTANTIATED' }, 'status'],
    [{ kind: 'REPORT', status: 'IN_MEDIATION' }, 'status'],
    [{ status: 'ACCEPTED' }, 'acceptedAt'],
    [{ acceptedAt: at('2026-11-21T10:00:00') }, 'acceptedAt'],
    [{ kind: 'REPORT', status: 'CLOSED', acceptedAt: at('2026-11-21T10:00:00') }, 'acceptedAt'],
    [{ status: 'ACCEPTED', acceptedAt: at('2026-11-19T10:00:00') }, 'acceptedAt'],
    [{ enterpriseUscc: '123' }, 'enterpriseUscc'],
    [{ subject: ' ' }, 'subject'],
    [{ content: '' }, 'content'],
    [{ content: '药'.repeat(10_001) }, 'content'],
    [{ id: 'x' }, 'id'],
    [{ complaintNo: '' }, 'complaintNo'],
  ] as const)('refuses %j', (change, field) => expect(fault(change as Partial<ComplaintDraft>)).toBe(`BAD_USER_INPUT ${field}`));
});
