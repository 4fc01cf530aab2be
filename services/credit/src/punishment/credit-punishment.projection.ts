import { createHash } from 'node:crypto';
import { isLastingPenalty, type LastingPenaltyKind, type PenaltyDecided, type PenaltyItemData, type PunishmentKind } from '@casebridge/contracts';
import { cleanLine, startOfDay, uuidv7 } from '@casebridge/kernel';
import type { CreditPunishmentEntity } from './credit-punishment.entity';

/** When the decision behind a punishment is on public display; null where it is not disclosed. */
export interface Publication {
  readonly publishedOn: string;
  /** Null: for life. */
  readonly endsOn: string | null;
}

/** Penalties that last, with the punishment that each becomes. */
const lasting: Readonly<Record<LastingPenaltyKind, PunishmentKind>> = { INDUSTRY_BAN: 'INDUSTRY_BAN', BUSINESS_RESTRICTION: 'BUSINESS_RESTRICTION' };

/** A ban or restriction says until when, or that it is for life; a decision that does neither cannot be executed. */
export class PunishmentWithoutEnd extends Error {
  override readonly name = 'PunishmentWithoutEnd';
}

/**
 * The punishments that a penalty decision leads to, exactly as the event handler writes them.
 *
 * @param listedOn - civil day on which the decision reached this service
 * @param nameOf - a party's name as it may be published
 * @throws PunishmentWithoutEnd when a ban or restriction has both or neither of a last day and a life term
 * @see DAL arts. 118-142; APL art. 9
 */
export function punishmentsOf(
  event: PenaltyDecided, listedOn: string, publication: Publication | null, nameOf: (name: string) => string,
): CreditPunishmentEntity[] {
  return event.items.flatMap((item) => {
    const { kind } = item;
    return isLastingPenalty(kind) ? [punishmentOf(event, item, lasting[kind], listedOn, publication, nameOf(cleanLine(item.partyName)))] : [];
  });
}

function punishmentOf(
  event: PenaltyDecided, item: PenaltyItemData, kind: PunishmentKind, listedOn: string, publication: Publication | null, partyName: string,
): CreditPunishmentEntity {
  if (item.forLife === (item.endsOn !== null)) throw new PunishmentWithoutEnd(`penalty ${item.id}: either a last day or for life`);
  return {
    id: punishmentIdOf(item.id, listedOn),
    kind,
    caseId: event.caseId,
    decisionId: event.decisionId,
    penaltyItemId: item.id,
    documentNo: cleanLine(event.documentNo),
    partyKind: item.partyKind,
    partyName,
    personIdDigest: item.partyIdDigest ?? null,
    uscc: event.partyKind === 'ENTITY' ? event.partyUscc : null,
    agencyCode: event.authorityCode,
    regionCode: event.regionCode,
    basisInstrument: item.basis.instrument,
    basisArticle: item.basis.article,
    basisMark: item.basis.mark,
    startsOn: item.startsOn ?? event.servedOn,
    endsOn: item.endsOn,
    forLife: item.forLife,
    publishedOn: publication?.publishedOn ?? null,
    publicationEndsOn: publication?.endsOn ?? null,
    liftedAt: null,
    revokedAt: null,
    listedOn,
  };
}

const punishmentIdOf = (itemId: string, listedOn: string): string =>
  uuidv7(startOfDay(listedOn), (length) => createHash('sha256').update(`punishment:${itemId}`).digest().subarray(0, length));
