import { z } from 'zod';
import { defineEvent } from './define-event';

const instant = z.iso.datetime({ offset: true });
const day = z.iso.date();

/** Who takes part in a case, whether it is sealed and who is excluded: the whole state, so that a projection replaces its row. */
export const caseAccessChanged = defineEvent(
  'enforcement.case-access-changed.v1',
  z.object({
    caseId: z.uuid(),
    version: z.number().int().positive(),
    agencyCode: z.string(),
    regionCode: z.string(),
    enterpriseUscc: z.string().nullable(),
    respondentKind: z.string(),
    filedAt: instant,
    servedOn: day.nullable(),
    parts: z.array(z.string()),
    sealedUntil: day.nullable(),
    sealOfficers: z.array(z.string()),
    sealParties: z.array(z.string()),
    excluded: z.array(z.string()),
    /** Asks every service to say that it has applied this version (a seal, an exclusion). */
    acknowledge: z.boolean(),
  }),
);

/** A service has applied the access state of a case; published by that service. */
export const accessApplied = defineEvent(
  'access.case-access-applied.v1',
  z.object({ caseId: z.uuid(), version: z.number().int().positive() }),
);

/** An act on a referral, as the timeline records it. */
export const referralActed = defineEvent(
  'enforcement.referral-acted.v1',
  z.object({
    referralId: z.uuid(),
    caseId: z.uuid(),
    /** Position in the referral's timeline, from 1, without gaps. */
    position: z.number().int().positive(),
    version: z.number().int().positive(),
    act: z.string(),
    statusAfter: z.string(),
    holderAfter: z.string(),
    dueAtAfter: instant.nullable(),
    occurredAt: instant,
    actorCode: z.string(),
    /** The filing agency, and every agency with a part at this position, those whose part this act ended included. */
    ownerCode: z.string(),
    readers: z.array(z.string()),
  }),
);

/** Something stands still or went wrong, told once: found again only after another act. */
export const supervisionFound = defineEvent(
  'enforcement.supervision-found.v1',
  z.object({ id: z.guid(), kind: z.string(), caseId: z.uuid().nullable(), clueId: z.uuid().nullable(), owesCode: z.string(), since: instant, foundAt: instant }),
);
export type SupervisionFound = z.infer<typeof supervisionFound.schema>;

/** An act on a clue, as its history records it; a case that it was filed as is known by its own event. */
export const clueActed = defineEvent(
  'enforcement.clue-acted.v1',
  z.object({
    clueId: z.uuid(),
    /** Counts the acts from 1: the position in the clue's history as well. */
    version: z.number().int().positive(),
    act: z.string(),
    statusAfter: z.string(),
    source: z.string(),
    regionCode: z.string(),
    enterpriseUscc: z.string().nullable(),
    dueAtAfter: instant.nullable(),
    /** Whether the decision came in time; null for acts that decide nothing. */
    met: z.boolean().nullable(),
    caseId: z.uuid().nullable(),
    occurredAt: instant,
    actorCode: z.string(),
    ownerCode: z.string(),
    /** Agencies that received it by a transfer. */
    readers: z.array(z.string()),
  }),
);

/** An act on what agencies ask of one another, as its history records it; nothing of what was said. */
export const cooperationActed = defineEvent(
  'enforcement.cooperation-acted.v1',
  z.object({
    cooperationId: z.uuid(),
    /** Counts the acts from 1: the position in the history as well. */
    version: z.number().int().positive(),
    kind: z.string(),
    act: z.string(),
    statusAfter: z.string(),
    caseId: z.uuid().nullable(),
    dueAtAfter: instant.nullable(),
    /** Whether the answer came in time; null for acts that answer nothing. */
    met: z.boolean().nullable(),
    occurredAt: instant,
    actorCode: z.string(),
    /** Who asks, and who is asked. */
    ownerCode: z.string(),
    askedCodes: z.array(z.string()),
  }),
);
export type CooperationActed = z.infer<typeof cooperationActed.schema>;

