export * from './cluster';
export * from './principals';
export * from './service-harness';
export * from './template-database';
