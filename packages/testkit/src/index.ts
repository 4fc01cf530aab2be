export * from './client-operation';
export * from './cluster';
export type { LawfulRows, Row, Violations } from './constraint-rows';
export * from './constraints';
export * from './hostile-input';
export * from './principals';
export * from './service-harness';
export * from './statements';
export * from './template-database';
