import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { publicReader } from '@casebridge/kernel';
import { execute, type GraphQLError, parse } from 'graphql';
import { compilePlan } from '../execution/compile-plan';
import type { FetchSource, PlanRun } from '../execution/fetch';
import type { Json } from '../execution/merge';
import { compileShape } from '../execution/shape';
import { filterDocument } from './filter-document';
import { compileCut, compileFilteredShape } from './filtered-shape';
import { readProtectedGraph } from './protected-graph';
import { stripSecurity } from './security-features';
import { archive, grants, olderSupergraph, operationOf, register } from './testing/protected-world';
import { fragmentsOf } from '../documents/fragments';

type Resolvers = NonNullable<Extract<Parameters<typeof buildSubgraphSchema>[0], { resolvers?: unknown }>['resolvers']>;

const files = [
  { __typename: 'Report', id: 'r1', title: 'R', size: 1, owner: { __typename: 'Org', name: 'O' }, body: 'secret body' },
  { __typename: 'Sealed', id: 's1', title: 'secret title', size: 2, owner: null },
];
const notice = { id: 'n1', text: 'words', secret: 'secret words', score: 7, author: { id: 'o1', name: 'Synthetic', phone: 'secret phone', boss: null }, files };
const asked: string[] = [];
const sourceOf = (name: string, sdl: string, resolvers: Resolvers): readonly [string, FetchSource] => {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });
  const fetch: FetchSource['fetch'] = async ({ document, query }, variables) => {
    asked.push(query);
    const { data, errors } = await execute({ schema, document, variableValues: variables });
    return { data: data && (JSON.parse(JSON.stringify(data)) as Json), ...(errors ? { errors } : {}) };
  };
  return [name, { fetch }];
};
const sources = new Map([
  sourceOf('archive', archive, {
    Query: {
      open: () => 'open', notice: () => notice, notices: () => [notice, { ...notice, id: 'n2', author: null }], files: () => files, found: () => [{ __typename: 'Notice', ...notice }, files[0]],
      firm: () => ({ code: 'secret code', name: 'Firm' }),
    },
  }),
  sourceOf('register', register, {
    Firm: { __resolveReference: ({ code }: { code: string }) => ({ code, rank: code === 'secret code' ? 1 : null, risk: 9 }) },
  }),
]);

// With nothing on interfaces, so that more of them can be asked for.
const graph = readProtectedGraph(olderSupergraph);
const planned = Supergraph.build(stripSecurity(olderSupergraph).sdl);
const apiSchema = planned.apiSchema();
const schema = apiSchema.toGraphQLJSSchema();
const supergraphSchema = planned.schema.toGraphQLJSSchema();
const planner = new QueryPlanner(planned);

/** As the executor does it: the plan is of what is left, the layout of what was asked. */
async function answer(query: string, has = '', variables: Record<string, unknown> = {}, layout: 'cut' | 'uncut' = 'cut') {
  asked.length = 0;
  const document = parse(query);
  const operation = operationOf(document);
  const filtered = filterDocument(graph, document, operation, grants(has));
  if (!filtered.document || !filtered.operation) return { data: null, completion: [], refused: filtered.errors.length };
  const { node } = planner.buildQueryPlan(operationFromDocument(apiSchema, filtered.document));
  const context = { principal: publicReader, requestId: 'r', receivedAt: new Date(0) };
  const run: PlanRun = { data: {}, variables, errors: [], request: { context, clientOperation: null } };
  if (node && node.kind !== 'Subscription') await compilePlan(node, { supergraphSchema, operation: filtered.operation, sources })(run);
  const options = { schema, operation, fragments: fragmentsOf(document), variables };
  const shape = layout === 'cut' ? compileFilteredShape(options, { operation: filtered.operation, fragments: fragmentsOf(filtered.document) }) : compileShape(options);
  const completion: GraphQLError[] = [];
  const before = JSON.stringify(run.data);
  const data = shape(run.data, { path: [], errors: completion, introspect: () => null });
  expect(JSON.stringify(run.data)).toBe(before); // it may be shared
  expect(run.errors).toEqual([]);
  return { data, completion: completion.map(({ message, path }) => `${path?.join('/')}: ${message}`), refused: filtered.errors.length };
}

