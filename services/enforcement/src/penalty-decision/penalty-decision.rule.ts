import { type CaseProcedure, type CaseStatus, type DiscretionTier, isLastingPenalty, type PartyKind, type PenaltyKind } from '@casebridge/contracts';
import { type AgencyFunction, apl2021, type Citation, civilDate, type HolidayCalendar, isFen, m41, mayBlock, proc, startOfDay, yuan } from '@casebridge/kernel';
import { type ArticleRef, banLengthFinding, type Finding, personalPenaltyFindings } from './penalty-article.rule';
import { decisionDeadline, type DecisionPeriod, lastDayOf } from './decision-period.rule';
import { penaltyClocks } from './penalty-decision.clocks';

/** A line of a decision as it is judged by the rules. */
export interface DecisionItem {
  readonly kind: PenaltyKind;
  readonly partyKind: PartyKind;
  readonly partyName: string;
  readonly amountFen: number | null;
  readonly basis: ArticleRef;
  readonly startsOn: string | null;
  readonly endsOn: string | null;
  readonly forLife: boolean;
}

export interface DecisionFacts {
  readonly authorityFunctions: readonly AgencyFunction[];
  readonly caseStatus: CaseStatus;
  readonly filedAt: Date;
  readonly procedure: CaseProcedure;
  readonly tier: DiscretionTier;
  readonly decidedOn: string;
  readonly servedOn: string | null;
  readonly noPersonalPenaltyReason: string | null;
  readonly items: readonly DecisionItem[];
  /** What does not count into the period of the decision, and by how many days it was extended. */
  readonly excluded: DecisionPeriod['excluded'];
  readonly extensions: DecisionPeriod['extensions'];
}

/** What has a price: these lines have an amount. */
const moneyKinds: readonly PenaltyKind[] = ['FINE', 'CONFISCATION_OF_GAINS', 'CONFISCATION_OF_GOODS'];

/** Penalties that need not wait for the criminal proceedings. */
export const notWaitingKinds: readonly PenaltyKind[] = [
  'WARNING', 'CRITICISM', 'BUSINESS_RESTRICTION', 'PRODUCTION_SUSPENSION', 'CLOSURE', 'INDUSTRY_BAN', 'LICENCE_SUSPENSION', 'LICENCE_REVOCATION',
];
export const needsNotWait = (items: readonly Pick<DecisionItem, 'kind'>[]): boolean => items.every((i) => notWaitingKinds.includes(i.kind));

/** Ceilings of a fine in the simplified procedure. */
const simplifiedCeilingFen: Readonly<Record<PartyKind, number>> = { PERSON: yuan(200), ENTITY: yuan(3_000) };

/** Everything that the rules of law say to a decision: what refuses it, and what it is to be told. */
export function findingsOn(decision: DecisionFacts, calendar: HolidayCalendar): Finding[] {
  return [
    ...decision.items.flatMap((item, i) => itemFindings(item, decision, `input.items.${i}`)),
    ...personalPenaltyFindings({ ...decision, serious: decision.tier === 'HEAVY' }),
    ...pendingFindings(decision),
    ...clockFindings(decision, calendar),
  ];
}

const finding = (code: string, field: string, message: string, basis: Citation): Finding => ({ code, field, message, basis, blocks: mayBlock(basis.mark) });

function itemFindings(item: DecisionItem, decision: DecisionFacts, field: string): Finding[] {
  const found: Finding[] = [];
  if (item.kind === 'INDUSTRY_BAN' && item.startsOn !== null) {
    const length = banLengthFinding({ basis: item.basis, startsOn: item.startsOn, endsOn: item.endsOn }, field);
    if (length) found.push(length);
  }
  if (item.kind === 'DETENTION' && !decision.authorityFunctions.includes('POLICE')) {
    found.push(finding('DETENTION_BY_POLICE_ONLY', `${field}.kind`, 'only the police decide on detention', apl2021('9')));
  }
  if (decision.procedure === 'SIMPLIFIED' && !isSimple(item)) {
    found.push(finding('SIMPLIFIED_PROCEDURE_LIMIT', field,
      'the simplified procedure knows a warning, and a fine of up to ¥200 for a person or ¥3,000 for an entity', apl2021('51')));
  }
  return found;
}

const isSimple = ({ kind, partyKind, amountFen }: DecisionItem): boolean =>
  kind === 'WARNING' || (kind === 'FINE' && (amountFen ?? 0) <= simplifiedCeilingFen[partyKind]);

