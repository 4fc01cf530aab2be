import { dal2019, dar2026, stateCouncilCalendar, val2019 } from '@casebridge/kernel';
import { articleNumber, banLengthFinding, markOf, personalPenaltyFindings } from './penalty-article.rule';
import { dateFaults, type DecisionFacts, type DecisionItem, findingsOn, itemFaults, needsNotWait, serviceFindings } from './penalty-decision.rule';

const dal = (article: string) => ({ instrument: dal2019(116).instrument, article });
const item = (overrides: Partial<DecisionItem> = {}): DecisionItem => ({
  kind: 'FINE', partyKind: 'ENTITY', partyName: '演示甲药业有限公司', amountFen: 100, basis: dal('127'), startsOn: null, endsOn: null, forLife: false, ...overrides,
});
const decision = (overrides: Partial<DecisionFacts> = {}): DecisionFacts => ({
  authorityFunctions: ['DRUG', 'MARKET'], caseStatus: 'NOTICE_SERVED', filedAt: new Date('2026-10-09T01:00:00Z'), procedure: 'ORDINARY', tier: 'ORDINARY',
  decidedOn: '2026-11-02', servedOn: null, noPersonalPenaltyReason: null, items: [item()], excluded: [], extensions: [], ...overrides,
});
const findings = (overrides: Partial<DecisionFacts>) =>
  findingsOn(decision(overrides), stateCouncilCalendar).map(({ code, blocks, basis }) => [code, blocks, basis.article, basis.mark]);

it('has nothing to say to a decision that is in order', () => {
  expect(findings({})).toEqual([]);
});

