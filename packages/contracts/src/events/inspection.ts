import { z } from 'zod';
import { defineEvent } from './define-event';

/** The whole record of a region after a change; a later event for the same code replaces it. */
export const regionChanged = defineEvent(
  'inspection.region-changed.v1',
  z.object({
    code: z.string(),
    name: z.string(),
    nameEn: z.string(),
    kind: z.string(),
    parentCode: z.string().nullable(),
  }),
);

export type RegionChanged = z.infer<typeof regionChanged.schema>;
