export * from './by-key';
export * from './civil-days';
export * from './sql';
export * from './query';
export * from './preparing-client';
