import type { QueryPlan } from '@apollo/query-planner';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import {
  type DocumentNode, executeSync, type FieldNode, type FragmentDefinitionNode, type GraphQLError, type GraphQLSchema, Kind, type OperationDefinitionNode,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { compileFilteredShape, type Selected } from '../authorization';
import { withClientAliases } from './client-aliases';
import { compilePlan } from './compile-plan';
import { conditionOf, conditionVariables, type Variables } from './conditions';
import type { FetchSource, OperationRequest, PlanRun, Step } from './fetch';
import type { Json } from './merge';
import { NotCompiled } from './not-compiled';
import type { ShapeRun } from './layout';
import { compileShape, type Shape } from './shape';
import { fragmentsOf } from '../documents/fragments';

export interface CompileOptions {
  readonly plan: QueryPlan;
  /** Valid against `schema`. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** What clients may ask. */
  readonly schema: GraphQLSchema;
  readonly supergraphSchema: GraphQLSchema;
  readonly sources: ReadonlyMap<string, FetchSource>;
  /** What is left of the operation after what its reader may not have was taken out: the plan is of this one. */
  readonly filtered?: Selected;
  /** Plan and document have aliases of the client aside: the answer gets them back. */
  readonly aliasesAside?: boolean;
}

/** With more, one operation would be laid out in too many ways. */
const maxConditions = 8;
/** Layouts kept of one operation; each is a few times the size of its text, and clients mostly use one or two. */
const maxLayouts = 8;

/**
 * One operation, planned and compiled: fetches, merging and the layout of the answer are closures that are made once. The
 * layout is made anew for each combination of values that decide on @skip and @include.
 */
export class CompiledOperation {
  private readonly steps: Step | null;
  private readonly conditions: readonly ((variables: Variables) => boolean)[];
  private readonly conditionNames: readonly string[];
  private readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  private readonly shapes = new LRUCache<number, Shape>({ max: maxLayouts });

  /** @throws NotCompiled for what only the library's own executor knows */
  constructor(private readonly options: CompileOptions) {
    const { document, operation, plan, sources, supergraphSchema } = options;
    if (plan.node?.kind === 'Subscription') throw new NotCompiled('a subscription has no single answer');
    this.conditionNames = conditionVariables(document);
    if (this.conditionNames.length > maxConditions) throw new NotCompiled('too many conditions');
    this.conditions = this.conditionNames.map((name) => conditionOf(operation, name));
    this.fragments = fragmentsOf(document);
    this.steps = plan.node ? compilePlan(plan.node, { supergraphSchema, operation, sources }) : null;
    this.shapeFor({}); // an operation that cannot be laid out is known now
  }

  /** What was compiled. */
  get plan(): QueryPlan {
    return this.options.plan;
  }

  /**
   * @param variables - as the client sent them
   * @param seed - what is known before the first fetch: the event of a subscription
   */
  async execute(request: OperationRequest, variables: Variables, seed?: { readonly data: Json; readonly errors: readonly GraphQLError[] }): Promise<GatewayExecutionResult> {
    const run: PlanRun = { data: seed?.data ?? {}, variables, request, errors: [...(seed?.errors ?? [])] };
    await this.steps?.(run);
    return this.finish(run);
  }

  private finish({ data, errors, variables }: PlanRun): GatewayExecutionResult {
    const shaping: ShapeRun = { path: [], errors: [], introspect: (field) => this.introspect(field, variables) };
    const shaped = this.shapeFor(variables)(data, shaping);
    const answer: GatewayExecutionResult = {
      ...(errors.length > 0 ? { errors } : {}),
      data: shaped,
      ...(shaping.errors.length > 0 ? { extensions: { valueCompletion: shaping.errors } } : {}),
    };
    return this.options.aliasesAside ? withClientAliases(answer) : answer;
  }

  private shapeFor(variables: Variables): Shape {
    const mask = this.conditions.reduce((bits, holds, i) => (holds(variables) ? bits | (1 << i) : bits), 0);
    let shape = this.shapes.get(mask);
    if (!shape) {
      const values = Object.fromEntries(this.conditionNames.map((name, i) => [name, (mask & (1 << i)) !== 0]));
      const { filtered, operation, schema } = this.options;
      const original = { schema, operation, fragments: this.fragments, variables: values };
      shape = filtered ? compileFilteredShape(original, filtered) : compileShape(original);
      this.shapes.set(mask, shape);
    }
    return shape;
  }

  private introspect(field: FieldNode, variables: Variables): unknown {
    const { operation, schema } = this.options;
    const { data } = executeSync({
      schema,
      document: {
        kind: Kind.DOCUMENT,
        definitions: [
          { ...operation, selectionSet: { kind: Kind.SELECTION_SET, selections: [field] }, directives: [] }, ...this.fragments.values(),
        ],
      },
      rootValue: {},
      variableValues: variables,
    });
    return data?.[field.alias?.value ?? field.name.value];
  }
}

