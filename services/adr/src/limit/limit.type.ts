import { periodUnit, verificationMark } from '@casebridge/contracts';
import type { DeadlineAsKept, Mark, PeriodUnit } from '@casebridge/kernel';
import { DateTimeScalar, registerCodeList } from '@casebridge/platform';
import { Field, Int, ObjectType } from 'type-graphql';

const PeriodUnitEnum = registerCodeList(periodUnit);
const VerificationMarkEnum = registerCodeList(verificationMark);

/** The former shape of the explanation, kept for those who ask for it; `Deadline` is that of every service. */
@ObjectType('AdrStatutoryLimit', { description: '法定时限依据 Why something is due: the rule, its article, its start, and the calendar it was counted with.' })
export class StatutoryLimitType {
  @Field(() => String, { description: '规则名 Name of the clock.' }) name!: string;
  @Field(() => String, { description: '依据文件 Instrument, by its official Chinese title.' }) instrument!: string;
  @Field(() => String, { description: '条款 Article.' }) article!: string;
  @Field(() => VerificationMarkEnum, { description: '核实标记 How far the rule was checked; one that was not (NV) warns and never blocks.' }) mark!: Mark;
  @Field(() => Int, { description: '期限 Length of the period, in units.' }) amount!: number;
  @Field(() => PeriodUnitEnum, { description: '单位 What it is counted in.' }) unit!: PeriodUnit;
  @Field(() => DateTimeScalar, {
    description: '起算 The instant that it counts from. Of what is recorded by day the hour is not known: the first instant of that day, for a clock in hours the last.',
  })
  startedAt!: Date;
  @Field(() => Boolean, { description: '暂定 Counted with days of a year whose calendar is not published.' }) provisional!: boolean;
  @Field(() => String, { nullable: true, description: '日历版本 Version of the working-day calendar; null where it was not kept.' }) calendarVersion!: string | null;
}

export const toStatutoryLimit = ({ rule, startedAt, provisional, calendarVersion }: DeadlineAsKept): StatutoryLimitType => ({
  name: rule.name, instrument: rule.citation.instrument, article: rule.citation.article, mark: rule.mark, amount: rule.amount, unit: rule.unit,
  startedAt, provisional, calendarVersion,
});

/** Said of a field that `deadline` replaces. */
export const useDeadline = 'deadline says the same in the shape of every service';
