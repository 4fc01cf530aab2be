import { addDays, addYears, type Citation, dal2019, dar2026, type Mark, mayBlock, val2019 } from '@casebridge/kernel';

/** How long a person may be banned under an article. */
type BanLength =
  | { readonly kind: 'FOR_LIFE' }
  | { readonly kind: 'EXACTLY'; readonly years: number }
  /** 十年直至终身. */
  | { readonly kind: 'AT_LEAST_OR_FOR_LIFE'; readonly years: number }
  /** 十年内……直至终身. */
  | { readonly kind: 'WITHIN_OR_FOR_LIFE'; readonly years: number };

interface BanRow {
  readonly citation: Citation;
  readonly length: BanLength;
}

export const banLengths: readonly BanRow[] = [
  { citation: dal2019(118), length: { kind: 'FOR_LIFE' } },
  { citation: dal2019(122), length: { kind: 'EXACTLY', years: 10 } },
  { citation: dal2019(123), length: { kind: 'EXACTLY', years: 10 } },
  { citation: dal2019(124), length: { kind: 'AT_LEAST_OR_FOR_LIFE', years: 10 } },
  { citation: dal2019(125), length: { kind: 'AT_LEAST_OR_FOR_LIFE', years: 10 } },
  { citation: dal2019(126), length: { kind: 'AT_LEAST_OR_FOR_LIFE', years: 10 } },
  { citation: dal2019(141), length: { kind: 'FOR_LIFE' } },
  { citation: dal2019(142), length: { kind: 'EXACTLY', years: 5 } },
  { citation: dar2026(82), length: { kind: 'EXACTLY', years: 10 } },
  { citation: val2019(80), length: { kind: 'FOR_LIFE' } },
  { citation: val2019(81), length: { kind: 'WITHIN_OR_FOR_LIFE', years: 10 } },
  { citation: val2019(82), length: { kind: 'WITHIN_OR_FOR_LIFE', years: 10 } },
];

interface PersonRow {
  /** Article on which the entity is penalised. */
  readonly citation: Citation;
  /** Article on which the responsible persons are (处罚到人). */
  readonly person: Citation;
  /** Whether the person is penalised in every case, or only in serious ones (情节严重). */
  readonly when: 'ALWAYS' | 'SERIOUS';
}

export const personArticles: readonly PersonRow[] = [
  { citation: dal2019(116), person: dal2019(118), when: 'ALWAYS' },
  { citation: dal2019(117), person: dal2019(118), when: 'SERIOUS' },
  { citation: dal2019(118), person: dal2019(118), when: 'ALWAYS' },
  ...[122, 123, 124, 125, 126].map((n): PersonRow => ({ citation: dal2019(n), person: dal2019(n), when: 'SERIOUS' })),
];

/** Articles on penalties whose text was read for this hub: instrument → first and last. */
const read: readonly (readonly [title: string, from: number, to: number])[] = [
  [dal2019(114).instrument, 114, 151],
  [dar2026(79).instrument, 79, 86],
  [val2019(80).instrument, 80, 82],
];

export interface ArticleRef {
  readonly instrument: string;
  readonly article: string;
}

/** Number of the article, without paragraph and item: 118 for `118`, `118(1)`, `第118条`; null where it has none. */
export const articleNumber = (article: string): number | null => {
  const match = /^第?(\d+)(?!\d)/u.exec(article);
  return match ? Number(match[1]) : null;
};

const cites = (ref: ArticleRef, citation: Citation): boolean =>
  ref.instrument === citation.instrument && articleNumber(ref.article) === articleNumber(citation.article);

/** The mark that a citation of a decision bears: V where the article's text was read. */
export function markOf(ref: ArticleRef): Mark {
  const number = articleNumber(ref.article);
  return number !== null && read.some(([title, from, to]) => ref.instrument === title && number >= from && number <= to) ? 'V' : 'NV';
}

export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly field: string;
  readonly basis: Citation;
  /** A rule that was not verified warns and never blocks; some only tell by their nature. */
  readonly blocks: boolean;
}

interface Ban {
  readonly basis: ArticleRef;
  readonly startsOn: string;
  readonly endsOn: string | null;
}

/** Whether a ban has the length that its article knows; nothing for articles that know none. */
export function banLengthFinding(ban: Ban, field: string): Finding | null {
  const row = banLengths.find((r) => cites(ban.basis, r.citation));
  if (!row || lengthFits(ban, row.length)) return null;
  return { code: 'BAN_LENGTH', message: lengthText(row.length), field, basis: row.citation, blocks: mayBlock(row.citation.mark) };
}

/** The last day of n years is the corresponding day (民法典 art. 202), or the day before where the first day counts: both are written. */
function lengthFits({ startsOn, endsOn }: Ban, length: BanLength): boolean {
  if (length.kind === 'FOR_LIFE') return endsOn === null;
  if (endsOn === null) return length.kind !== 'EXACTLY';
  const last = addYears(startsOn, length.years);
  const first = addDays(last, -1);
  if (length.kind === 'EXACTLY') return endsOn === first || endsOn === last;
  return length.kind === 'AT_LEAST_OR_FOR_LIFE' ? endsOn >= first : endsOn <= last;
}

function lengthText(length: BanLength): string {
  switch (length.kind) {
    case 'FOR_LIFE': return 'this article bans for life';
    case 'EXACTLY': return `this article bans for ${length.years} years`;
    case 'AT_LEAST_OR_FOR_LIFE': return `this article bans for at least ${length.years} years, or for life`;
    case 'WITHIN_OR_FOR_LIFE': return `this article bans for at most ${length.years} years, or for life`;
  }
}

interface DecisionLines {
  readonly serious: boolean;
  readonly noPersonalPenaltyReason: string | null;
  readonly items: readonly { readonly partyKind: 'ENTITY' | 'PERSON'; readonly basis: ArticleRef }[];
}

/**
 * Articles under which the persons responsible are penalised too: a decision on them has a line for a person, or says why it has none.
 * Where the article does so in serious cases only, a decision outside the heavy tier is told and not refused.
 */
export function personalPenaltyFindings({ serious, noPersonalPenaltyReason, items }: DecisionLines): Finding[] {
  if (noPersonalPenaltyReason !== null || items.some((i) => i.partyKind === 'PERSON')) return [];
  return items.flatMap((item, i): Finding[] => {
    const row = personArticles.find((r) => cites(item.basis, r.citation));
    if (!row) return [];
    return [{
      code: 'PERSONAL_PENALTY_MISSING', field: `input.items.${i}`, basis: row.person,
      message: `a decision on article ${row.citation.article} needs a line for a responsible person, or noPersonalPenaltyReason`,
      blocks: mayBlock(row.person.mark) && (row.when === 'ALWAYS' || serious),
    }];
  });
}
