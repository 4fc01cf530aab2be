import { getIntrospectionQuery, parse } from 'graphql';
import { scanText } from './scan';
import { clientTexts } from './testing/hub-schema';

describe('scan', () => {
  it('counts tokens as the parser does', () => {
    const texts = [
      ...clientTexts.values(), getIntrospectionQuery(),
      String.raw`query A($a:[Int!]=[1,-2,0.5,1e9,1.5E-3],$b:String="a\"}{\\")@d(x:"#"){...F ...on X{a(b:"""block \""" { " ""c""")} b:c}#{{{` + '\nfragment F on X{a}',
    ];
    for (const text of texts) expect(scanText(text).tokens).toBe(parse(text).tokenCount);
  });

  it.each([
    ['{ a { b(c: [[1]]) } }', 4],
    ['{ a(b: "{{{{") }', 1],
    ['{ a # {{{{\n }', 1],
    ['{ a(b: """{{ \\""" {{""") { c } }', 2],
    ['{ a(b: "\\"{{{") }', 1],
    ['}}}} {', 0],
    ['{'.repeat(5_000), 5_000],
    ['', 0],
  ])('sees how deep %s goes', (text, nesting) => {
    expect(scanText(text).nesting).toBe(nesting);
  });

  it('takes time in proportion to the text', () => {
    for (const part of ['"', '"""', '#', '\\', '"\\', '{"', '...', '1.', '"\n']) {
      const began = performance.now();
      scanText(part.repeat(Math.floor(2_000_000 / part.length)));
      expect(performance.now() - began).toBeLessThan(5_000);
    }
  });
});
