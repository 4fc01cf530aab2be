import { agencyFunction } from '@casebridge/contracts';
import type { AgencyFunction, OfficerRole } from '@casebridge/kernel';
import { DateTimeScalar, registerCodeList } from '@casebridge/platform';
import { Field, ID, InputType, Int } from 'type-graphql';

const AgencyFunctionEnum = registerCodeList(agencyFunction);

@InputType({ description: '机关筛选 Which agencies; every condition given must hold. Without a token only text finds anything.' })
export class AgencyFilter {
  @Field(() => AgencyFunctionEnum, { nullable: true, description: '职能 Has this function.' }) function?: AgencyFunction | null;
  @Field(() => ID, { nullable: true, description: '地区 Is competent for this region itself.' }) region?: string | null;
  @Field(() => ID, { nullable: true, description: '上级机关 Stands directly below this agency.' }) superior?: string | null;
  @Field(() => String, { nullable: true, description: '关键词 Text in the code or a name; 2 to 100 characters.' }) text?: string | null;
}

@InputType({ description: '工作人员 An officer of an agency and the roles that its tokens may carry.' })
export class AgencyOfficerInput {
  @Field(() => ID) id!: string;
  @Field(() => [String], { description: 'officer, head, reviewer, auditor, analyst, system' }) roles!: OfficerRole[];
}

@InputType({ description: '机关登记 A new agency.' })
export class RegisterAgencyInput {
  @Field(() => ID) code!: string;
  @Field(() => String) name!: string;
  @Field(() => String) nameEn!: string;
  @Field(() => [AgencyFunctionEnum]) functions!: AgencyFunction[];
  @Field(() => [ID], { defaultValue: [] }) regions!: string[];
  @Field(() => ID, { nullable: true }) superior?: string | null;
  @Field(() => String, { description: '令牌签发者 `iss` of its tokens; an https or urn identifier of its own.' }) issuer!: string;
  @Field(() => String, { nullable: true, description: 'Public keys of the issuer: a JSON Web Key Set as text.' }) jwks?: string | null;
  @Field(() => String, { nullable: true, description: 'Where the key set is served, https; instead of jwks.' }) jwksUri?: string | null;
  @Field(() => [AgencyOfficerInput], { defaultValue: [] }) officers!: AgencyOfficerInput[];
}

@InputType({ description: '机关变更 What changes of an agency; what is left out stays, null takes away a superior or keys.' })
export class UpdateAgencyInput {
  @Field(() => String, { nullable: true }) name?: string | null;
  @Field(() => String, { nullable: true }) nameEn?: string | null;
  @Field(() => [AgencyFunctionEnum], { nullable: true }) functions?: AgencyFunction[] | null;
  @Field(() => [ID], { nullable: true }) regions?: string[] | null;
  @Field(() => ID, { nullable: true }) superior?: string | null;
  @Field(() => String, { nullable: true }) issuer?: string | null;
  @Field(() => String, { nullable: true }) jwks?: string | null;
  @Field(() => String, { nullable: true }) jwksUri?: string | null;
  @Field(() => [AgencyOfficerInput], { nullable: true }) officers?: AgencyOfficerInput[] | null;
  @Field(() => Int, { nullable: true }) expectedVersion?: number | null;
}

@InputType({ description: '机关撤销 Why an agency leaves the registry; its records stay.' })
export class RetireAgencyInput {
  @Field(() => String) reason!: string;
  @Field(() => Int, { nullable: true }) expectedVersion?: number | null;
}

@InputType({ description: '吊销令牌 Takes one token back.' })
export class RevokeTokenInput {
  @Field(() => ID, { nullable: true, description: 'Agency of the token; the own one when left out.' }) agencyCode?: string | null;
  @Field(() => DateTimeScalar, { description: 'When the token would have ended by itself.' }) until!: Date;
  @Field(() => String) reason!: string;
}

@InputType({ description: '停用工作人员令牌 Takes back every token that an officer holds.' })
export class RevokeOfficerInput {
  @Field(() => String) reason!: string;
}
