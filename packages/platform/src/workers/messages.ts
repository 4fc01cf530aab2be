/** What the primary says to a worker. */
export type ToWorker =
  /** All is there that workers need; the value is the caller's. */
  | { readonly hub: 'begin'; readonly value: unknown }
  | { readonly hub: 'ask'; readonly id: number; readonly what: string; readonly params: unknown }
  | { readonly hub: 'drain' };

/** What a worker says to the primary. */
export type ToPrimary =
  /** It hears from now on; what was said before is lost. */
  | { readonly hub: 'here' }
  | { readonly hub: 'ready'; readonly value: unknown }
  | { readonly hub: 'answer'; readonly id: number; readonly value: unknown }
  /** In words that may be logged and shown to operators. */
  | { readonly hub: 'failed'; readonly id: number; readonly reason: string };

const kinds = { worker: ['begin', 'ask', 'drain'], primary: ['here', 'ready', 'answer', 'failed'] } as const;

/** Other messages share the channel, those of the cluster module among them. */
function isFor(whom: keyof typeof kinds, message: unknown): boolean {
  if (typeof message !== 'object' || message === null || !('hub' in message)) return false;
  return kinds[whom].some((kind) => kind === message.hub);
}

export const isForWorker = (message: unknown): message is ToWorker => isFor('worker', message);
export const isForPrimary = (message: unknown): message is ToPrimary => isFor('primary', message);
