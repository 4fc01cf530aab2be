import { type PartyKind, violationType } from '@casebridge/contracts';
import { BadUserInput, type Clock, creditCode, normaliseDocumentNo, parseDocumentNo, uuidv7 } from '@casebridge/kernel';
import { articleInput, lineInput, textInput } from '@casebridge/platform';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { markOf } from './penalty-article.rule';
import { PenaltyDecisionEntity, PenaltyItemEntity } from './penalty-decision.entity';
import type { PenaltyItemInput, RecordPenaltyDecisionInput } from './penalty-decision.input';
import { itemFaults } from './penalty-decision.rule';

const longestItems = 200;

export interface DecisionDraft {
  readonly decision: PenaltyDecisionEntity;
  readonly items: readonly PenaltyItemEntity[];
}

/**
 * A decision as it is stored, from what the client sent and, where he left something out, from the case.
 *
 * @throws BadUserInput when a field by itself cannot stand
 */
export function draftDecision(c: AdminCaseEntity, input: RecordPenaltyDecisionInput, clock: Clock): DecisionDraft {
  const now = clock.now();
  const party = partyOf(c, input);
  const decision = Object.assign(new PenaltyDecisionEntity(), {
    id: uuidv7(now), caseId: c.caseId, agencyCode: c.agencyCode, regionCode: c.regionCode, documentNo: documentNo(input.documentNo),
    decidedOn: input.decidedOn, servedOn: input.servedOn ?? null, serviceRecordedAt: input.servedOn == null ? null : now, procedure: c.procedure,
    violationType: violation(input.violationType ?? c.violationType), domain: input.domain ?? c.domain, tier: input.tier, ...party,
    goodsValueFen: amount(input.goodsValueFen, 'input.goodsValueFen') ?? c.goodsValueFen, gainsFen: amount(input.gainsFen, 'input.gainsFen'),
    articleChangeReason: input.articleChangeReason == null ? null : textInput(input.articleChangeReason, 'input.articleChangeReason'),
    noPersonalPenaltyReason: input.noPersonalPenaltyReason == null ? null : textInput(input.noPersonalPenaltyReason, 'input.noPersonalPenaltyReason'),
    createdAt: now,
  });
  if (input.items.length === 0) throw new BadUserInput('input.items', 'must have at least one line');
  if (input.items.length > longestItems) throw new BadUserInput('input.items', `must have at most ${longestItems} lines`);
  const items = input.items.map((item, i) => draftItem(decision, item, i, now));
  assertTotal(items, input.totalAmountFen ?? null);
  return { decision, items };
}

function partyOf(c: AdminCaseEntity, input: RecordPenaltyDecisionInput) {
  const partyKind: PartyKind = input.partyKind ?? (c.respondentKind === 'NATURAL_PERSON' ? 'PERSON' : 'ENTITY');
  const partyName = input.partyName == null ? c.respondentName : lineInput(input.partyName, 'input.partyName');
  const given = input.partyUscc == null ? null : creditCode(input.partyUscc, 'input.partyUscc');
  if (given !== null && partyKind === 'PERSON') throw new BadUserInput('input.partyUscc', 'belongs to an entity, not to a natural person');
  return { partyKind, partyName, partyUscc: partyKind === 'PERSON' ? null : (given ?? c.enterpriseUscc) };
}

function documentNo(text: string): string {
  const number = normaliseDocumentNo(text);
  if (parseDocumentNo(number) === null) throw new BadUserInput('input.documentNo', 'must be a document number such as 沈市监处罚〔2026〕12号');
  return number;
}

function violation(code: string): string {
  if (!violationType.is(code)) throw new BadUserInput('input.violationType', 'is no code of the list ViolationType');
  return code;
}

function amount(value: number | null | undefined, field: string): number | null {
  if (value != null && value < 0) throw new BadUserInput(field, 'must not be negative');
  return value ?? null;
}

function draftItem(decision: PenaltyDecisionEntity, input: PenaltyItemInput, index: number, now: Date): PenaltyItemEntity {
  const field = `input.items.${index}`;
  const basis = articleInput(input.basis, `${field}.basis`);
  if (input.partyName == null && input.partyKind !== decision.partyKind) {
    throw new BadUserInput(`${field}.partyName`, "must be given where the line does not fall on the decision's party");
  }
  if (input.partyIdNo != null) throw new BadUserInput(`${field}.partyIdNo`, 'is no identity number of a citizen');
  if (input.partyIdDigest != null && input.partyKind !== 'PERSON') throw new BadUserInput(`${field}.partyIdNo`, 'belongs to a natural person');
  const item = {
    kind: input.kind, partyKind: input.partyKind, partyName: input.partyName == null ? decision.partyName : lineInput(input.partyName, `${field}.partyName`),
    amountFen: input.amountFen ?? null, startsOn: input.startsOn ?? null, endsOn: input.endsOn ?? null, forLife: input.forLife,
  };
  const [fault] = itemFaults({ ...item, basis }, field);
  if (fault) throw new BadUserInput(fault.field, fault.rule);
  return Object.assign(new PenaltyItemEntity(), item, {
    id: uuidv7(now), decisionId: decision.id, seq: index + 1, basisInstrument: basis.instrument, basisArticle: basis.article, basisMark: markOf(basis),
    partyIdDigest: input.partyIdDigest ?? null,
  });
}

/**
 * The lines with digests in place of identity numbers, so that no number comes near what is stored. One that is no identity number stays, to be
 * refused in its turn.
 */
export const withoutIdNumbers = (input: RecordPenaltyDecisionInput, digestOf: (idNo: string) => string | null): RecordPenaltyDecisionInput => ({
  ...input,
  items: input.items.map(({ partyIdNo, ...item }) => {
    const partyIdDigest = partyIdNo == null ? null : digestOf(partyIdNo);
    return partyIdDigest === null ? { ...item, ...(partyIdNo == null ? {} : { partyIdNo }) } : { ...item, partyIdDigest };
  }),
});

/** Fines and confiscations together; what the document states must be what its lines say. */
function assertTotal(items: readonly PenaltyItemEntity[], stated: number | null): void {
  const total = items.reduce((sum, i) => sum + BigInt(i.amountFen ?? 0), 0n);
  if (total > BigInt(Number.MAX_SAFE_INTEGER)) throw new BadUserInput('input.items', 'amount together to more than the hub can hold');
  if (stated !== null && BigInt(stated) !== total) throw new BadUserInput('input.totalAmountFen', `is not the sum of the lines, which is ${total}`);
}
