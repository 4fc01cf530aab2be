import { codeLists } from '@casebridge/contracts';
import type { NamedClockRow } from '@casebridge/kernel';
import { clockRowsFor, clockRowsOf, RequestContext, StatutoryClockRow } from '@casebridge/platform';
import { Arg, Ctx, Directive, Field, ObjectType, Query, Resolver } from 'type-graphql';
import { caseStepClocks } from '../case-step/case-step.clocks';
import { clueClocks } from '../clue/clue.clocks';
import { cooperationClocks } from '../cooperation/cooperation.clocks';
import { penaltyClocks } from '../penalty-decision/penalty-decision.clocks';
import { referralClocks } from '../referral/referral.clocks';

@ObjectType({ description: '代码 A code and what people read for it.' })
@Directive('@cost(weight: 0)') // printed from memory: the list that it stands in is what is paid for
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
  @Directive('@listSize(assumedSize: 50)')
  @Field(() => [CodeListValue]) values!: CodeListValue[];
}

const values = codeLists.map((list): CodeListType => ({
  name: list.name,
  values: list.codes.map((code) => ({ code, zh: list.labels[code]?.zh ?? code, en: list.labels[code]?.en ?? code })),
}));

const clockRows = clockRowsOf(clueClocks, caseStepClocks, referralClocks, penaltyClocks, cooperationClocks);

@Resolver()
export class ReferenceDataResolver {
  @Directive('@tag(name: "public")')
  @Directive('@listSize(assumedSize: 120)')
  @Query(() => [CodeListType], { nullable: true, description: '代码表 Code lists with labels in Chinese and English; all of them, or those of these names that there are.' })
  codeLists(@Directive('@tag(name: "public")') @Arg('names', () => [String], { nullable: true }) names: string[] | null): CodeListType[] {
    return names == null ? values : values.filter((list) => names.includes(list.name));
  }

  @Directive('@tag(name: "public")')
  @Directive('@listSize(assumedSize: 60)')
  @Query(() => [StatutoryClockRow], { nullable: true, description: '法定期限表 The statutory clocks of clues, cases, decisions, referrals and assistance.' })
  statutoryClocks(@Ctx() ctx: RequestContext): readonly NamedClockRow[] {
    return clockRowsFor(ctx.reader, clockRows);
  }
}
