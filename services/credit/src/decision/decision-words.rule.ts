import { type PartyKind, type PenaltyKind, penaltyKind } from '@casebridge/contracts';
import { summaryFor } from '../disclosure/penalty-summary.rule';
import { type DisclosureChange, type Redaction, withoutPassages } from '../disclosure/published-text.rule';

/** What a row that came of a decision says of it in words. */
export interface Words {
  readonly partyKind: PartyKind;
  readonly partyName: string;
  readonly documentNo?: string;
  readonly penaltyKinds?: readonly PenaltyKind[];
  /** Of the penalties of this party alone. */
  readonly summary?: string;
}

/** The words without the passages that a secrecy review took out. */
export const redactedWords = ({ partyName, summary }: Words, redactions: readonly Redaction[]): Partial<Words> => ({
  partyName: withoutPassages(partyName, redactions), ...(summary === undefined ? {} : { summary: withoutPassages(summary, redactions) }),
});

/**
 * The words as a correction of the published record has them. Of a corrected summary a party keeps what it says of that party, and where it says nothing the kinds
 * of its penalties.
 *
 * @param party - of the published record, as it was before the correction
 */
export function correctedWords(words: Words, party: Pick<Words, 'partyKind' | 'partyName'>, changes: readonly DisclosureChange[]): Partial<Words> {
  const isParty = words.partyKind === party.partyKind && words.partyName === party.partyName;
  const corrected: { partyName?: string; documentNo?: string; summary?: string } = {};
  for (const { field, from, to } of changes) {
    if (field === 'partyName' && isParty) corrected.partyName = to;
    if (field === 'documentNo' && words.documentNo === from) corrected.documentNo = to;
    if (field === 'penaltySummary' && words.summary !== undefined) {
      corrected.summary = summaryFor(isParty ? null : words.partyName, to) ?? (words.penaltyKinds ?? []).map((kind) => penaltyKind.labels[kind].zh).join('，');
    }
  }
  return corrected;
}
