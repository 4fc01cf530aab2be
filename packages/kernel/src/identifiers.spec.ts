import fc from 'fast-check';
import {
  citizenBirthDate, citizenIdCheckDigit, composeUscc, gtinCheckDigit, isCitizenId, isDistributionLicenceNo, isDrugApprovalNo, isLegacyDrugApprovalNo,
  isProductionLicenceNo, isTraceCode, isUscc, normaliseCode, normaliseDocumentNo, organisationCheckDigit, parseDocumentNo, parseDrugApprovalNo,
  provinceShortNames, usccCheckDigit,
} from './identifiers';

const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const text = (alphabet: string, length: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((characters) => characters.join(''));

const anyUscc = fc
  .record({ department: text(usccAlphabet, 2), region: text('0123456789', 6), organisation: text(usccAlphabet, 8) })
  .map((parts) => composeUscc(parts));

const anyCitizenId = fc
  .record({
    region: fc.integer({ min: 100_000, max: 999_999 }),
    born: fc.date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2026-11-21T00:00:00Z'), noInvalidDate: true }),
    serial: text('0123456789', 3),
  })
  .map(({ region, born, serial }) => {
    const body = `${region}${born.toISOString().slice(0, 10).replace(/-/g, '')}${serial}`;
    return body + citizenIdCheckDigit(body);
  });

/** Every text that differs from this one in one character. */
function* singleChanges(code: string, alphabet: string): Generator<string> {
  for (const [index, old] of [...code].entries()) {
    for (const other of alphabet) if (other !== old) yield code.slice(0, index) + other + code.slice(index + 1);
  }
}

describe('unified social credit code', () => {
  // Public sample values that circulate with the standard.
  it.each(['91350100M000100Y43', '9144030071526726XG', '91330100799655058B'])('accepts %s', (code) => {
    expect(isUscc(code)).toBe(true);
    expect(usccCheckDigit(code.slice(0, 17))).toBe(code[17]);
    expect(organisationCheckDigit(code.slice(8, 16))).toBe(code[16]);
  });

  it.each([
    ['too short', '91350100M000100Y4'], ['too long', '91350100M000100Y430'], ['lower case', '91350100m000100y43'], ['a letter outside the alphabet', '91350100M000100O43'],
    ['a letter in the region', '913501A0M000100Y43'], ['a space', ' 91350100M000100Y43'], ['a line end', '91350100M000100Y43\n'], ['nothing', ''], ['no text', 913501], ['null', null],
  ])('refuses %s', (_, code) => expect(isUscc(code)).toBe(false));

  it('is refused when only the organisation code inside is wrong', () => {
    const body = '91350100M000100Y5';
    expect(isUscc(body + usccCheckDigit(body))).toBe(false);
  });

  it('catches every change of a single character', () => {
    fc.assert(
      fc.property(anyUscc, (code) => {
        expect(isUscc(code)).toBe(true);
        for (const changed of singleChanges(code, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ')) if (isUscc(changed)) throw new Error(`${code} → ${changed} not caught`);
      }),
      { numRuns: 50 },
    );
  });

  it('catches them by its own digit alone, too', () => {
    fc.assert(
      fc.property(anyUscc, (code) => {
        for (const changed of singleChanges(code.slice(0, 17), usccAlphabet)) if (usccCheckDigit(changed) === code[17]) throw new Error(`${changed} not caught`);
      }),
      { numRuns: 50 },
    );
  });

  it('writes 10 as X and 11 as 0 in the organisation code', () => {
    const digits = new Set(Array.from({ length: 200 }, (_, i) => organisationCheckDigit(String(10_000_000 + i))));
    expect([...digits].sort()).toEqual([...'0123456789X']);
    expect(organisationCheckDigit('71526726')).toBe('X');
  });

  it('makes the weighted sums congruent, as the standards put it', () => {
    const value = (character: string): number => Number.parseInt(character, 36);
    fc.assert(
      fc.property(anyUscc, (code) => {
        const characters = [...code];
        const whole = characters.reduce((sum, c, i) => sum + usccAlphabet.indexOf(c) * (i === 17 ? 1 : 3 ** i % 31), 0);
        expect(whole % 31).toBe(0);
        const organisation = [3, 7, 9, 10, 5, 8, 4, 2].reduce((sum, weight, i) => sum + weight * value(characters[8 + i]!), 0);
        expect((organisation + (code[16] === 'X' ? 10 : Number(code[16]))) % 11).toBe(0);
      }),
    );
  });

  it('cannot be made of what is not its alphabet or length', () => {
    expect(() => usccCheckDigit('91350100M000100Y')).toThrow(RangeError);
    expect(() => usccCheckDigit('91350100M000100I4')).toThrow(RangeError);
    expect(() => organisationCheckDigit('1234567')).toThrow(RangeError);
    expect(() => organisationCheckDigit('1234567x')).toThrow(RangeError);
    expect(() => composeUscc({ department: '91', region: '21010A', organisation: 'MA0P4X2B' })).toThrow(RangeError);
  });
});

describe('citizen identity number', () => {
  it('accepts the example of the standard', () => {
    expect(isCitizenId('11010519491231002X')).toBe(true);
    expect(citizenIdCheckDigit('11010519491231002')).toBe('X');
    expect(citizenBirthDate('11010519491231002X')).toBe('1949-12-31');
  });

  it.each([
    ['the wrong digit', '110105194912310021'], ['lower case', '11010519491231002x'], ['fifteen digits', '110105491231002'], ['a space', '11010519491231002X '],
    ['a region that begins with 0', '01010519491231002X'], ['no text', 11010519491231], ['nothing', ''],
  ])('refuses %s', (_, id) => expect(isCitizenId(id)).toBe(false));

  it.each(['19490229', '19491301', '19490431', '17991231', '21000101', '19490100'])('refuses the birth date %s, whatever the check digit', (born) => {
    const body = `110105${born}002`;
    expect(isCitizenId(body + citizenIdCheckDigit(body))).toBe(false);
  });

  it('catches every change of a single character', () => {
    fc.assert(
      fc.property(anyCitizenId, (id) => {
        expect(isCitizenId(id)).toBe(true);
        for (const changed of singleChanges(id, '0123456789X')) if (isCitizenId(changed)) throw new Error(`${id} → ${changed} not caught`);
      }),
    );
  });

  it('makes the weighted sum congruent to 1, as ISO 7064 puts it', () => {
    fc.assert(
      fc.property(anyCitizenId, (id) => {
        expect([...id].reduce((sum, c, i) => sum + (c === 'X' ? 10 : Number(c)) * 2 ** (17 - i), 0) % 11).toBe(1);
      }),
    );
  });

  it('cannot be made of what is not digits', () => {
    expect(() => citizenIdCheckDigit('1101051949123100')).toThrow(RangeError);
    expect(() => citizenIdCheckDigit('1101051949123100X')).toThrow(RangeError);
  });
});

describe('drug approval number', () => {
  it.each([
    ['国药准字H20260001', { category: 'H', origin: 'DOMESTIC', digits: '20260001' }],
    ['国药准字ZC20260001', { category: 'Z', origin: 'HK_MO_TW', digits: '20260001' }],
    ['国药准字SJ20260001', { category: 'S', origin: 'OVERSEAS', digits: '20260001' }],
  ])('reads %s', (no, expected) => {
    expect(parseDrugApprovalNo(no)).toEqual(expected);
    expect(isDrugApprovalNo(no)).toBe(true);
  });
  it.each(['国药准字B20260001', '国药准字H2026001', '国药准字H202600011', '国药准字HX20260001', '国药准字h20260001', '国药准字 H20260001', 'H20260001', ''])('does not read %s', (no) => {
    expect(parseDrugApprovalNo(no)).toBeNull();
    expect(isDrugApprovalNo(no)).toBe(false);
  });
  it.each(['国药准字B20020001', '国药准字J20050001', '进口药品注册证号H20150001', '进口药品注册证号ZC20150001', 'HC20150001'])('knows %s as of former rules', (no) => {
    expect(isLegacyDrugApprovalNo(no)).toBe(true);
    expect(isDrugApprovalNo(no)).toBe(false);
  });
  it.each(['国药准字H20260001', '国药准字X20020001', 'H2015001'])('does not know %s as of former rules', (no) => expect(isLegacyDrugApprovalNo(no)).toBe(false));
});

describe('licence numbers', () => {
  it('has 31 provinces, each once', () => expect(new Set(provinceShortNames).size).toBe(31));
  it.each(['辽20260001', '京20200123'])('%s is a production licence', (no) => expect(isProductionLicenceNo(no)).toBe(true));
  it.each(['辽2026001', '辽202600011', '中20260001', '辽30260001', '20260001', '辽AA2410001', ''])('%s is no production licence', (no) => expect(isProductionLicenceNo(no)).toBe(false));
  it.each(['辽AA241000001', '琼BA898000001', '京DB010100042'])('%s is a distribution licence', (no) => expect(isDistributionLicenceNo(no)).toBe(true));
  it.each(['辽AC241000001', '辽EA241000001', '辽AA24100001', '辽AA2410000011', '辽aa241000001', '中AA241000001', ''])('%s is no distribution licence', (no) => expect(isDistributionLicenceNo(no)).toBe(false));
});

describe('document number', () => {
  it.each(['沈市监处罚[2026]12号', '沈市监处罚(2026)12号', '沈市监处罚（2026）12号', '沈市监处罚【2026】12号', '沈市监处罚〔2026〕12号', '沈市监处罚［２０２６］１２号', ' 沈市监处罚〔2026〕 12 号\u200b'])(
    'brings %s into one spelling',
    (no) => expect(normaliseDocumentNo(no)).toBe('沈市监处罚〔2026〕12号'),
  );
  it('leaves brackets that hold no year', () => expect(normaliseDocumentNo('沈市监（和平）处罚(2026)12号')).toBe('沈市监(和平)处罚〔2026〕12号'));
  it('changes nothing the second time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (t) => expect(normaliseDocumentNo(normaliseDocumentNo(t))).toBe(normaliseDocumentNo(t))));
  });

  it.each([
    ['沈市监处罚〔2026〕12号', { prefix: '沈市监处罚', year: 2026, serial: '12' }],
    ['辽药监药罚（2026）3-1号', { prefix: '辽药监药罚', year: 2026, serial: '3-1' }],
    ['沈市监涉罪移[2026]007号', { prefix: '沈市监涉罪移', year: 2026, serial: '007' }],
  ])('takes %s apart', (no, expected) => expect(parseDocumentNo(no)).toEqual(expected));
  it.each(['〔2026〕12号', '沈市监处罚2026第12号', '沈市监处罚〔26〕12号', '沈市监处罚〔2026〕号', '沈市监处罚〔2026〕12', '沈市监处罚〔2026〕12-号', `${'长'.repeat(21)}〔2026〕1号`, ''])(
    'does not take %s for one',
    (no) => expect(parseDocumentNo(no)).toBeNull(),
  );
});

describe('drug trace code', () => {
  it('knows the check digit of a GTIN', () => {
    expect(gtinCheckDigit('629104150021')).toBe('3'); // the example of the GS1 General Specifications
    expect(gtinCheckDigit('0000000')).toBe('0');
    expect(() => gtinCheckDigit('123')).toThrow(RangeError);
  });
  it.each(['81234560000000000001', '(01)06291041500213(21)A1', '(01)06291041500213(17)281231(10)B-7(21)00001'])('accepts %s', (code) => expect(isTraceCode(code)).toBe(true));
  it.each(['8123456000000000000', '812345600000000000012', '8123456000000000000X', '(01)06291041500214(21)A1', '(01)06291041500213', '(01)06291041500213(10)B7', '(01)06291041500213(21)', '(01)06291041500213(21)A(1', `(01)06291041500213(21)${'1'.repeat(21)}`, ''])(
    'refuses %s',
    (code) => expect(isTraceCode(code)).toBe(false),
  );
  it('answers at once for a hostile text', () => {
    const before = process.hrtime.bigint();
    expect(isTraceCode(`(01)06291041500213${'(10)A'.repeat(20_000)}(`)).toBe(false);
    expect(Number(process.hrtime.bigint() - before) / 1e6).toBeLessThan(500);
  });
});

describe('normaliseCode', () => {
  it('folds width, case, white space and hidden characters', () => expect(normaliseCode(' ９１3501００ m000100y43\u200b\t')).toBe('91350100M000100Y43'));
});
