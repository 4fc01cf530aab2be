import { codeLists } from '@casebridge/contracts';
import type { Citation, NamedClockRow, StatutoryClock } from '@casebridge/kernel';
import { DateScalar } from '@casebridge/platform';
import { Arg, Directive, Field, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { penaltyClocks } from '../penalty-decision/penalty-decision.clocks';
import { referralClocks } from '../referral/referral.clocks';
import { BasisType } from '../shared/basis.type';

@ObjectType({ description: '代码 A code and what people read for it.' })
@Directive('@tag(name: "public")')
export class CodeListValue {
  @Field(() => String) code!: string;
  @Field(() => String, { description: '中文 Chinese label.' }) zh!: string;
  @Field(() => String, { description: '英文 English label.' }) en!: string;
}

@ObjectType('CodeList', { description: '代码表 A list of codes: every enum of the graph, and lists that are open to new codes.' })
@Directive('@tag(name: "public")')
export class CodeListType {
  @Field(() => String) name!: string;
  @Field(() => [CodeListValue]) values!: CodeListValue[];
}

@ObjectType({ description: '法定期限 A statutory clock, as a row: one instrument, for the days on which it is in force.' })
export class StatutoryClockRow {
  @Field(() => String, { description: 'Name of the clock; several rows of one name follow each other in time.' }) name!: string;
  @Field(() => BasisType, { description: '依据 Where the period stands.' }) citation!: Citation;
  @Field(() => Int) amount!: number;
  @Field(() => String, { description: '单位 HOUR, CALENDAR_DAY, WORKING_DAY, MONTH or YEAR.' }) unit!: string;
  @Field(() => String, { description: '起算 What starts it.' }) startEvent!: string;
  @Field(() => DateScalar, { description: '施行日期 First day on which the row is in force.' }) effectiveFrom!: string;
  @Field(() => DateScalar, { nullable: true, description: 'Last day; null until further notice.' }) effectiveTo!: string | null;
  @Field(() => String, { description: '核实标记 V, P or NV; a rule marked NV warns and never blocks.' }) mark!: string;
}

const values = codeLists.map((list): CodeListType => ({
  name: list.name,
  values: list.codes.map((code) => ({ code, zh: list.labels[code]?.zh ?? code, en: list.labels[code]?.en ?? code })),
}));

const rowsOf = (clocks: Readonly<Record<string, StatutoryClock>>): readonly NamedClockRow[] => Object.values(clocks).flatMap((clock) => clock.rows);
const clockRows = [...rowsOf(referralClocks), ...rowsOf(penaltyClocks)];

@Resolver()
export class ReferenceDataResolver {
  @Directive('@tag(name: "public")')
  @Query(() => [CodeListType], { nullable: true, description: '代码表 Code lists with labels in Chinese and English; all of them, or those of these names that there are.' })
  codeLists(@Directive('@tag(name: "public")') @Arg('names', () => [String], { nullable: true }) names: string[] | null): CodeListType[] {
    return names == null ? values : values.filter((list) => names.includes(list.name));
  }

  @Query(() => [StatutoryClockRow], { nullable: true, description: '法定期限表 The statutory clocks that this service counts with.' })
  statutoryClocks(): readonly NamedClockRow[] {
    return clockRows;
  }
}
