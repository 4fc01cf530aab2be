import { caseProcedure, type CaseProcedure, caseStatus, type CaseStatus } from '@casebridge/contracts';
import type { Citation } from '@casebridge/kernel';
import {
  BothWaysPage, type Connection, DateTimeScalar, FenScalar, ForwardPage, pageOf, registerCodeList, RequestContext, type Visible,
} from '@casebridge/platform';
import { Arg, Args, Ctx, FieldResolver, ID, Int, Query, Resolver, Root } from 'type-graphql';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType, type AgencyView, EnforcementRegion } from '../agency/agency.type';
import { BasisType } from '../shared/basis.type';
import type { AdminCaseEntity } from './admin-case.entity';
import { caseLoader, casesOfEnterprise, casesOfProduct, type VisibleCase } from './admin-case.loader';
import { caseList } from './admin-case.source';
import { CaseConnection, CaseType, EnforcementEnterprise, EnforcementProduct } from './admin-case.type';
import { CaseFilter, caseFilterSql } from './case-filter';

const CaseStatusEnum = registerCodeList(caseStatus);
const CaseProcedureEnum = registerCodeList(caseProcedure);

@Resolver(() => CaseType)
export class AdminCaseResolver {
  @Query(() => CaseType, { nullable: true, description: '案件 One case; null when there is none that you may see.' })
  case(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<VisibleCase | null> {
    return ctx.use(caseLoader).load(id);
  }

  @Query(() => CaseConnection, { nullable: true, description: '案件列表 Cases that you may see, the newest filing first.' })
  cases(
    @Arg('filter', () => CaseFilter, { nullable: true }) filter: CaseFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<Visible<AdminCaseEntity>>> {
    return pageOf(ctx, caseList(ctx.reader, caseFilterSql(ctx.reader, filter ?? {}, ctx.deps.clock.now())), page);
  }

  @FieldResolver(() => ID)
  id(@Root() c: VisibleCase): string {
    return c.caseId;
  }

  @FieldResolver(() => String, { nullable: true, description: '案号 Case number.' })
  caseNo(@Root() c: VisibleCase): string | null {
    return c.may['head'] ? c.caseNo : null;
  }

  @FieldResolver(() => CaseStatusEnum, { nullable: true, description: '案件状态 State of the administrative case.' })
  status(@Root() c: VisibleCase): CaseStatus | null {
    return c.may['head'] ? c.status : null;
  }

  @FieldResolver(() => Int, { nullable: true, description: '版本 Counts the changes of the case, for `expectedVersion`.' })
  version(@Root() c: VisibleCase): number | null {
    return c.may['head'] ? c.version : null;
  }

  @FieldResolver(() => DateTimeScalar, { nullable: true, description: '立案时间 When the case was filed.' })
  filedAt(@Root() c: VisibleCase): Date | null {
    return c.may['head'] ? c.filedAt : null;
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '办案机关 The agency that filed and handles it.' })
  agency(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<AgencyView | null> | null {
    return c.may['head'] ? ctx.use(agencyLoader).load(c.agencyCode) : null;
  }

  @FieldResolver(() => EnforcementRegion, { nullable: true, description: '地区 Place of the case.' })
  region(@Root() c: VisibleCase): EnforcementRegion | null {
    return c.may['head'] ? { code: c.regionCode } : null;
  }

  @FieldResolver(() => EnforcementEnterprise, { nullable: true, description: '当事企业 The enterprise that the case is against.' })
  enterprise(@Root() c: VisibleCase): EnforcementEnterprise | null {
    return c.may['head'] && c.enterpriseUscc !== null ? { uscc: c.enterpriseUscc } : null;
  }

  @FieldResolver(() => String, { nullable: true, description: '当事人名称 Name as filed; that of a natural person is part of the file.' })
  respondentName(@Root() c: VisibleCase): string | null {
    return c.may[c.respondentKind === 'NATURAL_PERSON' ? 'file' : 'head'] ? c.respondentName : null;
  }

  @FieldResolver(() => String, { nullable: true, description: '违法行为类型 Code of the list ViolationType.' })
  violationType(@Root() c: VisibleCase): string | null {
    return c.may['head'] ? c.violationType : null;
  }

  @FieldResolver(() => CaseProcedureEnum, { nullable: true, description: '程序 Ordinary or simplified procedure.' })
  procedure(@Root() c: VisibleCase): CaseProcedure | null {
    return c.may['head'] ? c.procedure : null;
  }

  @FieldResolver(() => EnforcementProduct, { nullable: true, description: '涉案产品 The product concerned; part of the file.' })
  product(@Root() c: VisibleCase): EnforcementProduct | null {
    return c.may['file'] && c.productId !== null ? { id: c.productId } : null;
  }

  @FieldResolver(() => FenScalar, { nullable: true, description: '货值金额 Value of the goods; part of the file.' })
  goodsValueFen(@Root() c: VisibleCase): number | null {
    return c.may['file'] ? c.goodsValueFen : null;
  }

  @FieldResolver(() => String, { nullable: true, description: '案情 Facts; part of the file.' })
  facts(@Root() c: VisibleCase): string | null {
    return c.may['file'] ? c.facts : null;
  }

  @FieldResolver(() => [BasisType], { nullable: true, description: '涉嫌违反条款 Articles that seem to be broken; part of the file.' })
  suspectedArticles(@Root() c: VisibleCase): readonly Citation[] | null {
    return c.may['file'] ? c.suspectedArticles : null;
  }
}

@Resolver(() => EnforcementEnterprise)
export class EnterpriseCasesResolver {
  @FieldResolver(() => CaseConnection, { nullable: true, description: '涉案记录 Cases against it that you may see, the newest filing first.' })
  cases(@Root() { uscc }: EnforcementEnterprise, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Connection<Visible<AdminCaseEntity>>> {
    return ctx.use(casesOfEnterprise).load(uscc, page);
  }
}

@Resolver(() => EnforcementProduct)
export class ProductCasesResolver {
  @FieldResolver(() => CaseConnection, { nullable: true, description: '涉案记录 Cases about it whose file you may see, the newest filing first.' })
  cases(@Root() { id }: EnforcementProduct, @Args(() => ForwardPage) page: ForwardPage, @Ctx() ctx: RequestContext): Promise<Connection<Visible<AdminCaseEntity>>> {
    return ctx.use(casesOfProduct).load(id, page);
  }
}
