import { caseProcedure, caseStatus } from '@casebridge/contracts';
import { connectionType, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

registerCodeList(caseStatus);
registerCodeList(caseProcedure);

/** Fields that depend on what is open to the reader are in the resolver; the referral feature adds its own. */
@ObjectType('Case', { description: '行政处罚案件 An administrative case. What the reader may not see is null.' })
@Directive('@key(fields: "id")')
export class CaseType {
  @Field(() => ID, { description: '案件标识 UUID.' }) id!: string;
}

export const CaseConnection = connectionType('Case', () => CaseType);

@ObjectType('Enterprise', { description: '企业 An enterprise by its credit code; the master data is with the inspection service.' })
@Directive('@key(fields: "uscc")')
export class EnforcementEnterprise {
  @Field(() => ID, { description: '统一社会信用代码 Unified social credit code.' }) uscc!: string;
}

@ObjectType('Product', { description: '产品 A product by its id; the master data is with the inspection service.' })
@Directive('@key(fields: "id")')
export class EnforcementProduct {
  @Field(() => ID, { description: '产品标识 UUID.' }) id!: string;
}
