import { Directive, Field, ID, ObjectType } from 'type-graphql';

/** The stub of enforcement's entity; what this service adds stands with the inspections. */
@ObjectType('Case', { description: '案件 A case of administrative enforcement.' })
@Directive('@key(fields: "id")')
export class InspectionCase {
  @Field(() => ID, { description: '案件标识 Id of the case.' }) id!: string;
}
