// `admit` is left out on purpose: the gateway and a service's own HTTP server import it from './admission' by name.
export * from './citizen-ids';
export { assertAdmitted, isAdmitted } from './admission';
export * from './dev-issuer';
export * from './directory';
export * from './directory-feed';
export * from './identity.errors';
export * from './internal-token';
export type { FetchKeys } from './issuer-keys';
export * from './keys';
export * from './signer';
export { isAgencyFunction, isOfficerRole, officerRoles } from './reader-codes';
export * from './static-directory';
export * from './verify-token';
