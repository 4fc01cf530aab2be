import { DateScalar } from '@casebridge/platform';
import { Field, ID, InputType } from 'type-graphql';

@InputType({ description: '密封 Seals a case: open to the named officers of the owner and to the named parties, to nobody else.' })
export class SealCaseInput {
  @Field(() => String, { description: '密封依据 What the seal rests on.' }) basis!: string;
  @Field(() => DateScalar, { description: '密封期限 Last day of the seal.' }) expiresOn!: string;
  @Field(() => [ID], { description: '知悉人员 Officers of the owner who go on seeing it; the sealing head among them.' }) officers!: string[];
  @Field(() => [ID], { defaultValue: [], description: '知悉机关 Agencies with a running part that go on seeing it.' }) parties!: string[];
}

@InputType({ description: '解除密封 Why a seal is lifted before its last day.' })
export class UnsealCaseInput {
  @Field(() => String) reason!: string;
}

@InputType({ description: '回避 An officer of the own agency who is not to see a case, or may see it again.' })
export class CaseExclusionInput {
  @Field(() => ID, { description: 'Agency of the officer, which is the own one.' }) agencyCode!: string;
  @Field(() => ID) officerId!: string;
  @Field(() => String) reason!: string;
}
