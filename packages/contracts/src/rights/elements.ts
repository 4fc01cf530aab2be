/**
 * Who sees what, as data: the table of the rights policy for every element that exists. One cell names the relations that open an
 * element to agencies of a function; what is not granted does not exist. The tests hold a transcription made independently.
 */
export type Relation =
  /** Every authenticated agency. */
  | 'all'
  /** It filed, handles, inspected, received or listed the record; opens whatever the function. */
  | 'owner'
  /** It is above an owner on the superior edges. */
  | 'superior'
  /** It has a running part by an act that happened, or is above a police or procuratorate party. */
  | 'party'
  /** Drug regulator competent for the record's place, once the record is concluded or its decision served. */
  | 'local'
  /** The record is linked to a visible case to which it is party. */
  | 'linked'
  /** The law has made it public and the window is open today. */
  | 'published'
  /** Health authority competent for the place of a medical institution (for a case: after service). */
  | 'medical'
  /** Health authority competent for the place of an AEFI or a group event. */
  | 'event'
  /** Procuratorate competent for the place of an ordinary-procedure decision, from service on. */
  | 'ordinaryDecision'
  /** Procuratorate competent for the place of a case in which a referral was refused. */
  | 'refusalInRegion'
  /** Supervision competent for the place of a case whose file it has called for. */
  | 'fileCalledFor'
  /** It is asked to carry the measure out. */
  | 'executor';

/** Columns of the table; LAB and the other functions share OTHER, ADR centres read as HEALTH. */
export type RightsColumn =
  | 'DRUG' | 'MARKET' | 'POLICE' | 'PROCURATORATE' | 'COURT' | 'HEALTH' | 'SUPERVISION' | 'INSURANCE' | 'OTHER' | 'PUBLIC';

export type Cells = Readonly<Record<RightsColumn, readonly Relation[]>>;

const everyAgency = (publicCell: readonly Relation[]): Cells => ({
  DRUG: ['all'], MARKET: ['all'], POLICE: ['all'], PROCURATORATE: ['all'], COURT: ['all'], HEALTH: ['all'], SUPERVISION: ['all'],
  INSURANCE: ['all'], OTHER: ['all'], PUBLIC: publicCell,
});

