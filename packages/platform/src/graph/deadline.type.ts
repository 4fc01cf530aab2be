import { periodUnit } from '@casebridge/contracts';
import type { DeadlineAsKept, PeriodUnit } from '@casebridge/kernel';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import { registerCodeList } from './enums';
import { LegalBasis } from './legal-basis.type';
import { DateScalar, DateTimeScalar } from './scalars';

const PeriodUnitEnum = registerCodeList(periodUnit);

@ObjectType('Suspension', { description: '期限中止 A stretch in which a clock waited.' })
@Directive('@shareable')
export class SuspensionType {
  @Field(() => DateTimeScalar, { description: '中止起点 When it began to wait.' }) from!: Date;
  @Field(() => DateTimeScalar, { description: '中止终点 When it ran on.' }) to!: Date;
}

/** The one shape in which every service says why something is due. */
@ObjectType('Deadline', { description: '期限 When something is due, and why.' })
@Directive('@shareable')
export class DeadlineType {
  @Field(() => DateTimeScalar, { description: '逾期起点 The first late instant.' }) dueAt!: Date;
  @Field(() => DateScalar, { nullable: true, description: '最后一日 The last day in time; null for a clock in hours.' }) lastDay!: string | null;
  @Field(() => Boolean, { description: '暂定 Counted with days of a year whose calendar of working days was not published.' }) provisional!: boolean;
  @Field(() => String, { description: '规则名 Name of the clock.' }) rule!: string;
  @Field(() => Int, { description: '期限 Length of the period, in units.' }) amount!: number;
  @Field(() => PeriodUnitEnum, { description: '单位 What it is counted in.' }) unit!: PeriodUnit;
  @Field(() => LegalBasis, { description: '依据 The article that sets it.' }) basis!: LegalBasis;
  @Field(() => DateTimeScalar, {
    description: '起算 The instant that it counts from. Of what is recorded by day the hour is not known: the first instant of that day, for a clock in hours the last.',
  })
  startedAt!: Date;
  @Field(() => [SuspensionType], {
    nullable: true, description: '中止 When it waited, for instance for a supplement; null where that is not recorded, so that it may have waited.',
  })
  suspensions!: SuspensionType[] | null;
  @Field(() => String, { nullable: true, description: '日历版本 Version of the calendar of working days that it was counted with; null where it was not kept.' })
  calendarVersion!: string | null;
}

export const toDeadline = ({ rule, suspensions, ...counted }: DeadlineAsKept): DeadlineType => ({
  dueAt: counted.dueAt, lastDay: counted.lastDay, provisional: counted.provisional, rule: rule.name, amount: rule.amount, unit: rule.unit,
  basis: { ...rule.citation, mark: rule.mark }, startedAt: counted.startedAt, suspensions: suspensions && [...suspensions], calendarVersion: counted.calendarVersion,
});
