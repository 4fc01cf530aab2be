import type { ServiceHealth } from '@casebridge/platform';
import type { ExecutionResult } from 'graphql';
import { ServiceOverloaded, ServiceUnavailable, toGraphQLError } from '../errors';

/** The answer in place of one that did not come. */
export const unavailable = (service: string): ExecutionResult => ({ errors: [toGraphQLError(new ServiceUnavailable(service))] });

/** The answer in place of one that was not asked for. */
export const overloaded = (service: string): ExecutionResult => ({ errors: [toGraphQLError(new ServiceOverloaded(service))] });

export const unreachable = (service: string, message: string): ServiceHealth => ({
  name: service, ok: false, checks: { reachable: { ok: false, message } },
});
