import { sealStatus, type SealStatus } from '@casebridge/contracts';
import { BothWaysPage, type Connection, connectionType, DateScalar, DateTimeScalar, pageOf, registerCodeList, RequestContext, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { CaseSealEntity } from './admin-case.entity';
import { caseLoader, type VisibleCase } from './admin-case.loader';
import { CaseType } from './admin-case.type';
import { CaseExclusionInput, SealCaseInput, UnsealCaseInput } from './case-seal.input';
import { sealStatusOf } from './case-seal.rule';
import { awaitSeal, sealRegister } from './case-seal.source';
import { type ExclusionNamed, excludeOfficer, readmitOfficer } from './exclude-officer.usecase';
import { sealCase, unsealCase } from './seal-case.usecase';

const SealStatusEnum = registerCodeList(sealStatus);

@ObjectType({ description: '密封登记 A seal as the register shows it: no content.' })
export class CaseSeal {
  @Field(() => ID, { description: '密封编号 Number of the seal.' }) number!: string;
  @Field(() => String, { description: '密封依据 What it rests on.' }) basis!: string;
  @Field(() => DateTimeScalar, { description: '密封时间 When it was made.' }) sealedAt!: Date;
  @Field(() => DateScalar, { description: '密封期限 Last day of the seal.' }) expiresOn!: string;
}
export const CaseSealConnection = connectionType('CaseSeal', () => CaseSeal);

@ObjectType({ description: 'A case and the seal that was made or lifted.' })
export class CaseSealPayload {
  @Field(() => CaseType, { nullable: true }) case!: VisibleCase | null;
  @Field(() => CaseSeal) seal!: CaseSealEntity;
}

@ObjectType({ description: '回避 Which officer was excluded or readmitted; the case is null where the caller no longer sees it.' })
export class CaseExclusionPayload implements ExclusionNamed {
  caseId!: string;
  @Field(() => ID) agencyCode!: string;
  @Field(() => ID) officerId!: string;
}

@Resolver(() => CaseSeal)
export class CaseSealResolver {
  @Query(() => CaseSealConnection, { nullable: true,
    description: '密封登记簿 Register of seals, for heads: of the sealing agency, and of the procuratorate above the one competent for the place.',
  })
  sealRegister(@Args(() => BothWaysPage) page: BothWaysPage, @Ctx() ctx: RequestContext): Promise<Connection<Visible<CaseSealEntity>>> {
    return pageOf(ctx, sealRegister(ctx), page);
  }

  @FieldResolver(() => SealStatusEnum, { description: '状态 PENDING until every service has confirmed that it hides the case.' })
  status(@Root() seal: CaseSealEntity, @Ctx() ctx: RequestContext): SealStatus {
    return sealStatusOf(seal, ctx.reader.today);
  }

  @Mutation(() => CaseSealPayload, { description: '密封案件 Seals a case; a head of the agency that handles it.' })
  async sealCase(
    @Arg('caseId', () => ID) caseId: string,
    @Arg('input', () => SealCaseInput) input: SealCaseInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<CaseSealPayload> {
    const { number } = await sealCase(ctx, { caseId, input }, key);
    const seal = await awaitSeal(ctx.deps, number);
    return { case: await ctx.use(caseLoader).load(caseId), seal };
  }

  @Mutation(() => CaseSealPayload, { description: '解除密封 Lifts a seal; a named head of the agency that handles the case.' })
  async unsealCase(
    @Arg('caseId', () => ID) caseId: string,
    @Arg('input', () => UnsealCaseInput) input: UnsealCaseInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<CaseSealPayload> {
    const { number } = await unsealCase(ctx, { caseId, input }, key);
    const seal = await awaitSeal(ctx.deps, number, 0);
    return { case: await ctx.use(caseLoader).load(caseId), seal };
  }
}

@Resolver(() => CaseExclusionPayload)
export class CaseExclusionResolver {
  @FieldResolver(() => CaseType, { nullable: true })
  case(@Root() { caseId }: ExclusionNamed, @Ctx() ctx: RequestContext): Promise<VisibleCase | null> {
    return ctx.use(caseLoader).load(caseId);
  }

  @Mutation(() => CaseExclusionPayload, { description: "回避 Excludes an officer from a case; a head of the officer's agency." })
  excludeOfficer(
    @Arg('caseId', () => ID) caseId: string,
    @Arg('input', () => CaseExclusionInput) input: CaseExclusionInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<ExclusionNamed> {
    return excludeOfficer(ctx, { caseId, input }, key);
  }

  @Mutation(() => CaseExclusionPayload, { description: "解除回避 Readmits an excluded officer; a head of the officer's agency." })
  readmitOfficer(
    @Arg('caseId', () => ID) caseId: string,
    @Arg('input', () => CaseExclusionInput) input: CaseExclusionInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<ExclusionNamed> {
    return readmitOfficer(ctx, { caseId, input }, key);
  }
}
