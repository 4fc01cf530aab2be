import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecutionResult } from 'graphql';
import type { Place } from '../federation/resumable';
import { codeOf } from '../services/wire';
import type { UpstreamControl } from './upstream-control';

/** What comes of an upstream, losses mended. */
export type Happening =
  | EventHappening
  | { readonly kind: 'beat'; readonly position: number | null; readonly cursor: string }
  /** Events may be missing here: there is no cursor to go on from. */
  | { readonly kind: 'gap' };

export interface EventHappening {
  readonly kind: 'event';
  /**
   * To be called when it is answered, not before: the upstream goes on after it from then on.
   *
   * @returns null when the upstream is being opened anew, perhaps with another question: the event comes again
   */
  readonly take: () => ExecutionResult | null;
  readonly position: number | null;
  readonly cursor: string | null;
}

export interface UpstreamOpening {
  /** Opens the service's stream after a cursor, or from now. */
  readonly open: (after: string | null) => Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult>;
  readonly after: string | null;
  readonly placeOf: (result: ExecutionResult) => Place;
  /** Whether the field takes `after` and its events carry a cursor. */
  readonly isResumable: () => boolean;
  readonly control: UpstreamControl;
  /** Whether somebody else speaks for the stream than when it was last opened: what was refused to the one may be given to the other. */
  readonly anotherSpeaks: () => boolean;
  /** Told of each loss; the wait before the next try in milliseconds. */
  readonly onLoss: (waitMs: number) => void;
  /** Called when the first opening has succeeded. */
  readonly onOpen?: () => void;
  /** Total milliseconds of trying after which it is given up. Default 10 minutes. */
  readonly patienceMs?: number;
}

/** The service said no, or the stream cannot be had back: the reader is told this. */
export class UpstreamRefused extends Error {
  constructor(readonly result: ExecutionResult) {
    super('the service refused the stream');
  }
}

const firstWaitMs = 100;
const longestWaitMs = 5_000;
/** A refusal is the last result of a stream: the end follows at once. */
const endFollowsMs = 50;
const lossCodes: ReadonlySet<unknown> = new Set(['SERVICE_UNAVAILABLE', 'SERVICE_OVERLOADED']);
/** With a cursor nothing is lost by coming again, perhaps in the name of another reader of the group. */
const mendableCodes: ReadonlySet<unknown> = new Set(['SUBSCRIPTION_BUFFER_OVERFLOW', 'INTERNAL_SERVER_ERROR', 'TOKEN_EXPIRED', 'TOKEN_REVOKED']);

/**
 * Follows a service's stream over its losses: opens it again with growing, scattered waits, after the last cursor, so that nothing
 * is missing and nothing comes twice in one stream; where there is no cursor the gap is told.
 *
 * @throws UpstreamRefused when the service refuses, or stays away for longer than the patience
 */
export async function* followUpstream(options: UpstreamOpening): AsyncGenerator<Happening, void, void> {
  const { anotherSpeaks, control, onLoss, onOpen, open, patienceMs = 600_000, placeOf } = options;
  const { signal } = control;
  let { after } = options;
  let attempt = 0;
  let everOpen = false;
  let patience = patienceMs;
  while (!signal.aborted) {
    control.opening();
    const opened = await open(after);
    const resumable = options.isResumable();
    const isOpen = Symbol.asyncIterator in opened;
    if (control.isStale) {
      if (isOpen) void opened.return();
      continue;
    }
    let said = isOpen ? null : new UpstreamRefused(opened);
    if (isOpen) {
      const close = (): void => void opened.return();
      const letGo = control.opened(close);
      let lost = false;
      try {
        if (everOpen && (!resumable || after === null)) yield { kind: 'gap' };
        if (!everOpen) onOpen?.();
        everOpen = true;
        for await (const result of held(opened, resumable)) {
          lost = result === LOST;
          if (result instanceof UpstreamRefused) said = result;
          if (result === LOST || result instanceof UpstreamRefused) break;
          attempt = 0;
          patience = patienceMs;
          const place = placeOf(result);
          const reached = (): void => void (after = place.cursor ?? after);
          const happening = happeningOf(result, place, () => {
            if (control.isStale) return null;
            reached();
            return result;
          });
          if (happening.kind === 'beat') reached();
          yield happening;
          if (control.isStale) break;
        }
      } finally {
        letGo();
        close();
      }
      // A log has no end: a service that completes it is going away. Any other stream may be over.
      if (!control.isStale && !lost && !said && !resumable) return;
    }
    if (control.isStale || (said && anotherSpeaks())) continue;
    if (said && !(everOpen && isLoss(said.result, resumable))) throw said;
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** attempt) * (0.5 + Math.random());
    attempt += 1;
    patience -= waitMs;
    if (patience < 0) throw new UpstreamRefused({ errors: [] });
    onLoss(waitMs);
    await sleep(waitMs, undefined, { signal }).catch(() => undefined);
  }
}

const LOST = Symbol('lost');

/**
 * The results of a stream, whether it broke, and with what words. Results without data are kept back for a moment: followed by the end
 * they were the reason of it.
 */
async function* held(stream: AsyncGenerator<ExecutionResult, void, void>, resumable: boolean): AsyncGenerator<ExecutionResult | typeof LOST | UpstreamRefused, void, void> {
  const pull = (): Promise<IteratorResult<ExecutionResult, void> | null> => stream.next().catch(() => null);
  let pending: ReturnType<typeof pull> | null = null;
  for (;;) {
    const step = await (pending ?? pull());
    pending = null;
    if (!step) return yield LOST;
    if (step.done) return;
    const { data, errors } = step.value;
    if (data == null && errors && errors.length > 0) {
      if (isLoss(step.value, resumable)) return yield new UpstreamRefused(step.value);
      pending = pull();
      const following = await Promise.race([pending, sleep(endFollowsMs, undefined)]);
      if (following?.done) return yield new UpstreamRefused(step.value);
    }
    yield step.value;
  }
}

/** Marked so where coming again would not help: the service does not know what it is asked. */
const isLoss = ({ data, errors, extensions }: ExecutionResult, resumable: boolean): boolean =>
  data == null && extensions?.['final'] !== true && errors !== undefined &&
  errors.some((error) => lossCodes.has(codeOf(error)) || (resumable && mendableCodes.has(codeOf(error))));

function happeningOf(result: ExecutionResult, { cursor, position }: Place, take: EventHappening['take']): Happening {
  const isBeat = result.data == null && !result.errors;
  return isBeat && cursor !== null ? { kind: 'beat', position, cursor } : { kind: 'event', take, position, cursor };
}
