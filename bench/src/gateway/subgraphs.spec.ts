import { ApolloGateway, type GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { composePublic, composeSupergraph } from '@casebridge/gateway/dist/compose';
import { differences } from '../compare';
import { answersByHand } from './by-hand';
import { JitService } from './jit-service';
import { operationsFor, pageSize } from './operations';
import { worldHere, worldSeed } from './settings';
import { subgraphSchema, subgraphSources } from './subgraphs';

process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';

const world = worldHere();
const operations = operationsFor(world, worldSeed);
const byHand = answersByHand(world);

describe('the four services', () => {
  const fetches: { service: string; level: number }[] = [];
  let level = 0;
  const services = new Map(serviceNames.map((name) => [name, new JitService(name, subgraphSchema(name, world))]));
  const gateway = new ApolloGateway({
    supergraphSdl: composeSupergraph(subgraphSources({ rights: false })),
    buildService: ({ name }) => ({
      process: async ({ request }: GraphQLDataSourceProcessOptions) => {
        fetches.push({ service: name, level });
        await new Promise(setImmediate); // fetches side by side have all begun by now
        level = Math.max(level, (fetches.at(-1)?.level ?? 0) + 1);
        return (await services.get(name as ServiceName)!.execute({ query: request.query ?? '', variables: request.variables ?? {} })) as never;
      },
    }),
  });
  const server = new ApolloServer({ gateway, nodeEnv: 'production', stopOnTerminationSignals: false });
  beforeAll(() => server.start());
  afterAll(() => server.stop());

  const ask = async (query: string, variables: object): Promise<Record<string, unknown>> => {
    fetches.length = 0;
    level = 0;
    const { body } = await server.executeOperation({ query, variables: { ...variables } });
    if (body.kind !== 'single') throw new Error('one answer was expected');
    expect(body.singleResult.errors).toBeUndefined();
    return JSON.parse(JSON.stringify(body.singleResult.data)) as Record<string, unknown>;
  };

  it.each(operations.map((o) => [o.name, o] as const))('answer %s in five fetches on three levels, the same as by hand', async (name, operation) => {
    for (const variables of operation.variables.slice(0, 20)) {
      expect(differences(byHand[name]!(variables), await ask(operation.query, variables))).toEqual([]);
      expect(fetches).toHaveLength(5);
      expect(new Set(fetches.map((f) => f.service))).toEqual(new Set(serviceNames));
      expect(new Set(fetches.map((f) => f.level)).size).toBe(3);
    }
  });

  it.each([true, false])('make a public contract too, rights in the schema: %s', (rights) => {
    expect(composePublic(subgraphSources({ rights }))).toContain('@inaccessible');
    expect(composeSupergraph(subgraphSources({ rights })).includes('for: SECURITY)')).toBe(rights);
  });
});

describe('the operations', () => {
  const bytes = (name: string): number[] =>
    operations.filter((o) => o.name === name).flatMap((o) => o.variables.map((v) => Buffer.byteLength(JSON.stringify({ data: byHand[name]!(v) }))));
  const mean = (values: readonly number[]): number => values.reduce((sum, n) => sum + n, 0) / values.length;

  it('are of the sizes that the bars were set for', () => {
    expect(Math.abs(mean(bytes('SharedCase')) / 3_600 - 1)).toBeLessThan(0.1);
    expect(Math.abs(mean(bytes('CaseList')) / 180_000 - 1)).toBeLessThan(0.1);
    expect(pageSize).toBe(50);
  });

  it('ask for different cases, each once', () => {
    const ids = operations[0]!.variables.map((v) => v['id']);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
