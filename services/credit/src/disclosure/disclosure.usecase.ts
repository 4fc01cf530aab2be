import { type SecrecyGround, type WithdrawalCause, withdrawalCause } from '@casebridge/contracts';
import { BadUserInput, isOverdue, o45 } from '@casebridge/kernel';
import { lineInput } from '@casebridge/platform';
import { endConsequencesOf } from '../decision/decision-end.repository';
import { correctDecision, redactDecision } from '../decision/decision-words.repository';
import { type ActInput, dayOf, disclosureActOf, type Doing, words } from './disclosure-act';
import { PushNotOwed } from './disclosure.errors';
import type { DisclosureRecordEntity } from './disclosure-record.entity';
import { correctedRecord, proposalDecided, redactedRecord } from './disclosure-record.projection';
import { DisclosureTextEntity } from './disclosure-text.entity';
import { scrubPersonalData } from './penalty-summary.rule';
import { metOn, provincePush, withdrawalDeadline } from './publication-clock.rule';
import { type DisclosureChange, type Redaction, scrubDecisionText } from './published-text.rule';

/*
 * What the authority does about the publication of its decision: full text, secrecy review, push to another province, corrections, withdrawal (O45 arts. 4-12).
 */

interface TextInput extends ActInput {
  readonly text: string;
  readonly minors?: readonly string[] | null;
}
/** What is stored is what may be published; a text that was changed is to be reviewed anew before anybody outside reads it. */
export const storeDisclosureText = disclosureActOf<TextInput>('storeDisclosureText', async ({ acting, record, now }, input) => {
  const minors = (input.minors ?? []).map((name, i) => lineInput(name, `input.minors.${i}`, 50));
  const body = scrubDecisionText(words('text', input.text), minors);
  await acting.target.refuseIfOvertaken(acting.tx.em); // the state keeps nobody from storing a text over another that he has not read
  return {
    fields: { textBy: acting.who.officerId, review: null },
    also: async () => {
      await acting.tx.em.getRepository(DisclosureTextEntity).upsert({ recordId: record.id, body, storedAt: now }, ['recordId']);
    },
  };
});

/** Whether the public reads a passage: in the abstract, or in a full text that was cleared. */
const isRead = ({ partyName, penaltySummary, correction, review }: DisclosureRecordEntity, body: string, passage: string): boolean =>
  [partyName, penaltySummary, correction ?? '', review === null ? '' : body].some((text) => text.includes(passage));

interface ReviewInput extends ActInput {
  readonly opinion: string;
  readonly redactions?: readonly Redaction[] | null;
}
/**
 * 保密审查 Clears it for publication, without the passages that are named; what is taken out is kept nowhere. From what the public reads already nobody takes
 * anything alone: two withhold it first.
 */
export const clearDisclosure = disclosureActOf<ReviewInput>('clearDisclosure', async ({ acting, record, now }, input) => {
  const redactions = (input.redactions ?? []).map((r, i) => ({ ...r, text: lineInput(r.text, `input.redactions.${i}.text`) }));
  const { em } = acting.tx;
  await acting.target.refuseIfOvertaken(em); // what was cleared a moment ago may be cleared again, and not what was changed a moment ago
  const text = await em.findOneBy(DisclosureTextEntity, { recordId: record.id });
  const { body, fields } = redactedRecord(record, text?.body ?? '', redactions);
  const shown = record.status === 'WITHHELD' ? -1 : redactions.findIndex((r) => isRead(record, text?.body ?? '', r.text));
  if (shown >= 0) throw new BadUserInput(`input.redactions.${shown}.text`, 'is public already: it is withheld first (withholdDisclosure), on the proposal of another officer', o45(5));
  const detail = { opinion: words('opinion', input.opinion), grounds: redactions.map((r) => r.ground) };
  return {
    fields,
    detail,
    also: async () => {
      await redactDecision(em, record.decisionId, redactions);
      if (text) await em.update(DisclosureTextEntity, { recordId: record.id }, { body, storedAt: now });
    },
  };
});

interface WithholdInput extends ActInput {
  readonly ground: SecrecyGround;
  readonly reasons: string;
}
/** Instead of the withdrawal that was asked for: it may be cleared again, without what must not be read. */
export const withholdDisclosure = disclosureActOf<WithholdInput>('withholdDisclosure', (_, input) => ({
  fields: { review: 'WITHHELD', ...proposalDecided }, detail: { grounds: [input.ground], reasons: words('reasons', input.reasons) },
}));

