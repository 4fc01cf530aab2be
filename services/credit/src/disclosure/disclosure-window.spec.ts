import { type DisclosureClass, discretionTier, penaltyKind, type PenaltyKind, productDomain } from '@casebridge/contracts';
import { addDays, addMonths, addYears, latest } from '@casebridge/kernel';
import * as fc from 'fast-check';
import {
  decideDisclosure, type DecisionForDisclosure, disclosureClocks, groundsOf, keyDomains, lowerFines, type PenaltyForDisclosure, restrictionOutlasts,
} from './disclosure-window.rule';

const item = (kind: PenaltyKind, more: Partial<PenaltyForDisclosure> = {}): PenaltyForDisclosure => ({
  kind, partyKind: 'ENTITY', partyName: '示例药业有限公司', amountFen: null, endsOn: null, forLife: false, ...more,
});
const decision = (items: readonly PenaltyForDisclosure[], more: Partial<DecisionForDisclosure> = {}): DecisionForDisclosure => ({
  procedure: 'ORDINARY', domain: 'DRUG', tier: 'ORDINARY', decidedOn: '2026-06-01', items, ...more,
});
const published = '2026-06-10';

function shown(d: DecisionForDisclosure, on = published): { class: DisclosureClass; national: string | null; creditChina: string | null } {
  const ruling = decideDisclosure(d, on);
  if (!ruling.disclosed) throw new Error('not disclosed');
  return { class: ruling.class, national: ruling.windows.ENTERPRISE_CREDIT_SYSTEM.endsOn, creditChina: ruling.windows.CREDIT_CHINA.endsOn };
}

describe('what is not disclosed (O45 art. 2)', () => {
  it.each(productDomain.codes)('a warning alone, in %s', (domain) => {
    const ruling = decideDisclosure(decision([item('WARNING'), item('WARNING', { partyKind: 'PERSON', partyName: '示例甲' })], { domain }), published);
    expect(ruling).toMatchObject({ disclosed: false, reason: 'WARNING_ONLY', basis: { article: '2' } });
  });

  it.each(penaltyKind.codes)('%s under the simplified procedure', (kind) => {
    const ruling = decideDisclosure(decision([item(kind, { amountFen: 1, forLife: true })], { procedure: 'SIMPLIFIED' }), published);
    expect(ruling).toMatchObject({ disclosed: false, reason: 'SIMPLIFIED_PROCEDURE' });
  });

  it('but a warning beside another penalty does not hide that one', () => {
    expect(shown(decision([item('WARNING'), item('CRITICISM')])).class).toBe('MINOR');
  });
});

// The classes of disclosure, written out by hand: kind → class in a key domain, in the general domain.
const table: Readonly<Record<Exclude<PenaltyKind, 'WARNING'>, readonly [key: DisclosureClass, general: DisclosureClass]>> = {
  CRITICISM: ['MINOR', 'MINOR'],
  FINE: ['SERIOUS_DOMAIN', 'GENERAL'],
  CONFISCATION_OF_GAINS: ['SERIOUS_DOMAIN', 'GENERAL'],
  CONFISCATION_OF_GOODS: ['SERIOUS_DOMAIN', 'GENERAL'],
  LICENCE_SUSPENSION: ['SERIOUS_DOMAIN', 'GENERAL'],
  DETENTION: ['SERIOUS_DOMAIN', 'GENERAL'],
  OTHER: ['SERIOUS_DOMAIN', 'GENERAL'],
  BUSINESS_RESTRICTION: ['SERIOUS_RESTRICTION', 'SERIOUS_RESTRICTION'],
  PRODUCTION_SUSPENSION: ['SERIOUS_RESTRICTION', 'SERIOUS_RESTRICTION'],
  INDUSTRY_BAN: ['SERIOUS_RESTRICTION', 'SERIOUS_RESTRICTION'],
  QUALIFICATION_DOWNGRADE: ['SERIOUS_QUALIFICATION', 'SERIOUS_QUALIFICATION'],
  LICENCE_REVOCATION: ['SERIOUS_QUALIFICATION', 'SERIOUS_QUALIFICATION'],
  CLOSURE: ['SERIOUS_QUALIFICATION', 'SERIOUS_QUALIFICATION'],
};
const endOf: Readonly<Record<DisclosureClass, (start: string) => string>> = {
  MINOR: (d) => addMonths(d, 3),
  GENERAL: (d) => addYears(d, 1),
  SERIOUS_DOMAIN: (d) => addYears(d, 3),
  SERIOUS_RESTRICTION: (d) => addYears(d, 3),
  SERIOUS_QUALIFICATION: (d) => addYears(d, 3),
};

