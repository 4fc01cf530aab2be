import type { ServiceName } from '@casebridge/contracts';
import { AgencyUnknown, alsoForHeader, type InternalTokenSigner, type ServiceRequest, TokenExpired, TokenRevoked, traceparent } from '@casebridge/platform';
import type { DomainError, Principal } from '@casebridge/kernel';
import { type ExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';

const nameLength = 200;

/** Headers of a call to a service: who reads, for which requests, since when. */
export async function internalHeaders(
  signer: InternalTokenSigner,
  service: string,
  request: Pick<ServiceRequest, 'principal' | 'requestId' | 'alsoFor' | 'clientOperation' | 'receivedAt'>,
): Promise<Record<string, string>> {
  const place = traceparent();
  return {
    ...(await authorization(signer, service, request.principal)),
    'x-request-id': request.requestId,
    ...(place === null ? {} : { traceparent: place }),
    ...(request.alsoFor?.length ? { [alsoForHeader]: request.alsoFor.join(',') } : {}),
    'x-received-at': request.receivedAt.toISOString(),
    ...(request.clientOperation ? { 'x-client-operation': request.clientOperation.slice(0, nameLength) } : {}),
  };
}

export const authorization = async (signer: InternalTokenSigner, service: string, principal: Principal): Promise<{ authorization: string }> => ({
  authorization: `Bearer ${await signer.sign(principal, service as ServiceName)}`,
});

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isPath = (value: unknown): value is readonly (string | number)[] =>
  Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number');

const isError = (value: unknown): value is Record<string, unknown> & { readonly message: string } => isRecord(value) && typeof value['message'] === 'string';

/** An error out of a JSON answer. One that is none says that something went wrong, and not what. */
function readError(value: unknown, service: string): GraphQLError {
  const { extensions, message, path } = isError(value) ? value : { ...(isRecord(value) ? value : {}), message: noError, extensions: { code: 'DOWNSTREAM_SERVICE_ERROR', service } };
  return new GraphQLError(message, {
    ...(isPath(path) ? { path: [...path] } : {}),
    ...(isRecord(extensions) ? { extensions } : {}),
  });
}

const noError = 'The service told an error that is none: it has no message';

/** None where no member is an error. */
export const readErrors = (values: readonly unknown[], service: string): GraphQLError[] =>
  values.some(isError) ? values.map((value) => readError(value, service)) : [];

/**
 * A GraphQL answer out of parsed JSON.
 *
 * @returns null for anything else, an answer without data and without errors included
 */
export function readResult(value: unknown, service: string): ExecutionResult | null {
  if (!isRecord(value)) return null;
  const { data, errors, extensions } = value;
  if (data !== undefined && data !== null && !isRecord(data)) return null;
  if (errors !== undefined && errors !== null && !Array.isArray(errors)) return null;
  const told: readonly unknown[] = errors ?? [];
  const read = data == null ? readErrors(told, service) : told.map((error) => readError(error, service));
  if (read.length === 0 && data == null && !isRecord(extensions)) return null;
  return {
    ...(data === undefined ? {} : { data }),
    ...(read.length > 0 ? { errors: read } : {}),
    ...(isRecord(extensions) ? { extensions } : {}),
  };
}

export const codeOf = (error: GraphQLFormattedError | GraphQLError): unknown => error.extensions?.['code'];

const readerFaults: ReadonlyMap<unknown, () => DomainError> = new Map<unknown, () => DomainError>([
  ['TOKEN_EXPIRED', () => new TokenExpired()], ['TOKEN_REVOKED', () => new TokenRevoked()], ['AGENCY_UNKNOWN', () => new AgencyUnknown()],
]);

/** The refusal behind a code, where the reader's own token is at fault: he is told. Every other refusal of the gateway's call is ours to mend. */
export const readerFault = (code: unknown): DomainError | null => readerFaults.get(code)?.() ?? null;

/** A service that finds the gateway's own operation invalid has another schema than the supergraph says; it gives no code, or a parser's. */
export const isForeignSchema = (errors: readonly GraphQLError[]): boolean =>
  errors.some((error) => codeOf(error) === undefined || String(codeOf(error)).startsWith('GRAPHQL_'));
