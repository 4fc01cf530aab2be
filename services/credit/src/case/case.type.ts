import { Directive, Field, ID, ObjectType } from 'type-graphql';

@ObjectType('Case', { description: '案件 A case; enforcement owns it. Here: what came of it for names.' })
@Directive('@key(fields: "id")')
export class CreditCase {
  @Field(() => ID) id!: string;
}
