import { z } from 'zod';
import { defineEvent } from './define-event';

const day = z.iso.date();

/** An act on an entry of the serious-dishonesty list: what the risk tier and the plans of inspection start from. */
export const dishonestyListingActed = defineEvent(
  'credit.dishonesty-listing-acted.v1',
  z.object({
    listingId: z.uuid(),
    caseId: z.uuid(),
    decisionId: z.uuid(),
    /** Position among the acts on the listing, from 1, without gaps. */
    position: z.number().int().positive(),
    act: z.string(),
    statusAfter: z.string(),
    agencyCode: z.string(),
    actorCode: z.string(),
    partyKind: z.enum(['ENTITY', 'PERSON']),
    /** Of the enterprise; null for a person. */
    uscc: z.string().nullable(),
    /** First and last day on the published list; no last day and `forLife` where a ban keeps it there for ever. Null before the publication. */
    publishedOn: day.nullable(),
    endsOn: day.nullable(),
    forLife: z.boolean(),
    /** On the published list after this act, until `endsOn`. */
    inForce: z.boolean(),
    occurredAt: z.iso.datetime({ offset: true }),
  }),
);

/** An act on a joint measure: the order, and what its executor says to it. */
export const jointMeasureActed = defineEvent(
  'credit.joint-measure-acted.v1',
  z.object({
    measureId: z.uuid(),
    listingId: z.uuid(),
    caseId: z.uuid(),
    /** Position among the acts on the measure, from 1, without gaps. */
    position: z.number().int().positive(),
    kind: z.string(),
    act: z.string(),
    statusAfter: z.string(),
    agencyCode: z.string(),
    executorCode: z.string(),
    actorCode: z.string(),
    uscc: z.string().nullable(),
    occurredAt: z.iso.datetime({ offset: true }),
  }),
);

/** An act on the publication of a decision, or on the deferral of all publication of a case. */
export const disclosureActed = defineEvent(
  'credit.disclosure-acted.v1',
  z.object({
    /** One of the two. */
    disclosureId: z.uuid().nullable(),
    deferralId: z.uuid().nullable(),
    /** Null for a decision that was imported. */
    caseId: z.uuid().nullable(),
    /** Position among the acts on the record or the deferral, from 1, without gaps. */
    position: z.number().int().positive(),
    act: z.string(),
    statusAfter: z.string(),
    agencyCode: z.string(),
    actorCode: z.string(),
    occurredAt: z.iso.datetime({ offset: true }),
  }),
);

/** A published decision is no longer shown: its period is over, or an act ended it. `caseId` is null for one that was imported. */
export const disclosureEnded = defineEvent(
  'credit.disclosure-ended.v1',
  z.object({ disclosureId: z.uuid(), caseId: z.uuid().nullable(), decisionId: z.uuid(), reason: z.string(), goneOn: day }),
);

export type DisclosureActed = z.infer<typeof disclosureActed.schema>;
export type DisclosureEnded = z.infer<typeof disclosureEnded.schema>;

/** An act on a credit repair: who uses the record stops with `stopped`, and goes on when it is taken back. */
export const creditRepairActed = defineEvent(
  'credit.repair-acted.v1',
  z.object({
    repairId: z.uuid(),
    disclosureId: z.uuid(),
    /** Null for a decision that was imported. */
    caseId: z.uuid().nullable(),
    decisionId: z.uuid(),
    /** Position among the acts on the repair, from 1, without gaps. */
    position: z.number().int().positive(),
    kind: z.string(),
    act: z.string(),
    statusAfter: z.string(),
    agencyCode: z.string(),
    actorCode: z.string(),
    /** Agency of the province where the party is registered, once it is told; null where there is none. */
    registryCode: z.string().nullable(),
    partyKind: z.enum(['ENTITY', 'PERSON']),
    uscc: z.string().nullable(),
    /** Whether the decision is no longer shown, shared or used after this act. */
    stopped: z.boolean(),
    occurredAt: z.iso.datetime({ offset: true }),
  }),
);

export type CreditRepairActed = z.infer<typeof creditRepairActed.schema>;
export type JointMeasureActed = z.infer<typeof jointMeasureActed.schema>;
export type DishonestyListingActed = z.infer<typeof dishonestyListingActed.schema>;
