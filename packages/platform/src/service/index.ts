export * from './definition';
export type { Job } from './jobs';
export * from './parked-routes';
export * from './start-service';
export * from './run-service';
export * from './shared';
