import { citizenIdCheckDigit } from '@casebridge/kernel';
import { CitizenIds } from './citizen-ids';

const made = (body: string): string => body + citizenIdCheckDigit(body);
const number = made('21010218000101001');
const ids = new CitizenIds(Buffer.alloc(32, 1));

it('is the same for a number however it is written, and another for another number', () => {
  expect(ids.digest(number)).toMatch(/^[0-9a-f]{64}$/);
  expect(ids.digest(` ${number.slice(0, 6)} ${number.slice(6)}`.toLowerCase())).toBe(ids.digest(number));
  expect(ids.digest(made('21010218000101002'))).not.toBe(ids.digest(number));
});

it('depends on the key and does not hold the number', () => {
  expect(new CitizenIds(Buffer.alloc(32, 2)).digest(number)).not.toBe(ids.digest(number));
  expect(JSON.stringify(ids)).not.toContain(number);
  expect(ids.digest(number)).not.toContain(number.slice(6, 14));
});

it.each(['', 'x', '210102180001010010', number.slice(1), `${number}1`])('is nothing for %p', (text) => expect(ids.digest(text)).toBeNull());
