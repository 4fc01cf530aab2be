export * from './cluster-worker';
export * from './pool-admin';
export * from './primary-link';
export * from './serve-as-worker';
export * from './shared-port';
export * from './supervisor';
export * from './worker-count';
export * from './pools';
