import { Directive, ArgsType, Field, Int } from 'type-graphql';

/** Forward paging that the public contract may name. */
@ArgsType()
export class PublicPage {
  @Field(() => Int, { defaultValue: 20, description: 'At most 100.' })
  @Directive('@tag(name: "public")')
  first!: number;

  @Field(() => String, { nullable: true })
  @Directive('@tag(name: "public")')
  after?: string | null;
}
