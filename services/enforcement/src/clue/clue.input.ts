import type { ClueSource, ClueStatus, ClueTestKind, NonFilingGround, ProductDomain, ProductKind, RespondentKind } from '@casebridge/contracts';
import { DateScalar, DateTimeScalar, FenScalar } from '@casebridge/platform';
import { Field, ID, InputType, Int } from 'type-graphql';
import { LegalBasisInput } from '../penalty-decision/penalty-decision.input';
import { ProductDomainEnum } from '../penalty-decision/penalty-decision.type';
import { ClueSourceEnum, ClueStatusEnum, ClueTestKindEnum, NonFilingGroundEnum, ProductKindEnum, RespondentKindEnum } from './clue.type';

const expected = { nullable: true, description: 'Version of the clue that the caller read; another one is a CONFLICT.' } as const;

@InputType({ description: '线索筛选 Which clues; every condition given must hold.' })
export class ClueFilter {
  @Field(() => [ClueStatusEnum], { nullable: true, description: '状态 One of these.' }) status?: ClueStatus[] | null;
  @Field(() => [ClueSourceEnum], { nullable: true, description: '来源 One of these.' }) source?: ClueSource[] | null;
  @Field(() => String, { nullable: true, description: '来源编号 Number of the source, as far as it is open.' }) sourceRef?: string | null;
  @Field(() => ID, { nullable: true, description: '承办机关 Code of the agency that handles it.' }) agency?: string | null;
  @Field(() => String, { nullable: true, description: '统一社会信用代码 Of the party.' }) enterpriseUscc?: string | null;
  @Field(() => String, { nullable: true, description: '批号 Batch of the product.' }) batchNo?: string | null;
  @Field(() => ID, { nullable: true, description: '地区 In this region or below it (含下级区划).' }) region?: string | null;
  @Field(() => Boolean, { nullable: true, description: '是否逾期 Whether it is undecided and late now.' }) overdue?: boolean | null;
  @Field(() => DateScalar, { nullable: true, description: 'First day of receipt, China Standard Time.' }) receivedFrom?: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last day of receipt, included.' }) receivedTo?: string | null;
}

@InputType({ description: '登记线索 A clue to a breach. Nothing of who complained or reported belongs here.' })
export class RecordClueInput {
  @Field(() => ClueSourceEnum, { description: '来源 Where it comes from.' }) source!: ClueSource;
  @Field(() => String, { nullable: true, description: '来源编号 Id of the record behind it, or number of an outside system; once per agency and source.' })
  sourceRef?: string | null;
  @Field(() => DateTimeScalar, { description: '发现线索或者收到材料的时间 When it was discovered, or the material received: the earlier of the two.' })
  receivedAt!: Date;
  @Field(() => ID, { description: '地区 Place of the conduct.' }) region!: string;
  @Field(() => String, { nullable: true, description: '统一社会信用代码 Of the party, or else its name.' }) enterpriseUscc?: string | null;
  @Field(() => RespondentKindEnum, { defaultValue: 'ENTERPRISE', description: '当事人类型' }) partyKind!: RespondentKind;
  @Field(() => String, { nullable: true, description: '当事人名称 As the source names it: a firm, an online shop, a person.' }) partyName?: string | null;
  @Field(() => ProductKindEnum, { nullable: true, description: '产品类别' }) productKind?: ProductKind | null;
  @Field(() => [String], { defaultValue: [], description: '产品名称' }) productNames!: string[];
  @Field(() => String, { nullable: true, description: '批号' }) batchNo?: string | null;
  @Field(() => String, { description: '线索内容 What is said to have happened.' }) facts!: string;
  @Field(() => [LegalBasisInput], { defaultValue: [], description: '涉嫌违反条款 Articles that seem to be broken.' }) suspectedArticles!: LegalBasisInput[];
}

@InputType({ description: '开始核查 Verification begins.' })
export class BeginClueVerificationInput {
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '送检测、检验、检疫、鉴定 What is not counted into the period begins.' })
export class SendClueForTestingInput {
  @Field(() => ClueTestKindEnum) kind!: ClueTestKind;
  @Field(() => String, { description: '承检机构 Who tests or appraises.' }) testedBy!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '检测、检验、检疫、鉴定结果 The result is there, the period runs on.' })
export class RecordClueTestResultInput {
  @Field(() => String, { description: '结果 Result, with the number of the report.' }) result!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '延长核查期限 Another fifteen working days in special circumstances, once.' })
export class ExtendClueReviewInput {
  @Field(() => String, { description: '延长理由 What is special.' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '立案条件 The four conditions of filing; each must be confirmed.' })
export class FilingConditionsInput {
  @Field(() => Boolean, { description: '有证据初步证明存在违法行为 Evidence shows a breach prima facie.' }) primaFacieEvidence!: boolean;
  @Field(() => Boolean, { description: '依法应当给予行政处罚 A penalty is due by law.' }) penaltyDue!: boolean;
  @Field(() => Boolean, { description: '属于本部门管辖 The agency has jurisdiction.' }) ownJurisdiction!: boolean;
  @Field(() => Boolean, { description: '在给予行政处罚的法定期限内 The time for a penalty is not over.' }) withinLimitation!: boolean;
}

@InputType({ description: '立案 The case as it is filed; what is left out is taken from the clue.' })
export class FileCaseInput {
  @Field(() => FilingConditionsInput) conditions!: FilingConditionsInput;
  @Field(() => String, { description: '案号, e.g. 沈市监立〔2026〕12号' }) caseNo!: string;
  @Field(() => [String], { description: '办案人员 Two officers of the agency or more, by their ids.' }) officers!: string[];
  @Field(() => String, { description: '违法行为类型 Code of the list ViolationType.' }) violationType!: string;
  @Field(() => ProductDomainEnum) domain!: ProductDomain;
  @Field(() => String, { nullable: true, description: '当事人名称' }) respondentName?: string | null;
  @Field(() => RespondentKindEnum, { nullable: true, description: '当事人类型' }) respondentKind?: RespondentKind | null;
  @Field(() => String, { nullable: true, description: '案情' }) facts?: string | null;
  @Field(() => [LegalBasisInput], { nullable: true, description: '涉嫌违反条款' }) suspectedArticles?: LegalBasisInput[] | null;
  @Field(() => ID, { nullable: true, description: '涉案产品 Id of the product concerned.' }) productId?: string | null;
  @Field(() => FenScalar, { nullable: true, description: '货值金额' }) goodsValueFen?: number | null;
  @Field(() => Boolean, { defaultValue: false, description: '是否需要检验 Whether a test is needed.' }) testRequired!: boolean;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '不予立案 Why no case is filed.' })
export class DeclineToFileCaseInput {
  @Field(() => NonFilingGroundEnum, { description: '不予立案情形' }) ground!: NonFilingGround;
  @Field(() => String, { description: '理由' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '移送有管辖权的机关 Who is competent, and why.' })
export class TransferClueInput {
  @Field(() => ID, { description: '受移送机关 Code of the competent agency.' }) agency!: string;
  @Field(() => String, { description: '移送理由' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}

@InputType({ description: '并入重复线索 The older clue of the same agency that this one repeats.' })
export class MergeClueInput {
  @Field(() => ID, { description: '并入的线索' }) into!: string;
  @Field(() => String, { description: '理由' }) reasons!: string;
  @Field(() => Int, expected) expectedVersion?: number | null;
}
