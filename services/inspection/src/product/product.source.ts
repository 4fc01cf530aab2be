import type { ProductKind } from '@casebridge/contracts';
import { and, type ListSource, mayColumns, raw, type Reader, type RecordFacts, type Sql, sql, visible } from '@casebridge/platform';
import { matches, type SearchColumns, searchColumns } from '../search';
import { ProductEntity } from './product.entity';

/** A product belongs to no agency: what opens it is the reader alone. */
const productFacts: RecordFacts = {};

/** A row with what of it is open to the reader. */
export type VisibleProduct = ProductEntity & { readonly may: { readonly master: boolean } };

export const productRecords = (reader: Reader) => ({
  type: 'Product', id: 'id' as const, entity: ProductEntity,
  columns: sql`pr.id, pr.kind, pr.name, pr.registration_no, pr.holder_uscc, pr.dosage_form, pr.strength, pr.domain,
    ${mayColumns(reader, productFacts, { master: 'enterprise.master' })}`,
  from: raw('product pr'),
  where: visible(reader, 'enterprise.public', productFacts),
});

export interface ProductCriteria {
  readonly text?: string | null;
  readonly kind?: ProductKind | null;
}

export function productList(reader: Reader, { text, kind }: ProductCriteria = {}): ListSource<ProductEntity> {
  const records = productRecords(reader);
  const chosen: Sql = and(
    text == null ? null : matches('pr', text, 'filter.text'),
    // Filtering by what is not open to everybody needs the right to it.
    kind == null ? null : and(sql`pr.kind = ${kind}`, visible(reader, 'enterprise.master', productFacts)),
  );
  return {
    ...records, name: 'products', where: and(records.where, chosen),
    order: [{ expression: raw('pr.id'), column: 'id', type: 'uuid' }],
  };
}

/** Whoever writes a product writes these beside it: name and registration number, which are open to everybody. */
export const productSearch = (p: { readonly name: string; readonly registrationNo: string | null }): SearchColumns =>
  searchColumns([p.name, p.registrationNo]);
