import { agencyCode, creditCode, listCode, recordId } from './code-input';
import { BadUserInput } from './errors';

const id = '019aa0f0-0000-7000-8000-0000000000aa';

it.each([
  [agencyCode, 'MRA-210100', 'MRA-210100'], [agencyCode, ' ｍra-210100 ', 'MRA-210100'], [agencyCode, 'NOBODY', 'NOBODY'],
  [creditCode, ' 91350100m000100y43 ', '91350100M000100Y43'], [creditCode, '９１３５０１００M０００１００Y４３', '91350100M000100Y43'],
  [listCode, 'FAKE_DRUGS', 'FAKE_DRUGS'], [listCode, 'NONE_SUCH', 'NONE_SUCH'], [recordId, id, id],
])('%p takes %j', (read, text, code) => expect(read(text, 'filter.code')).toBe(code));

it.each([
  ...['', ' ', 'M', '-MRA', 'MRA_1', '%', "' or 1=1 --", '沈阳', 'M'.repeat(41), 'MRA-210100,PSB-210100'].map((text) => [agencyCode, text] as const),
  ...['', '%', '91350100M000100Y44', '91350100M000100X43', '91350100M000100Y4', '91350100M000100Y433'].map((text) => [creditCode, text] as const),
  ...['', 'fake_drugs', 'FAKE DRUGS', '_FAKE', 'X'.repeat(101)].map((text) => [listCode, text] as const),
  ...['', 'x', `${id}0`, id.replaceAll('-', '')].map((text) => [recordId, text] as const),
])('%p refuses %j, naming the field', (read, text) => {
  expect(() => read(text, 'filter.code')).toThrow(BadUserInput);
  expect(() => read(text, 'filter.code')).toThrow(/^filter\.code: must be /);
});
