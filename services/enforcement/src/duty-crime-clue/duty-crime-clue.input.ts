import type { DutyCrimeResult } from '@casebridge/contracts';
import { Field, ID, InputType, Int } from 'type-graphql';
import { DutyCrimeResultEnum } from './duty-crime-clue.type';

const expected = { nullable: true, description: 'Version that the caller read; another one is a CONFLICT.' } as const;

@InputType({ description: '移送职务犯罪线索 To the supervision that is competent for the official by cadre management (干部管理权限).' })
export class SendDutyCrimeClueInput {
  @Field(() => ID, { description: '监察机关 Code of the supervision agency.' }) supervision!: string;
  @Field(() => String, { description: '涉及的公职人员 Unit and post.' }) official!: string;
  @Field(() => String, { description: '线索内容' }) facts!: string;
}

@InputType({ description: '签收 The receipt.' })
export class ReceiveDutyCrimeClueInput {
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '反馈处置结果 What came of it, as far as the sender may know.' })
export class ReportDutyCrimeResultInput {
  @Field(() => DutyCrimeResultEnum, { description: '处置结果' }) result!: DutyCrimeResult;
  @Field(() => String, { description: '说明' }) text!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}
