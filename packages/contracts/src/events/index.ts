export * from './envelope';
export * from './credit';
export * from './define-event';
export * from './directory';
export * from './enforcement';
export * from './inspection';
export * from './registry';
