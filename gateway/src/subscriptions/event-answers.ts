import { type Clock, DomainError } from '@casebridge/kernel';
import type { Logger, Tracing } from '@casebridge/platform';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { HubContext } from '../context';
import { isBug, ServiceUnavailable, SubscriptionSchemaReload, toGraphQLError } from '../errors';
import type { SubscriptionPlan } from '../federation/generation';
import { UpstreamRefused } from './follow-upstream';
import { type Live, refusalOf } from './live-operation';

export interface EventAnswersOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  /** An error as clients see it. */
  readonly formatError: (error: GraphQLFormattedError) => GraphQLFormattedError;
  readonly tracing?: Tracing | null;
}

/** What readers of live streams are sent: answers to events, and last words. */
export class EventAnswers {
  constructor(private readonly options: EventAnswersOptions) {}

  /** An event is the beginning of a trace: the request that opened the stream has long been answered. */
  complete(live: Live, event: ExecutionResult): Promise<string> {
    live.planning.pipeline.figures.streams.event();
    const { tracing } = this.options;
    return tracing ? tracing.begin(`event ${live.plan.field}`, null, { attributes: { 'hub.service': live.plan.primary.serviceName } }, () => this.completed(live, event)) : this.completed(live, event);
  }

  /** As of now: what a stream was opened with is old. */
  fresh(context: HubContext): HubContext {
    return { ...context, receivedAt: this.options.clock.now() };
  }

  lastWord(cause: unknown, plan: SubscriptionPlan): GraphQLError {
    if (cause instanceof SubscriptionSchemaReload) return toGraphQLError(cause);
    if (cause instanceof UpstreamRefused) {
      const [first] = refusalOf(cause, plan).errors ?? [];
      if (first) return first;
    } else this.options.logger.error({ err: cause }, 'a live stream broke');
    const { extensions, message } = toGraphQLError(cause instanceof DomainError ? cause : new ServiceUnavailable(plan.primary.serviceName));
    return new GraphQLError(message, { path: [plan.key], extensions });
  }

  private async completed({ asker, context, plan, planning, prepared: { ready, variables } }: Live, event: ExecutionResult): Promise<string> {
    const patience = planning.pipeline.patience();
    const result = await planning.generation.completeEvent(plan, event, { variables, context: { ...this.fresh(context), patience } }).finally(() => patience.close());
    planning.pipeline.gate.event(ready.cost, variables, { ...asker, principal: context.principal }, result.data);
    const { errors, ...rest } = result;
    if (!errors) return JSON.stringify(rest);
    for (const error of errors) {
      if (error instanceof GraphQLError && isBug(error.toJSON())) this.options.logger.error({ err: error.originalError ?? error }, 'an event failed');
    }
    return JSON.stringify({ ...rest, errors: errors.map((error) => this.options.formatError(error instanceof GraphQLError ? error.toJSON() : error)) });
  }
}
