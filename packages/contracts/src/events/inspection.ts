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

/** Something of an enterprise's record changed, or the record is gone; told by the database itself, whoever wrote. */
export const enterpriseChanged = defineEvent('inspection.enterprise-changed.v1', z.object({ uscc: z.string() }));

/** The same of a product. */
export const productChanged = defineEvent('inspection.product-changed.v1', z.object({ id: z.string() }));

export type EnterpriseChanged = z.infer<typeof enterpriseChanged.schema>;
export type ProductChanged = z.infer<typeof productChanged.schema>;
