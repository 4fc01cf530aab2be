import { buildSchema, GraphQLError, parse } from 'graphql';
import { JitService } from './jit-service';

const schema = buildSchema('type Query { text: String broken: String other(n: Int!): Int }');
schema.getQueryType()!.getFields()['text']!.resolve = () => 'x';
schema.getQueryType()!.getFields()['other']!.resolve = (_, { n }: { n: number }) => n + 1;
schema.getQueryType()!.getFields()['broken']!.resolve = () => {
  throw new Error('no luck');
};

describe('the lean service', () => {
  const service = new JitService('credit', schema);

  it('answers a text and a document alike, again and again', async () => {
    const query = 'query Q($n: Int!) { text other(n: $n) }';
    const document = parse(query);
    for (const n of [1, 2]) {
      const expected = { data: { text: 'x', other: n + 1 } };
      expect(await service.execute({ query, variables: { n } })).toEqual(expected);
      expect(await service.execute({ query, document, variables: { n } })).toEqual(expected);
    }
  });

  it('gives errors of the class that everybody knows, with their path', async () => {
    const { data, errors } = await service.execute({ query: '{ text broken }' });
    expect(data).toEqual({ text: 'x', broken: null });
    expect(errors?.map((e) => [e instanceof GraphQLError, e.message, e.path])).toEqual([[true, 'no luck', ['broken']]]);
  });

  it('refuses what its schema does not know, and variables that do not fit', async () => {
    expect((await service.execute({ query: '{ nothing }' })).errors?.[0]?.message).toContain('nothing');
    expect((await service.execute({ query: 'query Q($n: Int!) { other(n: $n) }', variables: { n: 'x' } })).errors).toHaveLength(1);
  });
});
