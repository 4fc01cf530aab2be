import { periodUnit, verificationMark } from '@casebridge/contracts';
import { type Citation, type Mark, mayBlock, type NamedClockRow, type PeriodUnit, type StatutoryClock } from '@casebridge/kernel';
import { Directive, Field, Int, ObjectType } from 'type-graphql';
import type { Reader } from '../rights';
import { registerCodeList } from './enums';
import { LegalBasis } from './legal-basis.type';
import { DateScalar } from './scalars';

const PeriodUnitEnum = registerCodeList(periodUnit);
const VerificationMarkEnum = registerCodeList(verificationMark);

/** The one shape in which every service shows the clocks it counts with. The law is open to everybody, so its tables are. */
@ObjectType({ description: '法定期限 A statutory clock, as a row: one instrument, for the days on which it is in force.' })
@Directive('@shareable')
@Directive('@tag(name: "public")')
export class StatutoryClockRow {
  @Field(() => String, { description: 'Name of the clock; several rows of one name follow each other in time.' }) name!: string;
  @Field(() => LegalBasis, { description: '依据 Where the period stands.' }) citation!: Citation;
  @Field(() => Int) amount!: number;
  @Field(() => PeriodUnitEnum, { description: '单位 What it is counted in.' }) unit!: PeriodUnit;
  @Field(() => String, { description: '起算 What starts it.' }) startEvent!: string;
  @Field(() => Boolean, { description: '始日不计 Whether the day of the start does not count; a clock in hours runs from the instant either way.' })
  startExclusive!: boolean;
  @Field(() => Boolean, { description: '节假日顺延 Whether a last day that is a day off moves to the first working day after it.' }) rollOver!: boolean;
  @Field(() => [String], { description: '中止 The events at which it waits.' }) suspendOn!: readonly string[];
  @Field(() => DateScalar, { description: '施行日期 First day on which the row is in force.' }) effectiveFrom!: string;
  @Field(() => DateScalar, { nullable: true, description: 'Last day; null until further notice.' }) effectiveTo!: string | null;
  @Field(() => VerificationMarkEnum, { description: '核实标记 How far the rule was checked; one that was not (NV) warns and never blocks.' }) mark!: Mark;
  @Field(() => VerificationMarkEnum, {
    description: '计算方式核实标记 How far the way of counting was checked: what the unit means, startExclusive, rollOver, suspendOn, effectiveFrom; the weakest of them. '
      + 'Where the instrument is silent they are an inference.',
  })
  countingMark!: Mark;
}

/** The rows of some tables of clocks, table by table in their own order. */
export const clockRowsOf = (...tables: readonly Readonly<Record<string, StatutoryClock>>[]): readonly NamedClockRow[] =>
  tables.flatMap((clocks) => Object.values(clocks)).flatMap((clock) => clock.rows);

/** Of these the public is told what was checked at least in part: a row that was not (NV) would be taken for law. Agencies see what the hub counts with. */
export const clockRowsFor = ({ principal }: Reader, rows: readonly NamedClockRow[]): readonly NamedClockRow[] =>
  principal.kind === 'public' ? rows.filter((row) => mayBlock(row.mark)) : rows;
