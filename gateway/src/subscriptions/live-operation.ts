import { createHash } from 'node:crypto';
import { DomainError } from '@casebridge/kernel';
import { type ExecutionResult, GraphQLError } from 'graphql';
import type { HubContext } from '../context';
import { ServiceUnavailable, toGraphQLError } from '../errors';
import type { Generation, SubscriptionPlan } from '../federation/generation';
import type { Asker } from '../limits';
import type { Pipeline, Prepared } from '../pipeline';
import type { Beat } from './frame';
import type { UpstreamRefused } from './follow-upstream';

/** What plans live operations, and what checks and charges them: both of one supergraph. */
export interface Planning {
  readonly generation: Generation;
  readonly pipeline: Pipeline;
}

/** A live operation, checked: it may be planned and opened. */
export interface LiveQuestion {
  readonly prepared: Prepared;
  /** What has checked it. */
  readonly pipeline: Pipeline;
  readonly context: HubContext;
  readonly asker: Asker;
  readonly onBeat: (beat: Beat) => void;
}

/** The same with its plan. */
export interface Live {
  readonly prepared: Prepared;
  readonly context: HubContext;
  readonly asker: Asker;
  readonly plan: SubscriptionPlan;
  readonly planning: Planning;
}

/**
 * The question as this supergraph answers it; checked again when it was checked by another.
 *
 * @returns why it is not answered
 */
export function planned(planning: Planning, { asker, context, pipeline, prepared: given }: Omit<LiveQuestion, 'onBeat'>): Live | readonly GraphQLError[] {
  try {
    const prepared = pipeline === planning.pipeline ? given : preparedAgain(planning, given, context);
    if (!('ready' in prepared)) return prepared;
    const plan = planning.generation.planSubscription(prepared.document, prepared.key, prepared.ready.name, context);
    return { prepared, context, asker, plan, planning };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    if (error instanceof DomainError) return [toGraphQLError(error)];
    throw error;
  }
}

const preparedAgain = ({ pipeline }: Planning, { ready, text, variables }: Prepared, { principal }: HubContext): Prepared | readonly GraphQLError[] =>
  pipeline.prepare({ query: text, operationName: ready.name, variables }, principal);

/** Who asks the same with the same rights gets the same. */
export function questionKey(reader: string, { key, ready }: Prepared, variables: Readonly<Record<string, unknown>>): string {
  const names = Object.keys(variables).sort();
  return createHash('sha256').update(JSON.stringify([reader, key, ready.name, names.map((name) => [name, variables[name]])])).digest('base64');
}

/** What the service refused with, at the place of the field that the client asked for. */
export function refusalOf({ result: { errors } }: UpstreamRefused, { key, primary }: SubscriptionPlan): ExecutionResult {
  const given = errors?.length ? errors : [toGraphQLError(new ServiceUnavailable(primary.serviceName))];
  return { errors: given.map((error) => new GraphQLError(error.message, { path: error.path ?? [key], extensions: error.extensions })) };
}
