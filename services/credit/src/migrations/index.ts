import { actMigrations, type MigrationClass, platformMigrations, regionTreeMigrations } from '@casebridge/platform';
import { CreateDisclosureRecord1800000000000 } from './1800000000000-create-disclosure-record';
import { CreateCreditPunishment1800000000100 } from './1800000000100-create-credit-punishment';
import { AddPersonIdDigest1800000000300 } from './1800000000300-add-person-id-digest';
import { CreateDishonestyListing1800000000500 } from './1800000000500-create-dishonesty-listing';
import { CreateJointMeasure1800000000600 } from './1800000000600-create-joint-measure';
import { AddDisclosureProcedure1800000000700 } from './1800000000700-add-disclosure-procedure';
import { CreateCreditRepair1800000000800 } from './1800000000800-create-credit-repair';
import { CreateCreditFile1800000000810 } from './1800000000810-create-credit-file';
import { CreatePenaltyImport1800000000900 } from './1800000000900-create-penalty-import';
import { CreatePublicDataEntry1800000000910 } from './1800000000910-create-public-data-entry';

export const creditMigrations: readonly MigrationClass[] = [
  ...platformMigrations, ...regionTreeMigrations, CreateDisclosureRecord1800000000000, CreateCreditPunishment1800000000100, AddPersonIdDigest1800000000300,
  ...actMigrations, CreateDishonestyListing1800000000500, CreateJointMeasure1800000000600,
  AddDisclosureProcedure1800000000700,
  CreateCreditRepair1800000000800, CreateCreditFile1800000000810, CreatePenaltyImport1800000000900, CreatePublicDataEntry1800000000910,
];
