import { buildSchema as buildFederationSchema } from '@apollo/federation-internals';
import { buildSchema, type GraphQLError, parse } from 'graphql';
import type { Authorizer } from '../authorization';
import { CompiledExecutor } from './compiled-executor';

const sdl = 'type Query { a: Int }';
const schema = buildSchema(sdl);

const planning = (buildQueryPlan: () => never): CompiledExecutor =>
  new CompiledExecutor({
    graph: { apiSchema: buildFederationSchema(sdl), schema, supergraphSchema: schema, planner: { buildQueryPlan } as never },
    sources: new Map(), authorizer: {} as Authorizer, onFallback: () => undefined,
  });

describe('what the planner throws', () => {
  it('is tried another way, and then a bug without its words', () => {
    const words = new Error('We should have an edge from Secret(people)');
    const buildQueryPlan = jest.fn((): never => {
      throw words;
    });
    let thrown: unknown;
    try {
      planning(buildQueryPlan).plan(parse('{ a }'), null);
    } catch (cause) {
      thrown = cause;
    }
    expect(buildQueryPlan).toHaveBeenCalledTimes(2);
    expect((thrown as GraphQLError).toJSON()).toEqual({ message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR', kind: 'INTERNAL' } });
    expect((thrown as GraphQLError).originalError).toBe(words); // for the log
  });
});
