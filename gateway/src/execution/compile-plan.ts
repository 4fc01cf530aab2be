import type { PlanNode } from '@apollo/query-planner';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { conditionOf } from './conditions';
import { compileFetch, type FetchSource, type Step } from './fetch';
import { NotCompiled } from './not-compiled';
import type { PlanPath } from './places';

export interface PlanOptions {
  readonly supergraphSchema: GraphQLSchema;
  readonly operation: OperationDefinitionNode;
  readonly sources: ReadonlyMap<string, FetchSource>;
}

/**
 * A plan as one function.
 *
 * @param path - where in the answer the node works
 * @throws NotCompiled
 */
export function compilePlan(node: PlanNode, options: PlanOptions, path: PlanPath = []): Step {
  switch (node.kind) {
    case 'Sequence':
      return inSequence(node.nodes.map((child) => compilePlan(child, options, path)));
    case 'Parallel':
      return inParallel(node.nodes.map((child) => compilePlan(child, options, path)));
    case 'Flatten':
      return compilePlan(node.node, options, [...path, ...node.path]);
    case 'Condition': {
      const holds = conditionOf(options.operation, node.condition);
      const yes = node.ifClause ? compilePlan(node.ifClause, options, path) : null;
      const no = node.elseClause ? compilePlan(node.elseClause, options, path) : null;
      return (run) => (holds(run.variables) ? yes : no)?.(run);
    }
    case 'Fetch': {
      if (node.contextRewrites?.length) throw new NotCompiled('values from the context of a field');
      const source = options.sources.get(node.serviceName);
      if (!source) throw new RangeError(`The plan needs a service ${node.serviceName}, and there is none`);
      return compileFetch(node, path, { source, supergraphSchema: options.supergraphSchema });
    }
    default:
      throw new NotCompiled(`a plan node of kind ${(node as { kind: string }).kind}`);
  }
}

function inSequence(steps: readonly Step[]): Step {
  const [only, ...others] = steps;
  if (only && others.length === 0) return only;
  return async (run) => {
    for (const step of steps) await step(run);
  };
}

const inParallel = (steps: readonly Step[]): Step => async (run) => {
  await Promise.all(steps.map(async (step) => step(run)));
};
