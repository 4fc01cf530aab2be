import {
  type DisclosureChannel, disclosureChannel, disclosureClass, type DisclosureDoubt, disclosureDoubt, type PartyKind, partyKind, type PenaltyKind, penaltyKind,
  verificationMark,
} from '@casebridge/contracts';
import type { Mark } from '@casebridge/kernel';
import { connectionType, DateScalar, DateTimeScalar, DeadlineType, FenScalar, LegalBasis, registerCodeList } from '@casebridge/platform';
import { Directive, Field, ID, ObjectType } from 'type-graphql';

const PartyKindEnum = registerCodeList(partyKind);
const PenaltyKindEnum = registerCodeList(penaltyKind);
export const DisclosureClassEnum = registerCodeList(disclosureClass);
const DisclosureChannelEnum = registerCodeList(disclosureChannel);
const DisclosureDoubtEnum = registerCodeList(disclosureDoubt);
const VerificationMarkEnum = registerCodeList(verificationMark);
const isPublic = '@tag(name: "public")';

@ObjectType({ description: '公示渠道与期限 How long one channel shows the record: the channels count from different days.' })
export class DisclosureWindow {
  @Field(() => DisclosureChannelEnum, { description: '公示渠道 Channel.' }) channel!: DisclosureChannel;
  @Field(() => DateScalar, { description: '起算日 The day from which the channel counts.' }) startsOn!: string;
  @Field(() => DateScalar, { nullable: true, description: '公示截止期 Last day shown; null: for life (终身).' }) endsOn!: string | null;
  @Field(() => DateScalar, { nullable: true, description: '应公示期限 Last day in time for showing it.' }) publicationDueOn!: string | null;
  @Field(() => DeadlineType, { nullable: true, description: '应公示期限说明 Until when it had to be shown, and why; null for a decision older than the rule.' })
  publicationDeadline!: DeadlineType | null;
  @Field(() => Boolean, { nullable: true, description: '是否按期公示 Whether it was shown in time; null while it still may be, and for a decision older than the rule.' })
  met!: boolean | null;
  @Field(() => LegalBasis, { description: '依据 Rule of the period, with its verification mark.' }) basis!: LegalBasis;
  @Field(() => DateScalar, { description: '依据施行日期 First day on which that rule is in force.' }) basisEffectiveFrom!: string;
  @Field(() => VerificationMarkEnum, { description: '核实标记 How far the window was checked: that of its basis, and NV where a younger rule decided something of it.' })
  mark!: Mark;
  @Field(() => [DisclosureDoubtEnum], { description: '存疑事项 What of the window a rule decided that is younger than it; none: nothing.' }) doubts!: DisclosureDoubt[];
}

@ObjectType('DisclosureRecord', { description: '行政处罚公示信息 A penalty decision as published. Agencies read more of it than the public.' })
export class DisclosureRecord {
  @Field(() => ID, { description: '标识 Id.' }) @Directive(isPublic) id!: string;
  @Field(() => String, { description: '行政处罚决定书文号 Number of the decision.' }) @Directive(isPublic) documentNo!: string;
  @Field(() => String, { description: '当事人名称 Party; a natural person only where it is the penalised one.' }) @Directive(isPublic) partyName!: string;
  @Field(() => String, { nullable: true, description: '统一社会信用代码 Credit code of the party; never of a natural person.' }) @Directive(isPublic)
  partyUscc!: string | null;
  @Field(() => PartyKindEnum, { description: '当事人类别 Kind of party.' }) @Directive(isPublic) partyKind!: PartyKind;
  @Field(() => String, { description: '违法行为类型 Code of the violation (code list ViolationType).' }) @Directive(isPublic) violationType!: string;
  @Field(() => [PenaltyKindEnum], { description: '处罚种类 Kinds of penalty in the decision.' }) @Directive(isPublic) penaltyKinds!: PenaltyKind[];
  @Field(() => String, { description: '处罚内容摘要 The penalties in short, in Chinese, without personal data.' }) @Directive(isPublic) penaltySummary!: string;
  @Field(() => FenScalar, { nullable: true, description: '罚款总额（分） All fines of the decision together; null: no fine.' }) @Directive(isPublic)
  fineFen!: number | null;
  @Field(() => DateScalar, { description: '处罚决定日期 Day of the decision.' }) @Directive(isPublic) decidedOn!: string;
  @Field(() => DateScalar, { description: '公示日期 Day of the publication.' }) @Directive(isPublic) publishedOn!: string;
  @Field(() => DateScalar, { nullable: true, description: '公示截止期 Last day shown; null: for life (终身).' }) @Directive(isPublic)
  disclosureEndsOn!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: '撤回时间 When it was withdrawn (O45 art. 11).' }) withdrawnAt!: Date | null;
  @Field(() => String, { nullable: true, description: '撤回原因 Why it was withdrawn.' }) withdrawalReason!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: '更正时间 When what is shown was corrected (O45 art. 12); null: never.' }) @Directive(isPublic)
  correctedAt!: Date | null;
  @Field(() => String, { nullable: true, description: '更正说明 What was corrected.' }) @Directive(isPublic) correction!: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: '停止公示时间 When it was ended before its period was over, after credit repair.' }) stoppedAt!: Date | null;
}

export const DisclosureRecordConnection = connectionType('DisclosureRecord', () => DisclosureRecord, { public: true });

