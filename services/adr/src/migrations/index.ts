import { type MigrationClass, platformMigrations } from '@casebridge/platform';
import { CreateAdverseReactionReport1800000000000 } from './1800000000000-create-adverse-reaction-report';
import { CreateComplaint1800000000100 } from './1800000000100-create-complaint';

export const adrMigrations: readonly MigrationClass[] = [
  ...platformMigrations, CreateAdverseReactionReport1800000000000, CreateComplaint1800000000100,
];
