import { isCivilDate } from './civil-date';

/**
 * Identifiers and their check digits. Every test takes the canonical spelling (upper case, no spaces);
 * `normaliseCode` and `normaliseDocumentNo` bring what people type into it.
 */

/** An identifier as it is compared: compatibility forms folded, no white space or hidden characters, upper case. */
export const normaliseCode = (text: string): string => text.normalize('NFKC').replace(/[\s\p{C}]+/gu, '').toUpperCase();

// ——— 统一社会信用代码 unified social credit code, GB 32100-2015 ———

const usccAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'; // no I O S V Z
const usccWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const usccPattern = /^[0-9A-HJ-NPQRTUWXY]{2}\d{6}[0-9A-HJ-NPQRTUWXY]{10}$/;
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2];

/**
 * The 18th character of a code, from the first 17.
 *
 * @throws RangeError when the body is not 17 characters of the alphabet
 * @see GB 32100-2015: C18 = (31 − Σ Ci·Wi mod 31) mod 31
 */
export function usccCheckDigit(body: string): string {
  if (body.length !== 17) throw new RangeError('The body of a credit code has 17 characters');
  return usccAlphabet[(31 - (weigh(body, usccAlphabet, usccWeights) % 31)) % 31]!;
}

/**
 * The 9th character of an organisation code, from the first 8.
 *
 * @throws RangeError when the body is not 8 digits or capital letters
 * @see GB 11714-1997: C9 = 11 − Σ Ci·Wi mod 11, where 10 is written X and 11 is written 0
 */
export function organisationCheckDigit(body: string): string {
  if (body.length !== 8) throw new RangeError('The body of an organisation code has 8 characters');
  return '0X987654321'[weigh(body, '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ', organisationWeights) % 11]!;
}

/** Whether a code has the form and both check digits: its own, and that of the organisation code in positions 9 to 17. */
export const isUscc = (value: unknown): value is string =>
  typeof value === 'string' &&
  usccPattern.test(value) &&
  organisationCheckDigit(value.slice(8, 16)) === value[16] &&
  usccCheckDigit(value.slice(0, 17)) === value[17];

/**
 * A whole credit code from its parts, for demo data.
 *
 * @param parts - department and class (2 characters, e.g. `91`), region (GB/T 2260), body of the organisation code (8)
 * @throws RangeError when the parts do not make a code
 */
export function composeUscc(parts: { readonly department: string; readonly region: string; readonly organisation: string }): string {
  const body = parts.department + parts.region + parts.organisation + organisationCheckDigit(parts.organisation);
  const code = body + usccCheckDigit(body);
  if (!isUscc(code)) throw new RangeError(`No credit code can be made of ${body}`);
  return code;
}

// ——— 公民身份号码 citizen identity number, GB 11643-1999 ———

const citizenIdWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/**
 * The 18th character of an identity number, from the first 17.
 *
 * @throws RangeError when the body is not 17 digits
 * @see GB 11643-1999; ISO 7064 MOD 11-2
 */
export function citizenIdCheckDigit(body: string): string {
  if (body.length !== 17) throw new RangeError('The body of an identity number has 17 digits');
  return '10X98765432'[weigh(body, '0123456789', citizenIdWeights) % 11]!;
}

/** Whether an identity number has the form, a day of birth that existed, from 1800 on, and the right check digit. */
export const isCitizenId = (value: unknown): value is string =>
  typeof value === 'string' &&
  /^[1-9]\d{5}(?:18|19|20)\d{9}[\dX]$/.test(value) &&
  isCivilDate(citizenBirthDate(value)) &&
  citizenIdCheckDigit(value.slice(0, 17)) === value[17];

/** The day of birth that an identity number carries, as YYYY-MM-DD; only meaningful for a valid number. */
export const citizenBirthDate = (id: string): string => `${id.slice(6, 10)}-${id.slice(10, 12)}-${id.slice(12, 14)}`;

// ——— Drugs and licences ———

export interface DrugApprovalNo {
  /** H 化学药 chemical, Z 中药 traditional Chinese, S 生物制品 biological. */
  readonly category: 'H' | 'Z' | 'S';
  readonly origin: 'DOMESTIC' | 'HK_MO_TW' | 'OVERSEAS';
  /** The eight digits: year and serial since 2020; older ones are coded otherwise, so they are not taken apart. */
  readonly digits: string;
}

/**
 * A drug approval number (药品批准文号), or null.
 *
 * @see 药品注册管理办法 art. 123
 */
export function parseDrugApprovalNo(text: string): DrugApprovalNo | null {
  const match = /^国药准字([HZS])([CJ]?)(\d{8})$/.exec(text);
  if (!match) return null;
  const origin = match[2] === 'C' ? 'HK_MO_TW' : match[2] === 'J' ? 'OVERSEAS' : 'DOMESTIC';
  return { category: match[1] as DrugApprovalNo['category'], origin, digits: match[3]! };
}