describe('one penalty: every kind in every domain', () => {
  const cases = Object.entries(table).flatMap(([kind, [key, general]]) =>
    productDomain.codes.map((domain) => [kind as PenaltyKind, domain, domain === 'GENERAL' ? general : key] as const));
  it.each(cases)('%s in %s is %s', (kind, domain, expected) => {
    const amountFen = kind === 'FINE' ? 9_000_000 : null;
    const found = shown(decision([item(kind, { amountFen })], { domain }));
    expect(found.class).toBe(expected);
    expect(found.national).toBe(endOf[expected]('2026-06-10'));
    expect(found.creditChina).toBe(endOf[expected]('2026-06-01'));
  });

  it('covers every kind there is', () => {
    expect(Object.keys(table).sort()).toEqual(penaltyKind.codes.filter((k) => k !== 'WARNING').sort());
  });
});

describe('较低数额罚款: only a light or mitigated fine up to the limit is minor', () => {
  const cases = discretionTier.codes.flatMap((tier) => (['ENTITY', 'PERSON'] as const).flatMap((partyKind) =>
    [-1, 0, 1].map((over) => [tier, partyKind, (partyKind === 'ENTITY' ? 5_000_000 : 500_000) + over, (tier === 'LIGHT' || tier === 'MITIGATED') && over <= 0] as const)));
  it.each(cases)('%s, %s, %d fen: minor %s', (tier, partyKind, amountFen, minor) => {
    const fine = item('FINE', { partyKind, amountFen });
    expect(shown(decision([fine], { tier })).class).toBe(minor ? 'MINOR' : 'SERIOUS_DOMAIN');
    expect(shown(decision([fine], { tier, domain: 'GENERAL' })).class).toBe(minor ? 'MINOR' : 'GENERAL');
  });

  it('adds up the fines on one party, and not those on different ones', () => {
    const small = item('FINE', { amountFen: 3_000_000 });
    expect(shown(decision([small, small], { tier: 'LIGHT' })).class).toBe('SERIOUS_DOMAIN');
    expect(shown(decision([small, { ...small, partyName: '示例医疗器械有限公司' }], { tier: 'LIGHT' })).class).toBe('MINOR');
  });

  it('does not take a fine without an amount for a lower one', () => {
    expect(shown(decision([item('FINE')], { tier: 'LIGHT' })).class).toBe('SERIOUS_DOMAIN');
  });

  it('is not minor beside a confiscation', () => {
    expect(shown(decision([item('FINE', { amountFen: 100 }), item('CONFISCATION_OF_GAINS', { amountFen: 1 })], { tier: 'LIGHT' })).class).toBe('SERIOUS_DOMAIN');
  });
});

describe('restrictions outlast the three years (O107; trap 8)', () => {
  const ban = (endsOn: string | null, forLife = false) => item('INDUSTRY_BAN', { partyKind: 'PERSON', partyName: '示例甲', endsOn, forLife });

  it.each([
    ['2027-01-01', '2029-06-10', '2029-06-01'],
    ['2029-06-09', '2029-06-10', '2029-06-09'],
    ['2029-06-11', '2029-06-11', '2029-06-11'],
    ['2036-06-01', '2036-06-01', '2036-06-01'],
  ])('a ban until %s is shown until %s, by Credit China until %s', (endsOn, national, creditChina) => {
    expect(shown(decision([ban(endsOn)]))).toEqual({ class: 'SERIOUS_RESTRICTION', national, creditChina });
  });

  it('a ban for life stays for life, whatever stands beside it', () => {
    const items = [item('LICENCE_REVOCATION'), item('FINE', { amountFen: 100_000_000 }), ban('2036-01-01'), ban(null, true)];
    expect(shown(decision(items))).toEqual({ class: 'SERIOUS_RESTRICTION', national: null, creditChina: null });
  });

  it('takes the last of several restrictions', () => {
    expect(shown(decision([ban('2031-01-01'), ban('2036-01-01'), ban('2030-01-01')])).national).toBe('2036-01-01');
  });

  it('only restrictions do so: a long term on another penalty changes nothing', () => {
    expect(shown(decision([item('OTHER', { endsOn: '2036-01-01' }), item('LICENCE_SUSPENSION', { forLife: true })])).national).toBe('2029-06-10');
  });

  it('names the graver class where two end on one day', () => {
    expect(shown(decision([item('LICENCE_REVOCATION'), ban('2027-01-01')])).class).toBe('SERIOUS_QUALIFICATION');
    expect(shown(decision([item('LICENCE_REVOCATION'), ban('2036-01-01')])).class).toBe('SERIOUS_RESTRICTION');
  });
});

