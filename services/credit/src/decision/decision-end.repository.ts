import type { EntityManager } from 'typeorm';
import { overturnPenaltiesOf } from '../file/credit-penalty.repository';
import type { DecisionEnded } from '../listing/listing-end';
import { endListingOf } from '../listing/listing.repository';
import { revokePunishmentsOf } from '../punishment/credit-punishment.repository';

/** A decision that no longer stands does nothing to names any more, however that was learnt: listing, bans and credit file (O45 art. 11; O44 art. 19). */
export async function endConsequencesOf(em: EntityManager, decisionId: string, ended: DecisionEnded): Promise<void> {
  await endListingOf(em, decisionId, ended);
  await revokePunishmentsOf(em, decisionId, ended.at);
  await overturnPenaltiesOf(em, decisionId, ended.on);
}
