export * from './admin-server';
export * from './drain';
export * from './environment';
export * from './health';
export * from './logger';
export * from './metrics';
export * from './retry';
export { scrub } from './scrub';
export * from './secrets';
