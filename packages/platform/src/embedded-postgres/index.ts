export { ensureDatabase, type DatabaseRequest, type DatabaseUrls } from './databases';
export { PostgresFailure, type PostgresFailureCode } from './errors';
export { prepareDataDir } from './place';
export { findSecret, loadOrCreateSecret } from './secrets';
export { startPostgres } from './start-postgres';
export { readPostgresState, type PostgresState } from './state-file';
export type { PostgresExit, RunningPostgres, StartPostgresOptions } from './types';
