import { Conflict } from '@casebridge/kernel';
import { failureCode, failureText } from './failure';

describe('what is kept of a failed event', () => {
  it.each<[unknown, string, string]>([
    [new TypeError('of 张三: not a number'), 'TypeError: of 张三: not a number', 'TypeError'],
    [new Conflict('known: already'), 'Conflict CONFLICT: known: already', 'CONFLICT'],
    [Object.assign(new Error('(id)=(1) exists'), { name: 'QueryFailedError', code: '23505' }), 'QueryFailedError 23505: (id)=(1) exists', '23505'],
    [Object.assign(new Error('x'), { code: '张三 110101199003077758' }), 'Error: x', 'Error'],
    [Object.assign(new Error('x'), { name: '张三 did it' }), '张三 did it: x', 'Unknown'],
    ['a text', 'Unknown: something that is no Error was thrown', 'Unknown'],
    [new Error(''), 'Error: ', 'Error'],
  ])('is %s as text, and a code without its words', (error, text, code) => {
    expect([failureText(error), failureCode(text)]).toEqual([text, code]);
  });

  it('finds no code in words', () => {
    expect(failureCode('Something that is no Error was thrown')).toBe('Unknown'); // as earlier versions wrote it
    expect(failureCode('')).toBe('Unknown');
  });
});
