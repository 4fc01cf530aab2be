export * from './sql';
export * from './query';
