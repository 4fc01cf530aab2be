export * from './config';
export * from './databases';
export { ensureSeed } from './seed';
export * from './services';
export * from './start-hub';
