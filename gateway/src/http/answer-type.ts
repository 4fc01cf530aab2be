import { LRUCache } from 'lru-cache';
import Negotiator from 'negotiator';

const types = ['application/json; charset=utf-8', 'application/graphql-response+json; charset=utf-8'] as const;

/** Clients have few ways to ask, and ask in the same way each time. */
const known = new LRUCache<string, { readonly type: string | null }>({ max: 200 });
const longestKnown = 200;

/** Media type of an answer for an `Accept` header (GraphQL over HTTP, section 6.1); null where neither of ours is accepted. */
export function answerTypeFor(accept: string | undefined): string | null {
  if (!accept) return types[0];
  const remembered = known.get(accept);
  if (remembered) return remembered.type;
  const type = new Negotiator({ headers: { accept } }).mediaType(types) ?? null;
  if (accept.length <= longestKnown) known.set(accept, { type });
  return type;
}
