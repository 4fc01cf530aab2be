import { type PartyKind, type PenaltyKind, penaltyKind } from '@casebridge/contracts';
import { formatYuan } from '@casebridge/kernel';

/** One penalty as the abstract tells it. */
export interface PenaltyForSummary {
  readonly kind: PenaltyKind;
  readonly partyKind: PartyKind;
  readonly partyName: string;
  readonly amountFen: number | null;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly forLife: boolean;
}

/**
 * What does not belong into a published decision, whatever officers typed into a name: identity numbers, telephone and account
 * numbers, e-mail, home addresses (O45 art. 6; the list is that of practice, not verified). Labels go with their values.
 */
const personalData: readonly RegExp[] = [
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gu,
  /(?:居民身份证|身份证件?|公民身份|证件|护照|联系电话|电话|手机|银行账户|银行账|账|卡)号码?\s*[:：为是]?\s*[0-9A-Za-z*＊+ -]*[0-9Xx*＊]/gu,
  /(?:联系电话|电话|手机|联系方式)\s*[:：为是]?\s*[0-9+][0-9*＊+ -]*/gu,
  /(?:现住址?|家住|住址|住所地?|家庭(?:住址|地址)|联系地址|户籍(?:所在)?地?|(?<!注册|经营|生产|营业|仓库)地址)\s*(?:[:：为是在][^，,；;。、()（）]+|[^，,；;。、()（）]*[省市区县镇乡街路巷弄号村楼室][^，,；;。、()（）]*)/gu,
  /(?<![0-9A-Za-z])[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx](?![0-9A-Za-z])/gu,
  /(?<![0-9A-Za-z])[1-9][0-9]{5}[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{3}(?![0-9A-Za-z])/gu,
  /(?<![0-9A-Za-z])[0-9]{16,19}(?![0-9A-Za-z])/gu,
  /(?:\+?86[- ]?)?(?<![0-9])1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}(?![0-9])/gu,
  /(?<![0-9])0[0-9]{2,3}[- ]?[0-9]{7,8}(?![0-9])/gu,
];

const fullWidthDigits = /[０-９]/gu;

/** A text without personal data that the public has no need of; a name that was nothing else reads 某. */
export const scrubPersonalData = (text: string): string => withoutPersonalData(text) || '某';

/** The same of one line of a longer text, of which nothing may be left. */
export function withoutPersonalData(text: string): string {
  const folded = text.replace(fullWidthDigits, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0));
  const clean = personalData.reduce((rest, pattern) => rest.replace(pattern, ''), folded);
  if (clean === folded) return folded; // what says nothing of a person stays to the letter
  return clean
    .replace(/[，,；;、\s]+(?=[）)])|(?<=[（(])[，,；;、\s]+/gu, '')
    .replace(/[（(]\s*[）)]/gu, '')
    .replace(/([，,；;、])[，,；;、\s]+/gu, '$1')
    .replace(/^[，,；;、\s]+|[，,、\s]+$/gu, '');
}

/**
 * The penalties of a decision in one Chinese line (处罚内容摘要), e.g. `罚款50,000元，没收违法所得1,200元；对某甲：限制从业（终身）`.
 *
 * @param partyName - the party of the decision, whose penalties come first and without a name
 * @param items - in the order of the decision; a natural person is named only as the penalised party that it is
 * @see O45 art. 4
 */
export function summarisePenalties(partyName: string, items: readonly PenaltyForSummary[]): string {
  const byParty = new Map<string, string[]>([[partyName, []]]);
  for (const item of items) byParty.set(item.partyName, [...(byParty.get(item.partyName) ?? []), phrase(item)]);
  return [...byParty]
    .filter(([, phrases]) => phrases.length > 0)
    .map(([name, phrases]) => (name === partyName ? phrases.join('，') : `对${scrubPersonalData(name)}：${phrases.join('，')}`))
    .join('；');
}

/**
 * What such a line says of one party; null where it says nothing of it.
 *
 * @param named - the party by its name; null: the one whose penalties come without a name
 */
export function summaryFor(named: string | null, summary: string): string | null {
  const own = summary.split('；').flatMap((part) => {
    const [, name = null, said = part] = /^对(.+?)：(.*)$/u.exec(part) ?? [];
    return name === named ? [said] : [];
  });
  return own.join('；') || null;
}

function phrase(item: PenaltyForSummary): string {
  const amount = item.amountFen === null ? '' : `${formatYuan(item.amountFen).slice(1).replace(/\.00$/, '')}元`;
  return `${penaltyKind.labels[item.kind].zh}${amount}${duration(item)}`;
}

function duration({ startsOn, endsOn, forLife }: PenaltyForSummary): string {
  if (forLife) return '（终身）';
  if (endsOn === null) return '';
  return startsOn === null ? `（至${endsOn}）` : `（${startsOn}至${endsOn}）`;
}
