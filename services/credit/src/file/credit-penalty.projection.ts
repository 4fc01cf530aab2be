import { createHash } from 'node:crypto';
import { type PenaltyDecided, type PenaltyItemData, penaltyKind } from '@casebridge/contracts';
import { cleanLine, startOfDay, uuidv7 } from '@casebridge/kernel';
import { summarisePenalties } from '../disclosure/penalty-summary.rule';
import type { CreditPenaltyEntity } from './credit-penalty.entity';

/**
 * What a decision adds to credit files, a row for each party that it punishes, exactly as the event handler writes them.
 *
 * @param nameOf - a party's name without what does not belong into it
 * @throws RangeError when a penalty is none of the code list
 */
export function creditPenaltiesOf(event: PenaltyDecided, nameOf: (name: string) => string): CreditPenaltyEntity[] {
  const items = event.items.map((item) => {
    if (!penaltyKind.is(item.kind)) throw new RangeError(`No kind of penalty: ${item.kind}`);
    return { ...item, kind: item.kind };
  });
  // A person is who the identity number says; a penalty without one is of the person of that name, where there is but one.
  const digests = (item: PenaltyItemData): readonly string[] =>
    [...new Set(items.filter((i) => i.partyKind === item.partyKind && i.partyName === item.partyName).flatMap((i) => i.partyIdDigest ?? []))];
  const digestOf = (item: PenaltyItemData): string | null => {
    if (item.partyKind === 'ENTITY') return null;
    const [only = null, ...more] = digests(item);
    return item.partyIdDigest ?? (more.length === 0 ? only : null);
  };
  const parties = new Map<string, typeof items>();
  for (const item of items) {
    const key = [item.partyKind, item.partyName, ...(digestOf(item) === null ? [] : [digestOf(item)])].join(' ');
    parties.set(key, [...(parties.get(key) ?? []), item]);
  }
  return [...parties].map(([key, own]) => {
    const { partyKind, partyName } = own[0]!;
    return {
      id: idOf(`${event.decisionId} ${key}`, event.decidedOn), decisionId: event.decisionId, caseId: event.caseId, documentNo: cleanLine(event.documentNo), partyKind,
      partyName: nameOf(cleanLine(partyName)), personIdDigest: digestOf(own[0]!),
      uscc: event.partyKind === 'ENTITY' ? event.partyUscc : null, agencyCode: event.authorityCode, violationType: event.violationType,
      penaltyKinds: [...new Set(own.map((i) => i.kind))], summary: summarisePenalties(partyName, own), decidedOn: event.decidedOn, overturnedOn: null,
    };
  });
}

const idOf = (what: string, day: string): string =>
  uuidv7(startOfDay(day), (length) => createHash('sha256').update(`credit-penalty:${what}`).digest().subarray(0, length));
