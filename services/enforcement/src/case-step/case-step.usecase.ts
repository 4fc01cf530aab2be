import type { CaseReviewKind, ExcludedTimeKind, NoPenaltyDecisionKind, PenaltyKind, SuspensionGround, TerminationGround } from '@casebridge/contracts';
import { agencyCode, apl2021, BadUserInput, normaliseDocumentNo, parseDocumentNo, proc } from '@casebridge/kernel';
import { lineInput } from '@casebridge/platform';
import { twoOfficers } from '../shared/officers';
import { hasOwnActs, isRunning, type StepWords } from './case-standing.rule';
import { caseStep, type Doing } from './case-step-act';
import { pastDay, reasonsOf, textOf } from './case-step-words';
import { ReviewedByCaseOfficer } from './case-step.errors';
import type { NotifyHearingInput, ServeCaseNoticeInput } from './case-step.input';

const MOST_DAYS = 180;
const MOST_HEADS = 50;

function daysOf({ days }: { readonly days: number }): Pick<StepWords, 'days'> {
  if (days < 1 || days > MOST_DAYS) throw new BadUserInput('input.days', `must be 1 to ${MOST_DAYS}`);
  return { days };
}

/** Heads who take part in a discussion: two at least, each once. */
function headsOf({ participants }: { readonly participants: readonly string[] }): Pick<StepWords, 'participants'> {
  const named = participants.map((name, i) => lineInput(name, `input.participants.${i}`, 100));
  if (new Set(named).size < Math.max(2, named.length) || named.length > MOST_HEADS) {
    throw new BadUserInput('input.participants', `must name two to ${MOST_HEADS}, each once`, proc('60'));
  }
  return { participants: named };
}

export const beginInvestigation = caseStep<{ officers: readonly string[] }>('beginInvestigation', async ({ acting, found }, { officers }) => ({
  officers: await twoOfficers(acting, officers, { agencyCode: found.agencyCode, field: 'input.officers', basis: proc('22') }),
}));

export const suspendCase = caseStep<{ ground: SuspensionGround; reasons: string }>('suspendCase', (_, input) => ({ suspensionGround: input.ground, ...reasonsOf(input) }));

export const resumeCase = caseStep<{ reasons: string }>('resumeCase', (_, input) => reasonsOf(input));

export const terminateCase = caseStep<{ ground: TerminationGround; reasons: string }>('terminateCase', (_, input) => ({ terminationGround: input.ground, ...reasonsOf(input) }));

function excludedKind(doing: Doing, kind: ExcludedTimeKind, running: boolean): Pick<StepWords, 'excludedKind'> {
  if (hasOwnActs(kind)) throw new BadUserInput('input.kind', 'begins and ends with the acts of suspension or hearing');
  if (isRunning(doing.standing, kind) !== running) throw new BadUserInput('input.kind', running ? 'is not what does not count now' : 'is what does not count already');
  return { excludedKind: kind };
}
/** From now on the period of the decision waits: for a test, an appraisal, a public notice, an order to refund. */
export const beginExcludedTime = caseStep<{ kind: ExcludedTimeKind; reasons: string }>('beginExcludedTime', (doing, input) => ({
  ...excludedKind(doing, input.kind, false), ...reasonsOf(input),
}));
export const endExcludedTime = caseStep<{ kind: ExcludedTimeKind; reasons: string }>('endExcludedTime', (doing, input) => ({
  ...excludedKind(doing, input.kind, true), ...reasonsOf(input),
}));

export const concludeInvestigation = caseStep<{ report: string }>('concludeInvestigation', (_, { report }) => textOf(report, 'input.report'));

export const sendCaseForReview = caseStep<{ kind: CaseReviewKind; major: boolean }>('sendCaseForReview', (_, { kind, major }) => ({ reviewKind: kind, major }));

export const extendCaseReview = caseStep<{ days: number; reasons: string }>('extendCaseReview', (_, input) => ({ ...daysOf(input), ...reasonsOf(input) }));

/** @throws ReviewedByCaseOfficer */
function opinionOf({ acting: { who }, standing }: Doing, { opinion }: { readonly opinion: string }): Pick<StepWords, 'text'> {
  if (standing.officers.includes(who.officerId)) throw new ReviewedByCaseOfficer();
  return textOf(opinion, 'input.opinion');
}
export const passCaseReview = caseStep<{ opinion: string }>('passCaseReview', opinionOf);
export const returnCaseFromReview = caseStep<{ opinion: string }>('returnCaseFromReview', opinionOf);