export const recordDisclosurePush = disclosureActOf<ActInput & { pushedOn: string }>('recordDisclosurePush', (doing, input) => {
  const { acting, record, state, today } = doing;
  const owed = provincePush(record, today, acting.tx.calendar);
  if (owed === null || record.pushedOn !== null) throw new PushNotOwed(state, owed !== null);
  const pushedOn = dayOf(doing, 'pushedOn', input.pushedOn);
  return { fields: { pushedOn }, detail: { on: pushedOn }, met: metOn(owed.push, pushedOn, today) };
});

interface CorrectionInput extends ActInput {
  readonly documentNo?: string | null;
  readonly partyName?: string | null;
  readonly penaltySummary?: string | null;
  readonly correction: string;
  readonly proof: string;
}
const correctable = ['documentNo', 'partyName', 'penaltySummary'] as const;

/** What is wrong, what it is to read instead, and the proof of it; the public reads the old until the head has decided. */
export const proposeDisclosureCorrection = disclosureActOf<CorrectionInput>('proposeDisclosureCorrection', ({ acting, record }, input) => {
  const changes = correctable.flatMap((field): DisclosureChange[] => {
    const given = input[field];
    if (given == null) return [];
    const to = scrubPersonalData(lineInput(given, `input.${field}`, field === 'penaltySummary' ? 2_000 : 200));
    return to === record[field] ? [] : [{ field, from: record[field], to }];
  });
  if (changes.length === 0) throw new BadUserInput('input', 'must change something that is published');
  const correction = scrubPersonalData(lineInput(input.correction, 'input.correction', 500));
  const reasons = words('proof', input.proof);
  return { fields: { proposal: { changes, correction, reasons }, proposedBy: acting.who.officerId }, detail: { changes, correction, reasons } };
});

const withOpinion = ({ opinion }: { opinion?: string | null }) => (opinion == null ? {} : { opinion: words('opinion', opinion) });

export const approveDisclosureCorrection = disclosureActOf<ActInput & { opinion?: string | null }>('approveDisclosureCorrection', ({ acting, record, now }, input) => {
  const changes = record.proposal?.changes ?? [];
  return { fields: correctedRecord(record, now), detail: { ...withOpinion(input), changes }, also: () => correctDecision(acting.tx.em, record, changes) };
});

const rejected = (_: Doing, input: { reasons: string }) => ({ fields: proposalDecided, detail: { reasons: words('reasons', input.reasons) } });
export const rejectDisclosureCorrection = disclosureActOf<ActInput & { reasons: string }>('rejectDisclosureCorrection', rejected);

interface WithdrawalInput extends ActInput {
  readonly cause: WithdrawalCause;
  readonly causeOn: string;
  readonly reasons: string;
}
export const proposeDisclosureWithdrawal = disclosureActOf<WithdrawalInput>('proposeDisclosureWithdrawal', (doing, input) => {
  const causeOn = dayOf(doing, 'causeOn', input.causeOn);
  const reasons = words('reasons', input.reasons);
  return {
    fields: { proposal: { cause: input.cause, causeOn, reasons: `${withdrawalCause.labels[input.cause].zh}：${reasons}` }, proposedBy: doing.acting.who.officerId },
    detail: { cause: input.cause, reasons, on: causeOn },
  };
});

/** Nothing of it is shown from this instant on; where the decision no longer stands, nothing of it goes on. */
export const approveDisclosureWithdrawal = disclosureActOf<ActInput & { opinion?: string | null }>('approveDisclosureWithdrawal', ({ acting, record, now }, input) => {
  const { cause = 'NOT_TO_BE_DISCLOSED', causeOn = record.decidedOn, reasons = '' } = record.proposal ?? {};
  return {
    fields: { withdrawnAt: now, withdrawalReason: reasons, withdrawalCauseOn: causeOn, ...proposalDecided },
    also: async () => {
      if (cause !== 'NOT_TO_BE_DISCLOSED') await endConsequencesOf(acting.tx.em, record.decisionId, { at: now, on: causeOn, reasons });
    },
    detail: { ...withOpinion(input), on: causeOn },
    met: !isOverdue(now, withdrawalDeadline(causeOn, acting.tx.calendar)?.dueAt ?? null),
  };
});

export const rejectDisclosureWithdrawal = disclosureActOf<ActInput & { reasons: string }>('rejectDisclosureWithdrawal', rejected);
