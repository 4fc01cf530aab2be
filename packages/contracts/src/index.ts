export * from './services';
export * from './events';
export * from './lasting-penalties';
export * from './rights/elements';
export * from './code-lists';
export * from './demo/agencies';