export const discussCaseCollectively = caseStep<{ participants: readonly string[]; conclusion: string }>('discussCaseCollectively', (_, input) => ({
  ...headsOf(input), ...textOf(input.conclusion, 'input.conclusion'),
}));

/** Tells the party what is intended, on which facts and grounds, and what it may do (告知). */
export const serveCaseNotice = caseStep<ServeCaseNoticeInput>('serveCaseNotice', (doing, input) => {
  const amount = (value: number | null | undefined, field: string): number | null => {
    if (value != null && value < 0) throw new BadUserInput(field, 'must not be negative');
    return value ?? null;
  };
  if (input.kinds.length === 0 || new Set(input.kinds).size < input.kinds.length) throw new BadUserInput('input.kinds', 'must name the intended penalties, each once');
  const passedOn = doing.standing.review?.passedOn;
  if (passedOn !== undefined && input.servedOn < passedOn) throw new BadUserInput('input.servedOn', 'must not lie before the review was passed', apl2021('58'));
  return {
    ...pastDay(doing, input.servedOn, 'input.servedOn'), ...textOf(input.facts, 'input.facts'), intendedKinds: [...input.kinds] satisfies PenaltyKind[],
    fineFen: amount(input.fineFen, 'input.fineFen'), confiscationFen: amount(input.confiscationFen, 'input.confiscationFen'), hearingOffered: input.hearingOffered,
  };
});

export const recordPartyStatement = caseStep<{ statement: string; waives: boolean }>('recordPartyStatement', (_, { statement, waives }) => ({
  ...textOf(statement, 'input.statement'), waives,
}));

export const recordHearingRequest = caseStep<{ requestedOn: string }>('recordHearingRequest', (doing, { requestedOn }) => {
  const { notice } = doing.standing;
  if (notice && requestedOn < notice.servedOn) throw new BadUserInput('input.requestedOn', 'must not lie before the notice was served');
  return pastDay(doing, requestedOn, 'input.requestedOn');
});

export const notifyHearing = caseStep<NotifyHearingInput>('notifyHearing', (_, { hearingOn, place, chair }) => ({
  on: hearingOn, place: lineInput(place, 'input.place'), chair: lineInput(chair, 'input.chair', 100),
}));

export const recordHearingHeld = caseStep<{ record: string }>('recordHearingHeld', (_, { record }) => textOf(record, 'input.record'));

export const recordHearingAbandoned = caseStep<{ reasons: string }>('recordHearingAbandoned', (_, input) => reasonsOf(input));

export const extendDecision = caseStep<{ reasons: string }>('extendDecision', (_, input) => reasonsOf(input));

export const extendDecisionFurther = caseStep<{ days: number; participants: readonly string[]; reasons: string }>('extendDecisionFurther', (_, input) => ({
  ...daysOf(input), ...headsOf(input), ...reasonsOf(input),
}));

interface NoPenalty {
  readonly kind: NoPenaltyDecisionKind;
  readonly documentNo: string;
  readonly decidedOn: string;
  readonly reasons: string;
  readonly toAgency?: string | null;
}
/** Decides a case without a penalty: minor, not established, or for another authority (APL 57(1)). */
export const decideWithoutPenalty = caseStep<NoPenalty>('decideWithoutPenalty', (doing, input) => {
  const documentNo = normaliseDocumentNo(input.documentNo);
  if (parseDocumentNo(documentNo) === null) throw new BadUserInput('input.documentNo', 'must be a document number such as 沈市监不罚〔2026〕12号');
  return { decisionKind: input.kind, documentNo, ...pastDay(doing, input.decidedOn, 'input.decidedOn'), ...receiverOf(doing, input), ...reasonsOf(input) };
});

function receiverOf({ acting, found }: Doing, { kind, toAgency }: NoPenalty): Pick<StepWords, 'toAgency'> {
  if ((kind === 'TRANSFER_ADMIN') !== (toAgency != null)) throw new BadUserInput('input.toAgency', 'must be given for a transfer to another administrative authority, and for nothing else');
  if (toAgency == null) return {};
  const receiver = acting.ctx.deps.directory.agency(agencyCode(toAgency, 'input.toAgency'));
  if (!receiver || receiver.status !== 'ACTIVE' || receiver.code === found.agencyCode) throw new BadUserInput('input.toAgency', 'must be the code of another registered agency');
  return { toAgency: receiver.code };
}
