import { agencyFunction, agencyStatus, type AgencyStatus } from '@casebridge/contracts';
import type { AgencyFunction } from '@casebridge/kernel';
import { connectionType, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

registerCodeList(agencyFunction);
registerCodeList(agencyStatus);

@ObjectType('Region', { description: '地区 A region by its code; the master data is with the inspection service.' })
@Directive('@key(fields: "code", resolvable: false)')
export class EnforcementRegion {
  @Field(() => ID, { description: '地区代码 GB/T 2260 code, or the code of a functional zone.' }) code!: string;
}

@ObjectType('Agency', { description: '机关 An agency of the registry. Nothing is derived from the shape of its code.' })
@Directive('@key(fields: "code")')
export class AgencyType {
  @Directive('@tag(name: "public")')
  @Field(() => ID, { description: '机关代码 Code in the registry.' })
  code!: string;

  @Directive('@tag(name: "public")')
  @Field(() => String, { nullable: true, description: '机关名称 Official name.' })
  name!: string | null;

  @Field(() => String, { nullable: true, description: '英文名称 Name in English.' })
  nameEn!: string | null;
}

export const AgencyConnection = connectionType('Agency', () => AgencyType);

/** What the graph reads of an agency, whether it comes from the directory in memory or from the table. */
export interface AgencyView {
  readonly code: string;
  readonly name: string;
  readonly nameEn: string;
  readonly functions: readonly AgencyFunction[];
  readonly regions: readonly string[];
  readonly superiorCode: string | null;
  readonly status: AgencyStatus;
  /** Not in the directory. */
  readonly version?: number;
}
