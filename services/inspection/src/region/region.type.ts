import { regionKind, type RegionKind } from '@casebridge/contracts';
import { connectionType, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

const RegionKindEnum = registerCodeList(regionKind);

@ObjectType('Region', { description: '行政区划 A region: an administrative division (GB/T 2260), or a functional zone with a code of its own.' })
@Directive('@key(fields: "code")')
export class RegionType {
  @Directive('@tag(name: "public")')
  @Field(() => ID, { description: '区划代码 Six digits of GB/T 2260, or the code of a functional zone.' }) code!: string;
  @Directive('@tag(name: "public")')
  @Field(() => String, { nullable: true, description: '名称 Name.' }) name!: string | null;
  @Directive('@tag(name: "public")')
  @Field(() => String, { nullable: true, description: '英文名称 Name in English.' }) nameEn!: string | null;
  @Directive('@tag(name: "public")')
  @Field(() => RegionKindEnum, { nullable: true, description: '层级 Level, or functional zone.' }) kind!: RegionKind | null;
}

export const RegionConnection = connectionType('Region', () => RegionType, { public: true });
