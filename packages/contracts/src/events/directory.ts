import { z } from 'zod';
import { defineEvent } from './define-event';

const jwk = z.record(z.string(), z.unknown());

/** The whole record of an agency after a change; a later event for the same code replaces it. */
export const agencyChanged = defineEvent(
  'directory.agency-changed.v1',
  z.object({
    code: z.string(),
    name: z.string(),
    nameEn: z.string(),
    functions: z.array(z.string()),
    regions: z.array(z.string()),
    superior: z.string().nullable(),
    status: z.enum(['ACTIVE', 'RETIRED']),
    issuer: z.string(),
    /** Keys of the issuer, inline or by address; neither where the development issuer signs. */
    jwks: z.object({ keys: z.array(jwk) }).nullable(),
    jwksUri: z.string().nullable(),
    officers: z.array(z.object({ id: z.string(), roles: z.array(z.string()) })),
    version: z.number().int(),
  }),
);

/** One token is worth nothing from now on. */
export const tokenRevoked = defineEvent(
  'directory.token-revoked.v1',
  z.object({ tokenId: z.string(), agencyCode: z.string(), until: z.iso.datetime({ offset: true }) }),
);

/** Every token of an officer issued up to `revokedAt` is worth nothing. */
export const officerRevoked = defineEvent(
  'directory.officer-revoked.v1',
  z.object({ agencyCode: z.string(), officerId: z.string(), revokedAt: z.iso.datetime({ offset: true }) }),
);

export type AgencyChanged = z.infer<typeof agencyChanged.schema>;
export type TokenRevoked = z.infer<typeof tokenRevoked.schema>;
export type OfficerRevoked = z.infer<typeof officerRevoked.schema>;