describe('length of a ban (DAL 118 ff.)', () => {
  const ban = (basis: { instrument: string; article: string }, endsOn: string | null) => banLengthFinding({ basis, startsOn: '2026-11-02', endsOn }, 'x')?.code ?? null;
  const at = (cite: typeof dal2019, n: number) => ({ instrument: cite(n).instrument, article: String(n) });

  it.each([
    [118, null, null], [118, '2056-11-02', 'BAN_LENGTH'],
    [122, '2036-11-02', null], [122, '2036-11-01', null], [122, '2036-11-03', 'BAN_LENGTH'], [122, '2036-10-31', 'BAN_LENGTH'], [122, null, 'BAN_LENGTH'],
    [124, '2036-11-01', null], [124, '2046-11-02', null], [124, null, null], [124, '2036-10-31', 'BAN_LENGTH'],
    [142, '2031-11-02', null], [142, '2036-11-02', 'BAN_LENGTH'],
    [127, '2027-01-01', null],
  ])('under DAL %s until %s: %s', (article, endsOn, expected) => {
    expect(ban(at(dal2019, article), endsOn)).toBe(expected);
  });

  it('is at most ten years, or for life, under VAL 81, and ten years under DAR 82', () => {
    expect(ban(at(val2019, 81), '2030-01-01')).toBeNull();
    expect(ban(at(val2019, 81), null)).toBeNull();
    expect(ban(at(val2019, 81), '2036-11-03')).toBe('BAN_LENGTH');
    expect(ban(at(dar2026, 82), '2030-01-01')).toBe('BAN_LENGTH');
  });

  it('refuses the decision: the articles were read', () => {
    const items = [item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', amountFen: null, basis: dal('118(1)'), startsOn: '2026-11-02', endsOn: '2036-11-02' })];
    expect(findings({ items })).toEqual([['BAN_LENGTH', true, '118', 'V']]);
  });
});

describe('penalty to the person (处罚到人)', () => {
  it('is missed in every case of fake drugs', () => {
    expect(findings({ items: [item({ basis: dal('116') })] })).toEqual([['PERSONAL_PENALTY_MISSING', true, '118', 'V']]);
  });

  it.each(['117', '122', '123', '124(1)', '125', '126'])('is missed in serious cases only under article %s', (article) => {
    const items = [item({ basis: dal(article) })];
    expect(findings({ items, tier: 'HEAVY' })[0]?.slice(0, 2)).toEqual(['PERSONAL_PENALTY_MISSING', true]);
    expect(findings({ items, tier: 'ORDINARY' })[0]?.slice(0, 2)).toEqual(['PERSONAL_PENALTY_MISSING', false]);
  });

  it('is not missed where a person has a line or a reason is recorded', () => {
    const items = [item({ basis: dal('116') })];
    expect(findings({ items, noPersonalPenaltyReason: '责任人员另案处理' })).toEqual([]);
    expect(findings({ items: [...items, item({ partyKind: 'PERSON', partyName: '演示某', basis: dal('118') })] })).toEqual([]);
  });

  it('asks nothing of other articles', () => {
    expect(personalPenaltyFindings({ serious: true, noPersonalPenaltyReason: null, items: [item({ basis: dal('127') })] })).toEqual([]);
    expect(personalPenaltyFindings({ serious: true, noPersonalPenaltyReason: null, items: [item({ basis: { instrument: '某地方规定', article: '118' } })] })).toEqual([]);
  });
});

describe('other rules of law', () => {
  it('only the police detain', () => {
    const items = [item({ kind: 'DETENTION', partyKind: 'PERSON', amountFen: null })];
    expect(findings({ items })).toEqual([['DETENTION_BY_POLICE_ONLY', true, '9', 'V']]);
    expect(findings({ items, authorityFunctions: ['POLICE'] })).toEqual([]);
  });

  it('the simplified procedure has ceilings: ¥200 for a person, ¥3,000 for an entity', () => {
    const simplified = (...items: DecisionItem[]) => findings({ procedure: 'SIMPLIFIED', items }).map(([code]) => code);
    expect(simplified(item({ amountFen: 300_000 }), item({ kind: 'WARNING', amountFen: null }))).toEqual([]);
    expect(simplified(item({ amountFen: 300_001 }))).toEqual(['SIMPLIFIED_PROCEDURE_LIMIT']);
    expect(simplified(item({ partyKind: 'PERSON', amountFen: 20_000 }))).toEqual([]);
    expect(simplified(item({ partyKind: 'PERSON', amountFen: 20_001 }))).toEqual(['SIMPLIFIED_PROCEDURE_LIMIT']);
    expect(simplified(item({ kind: 'CONFISCATION_OF_GAINS', amountFen: 1 }))).toEqual(['SIMPLIFIED_PROCEDURE_LIMIT']);
  });

  it('what was not verified warns and never blocks', () => {
    const items = [item({ kind: 'WARNING', amountFen: null })];
    expect(findings({ caseStatus: 'PENDING_CRIMINAL', items })).toEqual([['PENDING_CRIMINAL', false, '14', 'NV']]);
  });

  it('fines, confiscations and detention wait for the criminal proceedings', () => {
    const kinds = ['FINE', 'CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS', 'DETENTION', 'QUALIFICATION_DOWNGRADE', 'OTHER'] as const;
    for (const kind of kinds) expect(needsNotWait([item({ kind }), item({ kind: 'WARNING' })])).toBe(false);
    expect(needsNotWait([item({ kind: 'WARNING' }), item({ kind: 'LICENCE_REVOCATION' })])).toBe(true);
  });

  it('a late decision is told, not refused: ninety days from filing', () => {
    // Filed on 9 October 2026: the ninetieth day is 7 January 2027.
    expect(findings({ decidedOn: '2027-01-07' })).toEqual([]);
    expect(findings({ decidedOn: '2027-01-08' })).toEqual([['DECISION_LATE', false, '64', 'V']]);
  });

  it('a late service is told: seven working days, the National Day holiday not counted', () => {
    // Decided on Wednesday 30 September 2026; the seven working days after it, 10 October worked, end on 15 October.
    expect(serviceFindings('2026-09-30', '2026-10-15', stateCouncilCalendar)).toEqual([]);
    expect(serviceFindings('2026-09-30', '2026-10-16', stateCouncilCalendar).map((f) => [f.code, f.blocks])).toEqual([['SERVICE_LATE', false]]);
  });

  it('takes records of years before the rule without a word', () => {
    expect(findings({ filedAt: new Date('2015-01-05T00:00:00Z'), decidedOn: '2016-01-01', servedOn: '2016-12-01' })).toEqual([]);
  });
});

it('marks as read what was read', () => {
  expect(articleNumber('124(1)')).toBe(124);
  expect(articleNumber('第一百条')).toBeNull();
  expect(markOf(dal('118(1)'))).toBe('V');
  expect(markOf(dal('1180'))).toBe('NV');
  expect(markOf({ instrument: '某地方规定', article: '3' })).toBe('NV');
});

describe('a line by itself', () => {
  const fields = (overrides: Partial<DecisionItem>) => itemFaults(item(overrides), 'i').map((f) => f.field);

  it.each<[string, Partial<DecisionItem>, string[]]>([
    ['a fine without an amount', { amountFen: null }, ['i.amountFen']],
    ['a fine of nothing', { amountFen: 0 }, ['i.amountFen']],
    ['a negative amount', { amountFen: -1 }, ['i.amountFen']],
    ['a fraction of a fen', { amountFen: 1.5 }, ['i.amountFen']],
    ['a confiscation without an amount', { kind: 'CONFISCATION_OF_GOODS', amountFen: null }, ['i.amountFen']],
    ['a ban on an entity', { kind: 'INDUSTRY_BAN', amountFen: null, startsOn: '2026-11-02', forLife: true }, ['i.partyKind']],
    ['a ban without a start', { kind: 'INDUSTRY_BAN', amountFen: null, partyKind: 'PERSON', forLife: true }, ['i.startsOn']],
    ['a ban that neither ends nor is for life', { kind: 'INDUSTRY_BAN', amountFen: null, partyKind: 'PERSON', startsOn: '2026-11-02' }, ['i.endsOn']],
    ['a restriction that neither ends nor is for life', { kind: 'BUSINESS_RESTRICTION', amountFen: null }, ['i.endsOn']],
    ['a restriction with a start alone', { kind: 'BUSINESS_RESTRICTION', amountFen: null, startsOn: '2026-11-02' }, ['i.endsOn']],
    ['a restriction that ends for life', { kind: 'BUSINESS_RESTRICTION', amountFen: null, startsOn: '2026-11-02', endsOn: '2026-11-03', forLife: true }, ['i.forLife']],
    ['an end for life', { startsOn: '2026-11-02', endsOn: '2026-11-03', forLife: true }, ['i.forLife']],
    ['a start from which ten years cannot be counted', { startsOn: '9900-01-01', endsOn: '9999-12-31' }, ['i.startsOn']],
    ['an end before the start', { startsOn: '2026-11-02', endsOn: '2026-11-01' }, ['i.endsOn']],
    ['detention of an entity', { kind: 'DETENTION', amountFen: null }, ['i.partyKind']],
  ])('is refused: %s', (_, overrides, expected) => {
    expect(fields(overrides)).toEqual(expected);
  });
});

it('dates follow each other: filing, decision, service, today', () => {
  const faults = (decidedOn: string, servedOn: string | null) =>
    dateFaults({ filedAt: new Date('2026-10-08T17:00:00Z'), decidedOn, servedOn, today: '2026-11-22' }).map((f) => f.field);
  expect(faults('2026-10-09', '2026-11-22')).toEqual([]);
  expect(faults('2026-10-08', null)).toEqual(['input.decidedOn']);
  expect(faults('2026-11-23', null)).toEqual(['input.decidedOn']);
  expect(faults('2026-11-02', '2026-11-01')).toEqual(['input.servedOn']);
  expect(faults('2026-11-02', '2026-11-23')).toEqual(['input.servedOn']);
});
