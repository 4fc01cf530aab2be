import { bigrams, searchText } from '@casebridge/kernel';
import type { CursorCodec } from '@casebridge/platform/dist/graph/cursor';
import type { Databases } from './database';
import { penaltyPublished } from './rights';

interface Variables {
  readonly first: number;
  readonly filter?: { readonly text?: string; readonly violationTypes?: readonly string[]; readonly decidedFrom?: string } | null;
}

interface PenaltyRow {
  readonly id: string;
  readonly documentNo: string;
  readonly partyName: string;
  readonly partyUscc: string | null;
  readonly violationType: string;
  readonly penaltySummary: string;
  readonly fineFen: number | null;
  readonly authorityCode: string;
  readonly decidedOn: string;
  readonly publishedOn: string;
  readonly disclosureEndsOn: string | null;
}

const columns = `d.id, d.document_no as "documentNo", d.party_name as "partyName", d.party_uscc as "partyUscc", d.violation_type as "violationType",
  d.penalty_summary as "penaltySummary", d.fine_fen as "fineFen", d.authority_code as "authorityCode", d.decided_on as "decidedOn",
  d.published_on as "publishedOn", d.disclosure_ends_on as "disclosureEndsOn"`;

const agencies = { name: 'agencies', text: 'select a.code, a.name from agency a where a.code = any($1::text[])' };

interface Search {
  readonly name: string;
  readonly conditions: readonly string[];
  readonly values: readonly unknown[];
}

/** The three searches that the bench makes: words, a violation since a day, everything. */
function searchOf({ filter }: Variables): Search {
  const { text, violationTypes, decidedFrom } = filter ?? {};
  if (text !== undefined) {
    const words = searchText(text).split(' ').filter((word) => word !== '');
    return {
      name: `words-${words.length}`,
      conditions: words.map((_, i) => `d.search_bigrams @> $${2 * i + 1}::text[] and d.search_text like $${2 * i + 2}`),
      values: words.flatMap((word) => [bigrams(word).filter((pair) => [...pair].length > 1), `%${word.replace(/[\\%_]/gu, '\\$&')}%`]),
    };
  }
  if (violationTypes !== undefined) {
    return {
      name: 'violations', conditions: ['d.violation_type = any($1::text[])', 'd.decided_on >= $2::date'], values: [violationTypes, decidedFrom ?? '0001-01-01'],
    };
  }
  return { name: 'everything', conditions: [], values: [] };
}

/** `PublicPenalties`: the page and its count, then the names of the authorities. What the public reads is not in the access log. */
export async function publicPenalties(db: Databases, cursors: CursorCodec, variables: Variables): Promise<object> {
  const { name, conditions, values } = searchOf(variables);
  const from = `from disclosure_record d where ${[penaltyPublished('d'), ...conditions].join(' and ')}`;
  const [rows, [count]] = await Promise.all([
    db.credit.rows<PenaltyRow>(
      { name: `penalties-${name}`, text: `select ${columns} ${from} order by d.published_on desc, d.id desc limit $${values.length + 1}` },
      [...values, variables.first + 1]),
    db.credit.rows<{ n: number }>({ name: `count-${name}`, text: `select count(*) as n ${from}` }, values),
  ]);
  const page = rows.slice(0, variables.first);
  const codes = [...new Set(page.map((d) => d.authorityCode))];
  const known = await db.enforcement.rows<{ code: string; name: string }>(agencies, [codes]);
  const names = new Map(known.map((a) => [a.code, a.name]));

  const edges = page.map(({ authorityCode, ...penalty }) => ({
    cursor: cursors.encode('publicPenalties', [penalty.publishedOn, penalty.id]),
    node: { ...penalty, authority: { code: authorityCode, name: names.get(authorityCode) ?? null } },
  }));
  return {
    publicPenalties: {
      totalCount: count?.n ?? 0,
      pageInfo: { hasNextPage: rows.length > variables.first, endCursor: edges.at(-1)?.cursor ?? null },
      edges,
    },
  };
}