describe('the days', () => {
  it.each([
    ['2028-02-29', 'LICENCE_REVOCATION', '2031-02-28'],
    ['2026-11-30', 'CRITICISM', '2027-02-28'],
    ['2027-11-30', 'CRITICISM', '2028-02-29'],
    ['2026-01-31', 'CRITICISM', '2026-04-30'],
    ['2026-12-01', 'CRITICISM', '2027-03-01'],
  ] as const)('published on %s, %s is last shown on %s', (on, kind, last) => {
    expect(shown(decision([item(kind)], { decidedOn: on }), on).national).toBe(last);
  });

  it('falls back on the end of the month, also on days off: nothing rolls over', () => {
    expect(shown(decision([item('CRITICISM')]), '2026-07-01').national).toBe('2026-10-01');
  });
});

describe('law in time', () => {
  const general = decision([item('FINE', { amountFen: 9_000_000 })], { domain: 'GENERAL', decidedOn: '2023-01-01' });

  it('closes by Order 45 what ended before Order 107 came into force', () => {
    expect(shown(general, '2022-03-01').national).toBe('2025-03-01');
  });

  it('closes what Order 107 shortens, no earlier than the day before it came into force', () => {
    expect(shown(general, '2023-06-01').national).toBe('2025-12-24');
    expect(shown(general, '2025-06-01').national).toBe('2026-06-01');
    expect(shown(general, '2025-12-25').national).toBe('2026-12-25');
  });

  it('leaves alone what Order 107 did not change', () => {
    expect(shown(decision([item('FINE', { amountFen: 9_000_000 })]), '2024-06-01').national).toBe('2027-06-01');
  });

  it('cites every row, with its mark', () => {
    const rows = [...Object.values(disclosureClocks).flatMap((c) => c.rows), ...lowerFines, keyDomains, restrictionOutlasts];
    for (const row of rows) expect(row.citation.article).not.toBe('');
    const ruling = decideDisclosure(general, '2026-06-10');
    expect(ruling).toMatchObject({
      windows: { ENTERPRISE_CREDIT_SYSTEM: { basis: { mark: 'V' } }, CREDIT_CHINA: { basis: { instrument: '信用修复管理办法', mark: 'P' } } },
    });
  });

  it('refuses a decision without a penalty', () => {
    expect(() => decideDisclosure(decision([]), published)).toThrow(RangeError);
  });
});

