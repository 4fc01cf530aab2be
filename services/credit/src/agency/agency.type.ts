import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Agency', { description: '执法机关 An agency; enforcement owns it.' })
@Directive('@key(fields: "code", resolvable: false)')
export class CreditAgency {
  @Field(() => ID)
  @Directive('@tag(name: "public")')
  code!: string;
}
