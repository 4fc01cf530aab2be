import type { PenaltyKind } from './code-lists';

/**
 * Penalties that forbid something for a time: a line of these says until when, or that it is for life. What a decision takes of them,
 * the register of punishments can list.
 */
const lastingPenaltyKinds = ['INDUSTRY_BAN', 'BUSINESS_RESTRICTION'] as const satisfies readonly PenaltyKind[];
export type LastingPenaltyKind = (typeof lastingPenaltyKinds)[number];
export const isLastingPenalty = (kind: string): kind is LastingPenaltyKind => lastingPenaltyKinds.some((lasting) => lasting === kind);
