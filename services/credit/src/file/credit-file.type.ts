import { type CreditFileEntryKind, creditFileEntryKind, type PartyKind, partyKind } from '@casebridge/contracts';
import { connectionType, DateScalar, ForwardPage, registerCodeList } from '@casebridge/platform';
import { ArgsType, Directive, Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import type { FileOwner } from './credit-file.loader';

const PartyKindEnum = registerCodeList(partyKind);
const CreditFileEntryKindEnum = registerCodeList(creditFileEntryKind);
const isPublic = '@tag(name: "public")';

@ObjectType({ description: '信用档案条目 One line of a credit file, with the decision that it comes from.' })
export class CreditFileEntry {
  @Field(() => ID, { description: '标识 Id of the record that it tells of: penalty, listing, punishment, measure or repair.' }) @Directive(isPublic) id!: string;
  @Field(() => CreditFileEntryKindEnum, { description: '种类 What it is.' }) @Directive(isPublic) kind!: CreditFileEntryKind;
  @Field(() => String, { description: '决定书文号 Number of the decision.' }) @Directive(isPublic) documentNo!: string;
  @Field(() => ID, { nullable: true, description: '处罚决定标识 Id of the penalty decision; for agencies.' }) decisionId!: string | null;
  @Field(() => PartyKindEnum, { description: '对象类别 Whether it is the enterprise or a person in it.' }) @Directive(isPublic) partyKind!: PartyKind;
  @Field(() => DateScalar, { description: '日期 Day of the decision, publication, beginning or order.' }) @Directive(isPublic) on!: string;
  @Field(() => DateScalar, { nullable: true, description: '截止日 Last day, where it has one; of a penalty the day on which it was overturned.' }) @Directive(isPublic) endsOn!: string | null;
  @Field(() => [String], { description: '内容代码 Codes of what it is: kinds of penalty, grounds of listing, kind of ban or measure, state of the repair (code lists).' }) @Directive(isPublic)
  codes!: string[];
  @Field(() => String, { nullable: true, description: '处罚内容摘要 The penalties in short, in Chinese; of a penalty.' }) @Directive(isPublic) summary!: string | null;
}

export const CreditFileEntryConnection = connectionType('CreditFileEntry', () => CreditFileEntry, { public: true });

@ObjectType({ description: '分类统计 How many entries of a kind the reader sees.' })
export class CreditFileCount {
  @Field(() => CreditFileEntryKindEnum, { description: '种类 Kind.' }) @Directive(isPublic) kind!: CreditFileEntryKind;
  @Field(() => Int, { description: '数量 How many.' }) @Directive(isPublic) count!: number;
}

@ObjectType({ description: '药品安全信用档案 Credit file (DAL art. 105): permits and published inspections stand beside it in the enterprise; here what decisions did to the name, as the reader may see it.' })
export class CreditFile {
  owner!: FileOwner;
}

@InputType({ description: '信用档案查询条件 Conditions on entries; all that are given must hold.' })
@Directive(isPublic)
export class CreditFileFilter {
  @Field(() => [CreditFileEntryKindEnum], { nullable: true, description: '种类 Any of these kinds.' }) @Directive(isPublic) kinds?: CreditFileEntryKind[] | null;
  @Field(() => DateScalar, { nullable: true, description: '起 On this day or later.' }) @Directive(isPublic) from?: string | null;
  @Field(() => DateScalar, { nullable: true, description: '止 On this day or earlier.' }) @Directive(isPublic) to?: string | null;
}

@ArgsType()
export class CreditFilePage extends ForwardPage {
  @Field(() => CreditFileFilter, { nullable: true })
  @Directive(isPublic)
  filter?: CreditFileFilter | null;
}
