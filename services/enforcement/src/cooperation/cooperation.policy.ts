import type { CooperationKind } from '@casebridge/contracts';
import { type AgencyFunction, type AgencyReader } from '@casebridge/kernel';
import { type CooperationActName, kindOfAct } from './cooperation.machine';

type Functions = readonly AgencyFunction[];
const has = (...wanted: Functions) => (functions: Functions): boolean => functions.some((f) => wanted.includes(f));

interface Parties {
  /** Agencies that may ask, and how they are called. */
  readonly asks: (functions: Functions) => boolean;
  readonly asking: string;
  /** Agencies that may be asked. */
  readonly isAsked: (functions: Functions) => boolean;
}

const anybody = (): boolean => true;
const regulators = has('DRUG', 'MARKET');

/** Between whom each kind is. */
export const parties: Readonly<Record<CooperationKind, Parties>> = {
  ASSISTANCE: { asks: has('DRUG', 'MARKET', 'SUPERVISION'), asking: 'market regulation, drug regulation or supervision', isAsked: anybody },
  JOINT_SUPERVISION: { asks: has('DRUG', 'MARKET', 'POLICE', 'PROCURATORATE'), asking: 'market or drug regulation, police or procuratorate', isAsked: has('DRUG', 'MARKET', 'POLICE', 'PROCURATORATE') },
  CONSULTATION: { asks: has('DRUG', 'MARKET', 'POLICE', 'PROCURATORATE'), asking: 'market or drug regulation, police or procuratorate', isAsked: anybody },
  EARLY_CONSULTATION: { asks: regulators, asking: 'market or drug regulation', isAsked: has('POLICE', 'PROCURATORATE') },
  TEST: { asks: has('DRUG', 'MARKET', 'POLICE', 'PROCURATORATE', 'COURT'), asking: 'market or drug regulation, police, procuratorate or court', isAsked: has('LAB') },
  SUGGESTION: { asks: has('PROCURATORATE'), asking: 'a procuratorate', isAsked: regulators },
  PUBLIC_INTEREST_CLUE: { asks: regulators, asking: 'market or drug regulation', isAsked: has('PROCURATORATE') },
};

interface Actor {
  readonly side: 'ASKING' | 'ASKED';
  readonly role: 'officer' | 'head';
}

const asking: Actor = { side: 'ASKING', role: 'officer' };
const askingHead: Actor = { side: 'ASKING', role: 'head' };
const asked: Actor = { side: 'ASKED', role: 'officer' };
const askedHead: Actor = { side: 'ASKED', role: 'head' };

/** Whose act it is, and in which role. */
const actors: Readonly<Record<CooperationActName, Actor>> = {
  requestAssistance: asking, acceptAssistance: asked, extendAssistance: askedHead, answerAssistance: asked, declineAssistance: askedHead, withdrawAssistance: asking,
  orderJointSupervision: askingHead, reportJointSupervision: asked, extendJointSupervision: askingHead, closeJointSupervision: askingHead, withdrawJointSupervision: askingHead,
  openConsultation: asking, giveConsultationOpinion: asked, concludeConsultation: asking, withdrawConsultation: asking,
  requestEarlyConsultation: askingHead, giveEarlyOpinion: asked, declineEarlyConsultation: askedHead, concludeEarlyConsultation: asking,
  requestTest: asking, acceptTest: asked, reportTest: asked, declineTest: asked, withdrawTest: asking,
  issueProcuratorialSuggestion: askingHead, answerProcuratorialSuggestion: askedHead, withdrawProcuratorialSuggestion: askingHead,
  sendPublicInterestClue: askingHead, receivePublicInterestClue: asked, reportPublicInterestOutcome: asked,
};

/** Whom the procedure of market regulation binds (PROC art. 85): market and drug regulation. */
export const boundByProcedure = regulators;

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
  const { asks, asking: askers } = parties[kindOfAct[act]];
  const { code, functions } = who.agency;
  if (cooperation === null && !asks(functions)) return `Only ${askers} may do this`;
  if (cooperation !== null && side === 'ASKING' && cooperation.agencyCode !== code) return 'Only the agency that asks may do this';
  if (cooperation !== null && side === 'ASKED' && !cooperation.askedCodes.includes(code)) return 'Only an agency that is asked may do this';
  if (who.roles.includes('head') || (role === 'officer' && who.roles.includes('officer'))) return null;
  return role === 'head' ? 'Only a head of the agency may do this' : 'Only an officer may do this';
}
