import type { FetchNode } from '@apollo/query-planner';
import { buildSchema, Kind, type OperationDefinitionNode, parse } from 'graphql';
import { resumingOf } from './resumable';

const schema = buildSchema('type Query { a: Int } type Subscription { log(after: String, kind: ID!): Entry } type Entry { cursor: String! n: Int }');

const resuming = (query: string) => {
  const document = parse(query);
  const operation = document.definitions.find((node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION)!;
  return resumingOf(schema, document, operation, { kind: 'Fetch', serviceName: 'log', operation: query, operationKind: 'subscription', variableUsages: ['after', 'kind'] } as unknown as FetchNode);
};

it.each<[string, string, Record<string, unknown>, string | null]>([
  ['of the client', 'subscription ($after: String = "c1") { log(after: $after, kind: "a") { n } }', { after: 'c7' }, 'c7'],
  ['that the operation defaults to', 'subscription ($after: String = "c1") { log(after: $after, kind: "a") { n } }', {}, 'c1'],
  ['that is null, whatever the default', 'subscription ($after: String = "c1") { log(after: $after, kind: "a") { n } }', { after: null }, null],
  ['in the text', 'subscription { log(after: "c2", kind: "a") { n } }', {}, 'c2'],
  ['beside an argument that must be, from a variable with a default', 'subscription ($after: String, $kind: ID! = "a") { log(after: $after, kind: $kind) { n } }', { after: 'c3' }, 'c3'],
  ['of a field in a fragment', 'subscription ($after: String) { ...Log } fragment Log on Subscription { log(after: $after, kind: "a") { n } }', { after: 'c4' }, 'c4'],
  ['of a field in fragments in fragments', 'subscription ($after: String) { ... on Subscription { ...Log } } fragment Log on Subscription { ... { log(after: $after, kind: "a") { n } } }', { after: 'c5' }, 'c5'],
])('resumes from the cursor %s', (_what, query, variables, after) => {
  const { after: _given, ...others } = variables;
  expect(resuming(query).resume(variables)).toEqual({ after, variables: others });
});

it('keeps a variable that the question in a fragment needs as well', () => {
  const { resume } = resuming('subscription ($after: String, $kind: ID!) { ...Log } fragment Log on Subscription { log(after: $kind, kind: $kind) { n } }');
  expect(resume({ kind: 'a' })).toEqual({ after: 'a', variables: { kind: 'a' } });
});
