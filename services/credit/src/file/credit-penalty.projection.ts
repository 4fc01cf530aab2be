import { createHash } from 'node:crypto';
import { type PenaltyDecided, penaltyKind } from '@casebridge/contracts';
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
  const parties = new Map<string, typeof items>();
  for (const item of items) {
    const key = `${item.partyKind} ${item.partyName}`;
    parties.set(key, [...(parties.get(key) ?? []), item]);
  }
  return [...parties].map(([key, own]) => {
    const { partyKind, partyName } = own[0]!;
    return {
      id: idOf(`${event.decisionId} ${key}`, event.decidedOn), decisionId: event.decisionId, caseId: event.caseId, documentNo: cleanLine(event.documentNo), partyKind,
      partyName: nameOf(cleanLine(partyName)), personIdDigest: partyKind === 'PERSON' ? (own.find((i) => i.partyIdDigest)?.partyIdDigest ?? null) : null,
      uscc: event.partyKind === 'ENTITY' ? event.partyUscc : null, agencyCode: event.authorityCode, violationType: event.violationType,
      penaltyKinds: [...new Set(own.map((i) => i.kind))], summary: summarisePenalties(partyName, own), decidedOn: event.decidedOn, overturnedOn: null,
    };
  });
}

const idOf = (what: string, day: string): string =>
  uuidv7(startOfDay(day), (length) => createHash('sha256').update(`credit-penalty:${what}`).digest().subarray(0, length));
