import type { CooperationKind } from '@casebridge/contracts';
import { type AgencyFunction, type AgencyReader } from '@casebridge/kernel';
import { type CooperationActName, kindOfAct } from './cooperation.machine';

type Functions = readonly AgencyFunction[];
const has = (...wanted: Functions) => (functions: Functions): boolean => functions.some((f) => wanted.includes(f));

interface Parties {
  /** Agencies that may ask, and how they are called. */
  readonly asks: (functions: Functions) => boolean;
  readonly asking: string;
}

/** Between whom each kind is. */
export const parties: Readonly<Record<CooperationKind, Parties>> = {
  ASSISTANCE: { asks: has('DRUG', 'MARKET', 'SUPERVISION'), asking: 'market regulation, drug regulation or supervision' },
};

interface Actor {
  readonly side: 'ASKING' | 'ASKED';
  readonly role: 'officer' | 'head';
}

/** Whose act it is, and in which role. */
const actors: Readonly<Record<CooperationActName, Actor>> = {
  requestAssistance: { side: 'ASKING', role: 'officer' }, acceptAssistance: { side: 'ASKED', role: 'officer' }, extendAssistance: { side: 'ASKED', role: 'head' },
  answerAssistance: { side: 'ASKED', role: 'officer' }, declineAssistance: { side: 'ASKED', role: 'head' }, withdrawAssistance: { side: 'ASKING', role: 'officer' },
};

/** Whom the procedure of market regulation binds (PROC art. 85): market and drug regulation. */
export const boundByProcedure = has('DRUG', 'MARKET');

/** The urgent period is that of inspections of drugs: between regulators of drugs. */
export const mayBeUrgent = (asking: Functions, asked: Functions): boolean => has('DRUG')(asking) && has('DRUG')(asked);

/**
 * Null when the officer may act; else why not, in words for him.
 *
 * @param cooperation - null for one that is being begun
 */
export function whyNotCooperationAct(
  who: AgencyReader, act: CooperationActName, cooperation: { readonly agencyCode: string; readonly askedCodes: readonly string[] } | null,
): string | null {
  const { side, role } = actors[act];
  const { asks, asking } = parties[kindOfAct[act]];
  const { code, functions } = who.agency;
  if (cooperation === null && !asks(functions)) return `Only ${asking} may do this`;
  if (cooperation !== null && side === 'ASKING' && cooperation.agencyCode !== code) return 'Only the agency that asks may do this';
  if (cooperation !== null && side === 'ASKED' && !cooperation.askedCodes.includes(code)) return 'Only an agency that is asked may do this';
  if (who.roles.includes('head') || (role === 'officer' && who.roles.includes('officer'))) return null;
  return role === 'head' ? 'Only a head of the agency may do this' : 'Only an officer may do this';
}
