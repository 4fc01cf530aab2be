import { copyOf, type Json, mergeInto } from './merge';

const json = (text: string): Json => JSON.parse(text) as Json;

describe('mergeInto', () => {
  it.each([
    ['takes new keys', '{"a":1}', '{"b":2}', '{"a":1,"b":2}'],
    ['replaces leaves, and a value by null', '{"a":1,"b":{"x":1}}', '{"a":0,"b":null}', '{"a":0,"b":null}'],
    ['merges objects', '{"a":{"x":1}}', '{"a":{"y":2}}', '{"a":{"x":1,"y":2}}'],
    ['merges lists of one length', '{"a":[{"x":1},null]}', '{"a":[{"y":2},{"y":3}]}', '{"a":[{"x":1,"y":2},{"y":3}]}'],
    ['replaces lists of another length', '{"a":[{"x":1}]}', '{"a":[]}', '{"a":[]}'],
    ['merges lists in lists', '{"a":[[{"x":1}],[]]}', '{"a":[[{"y":2}],[{"y":3}]]}', '{"a":[[{"x":1,"y":2}],[{"y":3}]]}'],
    ['replaces a leaf by an object and back', '{"a":1,"b":{"x":1}}', '{"a":{"x":1},"b":""}', '{"a":{"x":1},"b":""}'],
    ['has keys that objects have a meaning for as any other', '{"constructor":{"a":1}}', '{"constructor":{"b":2},"__proto__":{"c":3}}', '{"constructor":{"a":1,"b":2},"__proto__":{"c":3}}'],
  ])('%s', (_, target, source, merged) => {
    for (const shared of [false, true]) {
      const into = json(target);
      const from = json(source);
      mergeInto(into, from, shared);
      expect(JSON.stringify(into)).toBe(merged);
      if (shared) expect(JSON.stringify(from)).toBe(JSON.stringify(json(source)));
    }
  });

  it('changes no prototype, whatever a service answers', () => {
    const target: Json = { a: {} };
    mergeInto(target, json('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"a":{"__proto__":{"polluted":1}}}'));
    mergeInto(target, json('{"__proto__":{"polluted":2},"constructor":{"prototype":{"polluted":2}}}'));
    expect(({} as Json)['polluted']).toBeUndefined();
    expect(target['polluted']).toBeUndefined();
    expect((target['a'] as Json)['polluted']).toBeUndefined();
    expect([target, target['a']].map((object) => Object.getPrototypeOf(object) as unknown)).toEqual([Object.prototype, Object.prototype]);
  });

  it('shares no object with what others have too', () => {
    const source = json('{"a":{"b":[{"c":1}]}}');
    const [one, two]: [Json, Json] = [{}, { a: { b: [{}] } }];
    mergeInto(one, source, true);
    mergeInto(two, source, true);
    mergeInto(one, json('{"a":{"b":[{"c":2,"d":2}]}}'));
    mergeInto(two, json('{"a":{"b":[{"d":3}]}}'));
    expect([one, two, source]).toEqual([{ a: { b: [{ c: 2, d: 2 }] } }, { a: { b: [{ c: 1, d: 3 }] } }, { a: { b: [{ c: 1 }] } }]);
  });
});

describe('copyOf', () => {
  it('copies plain data to the bottom and leaves values as they are', () => {
    const day = new Date(0);
    const data = { day, list: [{ a: 1 }], none: null };
    const copy = copyOf(data);
    expect(copy).toEqual(data);
    expect([copy === data, copy.list[0] === data.list[0], copy.day === day]).toEqual([false, false, true]);
  });

  it('keeps __proto__ as a key', () => {
    const copy = copyOf(json('{"__proto__":{"a":1}}'));
    expect(JSON.stringify(copy)).toBe('{"__proto__":{"a":1}}');
    expect(copy['a']).toBeUndefined();
  });
});
