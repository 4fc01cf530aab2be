import type { CreditFileEntryKind, PartyKind } from '@casebridge/contracts';
import { PrimaryColumn, ViewColumn, ViewEntity } from 'typeorm';

/** One line of a credit file (信用档案): a record of this service, told alike. Whether a reader sees it is asked of the record. */
@ViewEntity({ name: 'credit_file_entry', synchronize: false, expression: '' })
export class CreditFileEntryEntity {
  @ViewColumn() kind!: CreditFileEntryKind;
  @PrimaryColumn('uuid') id!: string;
  @ViewColumn({ name: 'decision_id' }) decisionId!: string | null;
  @ViewColumn({ name: 'case_id' }) caseId!: string | null;
  @ViewColumn({ name: 'document_no' }) documentNo!: string;
  @ViewColumn({ name: 'agency_code' }) agencyCode!: string;
  @ViewColumn({ name: 'party_kind' }) partyKind!: PartyKind;
  @ViewColumn({ name: 'party_name' }) partyName!: string;
  @ViewColumn({ name: 'on_day' }) on!: string;
  @ViewColumn({ name: 'ends_on' }) endsOn!: string | null;
  @ViewColumn() codes!: string[];
  @ViewColumn() summary!: string | null;
}
