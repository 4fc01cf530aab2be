import type { PenaltyDecided, PenaltyItemData } from '@casebridge/contracts';
import { civilDate, uuidTime } from '@casebridge/kernel';
import { punishmentsOf, PunishmentWithoutEnd } from './credit-punishment.projection';
import { punishmentStatus } from './punishment-status.rule';

const item = (n: number, more: Partial<PenaltyItemData>): PenaltyItemData => ({
  id: `01980000-0000-7000-8000-00000000000${n}`, kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例甲', amountFen: null,
  basis: { instrument: '中华人民共和国药品管理法', article: '118', mark: 'V' }, startsOn: null, endsOn: null, forLife: true, ...more,
});
const event = (items: PenaltyItemData[], more: Partial<PenaltyDecided> = {}): PenaltyDecided => ({
  decisionId: '01980000-0000-7000-8000-0000000000d1', caseId: '01980000-0000-7000-8000-0000000000c1', documentNo: '示例药监处罚〔2026〕1号',
  procedure: 'ORDINARY', authorityCode: 'MRA-210100', regionCode: '210102', partyName: '示例药业有限公司', partyUscc: '91210102MA00000019',
  partyKind: 'ENTITY', violationType: 'FAKE_DRUGS', domain: 'DRUG', tier: 'HEAVY', decidedOn: '2026-06-01', servedOn: '2026-06-03', items, ...more,
});
const publication = { publishedOn: '2026-06-04', endsOn: null };
const plain = (name: string): string => name;

describe('punishments of a decision', () => {
  it('are its bans and restrictions, and no other penalty', () => {
    const found = punishmentsOf(event([
      item(1, {}),
      item(2, { kind: 'FINE', partyKind: 'ENTITY', amountFen: 1, forLife: false }),
      item(3, { kind: 'BUSINESS_RESTRICTION', partyKind: 'ENTITY', partyName: '示例药业有限公司', startsOn: '2026-06-10', endsOn: '2026-12-09', forLife: false }),
    ]), '2026-06-04', publication, plain);
    expect(found).toMatchObject([
      { kind: 'INDUSTRY_BAN', partyName: '示例甲', forLife: true, endsOn: null, startsOn: '2026-06-03', publishedOn: '2026-06-04', basisArticle: '118', uscc: '91210102MA00000019' },
      { kind: 'BUSINESS_RESTRICTION', partyName: '示例药业有限公司', forLife: false, startsOn: '2026-06-10', endsOn: '2026-12-09' },
    ]);
  });

  it('get the same ids every time, ordered by the day of listing', () => {
    const [once] = punishmentsOf(event([item(1, {})]), '2026-06-04', publication, plain);
    const [twice] = punishmentsOf(event([item(1, {})]), '2026-06-04', publication, plain);
    expect(once?.id).toBe(twice?.id);
    expect(civilDate(uuidTime(once?.id ?? ''))).toBe('2026-06-04');
    const [other] = punishmentsOf(event([item(4, {})]), '2026-06-04', publication, plain);
    expect(other?.id).not.toBe(once?.id);
  });

  it.each([[{ forLife: false, endsOn: null }], [{ forLife: true, endsOn: '2036-01-01' }]])('refuses %p', (term) => {
    expect(() => punishmentsOf(event([item(1, term)]), '2026-06-04', publication, plain)).toThrow(PunishmentWithoutEnd);
  });

  it('stay unpublished where the decision is not disclosed', () => {
    expect(punishmentsOf(event([item(1, {})]), '2026-06-04', null, plain)).toMatchObject([{ publishedOn: null, publicationEndsOn: null }]);
  });
});

describe('status on a day', () => {
  const period = { startsOn: '2026-06-03', endsOn: '2026-12-09', forLife: false, publishedOn: '2026-06-04', liftedAt: null, revokedAt: null, repaired: false };
  const act = new Date('2026-07-01T02:00:00Z');

  it.each([
    ['2026-06-02', {}, 'PENDING'],
    ['2026-06-03', {}, 'PENDING'],
    ['2026-06-04', {}, 'IN_FORCE'],
    ['2026-12-09', {}, 'IN_FORCE'],
    ['2026-12-10', {}, 'EXPIRED'],
    ['2099-01-01', { endsOn: null, forLife: true }, 'IN_FORCE'],
    ['2026-06-10', { publishedOn: null }, 'PENDING'],
    ['2026-06-10', { startsOn: '2026-06-11' }, 'PENDING'],
    ['2026-07-02', { liftedAt: act }, 'REPAIRED'],
    ['2027-07-02', { liftedAt: act }, 'REPAIRED'],
    ['2026-07-02', { repaired: true }, 'REPAIRED'],
    ['2026-07-02', { liftedAt: act, revokedAt: act }, 'REVOKED'],
  ] as const)('%s with %p: %s', (today, change, status) => {
    expect(punishmentStatus({ ...period, ...change }, today)).toBe(status);
  });
});
