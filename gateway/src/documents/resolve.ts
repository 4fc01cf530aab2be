import type { GraphQLError } from 'graphql';
import { LRUCache } from 'lru-cache';
import { refusal } from '../limits/refusals';
import { sha256 } from './documents';
import type { TrustedDocuments } from './trusted';

/** What a request says of its document; every part is the client's word. */
export interface DocumentRequest {
  readonly query?: unknown;
  /** `sha256:…` or the bare hash. */
  readonly documentId?: unknown;
  /** `persistedQuery { version: 1, sha256Hash }` is looked at. */
  readonly extensions?: unknown;
}

export interface ResolvedDocument {
  readonly text: string;
  /** The name under which it is trusted; null for others. */
  readonly trustedName: string | null;
  /** To be registered under this hash once it has turned out to be good; null: not asked for. */
  readonly register: string | null;
}

/** Of texts that clients registered, in characters altogether. */
const registeredCharacters = 8 * 1024 * 1024;
const hexadecimal = /^[0-9a-f]{64}$/;

/**
 * Finds the text of a request: sent, trusted, or registered before by its hash (automatic persisted queries). What a client
 * registers is kept by one process, up to a bound, and only when it was found good, so that nobody fills this with waste.
 */
export class DocumentResolver {
  private readonly registered = new LRUCache<string, string>({ maxSize: registeredCharacters, sizeCalculation: (text) => text.length + 64 });

  /** @param strict - only trusted documents are answered */
  constructor(
    private readonly trusted: TrustedDocuments,
    private readonly strict: boolean,
  ) {}

  resolve(request: DocumentRequest): ResolvedDocument | GraphQLError {
    const { documentId } = request;
    const persisted = persistedQueryOf(request.extensions);
    // On a socket the protocol wants a text: an empty one beside a hash is none.
    const query = request.query === '' && (documentId != null || persisted) ? null : request.query;
    if (documentId != null && (query != null || persisted)) return refusal('BAD_REQUEST', 'Send a documentId or a document, not both');
    if (documentId != null) return this.byId(documentId);
    if (persisted) return this.byPersistedQuery(persisted, query);
    if (query == null) return refusal('BAD_REQUEST', 'There is no query');
    if (typeof query !== 'string') return refusal('BAD_REQUEST', 'The query must be a text');
    if (!this.strict) return { text: query, trustedName: this.trusted.nameOf(query), register: null };
    return this.trustedOnly(query);
  }

  /** To be called when the document of a request was found good. */
  register({ register, text }: ResolvedDocument): void {
    if (register !== null) this.registered.set(register, text);
  }

  private trustedOnly(text: string): ResolvedDocument | GraphQLError {
    const name = this.trusted.nameOf(text);
    return name === null ? notTrusted() : { text, trustedName: name, register: null };
  }

  private byId(documentId: unknown): ResolvedDocument | GraphQLError {
    const hash = typeof documentId === 'string' ? documentId.replace(/^sha256:/, '').toLowerCase() : '';
    if (!hexadecimal.test(hash)) return refusal('BAD_REQUEST', 'A documentId is sha256: and 64 hexadecimal digits');
    return this.known(hash) ?? refusal('PERSISTED_QUERY_NOT_FOUND', 'There is no document of this id');
  }

  private byPersistedQuery(persisted: Readonly<Record<string, unknown>>, query: unknown): ResolvedDocument | GraphQLError {
    const { sha256Hash, version } = persisted;
    if (version !== 1) return refusal('BAD_REQUEST', 'Persisted queries are known in version 1 only');
    const hash = typeof sha256Hash === 'string' ? sha256Hash.toLowerCase() : '';
    if (!hexadecimal.test(hash)) return refusal('BAD_REQUEST', 'A sha256Hash is 64 hexadecimal digits');
    if (query == null) return this.known(hash) ?? refusal('PERSISTED_QUERY_NOT_FOUND', 'PersistedQueryNotFound');
    if (typeof query !== 'string') return refusal('BAD_REQUEST', 'The query must be a text');
    if (sha256(query) !== hash) return refusal('BAD_REQUEST', 'The sha256Hash is not that of the query');
    const trusted = this.trusted.get(hash);
    if (trusted) return { text: trusted.body, trustedName: trusted.name, register: null };
    if (this.strict) return notTrusted();
    return { text: query, trustedName: null, register: this.registered.has(hash) ? null : hash };
  }

  private known(hash: string): ResolvedDocument | null {
    const trusted = this.trusted.get(hash);
    if (trusted) return { text: trusted.body, trustedName: trusted.name, register: null };
    const text = this.strict ? undefined : this.registered.get(hash);
    return text === undefined ? null : { text, trustedName: null, register: null };
  }
}

const notTrusted = (): GraphQLError => refusal('DOCUMENT_NOT_TRUSTED', 'Only documents that are registered with the hub are answered here');

function persistedQueryOf(extensions: unknown): Readonly<Record<string, unknown>> | null {
  if (typeof extensions !== 'object' || extensions === null || !Object.hasOwn(extensions, 'persistedQuery')) return null;
  const { persistedQuery } = extensions as { persistedQuery: unknown };
  return typeof persistedQuery === 'object' ? (persistedQuery as Record<string, unknown> | null) : {};
}
