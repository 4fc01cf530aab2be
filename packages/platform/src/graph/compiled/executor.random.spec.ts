import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type ExecutionResult, type GraphQLSchema, OperationTypeNode, parse, validate } from 'graphql';
import { DateScalar, DateTimeScalar, FenScalar } from '../scalars';
import { OperationExecutor } from './executor';
import { Chance } from './testing/chance';
import { objectOf, Turns } from './testing/random-data';
import { randomOperation } from './testing/random-operation';

const repository = join(__dirname, '../../../../..');

/** The service's schema without its resolvers: what it executes on comes out of the generated objects. */
function schemaOf(service: string): GraphQLSchema {
  const sdl = readFileSync(join(repository, 'services', service, 'schema.graphql'), 'utf8');
  const scalars = Object.fromEntries([DateScalar, DateTimeScalar, FenScalar].filter(({ name }) => sdl.includes(`scalar ${name}\n`) || sdl.includes(`scalar ${name} `)).map((scalar) => [scalar.name, scalar]));
  return buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: scalars as never });
}

/** What a client gets, and what the masking of errors reads. */
const told = ({ data, errors }: ExecutionResult): unknown => ({
  data: JSON.stringify(data),
  errors: errors?.map(({ extensions, message, originalError, path }) => ({ message, path, extensions, cause: originalError?.constructor.name, causeSays: originalError?.message })),
});

describe.each(['adr', 'credit', 'enforcement', 'inspection'])('operations on the schema of %s', (service) => {
  const schema = schemaOf(service);
  const kinds = Object.values(OperationTypeNode).filter((kind) => schema.getRootType(kind));
  const executor = new OperationExecutor(schema);

  it.each([
    ['nothing wrong', 0, false], ['much wrong', 0.02, false], ['promises', 0, true], ['promises and much wrong', 0.02, true],
  ])('have the answers that graphql-js gives (%s)', async (_, faults, promises) => {
    let compared = 0;
    let failed = 0;
    for (let seed = 1; compared < 40; seed += 1) {
      const chance = new Chance(seed, service);
      const kind = chance.pick(kinds);
      const { query, variables } = randomOperation(schema, kind, chance);
      const document = parse(query);
      if (validate(schema, document).length > 0) continue;
      compared += 1;
      const results = [];
      for (const run of [execute, (args: Parameters<typeof execute>[0]) => executor.execute(args as never), (args: Parameters<typeof execute>[0]) => executor.execute(args as never)]) {
        const turns = new Turns();
        const rootValue = objectOf({ schema, seed, faults, ...(promises ? { turns } : {}) }, schema.getRootType(kind)!, kind);
        const result = await turns.play(run({ schema, document, rootValue, contextValue: {}, variableValues: variables }));
        results.push(told(result));
        if (result.errors) failed += 1;
      }
      expect({ seed, query, ...(results[1] as object) }).toEqual({ seed, query, ...(results[0] as object) });
      expect(results[2]).toEqual(results[1]); // compiled by now
    }
    if (faults > 0) expect(failed).toBeGreaterThan(compared / 3);
  });
});
