export { conditionalSubscription, Documents, type ReadyOperation } from './documents';
export { withoutType } from './introspection';
export { type DocumentRequest, DocumentResolver } from './resolve';
export { loadTrustedDocuments, TrustedDocuments } from './trusted';
export { inOwnWords } from './own-words';
