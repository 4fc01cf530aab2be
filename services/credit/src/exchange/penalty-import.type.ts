import {
  exchangeLayout, type ExchangeLayout, exchangeRule, type ExchangeRule, penaltyImportState, type PenaltyImportState, penaltyRowOutcome, type PenaltyRowOutcome,
} from '@casebridge/contracts';
import { connectionType, DateTimeScalar, registerCodeList } from '@casebridge/platform';
import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';

const ExchangeLayoutEnum = registerCodeList(exchangeLayout);
const ExchangeRuleEnum = registerCodeList(exchangeRule);
const PenaltyImportStateEnum = registerCodeList(penaltyImportState);
const PenaltyRowOutcomeEnum = registerCodeList(penaltyRowOutcome);

@ObjectType({ description: '校验问题 What a row, or the file, breaks.' })
export class ExchangeFault {
  @Field(() => String, { description: '数据项代码 Code of the item, e.g. CF_XDR_SHXYM; empty: the file as a whole.' }) field!: string;
  @Field(() => ExchangeRuleEnum, { description: '规则 The rule.' }) rule!: ExchangeRule;
  @Field(() => Boolean, { description: '是否退回 Whether it refuses; else it is told, and the row taken.' }) refuses!: boolean;
}

@ObjectType({ description: '双公示数据导入批次 A file of penalty decisions that the agency sent: how far it was read, and what became of its rows.' })
export class PenaltyImport {
  @Field(() => ID, { description: '标识 Id.' }) id!: string;
  @Field(() => PenaltyImportStateEnum, { description: '状态 State.' }) state!: PenaltyImportState;
  @Field(() => ExchangeLayoutEnum, { nullable: true, description: '数据项版本 Layout; null until its header was read.' }) layout!: ExchangeLayout | null;
  @Field(() => String, { description: '文件摘要 SHA-256 of the file.' }) sha256!: string;
  @Field(() => Int, { description: '文件大小（字节） Bytes of the file.' }) size!: number;
  @Field(() => Int, { description: '已处理行数 Rows read so far.' }) rows!: number;
  @Field(() => Int, { description: '新增 Rows that brought a new decision.' }) created!: number;
  @Field(() => Int, { description: '更正 Rows that corrected one.' }) corrected!: number;
  @Field(() => Int, { description: '无变化 Rows that changed nothing.' }) unchanged!: number;
  @Field(() => Int, { description: '退回 Rows that were refused.' }) refused!: number;
  @Field(() => DateTimeScalar, { description: '接收时间 When the file came.' }) receivedAt!: Date;
  @Field(() => DateTimeScalar, { nullable: true, description: '完成时间 When the last row was read.' }) finishedAt!: Date | null;
}

export const PenaltyImportConnection = connectionType('PenaltyImport', () => PenaltyImport);

@ObjectType({ description: '逐行回执 What became of one row.' })
export class PenaltyImportRow {
  @Field(() => Int, { description: '行号 From 1, without the header.' }) rowNo!: number;
  @Field(() => String, { nullable: true, description: '行政处罚决定书文号 Number of the decision, as the row has it.' }) documentNo!: string | null;
  @Field(() => PenaltyRowOutcomeEnum, { description: '处理结果 Outcome.' }) outcome!: PenaltyRowOutcome;
}

export const PenaltyImportRowConnection = connectionType('PenaltyImportRow', () => PenaltyImportRow);

@ObjectType({ description: '数据项 One item of the record.' })
export class ExchangeItem {
  @Field(() => String, { description: '代码 Code.' }) code!: string;
  @Field(() => String, { description: '名称 Name.' }) name!: string;
  @Field(() => String, { description: '内容 What the row has.' }) value!: string;
}

@ObjectType({ description: '导入的行政处罚 A penalty decision that came by import, as its last row tells it.' })
export class ImportedPenalty {
  @Field(() => ID, { description: '标识 Id.' }) id!: string;
  @Field(() => String, { description: '行政处罚决定书文号 Number of the decision.' }) documentNo!: string;
  @Field(() => Int, { description: '版本 1, and one more with each correction.' }) version!: number;
  @Field(() => DateTimeScalar, { description: '导入时间 When it came first.' }) importedAt!: Date;
  @Field(() => DateTimeScalar, { description: '更新时间 When it was last corrected.' }) updatedAt!: Date;
}

export const ImportedPenaltyConnection = connectionType('ImportedPenalty', () => ImportedPenalty);

@ObjectType({ description: '历史版本 How a row told the decision: the first one, and each correction.' })
export class ImportedPenaltyVersion {
  @Field(() => Int, { description: '版本 Number of the version.' }) version!: number;
  @Field(() => Int, { description: '行号 Row of its file.' }) rowNo!: number;
  @Field(() => DateTimeScalar, { description: '时间 When.' }) at!: Date;
}

export const ImportedPenaltyVersionConnection = connectionType('ImportedPenaltyVersion', () => ImportedPenaltyVersion);

@InputType({ description: '查询条件 Conditions on imported decisions; all that are given must hold.' })
export class ImportedPenaltyFilter {
  @Field(() => String, { nullable: true, description: '行政处罚决定书文号 Number of the decision, with any kind of brackets.' }) documentNo?: string | null;
  @Field(() => String, { nullable: true, description: '统一社会信用代码 Credit code of the party.' }) enterpriseUscc?: string | null;
}
