const prefix = 'urn:casebridge:dev:';

/** `iss` of the tokens that the development issuer signs for an agency. */
export const developmentIssuer = (agencyCode: string): string => `${prefix}${agencyCode}`;

/** Whether an issuer is one that the development issuer may stand in for. */
export const isDevelopmentIssuer = (issuer: string): boolean => issuer.startsWith(prefix);