/** A step of an administrative case, as its history records it; of what was said with it nothing. */
export const caseStepped = defineEvent(
  'enforcement.case-stepped.v1',
  z.object({
    caseId: z.uuid(),
    /** Position in the history of the case, from 1, without gaps. */
    position: z.number().int().positive(),
    act: z.string(),
    statusAfter: z.string(),
    dueAtAfter: instant.nullable(),
    /** Whether what was owed came in time; null for steps that nothing was owed with. */
    met: z.boolean().nullable(),
    occurredAt: instant,
    actorCode: z.string(),
    ownerCode: z.string(),
    /** Agencies with a part in the case at this step. */
    readers: z.array(z.string()),
  }),
);

export const compulsoryMeasureActed = defineEvent(
  'enforcement.compulsory-measure-acted.v1',
  z.object({
    caseId: z.uuid(),
    measureId: z.uuid(),
    /** Position in the history of the measure, from 1, without gaps. */
    position: z.number().int().positive(),
    act: z.string(),
    statusAfter: z.string(),
    dueAtAfter: instant.nullable(),
    met: z.boolean().nullable(),
    occurredAt: instant,
    actorCode: z.string(),
    ownerCode: z.string(),
    /** Agencies with a part in the case at this act. */
    readers: z.array(z.string()),
  }),
);

const basis = z.object({ instrument: z.string(), article: z.string(), mark: z.enum(['V', 'P', 'NV']) });

export const penaltyItem = z.object({
  id: z.uuid(),
  kind: z.string(),
  partyKind: z.enum(['ENTITY', 'PERSON']),
  partyName: z.string(),
  /** Of the identity number of a person (`CitizenIds`); events older than it lack it. */
  partyIdDigest: z.string().regex(/^[0-9a-f]{64}$/).nullish(),
  amountFen: z.number().int().nonnegative().nullable(),
  basis,
  /** First and last day of a restriction or ban; no last day and `forLife` where it does not end. */
  startsOn: day.nullable(),
  endsOn: day.nullable(),
  forLife: z.boolean(),
});

/** A penalty decision was made and served: what disclosure, listing and bans start from. */
export const penaltyDecided = defineEvent(
  'enforcement.penalty-decided.v1',
  z.object({
    decisionId: z.uuid(),
    caseId: z.uuid(),
    documentNo: z.string(),
    procedure: z.enum(['ORDINARY', 'SIMPLIFIED']),
    authorityCode: z.string(),
    regionCode: z.string(),
    partyName: z.string(),
    partyUscc: z.string().nullable(),
    partyKind: z.enum(['ENTITY', 'PERSON']),
    violationType: z.string(),
    /** Drug, device, cosmetic …: decides the class of disclosure. */
    domain: z.string(),
    /** The discretion tier: from-light or mitigated decisions may be minor. */
    tier: z.enum(['MITIGATED', 'LIGHT', 'ORDINARY', 'HEAVY']),
    decidedOn: day,
    servedOn: day,
    items: z.array(penaltyItem).min(1),
  }),
);

/**
 * What became of a decision after it was made (APL art. 48(2), O45 art. 11): it was changed, revoked, confirmed illegal or is void. What was published of it is
 * withdrawn, and what follows from it for a name ends. A changed decision is followed by the decision that takes its place.
 */
export const penaltyOverturned = defineEvent(
  'enforcement.penalty-overturned.v1',
  z.object({
    decisionId: z.uuid(),
    caseId: z.uuid(),
    documentNo: z.string(),
    authorityCode: z.string(),
    regionCode: z.string(),
    outcome: z.enum(['CHANGED', 'REVOKED', 'CONFIRMED_ILLEGAL', 'VOID']),
    by: z.enum(['RECONSIDERATION', 'LITIGATION', 'SELF_CORRECTION']),
    /** Number of the document that says so, and its day: the clock of the withdrawal starts with it. */
    outcomeDocumentNo: z.string(),
    decidedOn: day,
  }),
);

export type CaseAccessChanged = z.infer<typeof caseAccessChanged.schema>;
export type CompulsoryMeasureActed = z.infer<typeof compulsoryMeasureActed.schema>;
export type CaseStepped = z.infer<typeof caseStepped.schema>;
export type ClueActed = z.infer<typeof clueActed.schema>;
export type ReferralActed = z.infer<typeof referralActed.schema>;
export type PenaltyOverturned = z.infer<typeof penaltyOverturned.schema>;
export type PenaltyDecided = z.infer<typeof penaltyDecided.schema>;
export type PenaltyItemData = z.infer<typeof penaltyItem>;