describe('the answer to an operation of which something was removed', () => {
  it('has null for a removed field that may be null', async () => {
    expect(await answer('{open n:notice{id s:secret author{name phone}}}')).toEqual({
      data: { open: 'open', n: { id: 'n1', s: null, author: { name: 'Synthetic', phone: null } } }, completion: [], refused: 2,
    });
    expect(asked.join()).not.toMatch(/secret|phone/);
  });

  it('has null for the parent of a removed field that may not be null, and says so', async () => {
    expect(await answer('{open notice{id score}}')).toEqual({
      data: { open: 'open', notice: null }, completion: ['notice/score: Cannot return null for non-nullable field Notice.score.'], refused: 1,
    });
    expect(await answer('{open notices{id score}}', 'a')).toMatchObject({ data: { open: 'open', notices: [{ score: 7 }, { score: 7 }] }, completion: [], refused: 0 });
    expect(await answer('{open notices{id score}}')).toEqual({
      data: null,
      completion: [0, 1].flatMap((i) => [`notices/${i}/score: Cannot return null for non-nullable field Notice.score.`]),
      refused: 1,
    });
  });

  it('has null for a field that became empty', async () => {
    expect(await answer('{open notice{author{phone}}}')).toEqual({ data: { open: 'open', notice: null }, completion: [], refused: 1 });
  });

  it('does not give away a key that was fetched for a join', async () => {
    // The code may not be null, and so the firm is.
    expect((await answer('{firm{code name rank}}')).data).toEqual({ firm: null });
    expect(asked.join()).toContain('code');
    expect((await answer('{open firm{code name rank}}')).data).toEqual({ open: 'open', firm: null });
    expect((await answer('{firm{name rank}}')).data).toEqual({ firm: { name: 'Firm', rank: 1 } });
    expect((await answer('{firm{code name rank}}', 'firm')).data).toEqual({ firm: { code: 'secret code', name: 'Firm', rank: 1 } });
  });

  it('would give it away by the layout alone', async () => {
    expect((await answer('{firm{code name rank}}', '', {}, 'uncut')).data).toEqual({ firm: { code: 'secret code', name: 'Firm', rank: 1 } });
  });

  it('keeps to the types of objects', async () => {
    expect((await answer('{files{__typename ...on Report{id title body} ...on Sealed{title}}}')).data).toEqual({
      files: [{ __typename: 'Report', id: 'r1', title: 'R', body: null }, { __typename: 'Sealed', title: null }],
    });
    expect((await answer('{found{...on Notice{id ...N} ...on Report{owner{...on Org{name}} body}}} fragment N on Notice{secret text}')).data).toEqual({
      found: [{ id: 'n1', secret: null, text: 'words' }, { owner: { name: 'O' }, body: null }],
    });
  });

  it('keeps to conditions', async () => {
    const query = 'query($yes:Boolean!){notice{id secret @include(if:$yes) text @skip(if:$yes)}}';
    expect((await answer(query, '', { yes: true })).data).toEqual({ notice: { id: 'n1', secret: null } });
    expect((await answer(query, '', { yes: false })).data).toEqual({ notice: { id: 'n1', text: 'words' } });
  });

  it('leaves of raw data what is selected under these conditions, and nothing of a type that clients do not know', () => {
    const kept = parse('query($no:Boolean!){files{__typename ...on Report{id @include(if:$no) size} ...on Draft{id}}}');
    const cut = compileCut({ schema, operation: operationOf(kept), fragments: fragmentsOf(kept), variables: { no: false } });
    expect(cut({
      files: [{ __typename: 'Report', id: 'r', size: 1 }, { __typename: 'Draft', id: 'd', size: 2 }, { __typename: 'Elsewhere', id: 'e' }, null], open: 'o',
    })).toEqual({ files: [{ __typename: 'Report', size: 1 }, { __typename: 'Draft', id: 'd' }, { __typename: 'Elsewhere' }, null] });
  });

  it('has everything for who may have everything', async () => {
    expect(await answer('{notice{id secret score}}', 'token a')).toEqual({ data: { notice: { id: 'n1', secret: 'secret words', score: 7 } }, completion: [], refused: 0 });
  });
});
