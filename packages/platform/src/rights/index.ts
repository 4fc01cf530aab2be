export * from './reader';
export * from './record-filter';
export * from './case-access';
export * from './case-access.entity';
export * from './case-access.projection';
