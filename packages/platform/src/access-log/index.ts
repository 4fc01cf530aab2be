export * from './access-log';
export * from './selected-fields';
