import { gtinCheckDigit, isUscc, provinceShortNames } from './identifiers';
import { cleanText } from './text';

const token = {
  phone: '〔电话〕', identity: '〔证件号〕', email: '〔邮箱〕', account: '〔账号〕', plate: '〔车牌〕', handle: '〔社交账号〕', name: '〔姓名〕',
  address: '〔住址〕', number: '〔号码〕',
} as const;

interface Clue {
  readonly pattern: RegExp;
  readonly token: string;
  /** A match that is no clue after all. */
  readonly unless?: (match: string) => boolean;
}

/** What people put between the groups of a number. */
const gap = '[ \\t·.\\-‐-―_/]{0,2}';
/** A value that stands behind its label, the label itself staying in the text. */
const behind = (labels: string, value: string): RegExp =>
  new RegExp(`(?<=(?:${labels})(?:号码|帐号|账号|号|码)?[\\s:是为=]{0,4})${value}`, 'giu');
const digits = (least: number): string => `\\d(?:[ -]?\\d){${least - 1},29}`;
const handle = '[a-z0-9][a-z0-9_-]{3,}';
const han = '\\p{Script=Han}';

const barCode = (code: string): boolean => /^0?69\d{11}$/.test(code) && gtinCheckDigit(code.slice(0, -1)) === code.at(-1);
const traceCode = (code: string): boolean => code.length === 20;

/** The narrow ones first, so that a number gets the name of what it is. */
const clues: readonly Clue[] = [
  { token: token.email, pattern: /[a-z0-9._%+-]+@(?=[a-z0-9.-]*[a-z])[a-z0-9-]+(?:\.[a-z0-9-]+)*/giu },
  { token: token.handle, pattern: behind('微信|微博|(?:抖音|快手|小红书|支付宝|淘宝|旺旺)(?:账号|帐号|号|id)', handle) },
  { token: token.handle, pattern: new RegExp(`(?<=(?<![a-z0-9])(?:qq|vx|wx|wechat|weixin|telegram|whatsapp|skype)(?:号码|号)?[\\s:是为=]{1,4})${handle}`, 'giu') },
  { token: token.handle, pattern: /(?<=(?<![a-z0-9])qq(?:号码|号)?)\d{5,12}/giu },
  { token: token.identity, pattern: behind('身份证件?|护照|军官证|士兵证|居住证|港澳通行证|台胞证|社保卡|医保卡', '[a-z0-9]{6,}') },
  // 公民身份号码, whole or in groups. A credit code that happens to have its shape goes with it.
  { token: token.identity, pattern: /(?<!\d)[1-9]\d{5}[ -]?(?:19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[\dXx](?!\d)/gu },
  { token: token.account, pattern: behind('银行卡|卡|账户|帐户|账|帐', digits(9)) },
  { token: token.account, pattern: /(?<!\d)\d{4}(?:[ -]\d{4}){3}(?:[ -]?\d{1,4})?(?!\d)/gu },
  { token: token.phone, pattern: new RegExp(`(?<!\\d)(?:(?:\\+|00)?86${gap})?1[3-9]\\d${gap}\\d{4}${gap}\\d{4}(?!\\d)`, 'gu') },
  { token: token.phone, pattern: /(?<!\d)(?:\(0\d{2,3}\)|0\d{2,3})[ -]?\d{7,8}(?:(?:转|-)\d{1,6})?(?!\d)/gu },
  { token: token.phone, pattern: behind('联系电话|联系方式|电话|手机|座机|传真|致电|拨打|tel|phone|mobile', `\\+?${digits(6)}`) },
  {
    token: token.plate,
    pattern: new RegExp(
      `[${provinceShortNames}][A-HJ-NP-Z][ ·.-]?(?=[A-Z0-9]{0,5}\\d)[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳]{1,2}(?![A-Z0-9])`, 'giu'),
  },
  {
    token: token.address,
    pattern: behind('家庭住址|居住地址|通信地址|通讯地址|收货地址|住址|家住|我住在|本人住在', '(?![:是为=])[^\\s,，。;；!！?？〔〕]{2,60}'),
  },
  {
    token: token.name,
    pattern: new RegExp(
      `(?<=我叫|名叫|本人叫|(?:姓名|举报人|投诉人|联系人|患者|家属)\\s{0,2}[:=]\\s{0,2})(?:${han}{1,8}(?:·${han}{1,8})+|${han}{2,4})`, 'gu'),
    unless: (match) => /^[男女]/u.test(match),
  },
  { token: token.number, pattern: /[零〇一二三四五六七八九两幺]{7,}/gu },
  // Whatever else is as long as a phone number: orders, accounts, cards.
  { token: token.number, pattern: /\d{11,}/gu, unless: (match) => barCode(match) || traceCode(match) },
];

/** A text and how it reads: full-width, circled and mathematical digits and letters are clues as well. */
interface Reading {
  readonly text: string;
  /** In compatibility forms. */
  readonly folded: string;
  /** For every unit of the folded text, where its character begins in the text; one more for the end. */
  readonly starts: readonly number[];
  /** Where credit codes of enterprises stand, which say nothing of a person; one that is all digits looks like an account. */
  readonly creditCodes: readonly number[];
}

function read(text: string): Reading {
  let folded = '';
  const starts: number[] = [];
  let at = 0;
  for (const character of text) {
    const form = character.normalize('NFKC');
    for (let i = 0; i < form.length; i += 1) starts.push(at);
    folded += form;
    at += character.length;
  }
  starts.push(at);
  const codes = [...folded.matchAll(/(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])/gu)].filter(([code]) => isUscc(code));
  return { text, folded, starts, creditCodes: codes.map((match) => match.index) };
}

function cut(reading: Reading, clue: Clue): Reading {
  const { text, folded, starts } = reading;
  const codes = clue.token === token.identity ? [] : reading.creditCodes;
  let result = '';
  let from = 0;
  for (const match of folded.matchAll(clue.pattern)) {
    const first = match.index;
    const end = first + match[0].length;
    const start = starts[first] ?? 0;
    // A character that folds into several may hold the end of one clue and the beginning of the next.
    if (start < from || clue.unless?.(match[0]) || codes.some((at) => at <= first && end <= at + 18)) continue;
    let after = end;
    while (after < folded.length && starts[after] === starts[after - 1]) after += 1;
    result += text.slice(from, start) + clue.token;
    from = starts[after] ?? text.length;
  }
  return from === 0 ? reading : read(result + text.slice(from));
}

/**
 * Takes out of a free text what could lead to the person who wrote it or to a patient: phones, identity numbers, e-mail, bank accounts,
 * plates, messenger handles, and names and addresses behind their label.
 *
 * It rather takes out too much. What stays because the case needs it: credit codes of enterprises; approval, licence, batch and document
 * numbers; days and amounts; bar codes and trace codes of products. A name without a label is beyond a rule: whoever takes a text in
 * still reads it.
 *
 * @param text - as it was written
 * @returns the text as it may be stored: cleaned, with a word in 〔〕 for every clue; scrubbing it again changes nothing
 * @see 市场监督管理投诉举报处理办法 art. 37; 药品不良反应报告和监测管理办法 art. 55
 */
export function scrub(text: string): string {
  let before = read(cleanText(text));
  let after = clues.reduce(cut, before);
  // What one clue leaves behind may be another: it is repeated until nothing changes.
  while (after.text !== before.text) {
    before = after;
    after = clues.reduce(cut, before);
  }
  return after.text;
}