/** Whether a text is an approval number as they are given today. */
export const isDrugApprovalNo = (text: string): boolean => parseDrugApprovalNo(text) !== null;

/** Numbers given under former rules, some still in force: 国药准字 B, F, J, T and registration certificates of imports (not verified). */
export const isLegacyDrugApprovalNo = (text: string): boolean => /^(?:国药准字[BFJT]\d{8}|(?:进口药品注册证号)?[HZS]C?\d{8})$/.test(text);

/** The one-character names of the provinces, as licences and registration numbers begin with them. */
export const provinceShortNames = '京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川贵云藏陕甘青宁新';

const productionLicencePattern = new RegExp(`^[${provinceShortNames}](?:19|20)\\d{6}$`, 'u');
const distributionLicencePattern = new RegExp(`^[${provinceShortNames}][A-D][AB]\\d{9}$`, 'u');

/**
 * Whether a text is the number of a drug production licence (药品生产许可证): province, year (4), serial (4).
 *
 * @see 药品生产监督管理办法 art. 76
 */
export const isProductionLicenceNo = (text: string): boolean => productionLicencePattern.test(text);

/**
 * Whether a text is the number of a drug distribution licence (药品经营许可证): province, class (2 letters), region (4), serial (5).
 *
 * First letter: A wholesale, B chain headquarters, C chain shop, D single shop; second: A legal person, B not.
 *
 * @see 药品经营和使用质量监督管理办法 art. 76; the letters from provincial numbering notices under it
 */
export const isDistributionLicenceNo = (text: string): boolean => distributionLicencePattern.test(text);

// ——— Document numbers ———

/**
 * A document number (文号) as it is compared: full-width digits and letters folded, no spaces, the year in 〔〕.
 *
 * `沈市监处罚[2026] 12 号` and `沈市监处罚（2026）12号` both become `沈市监处罚〔2026〕12号`.
 */
export const normaliseDocumentNo = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\p{C}]+/gu, '')
    .replace(/[[({【〔〖「](\d{4})[\])}】〕〗」]/gu, '〔$1〕');

export interface DocumentNo {
  /** Agency and kind of document, e.g. `沈市监处罚`. */
  readonly prefix: string;
  readonly year: number;
  /** Running number, with a part after a hyphen where one decision is served in several. */
  readonly serial: string;
}

/**
 * Takes apart the number of a penalty decision, a referral letter or another document that is numbered by year; null when it is none.
 *
 * @see 市场监督管理行政处罚文书格式范本 forms 5, 6, 45
 */
export function parseDocumentNo(text: string): DocumentNo | null {
  const match = /^(.{1,20}?)〔(\d{4})〕(\d+(?:-\d+)?)号$/u.exec(normaliseDocumentNo(text));
  return match ? { prefix: match[1]!, year: Number(match[2]), serial: match[3]! } : null;
}

// ——— 药品追溯码 drug trace code ———

/**
 * The check digit of a GTIN, from the digits before it.
 *
 * @throws RangeError when the body is not 7, 11, 12 or 13 digits
 * @see GS1 General Specifications 7.9: weights 3 and 1 from the right, modulo 10
 */
export function gtinCheckDigit(body: string): string {
  if (!/^(?:\d{7}|\d{11,13})$/.test(body)) throw new RangeError('The body of a GTIN has 7, 11, 12 or 13 digits');
  const sum = [...body].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** GTIN, then in any order dates, batch (at most 20) and a serial number (at most 20), as printed beside the symbol. */
const gs1Pattern = /^\(01\)(\d{14})(?:\((?:11|17)\)\d{6}|\((?:10|21)\)[!-'*-~]{1,20})+$/;

/**
 * Whether a text is a drug trace code: 20 digits, or a GS1 string `(01)GTIN…(21)serial` with the right check digit.
 *
 * @see NMPAB/T 1002-2019 (from secondary sources)
 */
export function isTraceCode(text: string): boolean {
  if (/^\d{20}$/.test(text)) return true;
  const gtin = gs1Pattern.exec(text)?.[1];
  return gtin !== undefined && text.includes('(21)') && gtinCheckDigit(gtin.slice(0, 13)) === gtin[13];
}

function weigh(text: string, alphabet: string, weights: readonly number[]): number {
  let sum = 0;
  for (const [index, character] of [...text].entries()) {
    const value = alphabet.indexOf(character);
    if (value < 0) throw new RangeError(`Not a character of such a code: ${character}`);
    sum += value * weights[index]!;
  }
  return sum;
}
