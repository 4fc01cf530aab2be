export * from './config';
export * from './databases';
export { ensureSeed } from './seed';
export { runningDatabases } from './running-databases';
export * from './services';
export * from './start-hub';
