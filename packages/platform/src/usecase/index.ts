export * from './authentication-required';
export * from './idempotency';
export * from './unit-of-work';
export * from './use-case';
