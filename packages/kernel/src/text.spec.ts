import fc from 'fast-check';
import { bigrams, cleanLine, cleanText, containsPattern, hasHiddenCharacters, searchText } from './text';

/** What must not get in: terminal escapes, log forging, bidirectional tricks, invisible look-alikes, broken encodings. */
const hidden: readonly [name: string, character: string][] = [
  ['NUL', '\0'], ['escape', '\u001b'], ['backspace', '\b'], ['delete', '\u007f'], ['C1 control', '\u009b'],
  ['left-to-right override', '\u202d'], ['right-to-left override', '\u202e'], ['bidi isolate', '\u2066'], ['pop isolate', '\u2069'], ['right-to-left mark', '\u200f'], ['Arabic letter mark', '\u061c'],
  ['zero-width space', '\u200b'], ['zero-width joiner', '\u200d'], ['word joiner', '\u2060'], ['byte order mark', '\ufeff'], ['soft hyphen', '\u00ad'],
  ['Hangul filler', '\u3164'], ['grapheme joiner', '\u034f'], ['variation selector', '\ufe0f'], ['ideographic variation selector', '\u{e0100}'], ['tag', '\u{e0041}'],
  ['annotation anchor', '\ufff9'], ['lone high surrogate', '\ud800'], ['lone low surrogate', '\udfff'], ['non-character', '\uffff'],
];
const anyText = fc.string({ unit: 'binary', maxLength: 60 });
const nasty = fc.array(fc.oneof(fc.constantFrom(...hidden.map(([, c]) => c), ' ', '\n', '\r', '\t', '\u2028', '药', '品', 'e', '\u0301', 'Σ', 'İ'), anyText), { maxLength: 12 }).map((parts) => parts.join(''));

describe('cleanLine', () => {
  it.each(hidden)('takes out: %s', (_, character) => {
    expect(cleanLine(`沈阳${character}药业`)).toBe('沈阳药业');
    expect(cleanText(`沈阳${character}药业`)).toBe('沈阳药业');
    expect(hasHiddenCharacters(`沈阳${character}药业`)).toBe(true);
  });
  it.each(['\n', '\r\n', '\r', '\t', '\v', '\f', '\u0085', '\u2028', '\u2029', '\u00a0', '\u3000', '  '])('makes one space of %j', (space) => {
    expect(cleanLine(` a${space}b${space}`)).toBe('a b');
  });
  it('forges no log line', () => expect(cleanLine('ok\n2026-11-21 ERROR forged')).toBe('ok 2026-11-21 ERROR forged'));
  it('composes, but keeps what looks different', () => {
    expect(cleanLine('e\u0301')).toBe('\u00e9');
    expect(cleanLine('沈市监处罚（2026）１号 ㎎')).toBe('沈市监处罚（2026）１号 ㎎');
  });
  it('composes what stood apart only by something hidden', () => {
    expect(cleanLine('e\u200b\u0301')).toBe('\u00e9');
    expect(cleanText('e\u200b\u0301')).toBe('\u00e9');
    expect(searchText('E\u200b\u0301')).toBe('\u00e9');
  });
  it('keeps rare characters beyond the basic plane and for private use', () => {
    expect(cleanLine('𠮷野\u{20BB7}\ue000')).toBe('𠮷野\u{20BB7}\ue000');
  });
  it('leaves markup and formulas alone: they are encoded where they are shown', () => {
    expect(cleanLine('<script>=1+1</script>')).toBe('<script>=1+1</script>');
  });
});

describe('cleanText', () => {
  it('keeps lines, tabs and indentation, in one spelling of the line end', () => {
    expect(cleanText('\n一\r\n  二\t三  \r四\u2028五\n\n')).toBe('一\n  二\t三\n四\n五');
  });
});

describe('hasHiddenCharacters', () => {
  it.each(['', '药品 監督\t管理\r\n第二行', 'e\u0301', '𠮷', '（）《》', '\u3000缩进'])('finds none in %j', (text) => expect(hasHiddenCharacters(text)).toBe(false));
});

describe('every text', () => {
  it('is clean after cleaning, and cleaning again changes nothing', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        for (const clean of [cleanLine, cleanText, searchText]) {
          const once = clean(text);
          expect(clean(once)).toBe(once);
          expect(hasHiddenCharacters(once)).toBe(false);
          expect(once).toBe(once.trim());
        }
        expect(cleanLine(text)).not.toMatch(/[\n\r\t\u2028\u2029]|\s\s/u);
        expect(searchText(cleanLine(text))).toBe(searchText(text));
      }),
      { numRuns: 500 },
    );
  });

  it('settles for every single character there is', () => {
    const restless: string[] = [];
    for (let point = 0; point <= 0x10ffff; point += 1) {
      const character = String.fromCodePoint(point);
      const once = searchText(character);
      if (searchText(once) !== once || hasHiddenCharacters(once)) restless.push(point.toString(16));
    }
    expect(restless).toEqual([]);
  });
});

describe('searchText', () => {
  it.each([
    ['ＡＢＣ１２３', 'abc123'],
    ['沈阳（和平）药房', '沈阳(和平)药房'],
    ['5㎎', '5mg'],
    ['  国药准字\u200bＨ20260001\n', '国药准字h20260001'],
    ['Straße', 'straße'],
    ['\u212a', 'k'],
  ])('%j is searched as %j', (text, expected) => expect(searchText(text)).toBe(expected));
});

describe('bigrams', () => {
  it.each([
    ['药品', ['药品']],
    ['药品监督', ['药品', '品监', '监督']],
    ['药', ['药']],
    ['药品药品', ['药品', '品药']],
    ['沈阳 药房，甲', ['沈阳', '药房', '甲']],
    ['ＡＢＣ', ['ab', 'bc']],
    ['𠮷野家', ['𠮷野', '野家']],
    ['', []],
    ['！？　', []],
  ])('of %j are %j', (text, expected) => expect(bigrams(text)).toEqual(expected));

  it('of a part are among those of the whole', () => {
    const han = fc.array(fc.constantFrom(...'药品监督管理局沈阳，A1 '), { minLength: 2, maxLength: 30 });
    fc.assert(
      fc.property(han, fc.nat(), fc.nat(), (characters, a, b) => {
        const whole = searchText(characters.join(''));
        const from = a % (whole.length + 1);
        const part = whole.slice(from, from + (b % (whole.length + 1)));
        const pieces = new Set(bigrams(whole));
        for (const piece of bigrams(part)) if ([...piece].length === 2) expect(pieces.has(piece)).toBe(true);
      }),
    );
  });
});

describe('containsPattern', () => {
  it.each([
    ['药品', '%药品%'],
    ['100%', '%100\\%%'],
    ['a_b', '%a\\_b%'],
    ['c:\\d', '%c:\\\\d%'],
    ['', '%%'],
  ])('of %j is %j', (text, pattern) => expect(containsPattern(text)).toBe(pattern));
});
