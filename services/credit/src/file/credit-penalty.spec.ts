import { decided, item } from '../test/world';
import { creditPenaltiesOf } from './credit-penalty.projection';
import { maskedName } from './masked-name.rule';

const plain = (name: string): string => name;

it('has a row for each party that a decision punishes', () => {
  const digest = 'a'.repeat(64);
  const event = decided({ items: [
    item(), item({ kind: 'WARNING', amountFen: null }),
    item({ kind: 'INDUSTRY_BAN', partyKind: 'PERSON', partyName: '示例当事人甲', partyIdDigest: digest, amountFen: null, startsOn: '2026-06-03', forLife: true }),
  ] });
  const [entity, person, ...more] = creditPenaltiesOf(event, plain);
  expect(more).toEqual([]);
  expect(entity).toMatchObject({ partyKind: 'ENTITY', uscc: event.partyUscc, personIdDigest: null, penaltyKinds: ['FINE', 'WARNING'], summary: '罚款100,000元，警告', overturnedOn: null });
  expect(person).toMatchObject({ partyKind: 'PERSON', uscc: event.partyUscc, personIdDigest: digest, penaltyKinds: ['INDUSTRY_BAN'], summary: '限制从业（终身）' });
  expect(creditPenaltiesOf(event, plain).map((p) => p.id)).toEqual([entity?.id, person?.id]); // a second delivery is the same rows
});

it.each(['SIMPLIFIED', 'ORDINARY'] as const)('keeps a warning of the %s procedure, which is never shown', (procedure) => {
  expect(creditPenaltiesOf(decided({ procedure, items: [item({ kind: 'WARNING', amountFen: null })] }), plain)).toMatchObject([{ penaltyKinds: ['WARNING'], summary: '警告' }]);
});

it('takes no penalty that it does not know', () => {
  expect(() => creditPenaltiesOf(decided({ items: [item({ kind: 'SCOLDING' })] }), plain)).toThrow(RangeError);
});

it.each([['张三丰', '张某'], ['𠮷田', '𠮷某'], ['', '某']])('masks %p as %p', (name, masked) => expect(maskedName(name)).toBe(masked));

it('tells namesakes apart by the identity number, and leaves to nobody what is of one of several', () => {
  const of = (kind: string, partyIdDigest?: string) => item({ kind, partyKind: 'PERSON', partyName: '示例当事人甲', amountFen: null, ...(partyIdDigest ? { partyIdDigest } : {}) });
  const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
  const rows = (...items: ReturnType<typeof of>[]) => creditPenaltiesOf(decided({ items }), plain).map((p) => [p.personIdDigest, p.penaltyKinds]);
  expect(rows(of('WARNING', one), of('FINE', other))).toEqual([[one, ['WARNING']], [other, ['FINE']]]);
  expect(rows(of('WARNING'), of('FINE', one))).toEqual([[one, ['WARNING', 'FINE']]]);
  expect(rows(of('WARNING', one), of('FINE', other), of('WARNING'))).toEqual([[one, ['WARNING']], [other, ['FINE']], [null, ['WARNING']]]);
  expect(new Set(creditPenaltiesOf(decided({ items: [of('WARNING', one), of('WARNING', other)] }), plain).map((p) => p.id)).size).toBe(2);
});
