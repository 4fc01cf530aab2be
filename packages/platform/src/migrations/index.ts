import type { MigrationClass } from '../database';
import { CreateEventTables1790000000000 } from './1790000000000-create-event-tables';
import { CreateCaseAccess1790000000100 } from './1790000000100-create-case-access';
import { CreateIdempotencyKey1790000000200 } from './1790000000200-create-idempotency-key';
import { CreateAccessLog1790000000300 } from './1790000000300-create-access-log';
import { CreateFile1790000000400 } from './1790000000400-create-file';
import { CreateRegionTree1790000000500 } from './1790000000500-create-region-tree';
import { CreateActCommit1800000000400 } from './1800000000400-create-act-commit';

/** What every service's database has. */
const everyService: readonly MigrationClass[] = [CreateEventTables1790000000000, CreateIdempotencyKey1790000000200, CreateAccessLog1790000000300];

/** Enforcement keeps case access itself, and the files. */
export const enforcementPlatformMigrations: readonly MigrationClass[] = [...everyService, CreateFile1790000000400];
/** The others keep a projection of case access. */
export const platformMigrations: readonly MigrationClass[] = [...everyService, CreateCaseAccess1790000000100];
/** Services whose lists are filtered by region project the tree of regions too. */
export const regionTreeMigrations: readonly MigrationClass[] = [CreateRegionTree1790000000500];
/** Services with acts. Its number is that of the service that had it first. */
export const actMigrations: readonly MigrationClass[] = [CreateActCommit1800000000400];
/** Tables that the runtime role may only add to. */
export const platformAppendOnly: readonly string[] = ['access_log'];
export const enforcementPlatformAppendOnly: readonly string[] = [...platformAppendOnly, 'file'];
