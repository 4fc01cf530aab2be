import type { EnterpriseKind, RiskTier } from '@casebridge/contracts';
import {
  and, column, inRegion, linkedByEnterprise, type ListSource, mayColumns, never, type OrderColumn, raw, type Reader, type RecordFacts, regionCode, type Sql, sql,
  visible,
} from '@casebridge/platform';
import { matches, type SearchColumns, searchColumns } from '../search';
import { EnterpriseEntity } from './enterprise.entity';

export const enterpriseFacts: RecordFacts = {
  owner: column('e', 'agency_code'),
  region: column('e', 'region_code'),
  linked: linkedByEnterprise(column('e', 'uscc')),
};

/** A row with what of it is open to the reader. */
export type VisibleEnterprise = EnterpriseEntity & { readonly may: { readonly master: boolean; readonly inside: boolean } };

const master = (reader: Reader): Sql => visible(reader, 'enterprise.master', enterpriseFacts);

export const enterpriseRecords = (reader: Reader) => ({
  type: 'Enterprise', id: 'uscc' as const, entity: EnterpriseEntity,
  columns: sql`e.uscc, e.name, e.name_en, e.kinds, e.region_code, e.address, e.agency_code, e.risk_tier, e.risk_score, e.risk_reasons,
    e.registered_on, ${mayColumns(reader, enterpriseFacts, { master: 'enterprise.master', inside: 'enterprise.inside' })}`,
  from: raw('enterprise e'),
  where: visible(reader, 'enterprise.public', enterpriseFacts),
});

export interface EnterpriseCriteria {
  readonly text?: string | null;
  readonly regionCode?: string | null;
  readonly kind?: EnterpriseKind | null;
  readonly riskTier?: RiskTier | null;
}

const byUscc: OrderColumn = { expression: raw('e.uscc'), column: 'uscc', type: 'text' };
const newestFirst: readonly OrderColumn[] = [{ expression: raw('e.registered_on'), column: 'registered_on', type: 'date' }, byUscc];

/** A filter or an order by what a reader may not see would tell it: either needs the master data to be open. */
export function enterpriseList(reader: Reader, criteria: EnterpriseCriteria): ListSource<EnterpriseEntity> {
  const records = enterpriseRecords(reader);
  const ordered = master(reader) === never
    ? { name: 'enterprisesByCode', order: [byUscc] }
    : { name: 'enterprises', order: newestFirst };
  return { ...records, ...ordered, where: and(records.where, chosen(reader, criteria)) };
}

function chosen(reader: Reader, { text, regionCode: region, kind, riskTier }: EnterpriseCriteria): Sql {
  const ofMaster = and(
    region == null ? null : inRegion(raw('e.region_code'), regionCode(region, 'filter.regionCode')),
    kind == null ? null : sql`e.kinds @> array[${kind}::text]`,
    riskTier == null ? null : sql`e.risk_tier = ${riskTier}`,
  );
  const usesMaster = region != null || kind != null || riskTier != null;
  return and(text == null ? null : matches('e', text, 'filter.text'), usesMaster ? and(ofMaster, master(reader)) : null);
}

/** Whoever writes an enterprise writes these beside it: names and code, which are open to everybody. */
export const enterpriseSearch = (e: { readonly uscc: string; readonly name: string; readonly nameEn: string | null }): SearchColumns =>
  searchColumns([e.name, e.nameEn, e.uscc]);
