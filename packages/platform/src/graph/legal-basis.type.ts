import { Directive, Field, ObjectType } from 'type-graphql';

@ObjectType('LegalBasis', { description: '法律依据 An article that something rests on.' })
@Directive('@shareable')
@Directive('@tag(name: "public")')
export class LegalBasis {
  @Field(() => String, { description: '法律文件 Official Chinese title of the instrument.' }) instrument!: string;
  @Field(() => String, { description: '条款 Article, as the instrument counts it.' }) article!: string;
  @Field(() => String, { description: '核实标记 V: text read, P: secondary source, NV: not verified (such a rule warns and never blocks).' }) mark!: string;
}