describe('a window does not pretend to rest on a rule that was in force when it was not', () => {
  const serious = (decidedOn: string) => decision([item('FINE', { amountFen: 9_000_000 })], { decidedOn });
  const windows = (d: DecisionForDisclosure, on = d.decidedOn) => {
    const ruling = decideDisclosure(d, on);
    if (!ruling.disclosed) throw new Error('not disclosed');
    const told = ({ basis, basisEffectiveFrom, mark, doubts }: (typeof ruling.windows)['CREDIT_CHINA']) => [basis.instrument, basisEffectiveFrom, mark, ...doubts];
    return { national: told(ruling.windows.ENTERPRISE_CREDIT_SYSTEM), creditChina: told(ruling.windows.CREDIT_CHINA) };
  };
  const [disclosed, repair, ndrc] = ['市场监督管理行政处罚信息公示规定', '市场监督管理信用修复管理办法', '信用修复管理办法'];

  it.each([
    ['2021-08-31', [disclosed, '2021-09-01', 'NV', 'PERIOD_RULE_YOUNGER', 'MINOR_AMOUNT_YOUNGER']],
    ['2021-09-01', [disclosed, '2021-09-01', 'NV', 'MINOR_AMOUNT_YOUNGER']],
    ['2025-12-24', [disclosed, '2021-09-01', 'NV', 'MINOR_AMOUNT_YOUNGER']],
    ['2025-12-25', [repair, '2025-12-25', 'V']],
  ])('national system, a fine published on %s: %j', (on, expected) => expect(windows(serious(on)).national).toEqual(expected));

  it.each([
    ['2021-08-31', [disclosed, '2021-09-01', 'NV', 'PERIOD_RULE_YOUNGER']],
    ['2021-09-01', [disclosed, '2021-09-01', 'P']],
    ['2025-12-24', [disclosed, '2021-09-01', 'P']],
    ['2025-12-25', [repair, '2025-12-25', 'V']],
  ])('national system, what no amount decides, published on %s: %j', (on, expected) => {
    expect(windows(decision([item('CONFISCATION_OF_GOODS', { amountFen: 100 })], { tier: 'LIGHT', decidedOn: on })).national).toEqual(expected);
  });

  it.each([
    ['2021-08-31', [ndrc, '2026-04-01', 'NV', 'PERIOD_RULE_YOUNGER', 'MINOR_AMOUNT_YOUNGER']],
    ['2026-03-31', [ndrc, '2026-04-01', 'NV', 'PERIOD_RULE_YOUNGER']],
    ['2026-04-01', [ndrc, '2026-04-01', 'P']],
  ])('Credit China, decided on %s: %j', (decidedOn, expected) => expect(windows(serious(decidedOn)).creditChina).toEqual(expected));

  it('names the later rule where that cuts an older window short, and only there', () => {
    const general = (on: string) => windows(decision([item('FINE', { amountFen: 9_000_000 })], { domain: 'GENERAL', decidedOn: on })).national;
    // Three years from 2022-12-24 end before Order 107 comes into force; from the day after they would not.
    expect(general('2022-12-24')).toEqual([disclosed, '2021-09-01', 'NV', 'MINOR_AMOUNT_YOUNGER']);
    expect(general('2022-12-25')).toEqual([repair, '2025-12-25', 'NV', 'PERIOD_RULE_YOUNGER', 'MINOR_AMOUNT_YOUNGER']);
    expect(general('2025-12-24')).toEqual([repair, '2025-12-25', 'NV', 'PERIOD_RULE_YOUNGER', 'MINOR_AMOUNT_YOUNGER']);
    expect(general('2025-12-25')).toEqual([repair, '2025-12-25', 'V']);
  });

  it.each([
    ['minor', 'DRUG', 'LIGHT', 100],
    ['too high for minor', 'DRUG', 'LIGHT', 9_000_000],
    ['of a tier that is not minor', 'DRUG', 'ORDINARY', 100],
    ['too high for minor, in the general domain', 'GENERAL', 'LIGHT', 9_000_000],
  ] as const)('has a doubt about a fine that is %s by an amount of later date', (_, domain, tier, amountFen) => {
    const on = (day: string) => windows(decision([item('FINE', { amountFen })], { domain, tier, decidedOn: day }));
    for (const told of Object.values(on('2025-12-24'))) expect(told.slice(2)).toEqual(expect.arrayContaining(['NV', 'MINOR_AMOUNT_YOUNGER']));
    for (const told of Object.values(on('2025-12-25'))) expect(told).not.toContain('MINOR_AMOUNT_YOUNGER');
  });

  it('has none where the class comes from another penalty that no amount decides', () => {
    const grave = (kind: PenaltyKind) => windows(decision([item('FINE', { amountFen: 100 }), item(kind)], { tier: 'LIGHT', decidedOn: '2025-12-24' })).national;
    expect(grave('LICENCE_REVOCATION')).toEqual([disclosed, '2021-09-01', 'P']);
    expect(grave('PRODUCTION_SUSPENSION')).toEqual([disclosed, '2021-09-01', 'P']);
  });

  it('has a doubt about a fine that counts as lower by an amount of later date, not about a criticism', () => {
    const lower = (on: string, kind: PenaltyKind) => windows(decision([item(kind, { amountFen: 100 })], { tier: 'LIGHT', decidedOn: on })).national;
    expect(lower('2025-12-24', 'FINE')).toEqual([disclosed, '2021-09-01', 'NV', 'MINOR_AMOUNT_YOUNGER']);
    expect(lower('2025-12-25', 'FINE')).toEqual([repair, '2025-12-25', 'V']);
    expect(lower('2025-12-24', 'CRITICISM')).toEqual([disclosed, '2021-09-01', 'P']);
  });

  it('has a doubt about a restriction that prolongs a window older than the rule', () => {
    const ban = (on: string, endsOn: string) => windows(decision([item('INDUSTRY_BAN', { endsOn })], { decidedOn: on })).national;
    expect(ban('2025-12-24', '2035-01-01')).toEqual([disclosed, '2021-09-01', 'NV', 'RESTRICTION_RULE_YOUNGER']);
    expect(ban('2025-12-24', '2028-12-24')).toEqual([disclosed, '2021-09-01', 'P']);
    expect(ban('2025-12-25', '2035-01-01')).toEqual([repair, '2025-12-25', 'V']);
    expect(windows(decision([item('INDUSTRY_BAN', { forLife: true })], { decidedOn: '2025-12-24' })).national).toContain('RESTRICTION_RULE_YOUNGER');
  });

  it('warns and does not block: the window of an old decision has an end', () => {
    expect(shown(serious('2020-01-02'), '2020-01-02')).toEqual({ class: 'SERIOUS_DOMAIN', national: '2023-01-02', creditChina: '2023-01-02' });
  });

  it('tells of a kept window what was told when it was made', () => {
    for (const on of ['2021-08-31', '2023-06-01', '2025-12-24', '2025-12-25', '2026-04-01']) {
      for (const d of [serious(on), decision([item('FINE', { amountFen: 100 }), item('INDUSTRY_BAN', { endsOn: '2040-01-01' })], { tier: 'LIGHT', decidedOn: on })]) {
        const ruling = decideDisclosure(d, on);
        if (!ruling.disclosed) throw new Error('not disclosed');
        const { class: of, startsOn, endsOn, ...grounds } = ruling.windows.ENTERPRISE_CREDIT_SYSTEM;
        const penaltyKinds = d.items.map((i) => i.kind);
        expect(groundsOf('ENTERPRISE_CREDIT_SYSTEM', { class: of, penaltyKinds, publishedOn: on, startsOn, endsOn })).toEqual(grounds);
      }
    }
  });
});