function pendingFindings({ caseStatus }: DecisionFacts): Finding[] {
  if (caseStatus !== 'PENDING_CRIMINAL') return [];
  return [finding('PENDING_CRIMINAL', 'caseId', 'the case waits for criminal proceedings; that these kinds of penalty need not wait is not verified', m41('14'))];
}

/** A late decision is a fact that the record must hold: told, never refused. */
function clockFindings({ filedAt, decidedOn, servedOn, caseStatus, excluded, extensions }: DecisionFacts, calendar: HolidayCalendar): Finding[] {
  const found: Finding[] = [];
  if (caseStatus !== 'PENDING_CRIMINAL') {
    const last = decisionDeadline({ filedAt, excluded, extensions }, startOfDay(decidedOn), calendar)?.lastDay ?? null;
    if (last !== null && decidedOn > last) {
      found.push({ ...finding('DECISION_LATE', 'input.decidedOn', `ninety days from filing, with what was added and without what does not count, ended on ${last}`, proc('64')), blocks: false });
    }
  }
  return [...found, ...serviceFindings(decidedOn, servedOn, calendar)];
}

/** Whether the decision was served within seven working days. */
export function serviceFindings(decidedOn: string, servedOn: string | null, calendar: HolidayCalendar): Finding[] {
  const last = lastDayOf(penaltyClocks.decisionService, startOfDay(decidedOn), calendar);
  if (servedOn === null || last === null || servedOn <= last) return [];
  return [{ ...finding('SERVICE_LATE', 'input.servedOn', `seven working days from the decision ended on ${last}`, apl2021('61')), blocks: false }];
}

export interface InputFault {
  readonly field: string;
  readonly rule: string;
}

/** Days end with the year 9999; from here on the longest period that an article knows still ends before. */
const calendarEnd = '9900-01-01';

/** What is wrong with a line by itself, law aside: a line that the table would not take. */
export function itemFaults(item: DecisionItem, field: string): InputFault[] {
  const faults: InputFault[] = [];
  const rule = (holds: boolean, name: string, text: string): void => {
    if (!holds) faults.push({ field: `${field}.${name}`, rule: text });
  };
  rule(item.amountFen === null || isFen(item.amountFen), 'amountFen', 'must be a whole number of fen, not negative');
  rule(!moneyKinds.includes(item.kind) || item.amountFen !== null, 'amountFen', 'must be given for this kind of penalty');
  rule(item.kind !== 'FINE' || item.amountFen !== 0, 'amountFen', 'must be more than nothing');
  rule(item.partyName !== '', 'partyName', 'must not be blank');
  rule(item.endsOn === null || (item.startsOn !== null && item.endsOn >= item.startsOn), 'endsOn', 'must not lie before startsOn');
  rule(!item.forLife || item.endsOn === null, 'forLife', 'has no last day');
  rule(item.startsOn === null || item.startsOn < calendarEnd, 'startsOn', 'must lie where a period can be counted from');
  if (item.kind === 'INDUSTRY_BAN') {
    rule(item.partyKind === 'PERSON', 'partyKind', 'must be a natural person: an industry ban is on a person');
    rule(item.startsOn !== null, 'startsOn', 'must be given for a ban');
  }
  // Without it the punishment cannot be listed: nobody could say whether it is in force.
  if (isLastingPenalty(item.kind) && !item.forLife) rule(item.endsOn !== null, 'endsOn', 'must be given for a ban or restriction that is not for life');
  rule(item.kind !== 'DETENTION' || item.partyKind === 'PERSON', 'partyKind', 'must be a natural person: only a person is detained');
  return faults;
}

interface DecisionDates {
  readonly filedAt: Date;
  readonly decidedOn: string;
  readonly servedOn: string | null;
  readonly today: string;
}

export function dateFaults({ filedAt, decidedOn, servedOn, today }: DecisionDates): InputFault[] {
  const faults: InputFault[] = [];
  if (decidedOn > today) faults.push({ field: 'input.decidedOn', rule: 'must not lie in the future' });
  if (decidedOn < civilDate(filedAt)) faults.push({ field: 'input.decidedOn', rule: 'must not lie before the case was filed' });
  if (servedOn !== null && servedOn > today) faults.push({ field: 'input.servedOn', rule: 'must not lie in the future' });
  if (servedOn !== null && servedOn < decidedOn) faults.push({ field: 'input.servedOn', rule: 'must not lie before the decision' });
  return faults;
}
