import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Enterprise', { description: '企业 An enterprise; inspection owns it. Here: its credit file.' })
@Directive('@key(fields: "uscc")')
export class CreditEnterprise {
  @Field(() => ID)
  @Directive('@tag(name: "public")')
  uscc!: string;
}
