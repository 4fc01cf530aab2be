export * from './definition';
export * from './start-service';
export * from './run-service';
export * from './shared';
