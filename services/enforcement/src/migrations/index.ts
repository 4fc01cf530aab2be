import { actMigrations, type MigrationClass } from '@casebridge/platform';
import { CreateAgency1800000000000 } from './1800000000000-create-agency';
import { CreateAdminCase1800000000100 } from './1800000000100-create-admin-case';
import { CreatePenaltyDecision1800000000200 } from './1800000000200-create-penalty-decision';
import { SupervisionView1800000000800 } from './1800000000800-supervision-view';
import { AddPartyIdDigest1800000000900 } from './1800000000900-add-party-id-digest';

/** Registry, cases and decisions; the referral feature adds its own. */
export const caseMigrations: readonly MigrationClass[] = [
  CreateAgency1800000000000,
  CreateAdminCase1800000000100,
  CreatePenaltyDecision1800000000200,
  ...actMigrations,
  AddPartyIdDigest1800000000900,
];

/** What reads across the features, and so comes after the tables of all of them. */
export const viewMigrations: readonly MigrationClass[] = [SupervisionView1800000000800];
