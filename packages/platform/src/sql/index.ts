export * from './by-key';
export * from './sql';
export * from './query';
export * from './preparing-client';
