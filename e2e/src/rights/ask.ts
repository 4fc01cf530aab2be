import type { GraphQLAnswer, HubClient } from '../client';

/** JSON as it comes. */
export type Json = ReturnType<typeof JSON.parse>;

/** Well-formed, and nobody's. */
export const unknownId = '00000000-0000-7000-8000-000000000000';

export interface Listed {
  readonly ids: readonly string[];
  readonly totalCount: number;
  readonly complete: boolean;
}

const connection = (field: string, key: string, page: string): string => `${field}(${page}) { totalCount pageInfo { hasNextPage endCursor } nodes { ${key} } }`;

/** A connection at the root, paged to the end; without a token a list that is not for the public is refused or empty. */
export async function listAll(client: HubClient, field: string, key: string): Promise<Listed> {
  const text = `query L($after: String) { list: ${connection(field, key, 'first: 100, after: $after')} }`;
  const ids: string[] = [];
  let after: string | null = null;
  for (;;) {
    const answer: GraphQLAnswer = await client.send(text, { after });
    const list = (answer.data as Json)?.list;
    if (!list) {
      if (client.token === null) return { ids, totalCount: 0, complete: true };
      throw new Error(`${field}: ${JSON.stringify(answer.errors ?? answer.data)}`);
    }
    ids.push(...list.nodes.map((node: Json) => node[key]));
    if (!list.pageInfo.hasNextPage) return { ids, totalCount: list.totalCount, complete: true };
    after = list.pageInfo.endCursor;
  }
}

/** The first pages of many connections, in one question. */
export async function firstPages(client: HubClient, fields: readonly { readonly field: string; readonly key: string }[]): Promise<Map<string, Listed>> {
  const data = await client.data<Json>(`{ ${fields.map(({ field, key }) => connection(field, key, 'first: 50')).join(' ')} }`);
  return new Map(fields.map(({ field, key }) => {
    const list = data[field];
    return [field, { ids: (list?.nodes ?? []).map((node: Json) => node[key]), totalCount: list?.totalCount ?? 0, complete: !list?.pageInfo.hasNextPage }];
  }));
}

const batch = 20;

/** Asks for many records by id with one text, so that it is planned once. */
export async function byIds(client: HubClient, field: string, argument: string, selection: string, ids: readonly string[]): Promise<Map<string, Json>> {
  const names = Array.from({ length: batch }, (_, i) => i);
  const text = `query B(${names.map((i) => `$i${i}: ID!`).join(' ')}) { ${names.map((i) => `a${i}: ${field}(${argument}: $i${i}) { ...S }`).join(' ')} } ${selection}`;
  const found = new Map<string, Json>();
  for (let from = 0; from < ids.length; from += batch) {
    const page = ids.slice(from, from + batch);
    const answer = await client.send(text, Object.fromEntries(names.map((i) => [`i${i}`, page[i] ?? unknownId])));
    if (answer.errors) throw new Error(`${field}: ${JSON.stringify(answer.errors.slice(0, 2))}`);
    page.forEach((id, i) => found.set(id, (answer.data as Json)[`a${i}`]));
  }
  return found;
}

/** The whole answer, as text, to a question after records that are hidden, and to the same question after records that are not there. */
export async function hiddenAndAbsent(client: HubClient, field: string, argument: string, selection: string, hidden: readonly string[]): Promise<[string, string]> {
  const names = Array.from({ length: batch }, (_, i) => i);
  const text = `query B(${names.map((i) => `$i${i}: ID!`).join(' ')}) { ${names.map((i) => `a${i}: ${field}(${argument}: $i${i}) { ...S }`).join(' ')} } ${selection}`;
  const ask = async (id: (i: number) => string): Promise<string> =>
    JSON.stringify(await client.send(text, Object.fromEntries(names.map((i) => [`i${i}`, id(i)]))));
  return [await ask((i) => hidden[i] ?? unknownId), await ask(() => unknownId)];
}
