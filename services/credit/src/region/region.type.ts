import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Region', { description: '行政区划 A region; inspection owns it.' })
@Directive('@key(fields: "code", resolvable: false)')
export class CreditRegion {
  @Field(() => ID)
  @Directive('@tag(name: "public")')
  code!: string;
}
