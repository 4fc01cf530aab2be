import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The stub of enforcement's entity: this service names agencies and adds nothing to them. */
@ObjectType('Agency', { description: '机关 An agency of the registry.' })
@Directive('@key(fields: "code", resolvable: false)')
export class InspectionAgency {
  @Field(() => ID, { description: '机关代码 Code in the registry of agencies.' })
  @Directive('@tag(name: "public")')
  code!: string;
}
