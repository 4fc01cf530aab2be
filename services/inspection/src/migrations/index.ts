import { type MigrationClass, platformMigrations } from '@casebridge/platform';
import { CreateRegion1800000000000 } from './1800000000000-create-region';
import { CreateEnterprise1800000000100 } from './1800000000100-create-enterprise';
import { CreateProduct1800000000200 } from './1800000000200-create-product';
import { CreateInspection1800000000300 } from './1800000000300-create-inspection';
import { TellRegions1800000000400 } from './1800000000400-tell-regions';
import { TellChanges1800000000500 } from './1800000000500-tell-changes';

/** In the order in which they run. */
export const inspectionMigrations: readonly MigrationClass[] = [
  ...platformMigrations, CreateRegion1800000000000, CreateEnterprise1800000000100, CreateProduct1800000000200, CreateInspection1800000000300,
  TellRegions1800000000400, TellChanges1800000000500,
];
