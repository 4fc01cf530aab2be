import { verificationMark } from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { Directive, Field, ObjectType } from 'type-graphql';
import { registerCodeList } from './enums';

const VerificationMarkEnum = registerCodeList(verificationMark);

@ObjectType('LegalBasis', { description: '法律依据 An article that something rests on.' })
@Directive('@shareable')
@Directive('@tag(name: "public")')
export class LegalBasis {
  @Field(() => String, { description: '法律文件 Official Chinese title of the instrument.' }) instrument!: string;
  @Field(() => String, { description: '条款 Article, as the instrument counts it.' }) article!: string;
  @Field(() => VerificationMarkEnum, { description: '核实标记 How far the rule was checked; one that was not (NV) warns and never blocks.' }) mark!: Mark;
}
