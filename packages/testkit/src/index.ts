export * from './cluster';
export * from './principals';
export * from './service-harness';
export * from './statements';
export * from './template-database';
