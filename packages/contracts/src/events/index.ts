export * from './envelope';
export * from './define-event';
export * from './directory';
export * from './enforcement';
export * from './registry';
