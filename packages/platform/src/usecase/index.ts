export * from './act';
export * from './act-commit.repository';
export * from './authentication-required';
export * from './idempotency';
export * from './input-text';
export * from './unit-of-work';
export * from './use-case';
