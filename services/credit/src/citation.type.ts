import { Directive, Field, ObjectType } from 'type-graphql';

@ObjectType('Citation', { description: '法律依据 Where a rule stands.' })
@Directive('@shareable')
export class Citation {
  @Field(() => String, { description: '法律文件 Official Chinese title.' }) @Directive('@tag(name: "public")') instrument!: string;
  @Field(() => String, { description: '条款 Article, as the instrument counts it.' }) @Directive('@tag(name: "public")') article!: string;
}
