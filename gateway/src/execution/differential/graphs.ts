import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { ROUTER_SUPPORTED_SUPERGRAPH_FEATURES, Supergraph } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { createMetrics } from '@casebridge/platform';
import { isInterfaceType, parse } from 'graphql';
import { disableVendorTelemetry } from '../../config';
import { ServiceDataSource } from '../../federation/data-source';
import type { Graph } from '../compiled-executor';
import { Entities } from './entities';
import { GeneratedService, type World } from './generated-service';
import { nastySubgraphs } from './nasty-subgraphs';
import { TypeFacts } from './type-facts';

/** A supergraph before generated services. */
export interface TestGraph extends Graph {
  readonly sources: ReadonlyMap<string, ServiceDataSource>;
  readonly facts: TypeFacts;
  /** Names of interfaces. */
  readonly interfaces: ReadonlySet<unknown>;
  enter(world: World): void;
}

const root = join(__dirname, '../../../..');

/** The graph of this hub as it is committed. */
export const hubGraph = (): TestGraph =>
  graphOf(
    readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8'),
    new Map(serviceNames.map((name) => [name, readFileSync(join(root, 'services', name, 'schema.graphql'), 'utf8')])),
  );

/** @throws Error when the subgraphs do not compose */
export function nastyGraph(): TestGraph {
  const { errors, supergraphSdl } = composeServices([...nastySubgraphs].map(([name, sdl]) => ({ name, typeDefs: parse(sdl), url: `casebridge:${name}` })));
  if (errors) throw new Error(errors.map((error) => error.message).join('\n'));
  return graphOf(supergraphSdl, nastySubgraphs);
}

function graphOf(sdl: string, subgraphs: ReadonlyMap<ServiceName, string>): TestGraph {
  disableVendorTelemetry();
  const supergraph = Supergraph.build(sdl, { validateSupergraph: false, supportedFeatures: ROUTER_SUPPORTED_SUPERGRAPH_FEATURES });
  const apiSchema = supergraph.apiSchema();
  const entities = new Entities(subgraphs.values());
  const services = [...subgraphs].map(([name, text]) => new GeneratedService(name, text, entities));
  const schema = apiSchema.toGraphQLJSSchema();
  const supergraphSchema = supergraph.schema.toGraphQLJSSchema();
  const metrics = createMetrics({ defaults: false });
  return {
    apiSchema, schema, supergraphSchema,
    facts: new TypeFacts(schema),
    interfaces: new Set(Object.values(supergraphSchema.getTypeMap()).flatMap((type) => (isInterfaceType(type) ? [type.name] : []))),
    // Any plan will do here, and the best one of ten thousand takes a second.
    planner: new QueryPlanner(supergraph, { exposeDocumentNodeInFetchNode: true, debug: { maxEvaluatedPlans: 20, pathsLimit: 60 } }),
    sources: new Map(services.map((service) => [service.name, new ServiceDataSource(service, metrics)])),
    enter: (world) => {
      for (const service of services) service.enter(world);
    },
  };
}
