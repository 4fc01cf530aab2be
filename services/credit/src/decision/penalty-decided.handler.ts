import { type PenaltyDecided, penaltyDecided } from '@casebridge/contracts';
import { civilDate } from '@casebridge/kernel';
import { type EventReaction, on } from '@casebridge/platform';
import type { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import { disclosureOf } from '../disclosure/disclosure-record.projection';
import { publishRecord } from '../disclosure/disclosure-record.repository';
import { scrubPersonalData } from '../disclosure/penalty-summary.rule';
import type { CreditPunishmentEntity } from '../punishment/credit-punishment.entity';
import { punishmentsOf } from '../punishment/credit-punishment.projection';
import { listPunishments } from '../punishment/credit-punishment.repository';

export interface Consequences {
  /** Null where the law keeps the decision from publication. */
  readonly disclosure: DisclosureRecordEntity | null;
  readonly punishments: readonly CreditPunishmentEntity[];
}

/**
 * Everything that a penalty decision does to names: exactly the rows that its event leads to.
 *
 * @param publishedOn - civil day of the publication, which is that of the event
 * @throws RangeError, PunishmentWithoutEnd for a decision that its contract does not allow
 */
export function consequencesOf(event: PenaltyDecided, publishedOn: string): Consequences {
  const disclosure = disclosureOf(event, publishedOn);
  const publication = disclosure === null ? null : { publishedOn, endsOn: disclosure.disclosureEndsOn };
  return { disclosure, punishments: punishmentsOf(event, publishedOn, publication, scrubPersonalData) };
}

/** A decision was made and served: it is published, and what it forbids is listed. A second delivery changes nothing. */
export const onPenaltyDecided: EventReaction = on(penaltyDecided, async (em, event) => {
  const { disclosure, punishments } = consequencesOf(event.data, civilDate(event.occurredAt));
  if (disclosure) await publishRecord(em, disclosure);
  await listPunishments(em, punishments);
});
