import { dutyCrimeClueStatus, type DutyCrimeClueStatus, dutyCrimeResult, type DutyCrimeResult } from '@casebridge/contracts';
import { connectionType, DateTimeScalar, registerCodeList } from '@casebridge/platform';
import { Field, ID, Int, ObjectType } from 'type-graphql';

const DutyCrimeClueStatusEnum = registerCodeList(dutyCrimeClueStatus);
export const DutyCrimeResultEnum = registerCodeList(dutyCrimeResult);

@ObjectType('DutyCrimeClueEntry', { description: '办理记录 One act; positions are dense from 1.' })
export class DutyCrimeClueEntryType {
  @Field(() => Int) position!: number;
  @Field(() => DutyCrimeClueStatusEnum, { description: 'State after the act.' }) status!: DutyCrimeClueStatus;
  @Field(() => DateTimeScalar) at!: Date;
  @Field(() => String, { nullable: true, description: '说明 What was said with the act.' }) text!: string | null;
}

@ObjectType('DutyCrimeClue', { description: '职务犯罪线索 A clue to a duty crime, by a sealed channel: only the officer who sent it and the supervision that it was sent to read it.' })
export class DutyCrimeClueType {
  @Field(() => ID, { description: '标识 UUID.' }) id!: string;
  @Field(() => Int, { description: '版本 Counts the acts, for `expectedVersion`.' }) version!: number;
  @Field(() => DutyCrimeClueStatusEnum, { description: '状态' }) status!: DutyCrimeClueStatus;
  @Field(() => String, { description: '涉及的公职人员 Unit and post of the official.' }) official!: string;
  @Field(() => String, { description: '线索内容' }) facts!: string;
  @Field(() => DutyCrimeResultEnum, { nullable: true, description: '处置结果 Null until it is told.' }) result!: DutyCrimeResult | null;
  @Field(() => DateTimeScalar, { description: '移送时间' }) sentAt!: Date;
  @Field(() => String, { description: '移送人 Id of the officer who sent it.' }) officerId!: string;
}

export const DutyCrimeClueConnection = connectionType('DutyCrimeClue', () => DutyCrimeClueType);
