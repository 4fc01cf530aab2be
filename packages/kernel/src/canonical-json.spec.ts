import { canonicalJson } from './canonical-json';

it.each([
  // The example of RFC 8785, 3.2.2 and 3.2.3.
  ['{"numbers":[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001],"string":"\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/","literals":[null,true,false]}',
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'],
  ['{"\\u20ac":"Euro Sign","\\r":"Carriage Return","\\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One","\\ud83d\\ude00":"Emoji: Grinning Face","\\u0080":"Control","\\u00f6":"Latin Small Letter O With Diaeresis"}',
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'],
  [' { "b" : [ ] , "a" : { } } ', '{"a":{},"b":[]}'],
])('writes %s', (text, canonical) => {
  expect(canonicalJson(JSON.parse(text))).toBe(canonical);
  expect(JSON.parse(canonical)).toEqual(JSON.parse(text));
});

it('leaves out what is undefined, and takes nothing that JSON does not have', () => {
  expect(canonicalJson({ a: undefined, b: 1 })).toBe('{"b":1}');
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, new Date(0), undefined, [undefined], () => 1, 1n, new Map()]) expect(() => canonicalJson(value)).toThrow(TypeError);
});
