import type { z } from 'zod';

/** A versioned integration event: its name and the shape of its data. */
export interface EventDefinition<T> {
  readonly type: string;
  readonly schema: z.ZodType<T>;
}

/** An event about to be written to the outbox. */
export interface EventDraft<T = unknown> {
  readonly type: string;
  readonly subject: string;
  readonly data: T;
}

export const defineEvent = <T>(type: `${string}.v${number}`, schema: z.ZodType<T>): EventDefinition<T> => ({ type, schema });
