import { availableParallelism } from 'node:os';
import { z } from 'zod';

const most = 64;
const words = `must be a whole number from 1 to ${most}, or auto`;

/** How many processes serve: a whole number, or `auto` for one per processor that this process may use. */
export const workerCount = z
  .string()
  .refine((text) => text === 'auto' || (/^\d{1,2}$/.test(text) && Number(text) >= 1 && Number(text) <= most), words)
  .transform((text) => (text === 'auto' ? Math.min(most, availableParallelism()) : Number(text)));
