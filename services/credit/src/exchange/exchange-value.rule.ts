import { type PartyKind, partyKind, type PenaltyKind, penaltyKind, type ProductDomain, violationType } from '@casebridge/contracts';
import { isCivilDate } from '@casebridge/kernel';

/** Days as they stand in such files: `2026-06-01`, `2026/6/1`, `2026.6.1`, `2026年6月1日`, `20260601`, with or without a time; null for what is none. */
export function readDay(text: string): string | null {
  const plain = text.normalize('NFKC').trim();
  const parts = /^(\d{4})(?:-|\/|\.|年)(\d{1,2})(?:-|\/|\.|月)(\d{1,2})日?(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(plain) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (parts) {
    const day = `${parts[1]}-${parts[2]!.padStart(2, '0')}-${parts[3]!.padStart(2, '0')}`;
    return isCivilDate(day) ? day : null;
  }
  return serialDay(plain);
}

/** Days as a sheet counts them, from 30 December 1899; between 1954 and 2119, so that no other number is taken for one. */
function serialDay(text: string): string | null {
  if (!/^\d{5}(?:\.\d+)?$/.test(text)) return null;
  const serial = Math.floor(Number(text));
  if (serial < 20_000 || serial > 80_000) return null;
  return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10);
}

const otherNames: Readonly<Record<string, PenaltyKind | readonly PenaltyKind[]>> = {
  '没收违法所得、没收非法财物': ['CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS'], '没收违法所得和非法财物': ['CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS'],
  没收违法所得没收非法财物: ['CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS'], 没收: ['CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS'],
  暂扣许可证: 'LICENCE_SUSPENSION', 暂扣执照: 'LICENCE_SUSPENSION', 吊销许可证: 'LICENCE_REVOCATION', 吊销执照: 'LICENCE_REVOCATION', 吊销营业执照: 'LICENCE_REVOCATION',
  限制开展生产经营: 'BUSINESS_RESTRICTION', 行业禁入: 'INDUSTRY_BAN', 拘留: 'DETENTION',
};
const byName = new Map<string, readonly PenaltyKind[]>([
  ...penaltyKind.codes.map((code) => [penaltyKind.labels[code].zh, [code]] as const),
  ...Object.entries(otherNames).map(([name, kinds]) => [name, typeof kinds === 'string' ? [kinds] : kinds] as const),
]);

/** Kinds of penalty joined by `;`; `其他-…` is another one. The words that are no kind come back as `unknown`. */
export function readPenaltyKinds(text: string): { readonly kinds: readonly PenaltyKind[]; readonly unknown: readonly string[] } {
  const plain = text.normalize('NFKC').replace(/\s+/gu, '');
  const words = byName.has(plain) ? [plain] : plain.split(/[;,|]/u).filter((word) => word !== '');
  const found = words.map((word) => byName.get(word) ?? (/^其他(?:-.*)?$/u.test(word) ? (['OTHER'] as const) : null));
  return { kinds: [...new Set(found.flatMap((kinds) => kinds ?? []))], unknown: words.filter((_, i) => found[i] === null) };
}

/** The kinds as one cell. */
export const penaltyKindsText = (kinds: readonly PenaltyKind[]): string =>
  kinds.map((kind) => (kind === 'OTHER' ? '其他-其他行政处罚' : penaltyKind.labels[kind].zh)).join(';');

const partyNames: Readonly<Record<string, PartyKind>> = {
  法人及非法人组织: 'ENTITY', 法人和非法人组织: 'ENTITY', 法人: 'ENTITY', 非法人组织: 'ENTITY', 个体工商户: 'ENTITY', 个体: 'ENTITY', 单位: 'ENTITY', 自然人: 'PERSON', 个人: 'PERSON',
};
/** Of the categories no official list could be read; null for a word that says neither. */
export const readPartyKind = (text: string): PartyKind | null => partyNames[text.normalize('NFKC').replace(/\s+/gu, '')] ?? null;
export const partyKindText: Readonly<Record<PartyKind, string>> = { ENTITY: '法人及非法人组织', PERSON: partyKind.labels.PERSON.zh };

const byViolation = new Map(violationType.codes.map((code) => [violationType.labels[code].zh, code]));
/** The code of a violation that the file names as the code list does; else its own words. */
export const readViolation = (text: string): string => byViolation.get(text) ?? text;

/** What the goods were, for the class of disclosure: the record has no item that says so. */
export function domainOf(texts: readonly string[]): ProductDomain {
  const all = texts.join(' ');
  if (/器械/u.test(all)) return 'DEVICE';
  if (/化妆品/u.test(all)) return 'COSMETIC';
  return /药|疫苗|不良反应/u.test(all) ? 'DRUG' : 'GENERAL';
}