/** The relation `all` in the public column stands for "also without a token". */
export const rights = {
  /** Name, USCC, licences; registration of products: open to everybody. */
  'enterprise.public': everyAgency(['all']),
  /** The rest of the master data, risk tier included. */
  'enterprise.master': everyAgency([]),
  /** Key persons, signals, the scores behind the tier. */
  'enterprise.inside': {
    DRUG: ['local', 'superior', 'owner'], MARKET: [], POLICE: ['linked'], PROCURATORATE: ['linked'], COURT: [], HEALTH: [],
    SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  'inspection.concluded': {
    DRUG: ['local', 'superior', 'owner', 'party', 'published'], MARKET: ['party', 'published'], POLICE: ['linked', 'published'],
    PROCURATORATE: ['linked', 'published'], COURT: ['published'], HEALTH: ['published', 'medical'], SUPERVISION: ['published'],
    INSURANCE: ['published'], OTHER: ['party', 'published'], PUBLIC: ['published'],
  },
  'inspection.open': {
    DRUG: ['owner', 'superior', 'party'], MARKET: ['party'], POLICE: [], PROCURATORATE: [], COURT: [], HEALTH: ['party'],
    SUPERVISION: [], INSURANCE: [], OTHER: ['party'], PUBLIC: [],
  },
  /** Number, status, dates, agency, enterprise. */
  'case.head': {
    DRUG: ['owner', 'superior', 'party', 'local'], MARKET: ['owner', 'superior', 'party'], POLICE: ['party'], PROCURATORATE: ['party'],
    COURT: ['party'], HEALTH: ['party', 'medical'], SUPERVISION: ['party'], INSURANCE: ['party'], OTHER: ['party'], PUBLIC: [],
  },
  'case.decision': {
    DRUG: ['owner', 'superior', 'party', 'local'], MARKET: ['owner', 'superior', 'party'], POLICE: ['party'],
    PROCURATORATE: ['party', 'ordinaryDecision'], COURT: ['party'], HEALTH: ['party', 'medical'], SUPERVISION: ['party'],
    INSURANCE: ['party'], OTHER: ['party'], PUBLIC: [],
  },
  /** Documents, evidence, goods, persons. */
  'case.file': {
    DRUG: ['owner', 'party'], MARKET: ['owner', 'party'], POLICE: ['party'], PROCURATORATE: ['party'], COURT: ['party'], HEALTH: [],
    SUPERVISION: ['party'], INSURANCE: [], OTHER: ['party'], PUBLIC: [],
  },
  /** The file may be called for, which gives a part in the case. */
  'case.callable': {
    DRUG: [], MARKET: [], POLICE: [], PROCURATORATE: ['refusalInRegion', 'ordinaryDecision'], COURT: [], HEALTH: [], SUPERVISION: ['fileCalledFor'], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** A clue, up to what became of it: whoever it was transferred to has a part in it. */
  'clue': {
    DRUG: ['owner', 'superior', 'party'], MARKET: ['owner', 'superior', 'party'], POLICE: [], PROCURATORATE: [], COURT: [], HEALTH: ['party'],
    SUPERVISION: [], INSURANCE: ['party'], OTHER: ['party'], PUBLIC: [],
  },
  /** The name of a natural person in it: of the persons of a case the superior reads nothing either. */
  'clue.person': {
    DRUG: ['owner', 'party'], MARKET: ['owner', 'party'], POLICE: [], PROCURATORATE: [], COURT: [], HEALTH: ['party'], SUPERVISION: [], INSURANCE: ['party'],
    OTHER: ['party'], PUBLIC: [],
  },
  /** The number under which a complaint behind it is kept: as the content of the complaint. */
  'clue.complaintNo': {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: [], PROCURATORATE: [], COURT: [], HEALTH: [], SUPERVISION: [], INSURANCE: [],
    OTHER: [], PUBLIC: [],
  },
  /** What one agency asks of others: both ends own it, whatever their function; those above either end read it. */
  'cooperation': {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['owner', 'superior'], PROCURATORATE: ['owner', 'superior'], COURT: ['owner', 'superior'],
    HEALTH: ['owner', 'superior'], SUPERVISION: ['owner'], INSURANCE: ['owner'], OTHER: ['owner'], PUBLIC: [],
  },
  /** Public-interest clues and procuratorial suggestions: the same between regulators and procuratorates. */
  'publicInterest': {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['owner'], PROCURATORATE: ['owner', 'superior'], COURT: ['owner'], HEALTH: ['owner'],
    SUPERVISION: ['owner'], INSURANCE: ['owner'], OTHER: ['owner'], PUBLIC: [],
  },
  /** A clue to a duty crime: the officer who sent it owns it, no agency does; its part has the supervision that it was sent to. */
  'dutyCrimeClue': {
    DRUG: [], MARKET: [], POLICE: [], PROCURATORATE: [], COURT: [], HEALTH: [], SUPERVISION: ['party'], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** The referral and its timeline. */
  'referral': {
    DRUG: ['owner', 'superior', 'party'], MARKET: ['owner', 'superior', 'party'], POLICE: ['party'], PROCURATORATE: ['party'],
    COURT: ['party'], HEALTH: [], SUPERVISION: ['party'], INSURANCE: [], OTHER: ['party'], PUBLIC: [],
  },
  /** Refusals to refer, with their reasons. */
  'referral.refusal': {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['owner', 'superior'], PROCURATORATE: ['refusalInRegion'],
    COURT: [], HEALTH: [], SUPERVISION: ['fileCalledFor'], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** What stands still or may have gone wrong; the owner is who owes the next act. */
  'supervision': {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['owner', 'superior'], PROCURATORATE: ['refusalInRegion'], COURT: [], HEALTH: [],
    SUPERVISION: ['fileCalledFor'], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** What police, procuratorate and court write once there is a criminal case. */
  'referral.proceedings': {
    DRUG: [], MARKET: [], POLICE: ['party'], PROCURATORATE: ['party'], COURT: ['party'], HEALTH: [], SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** Of that, what is owed to the agency that filed: withdrawal, decision not to prosecute, effective judgment. */
  'referral.notice': {
    DRUG: ['owner'], MARKET: ['owner'], POLICE: ['party'], PROCURATORATE: ['party'], COURT: ['party'], HEALTH: [], SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** Industry ban, dishonesty entry and the like while published and in force. */
  'punishment.inForce': everyAgency(['published']),
  /** The same before publication, after repair or expiry. */
  'punishment.other': {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['linked'], PROCURATORATE: ['linked'], COURT: [], HEALTH: [],
    SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** Joint measures: order and feedback; while the listing is in force everybody reads that there is one. */
  'jointMeasure': {
    DRUG: ['owner', 'superior', 'executor', 'published'], MARKET: ['owner', 'superior', 'executor', 'published'], POLICE: ['executor', 'published'],
    PROCURATORATE: ['executor', 'published'], COURT: ['executor', 'published'], HEALTH: ['executor', 'published'], SUPERVISION: ['executor', 'published'],
    INSURANCE: ['executor', 'published'], OTHER: ['executor', 'published'], PUBLIC: ['published'],
  },
  /** The same, with its words: who ordered, who supervises it, who carries it out. */
  'jointMeasure.words': {
    DRUG: ['owner', 'superior', 'executor'], MARKET: ['owner', 'superior', 'executor'], POLICE: ['executor'], PROCURATORATE: ['executor'], COURT: ['executor'],
    HEALTH: ['executor'], SUPERVISION: ['executor'], INSURANCE: ['executor'], OTHER: ['executor'], PUBLIC: [],
  },
  /** Credit repair: as what it repairs after its repair, and the agency of the registering province that is told of it. */
  'repair': {
    DRUG: ['owner', 'superior', 'party'], MARKET: ['owner', 'superior', 'party'], POLICE: ['linked'], PROCURATORATE: ['linked'], COURT: [], HEALTH: [],
    SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** That a repair was revoked for fraud, for three years. */
  'repair.revocation': {
    DRUG: ['published'], MARKET: ['published'], POLICE: ['published'], PROCURATORATE: ['published'], COURT: ['published'], HEALTH: ['published'], SUPERVISION: ['published'],
    INSURANCE: ['published'], OTHER: ['published'], PUBLIC: ['published'],
  },
  /** A file of decisions that it sent, and what became of each row. */
  'penaltyImport': { DRUG: ['owner'], MARKET: ['owner'], POLICE: [], PROCURATORATE: [], COURT: [], HEALTH: [], SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [] },
  /** The whole record of a decision that was imported, with its history: a file entry even where the law keeps it from publication. */
  'importedPenalty': {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: [], PROCURATORATE: [], COURT: [], HEALTH: [], SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** Disclosure records: on display to everybody; before, after and withdrawn as other consequences of a decision. */
  'disclosure': {
    DRUG: ['published', 'owner', 'superior'], MARKET: ['published', 'owner', 'superior'], POLICE: ['published', 'linked'], PROCURATORATE: ['published', 'linked'],
    COURT: ['published'], HEALTH: ['published'], SUPERVISION: ['published'], INSURANCE: ['published'], OTHER: ['published'],
    PUBLIC: ['published'],
  },
  /** How it came to the publication, or not: reviews, proposals, reasons, deferrals. */
  'disclosure.procedure': {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: [], PROCURATORATE: [], COURT: [], HEALTH: [], SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** Adverse-reaction reports and AEFI, de-identified. */
  'report': {
    DRUG: ['local', 'superior', 'owner'], MARKET: [], POLICE: ['linked'], PROCURATORATE: ['linked'], COURT: [], HEALTH: ['event'],
    SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** Content of a complaint, scrubbed of clues to the reporter. */
  'complaint.content': {
    DRUG: ['owner', 'superior'], MARKET: ['owner', 'superior'], POLICE: ['linked'], PROCURATORATE: ['linked'], COURT: [], HEALTH: [],
    SUPERVISION: [], INSURANCE: [], OTHER: [], PUBLIC: [],
  },
  /** Id, date and status of a complaint. */
  'complaint.head': {
    DRUG: ['owner', 'superior', 'party'], MARKET: ['owner', 'superior', 'party'], POLICE: ['linked'], PROCURATORATE: ['linked'],
    COURT: [], HEALTH: [], SUPERVISION: [], INSURANCE: [], OTHER: ['party'], PUBLIC: [],
  },
} as const satisfies Record<string, Cells>;

export type RightsElement = keyof typeof rights;
