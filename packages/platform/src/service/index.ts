export * from './definition';
export * from './parked-routes';
export * from './start-service';
export * from './run-service';
export * from './shared';
