import type { AgencyReader } from '@casebridge/kernel';
import type { RequestContext } from '../graph';
import type { Reader } from '../rights';
import { AuthenticationRequired } from './authentication-required';
import { once } from './idempotency';
import { type Tx, unitOfWork } from './unit-of-work';

/** What an act is given: the transaction, who acts, and what was known when the request arrived. */
export interface Acting {
  readonly tx: Tx;
  readonly who: AgencyReader;
  readonly reader: Reader;
  readonly ctx: RequestContext;
}

export interface UseCaseOptions<Result> {
  /** Turns the stored JSON of an earlier result back into a result, and refuses it to whom it has become hidden meanwhile. */
  readonly revive: (acting: Acting, stored: Result) => Promise<Result>;
}

/** An act: one transaction, one idempotency key, the same for every mutation. */
export const useCase =
  <Command extends object, Result>(
    mutation: string,
    run: (acting: Acting, command: Command) => Promise<Result>,
    options: UseCaseOptions<Result>,
  ) =>
  async (ctx: RequestContext, command: Command, key: string): Promise<Result> => {
    const who = ctx.principal;
    if (who.kind !== 'agency') throw new AuthenticationRequired();
    const result = await unitOfWork(ctx.deps, async (tx) => {
      const acting: Acting = { tx, who, reader: ctx.reader, ctx };
      const outcome = await once(tx, who, mutation, key, command, () => run(acting, command));
      return outcome.replayed ? options.revive(acting, outcome.result) : outcome.result;
    });
    ctx.forget();
    return result;
  };
