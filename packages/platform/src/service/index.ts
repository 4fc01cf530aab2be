export * from './definition';
export type { Job, JobSite } from './jobs';
export * from './parked-routes';
export * from './start-service';
export * from './run-service';
export * from './shared';
