import { Field, Int, ObjectType } from 'type-graphql';
import type { Deadline } from '@casebridge/kernel';

@ObjectType('AdrStatutoryLimit', { description: '法定时限依据 Why something is due: the rule, its article, and the calendar it was counted with.' })
export class StatutoryLimitType {
  @Field(() => String, { description: '规则名 Name of the clock.' }) name!: string;
  @Field(() => String, { description: '依据文件 Instrument, by its official Chinese title.' }) instrument!: string;
  @Field(() => String, { description: '条款 Article.' }) article!: string;
  @Field(() => String, { description: '核实标记 V read, P from a secondary source, NV not verified: a rule marked NV warns and never blocks.' }) mark!: string;
  @Field(() => Int, { description: '期限 Length of the period, in units.' }) amount!: number;
  @Field(() => String, { description: '单位 HOUR, CALENDAR_DAY, WORKING_DAY, MONTH or YEAR.' }) unit!: string;
  @Field(() => Boolean, { description: '暂定 Counted with days of a year whose calendar is not published.' }) provisional!: boolean;
  @Field(() => String, { description: '日历版本 Version of the working-day calendar.' }) calendarVersion!: string;
}

export const toStatutoryLimit = ({ rule, provisional, calendarVersion }: Deadline): StatutoryLimitType => ({
  name: rule.name, instrument: rule.citation.instrument, article: rule.citation.article, mark: rule.mark, amount: rule.amount, unit: rule.unit,
  provisional, calendarVersion,
});
