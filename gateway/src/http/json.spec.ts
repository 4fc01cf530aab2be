import { parseClientJson } from './json';

const pad = ' '.repeat(5_000);
const nested = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}${pad}`;

it('takes 250 levels, and no more of a long text', () => {
  expect(() => parseClientJson(nested(250))).not.toThrow();
  expect(() => parseClientJson(nested(251))).toThrow(SyntaxError);
  expect(() => parseClientJson(`${'{"a":'.repeat(300)}1${'}'.repeat(300)}${pad}`)).toThrow(SyntaxError);
});

it('takes brackets in texts for text', () => {
  for (const text of ['[', '{', '"', '\\', '\\"[', '[\\\\', '"{"', '\\\\"'].map((one) => one.repeat(400))) {
    const value = { text, list: [text, [text]], [text]: 1 };
    expect(parseClientJson(JSON.stringify(value) + pad)).toEqual(value);
  }
});

it('takes long lists', () => {
  const value = Array.from({ length: 5_000 }, (_, n) => [n, { n }]);
  expect(parseClientJson(JSON.stringify(value))).toEqual(value);
});

it.each(['{"a":"', '"\\', '[', '{"a":"\\"', ''])('refuses what is no JSON: %s', (text) => {
  expect(() => parseClientJson(`${pad}${text}`)).toThrow(SyntaxError);
});

it('refuses a megabyte of brackets in no time', () => {
  const text = '['.repeat(1024 * 1024);
  const startedAt = performance.now();
  for (let n = 0; n < 100; n += 1) expect(() => parseClientJson(text)).toThrow(SyntaxError);
  expect(performance.now() - startedAt).toBeLessThan(1_000); // the parser itself takes longer for twenty
});
