export * from './region-tree';
export * from './region-tree.projection';
