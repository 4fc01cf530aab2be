import { creditRepairActed, disclosureActed, disclosureEnded, dishonestyListingActed, jointMeasureActed } from './credit';
import type { EventDefinition } from './define-event';
import { agencyChanged, officerRevoked, tokenRevoked } from './directory';
import { accessApplied, caseAccessChanged, caseStepped, clueActed, compulsoryMeasureActed, cooperationActed, penaltyDecided, penaltyOverturned, referralActed, supervisionFound } from './enforcement';
import { enterpriseChanged, productChanged, regionChanged } from './inspection';

/** Every integration event; what a service says is checked against it before it is written. */
export const integrationEvents: readonly EventDefinition<unknown>[] = [
  agencyChanged, tokenRevoked, officerRevoked, caseAccessChanged, accessApplied, caseStepped, referralActed, clueActed, cooperationActed, compulsoryMeasureActed, supervisionFound, penaltyDecided, penaltyOverturned,
  regionChanged, enterpriseChanged, productChanged, dishonestyListingActed, jointMeasureActed, disclosureActed, disclosureEnded, creditRepairActed,
] as readonly EventDefinition<unknown>[];