describe('any decision', () => {
  const days = fc.integer({ min: 0, max: 3_000 }).map((n) => addDays('2026-04-01', n));
  const anyItem = fc.record({
    kind: fc.constantFrom(...penaltyKind.codes),
    partyKind: fc.constantFrom('ENTITY' as const, 'PERSON' as const),
    partyName: fc.constantFrom('示例甲', '示例乙'),
    amountFen: fc.option(fc.nat(20_000_000)),
    endsOn: fc.option(fc.integer({ min: 0, max: 20_000 }).map((n) => addDays('2026-04-01', n))),
    forLife: fc.boolean(),
  });
  const anyDecision = fc.record({
    procedure: fc.constant('ORDINARY' as const),
    domain: fc.constantFrom(...productDomain.codes),
    tier: fc.constantFrom(...discretionTier.codes),
    decidedOn: days,
    items: fc.array(anyItem, { minLength: 1, maxLength: 6 }),
  });
  const end = (value: string | null) => value ?? '9999-12-31';

  it('is shown at least as long as each of its penalties alone would be', () => {
    fc.assert(fc.property(anyDecision, fc.nat(30), (d, wait) => {
      const on = addDays(d.decidedOn, wait);
      const whole = decideDisclosure(d, on);
      for (const alone of d.items.filter((i) => i.kind !== 'FINE')) {
        const part = decideDisclosure({ ...d, items: [alone] }, on);
        if (!part.disclosed) continue;
        if (!whole.disclosed) throw new Error('a part is shown and the whole is not');
        expect(end(whole.windows.ENTERPRISE_CREDIT_SYSTEM.endsOn) >= end(part.windows.ENTERPRISE_CREDIT_SYSTEM.endsOn)).toBe(true);
        expect(end(whole.windows.CREDIT_CHINA.endsOn) >= end(part.windows.CREDIT_CHINA.endsOn)).toBe(true);
      }
    }));
  });

  it('is shown 3 months, 1 year, 3 years, until a restriction ends or for life, and nothing else', () => {
    fc.assert(fc.property(anyDecision, fc.nat(30), (d, wait) => {
      const on = addDays(d.decidedOn, wait);
      const ruling = decideDisclosure(d, on);
      if (!ruling.disclosed) {
        expect(d.items.every((i) => i.kind === 'WARNING')).toBe(true);
        return;
      }
      const bans = d.items.filter((i) => ['INDUSTRY_BAN', 'BUSINESS_RESTRICTION', 'PRODUCTION_SUSPENSION'].includes(i.kind));
      const forLife = bans.some((i) => i.forLife);
      const ends = bans.flatMap((i) => i.endsOn ?? []);
      const windows = [[on, ruling.windows.ENTERPRISE_CREDIT_SYSTEM], [d.decidedOn, ruling.windows.CREDIT_CHINA]] as const;
      for (const [start, window] of windows) {
        expect(window.startsOn).toBe(start);
        expect(window.endsOn === null).toBe(forLife);
        if (window.endsOn === null) continue;
        const plain = endOf[window.class](start);
        expect(window.endsOn).toBe(window.class === 'SERIOUS_RESTRICTION' && ends.length > 0 ? latest(plain, ...ends) : plain);
      }
    }));
  });

  it('does not depend on the order of its penalties', () => {
    fc.assert(fc.property(anyDecision, (d) => {
      expect(decideDisclosure({ ...d, items: d.items.toReversed() }, d.decidedOn)).toEqual(decideDisclosure(d, d.decidedOn));
    }));
  });
});
