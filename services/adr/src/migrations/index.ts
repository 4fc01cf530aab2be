import { type MigrationClass, platformMigrations, regionTreeMigrations } from '@casebridge/platform';
import { CreateAdverseReactionReport1800000000000 } from './1800000000000-create-adverse-reaction-report';
import { CreateComplaint1800000000100 } from './1800000000100-create-complaint';
import { KeepCalendarOfComplaintLimit1800000000200 } from './1800000000200-keep-calendar-of-complaint-limit';

export const adrMigrations: readonly MigrationClass[] = [
  ...platformMigrations, ...regionTreeMigrations, CreateAdverseReactionReport1800000000000, CreateComplaint1800000000100, KeepCalendarOfComplaintLimit1800000000200,
];
