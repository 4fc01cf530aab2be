import type { Variables } from '../execution/conditions';
import type { Fetch, FetchAnswer, FetchSource, OperationRequest } from '../execution/fetch';
import { DeadlineExceeded, toGraphQLError } from '../errors';
import { withMissingPaths } from '../federation/missing-paths';

/** Stands before all that a fetch may wait for: when the time of its operation is over, its answer says so. */
export class DeadlineSource implements FetchSource {
  constructor(private readonly source: FetchSource) {}

  fetch(fetch: Fetch, variables: Variables, request: OperationRequest): Promise<FetchAnswer> {
    return beforeDeadline(fetch, variables, request, () => this.source.fetch(fetch, variables, request));
  }
}

/** The answer to a fetch, or that there was no time left for it; then it is not even asked. */
export function beforeDeadline(fetch: Fetch, variables: Variables, { context: { patience } }: OperationRequest, ask: () => Promise<FetchAnswer>): Promise<FetchAnswer> {
  if (!patience) return ask();
  return patience.within(ask, () => withMissingPaths({ errors: [toGraphQLError(new DeadlineExceeded(fetch.service))] }, fetch.shape, variables));
}
