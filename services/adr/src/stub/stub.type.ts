import { Directive, Field, ID, ObjectType } from 'type-graphql';

// Entities of other services: the key, and what this service adds in the resolvers of its features.

@ObjectType('Case', { description: '案件 A case of enforcement; here with the reports and complaints behind it.' })
@Directive('@key(fields: "id")')
export class CaseStub {
  @Field(() => ID) id!: string;
}

@ObjectType('Enterprise', { description: '企业 An enterprise of the regulated world; here with what people reported of it.' })
@Directive('@key(fields: "uscc")')
export class EnterpriseStub {
  @Field(() => ID, { description: '统一社会信用代码 Unified social credit code.' }) uscc!: string;
}

@ObjectType('Product', { description: '产品 A product of the regulated world; here with what people reported of it.' })
@Directive('@key(fields: "id")')
export class ProductStub {
  @Field(() => ID) id!: string;
}

@ObjectType('Region', { description: '行政区划 A region.' })
@Directive('@key(fields: "code", resolvable: false)')
export class RegionStub {
  @Field(() => ID) code!: string;
}

@ObjectType('Agency', { description: '机关 An agency of the registry.' })
@Directive('@key(fields: "code", resolvable: false)')
export class AgencyStub {
  @Field(() => ID) code!: string;
}
