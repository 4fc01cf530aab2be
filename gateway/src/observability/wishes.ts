import type { IncomingHttpHeaders } from 'node:http';
import type { Principal } from '@casebridge/kernel';

/** What a request wants to be told beside its answer. */
export interface Wishes {
  /** Which services were asked, how they did, and from when their answers are. */
  readonly sources: boolean;
  /** Plan and cost. */
  readonly explain: boolean;
}

export const noWishes: Wishes = { sources: false, explain: false };

/** Scope of those who mend things: plans name services and fields that clients do not see. */
const debugScope = 'hub:debug';

/**
 * By header (`x-hub-sources: 1`, `x-hub-explain: 1`), or in the request's `extensions { hub { sources explain } }` where a carrier has no
 * headers for one operation. Plans without the scope `hub:debug` are not refused but left out: nobody learns that there are any.
 */
export function wishesOf(headers: IncomingHttpHeaders, extensions: unknown, principal: Principal): Wishes {
  const hub = isRecord(extensions) && isRecord(extensions['hub']) ? extensions['hub'] : null;
  const sources = headers['x-hub-sources'] === '1' || hub?.['sources'] === true;
  const explain = (headers['x-hub-explain'] === '1' || hub?.['explain'] === true) && principal.kind === 'agency' && principal.scopes.includes(debugScope);
  return sources || explain ? { sources, explain } : noWishes;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
