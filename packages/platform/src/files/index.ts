export * from './file.entity';
export * from './file.errors';
export * from './file-headers';
export * from './file-service';
export * from './file-store';
export { isActiveType, sniffMediaType } from './media-type';
