import type { Variables } from '../execution/conditions';
import type { Fetch, FetchAnswer, FetchSource, OperationRequest } from '../execution/fetch';
import { statusOfAnswer } from './source-report';

/** Tells each request which services it asked and how they did: before fetches are shared, when each has its own answer again. */
export class ReportingSource implements FetchSource {
  constructor(private readonly source: FetchSource) {}

  fetch(fetch: Fetch, variables: Variables, request: OperationRequest): Promise<FetchAnswer> {
    const answer = this.source.fetch(fetch, variables, request);
    const { record } = request.context;
    return record?.reportsSources ? answer.then((given) => {
      record.asked(fetch.service, statusOfAnswer(given), given.asOf);
      return given;
    }) : answer;
  }
}
