import { BothWaysPage, type Connection, ForwardPage, pageOf, RequestContext, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { CreditAgency } from '../agency/agency.type';
import { CreditEnterprise } from '../enterprise/enterprise.type';
import { exchangeFields, type ExchangeRecord } from './exchange-layout.rule';
import type { ImportedPenaltyEntity, ImportedPenaltyVersionEntity, PenaltyImportEntity, PenaltyImportRowEntity } from './penalty-import.entity';
import {
  importedPenaltyList, importedPenaltyLoader, penaltyImportList, penaltyImportLoader, refusedRowsOfImport, rowsOfImport, versionsOfPenalty,
} from './penalty-import.source';
import {
  ExchangeFault, ExchangeItem, ImportedPenalty, ImportedPenaltyConnection, ImportedPenaltyFilter, ImportedPenaltyVersion, ImportedPenaltyVersionConnection, PenaltyImport,
  PenaltyImportConnection, PenaltyImportRow, PenaltyImportRowConnection,
} from './penalty-import.type';

type Import = Visible<PenaltyImportEntity>;
type Row = Visible<PenaltyImportRowEntity>;
type Imported = Visible<ImportedPenaltyEntity>;
type Version = Visible<ImportedPenaltyVersionEntity>;

const itemsOf = (record: ExchangeRecord): ExchangeItem[] =>
  exchangeFields.flatMap(({ code, zh }) => (record[code] === undefined ? [] : [{ code, name: zh, value: record[code] }]));

@Resolver(() => PenaltyImport)
export class PenaltyImportResolver {
  @Query(() => PenaltyImportConnection, { nullable: true, description: '双公示数据导入批次 Files of penalty decisions that the agency sent to POST /exchange/penalty-records, newest first.' })
  penaltyImports(@Args(() => BothWaysPage) page: BothWaysPage, @Ctx() ctx: RequestContext): Promise<Connection<Import>> {
    return pageOf(ctx, penaltyImportList(ctx.reader), page);
  }

  @Query(() => PenaltyImport, { nullable: true, description: '双公示数据导入批次 One of them: how far it was read, and what became of its rows.' })
  penaltyImport(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<Import | null> {
    return ctx.use(penaltyImportLoader).load(id);
  }

  @FieldResolver(() => [ExchangeFault], { description: '文件问题 Why the file cannot be read; empty otherwise.' })
  faults(@Root() { faults }: Import): ExchangeFault[] {
    return [...faults];
  }

  @FieldResolver(() => PenaltyImportRowConnection, { nullable: true, description: '逐行回执 What became of its rows, in their order.' })
  rowResults(
    @Root() { id }: Import,
    @Arg('refusedOnly', () => Boolean, { defaultValue: false, description: '仅退回 Those that were refused.' }) refusedOnly: boolean,
    @Args(() => ForwardPage) page: ForwardPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<Row>> {
    return ctx.use(refusedOnly ? refusedRowsOfImport : rowsOfImport).load(id, page);
  }
}

@Resolver(() => PenaltyImportRow)
export class PenaltyImportRowResolver {
  @FieldResolver(() => [ExchangeFault], { description: '校验问题 What it breaks: all of it, not the first only.' })
  faults(@Root() { faults }: Row): ExchangeFault[] {
    return [...faults];
  }

  @FieldResolver(() => ImportedPenalty, { nullable: true, description: '处罚记录 The decision as it is now; null for a row that was refused.' })
  penalty(@Root() { penaltyId }: Row, @Ctx() ctx: RequestContext): Promise<Imported | null> {
    return penaltyId === null ? Promise.resolve(null) : ctx.use(importedPenaltyLoader).load(penaltyId);
  }
}

@Resolver(() => ImportedPenalty)
export class ImportedPenaltyResolver {
  @Query(() => ImportedPenaltyConnection, {
    nullable: true, description: '导入的行政处罚 Decisions that came by import, of the agency and those below it; also those that the law keeps from publication. Last changed first.',
  })
  importedPenalties(
    @Arg('filter', () => ImportedPenaltyFilter, { nullable: true }) filter: ImportedPenaltyFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<Imported>> {
    return pageOf(ctx, importedPenaltyList(ctx.reader, filter), page);
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '处罚机关 Deciding agency.' })
  authority(@Root() { authorityCode }: Imported): CreditAgency {
    return { code: authorityCode };
  }

  @FieldResolver(() => CreditEnterprise, { nullable: true, description: '企业 The enterprise, where the party is one with a credit code.' })
  enterprise(@Root() { partyUscc }: Imported): CreditEnterprise | null {
    return partyUscc === null ? null : { uscc: partyUscc };
  }

  @FieldResolver(() => [ExchangeItem], { description: '数据项 The record, item by item; identity numbers are not kept.' })
  items(@Root() { record }: Imported): ExchangeItem[] {
    return itemsOf(record);
  }

  @FieldResolver(() => ImportedPenaltyVersionConnection, { nullable: true, description: '更正历史 Every version, the last first.' })
  versions(@Root() { id }: Imported, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Connection<Version>> {
    return ctx.use(versionsOfPenalty).load(id, page);
  }
}

@Resolver(() => ImportedPenaltyVersion)
export class ImportedPenaltyVersionResolver {
  @FieldResolver(() => [ExchangeItem], { description: '数据项 The record as that row had it.' })
  items(@Root() { record }: Version): ExchangeItem[] {
    return itemsOf(record);
  }
}
