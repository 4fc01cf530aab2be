import { agencyFunction, agencyStatus, type AgencyStatus } from '@casebridge/contracts';
import type { AgencyFunction } from '@casebridge/kernel';
import { BothWaysPage, type Connection, DateTimeScalar, pageOf, registerCodeList, RequestContext, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, Field, FieldResolver, ID, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { AgencyEntity } from './agency.entity';
import {
  AgencyFilter, RegisterAgencyInput, RetireAgencyInput, RevokeOfficerInput, RevokeTokenInput, UpdateAgencyInput,
} from './agency.input';
import { agencyLoader, agencyVersionLoader } from './agency.loader';
import { agencyList } from './agency.source';
import { AgencyConnection, AgencyType, type AgencyView, EnforcementRegion } from './agency.type';
import { registerAgency, retireAgency, updateAgency } from './register-agency.usecase';
import { type OfficerRevocation, revokeOfficer, revokeToken, type TokenRevocation } from './revoke.usecase';

const AgencyFunctionEnum = registerCodeList(agencyFunction);
const AgencyStatusEnum = registerCodeList(agencyStatus);

@ObjectType({ description: 'Result of an act of the registry.' })
export class AgencyPayload {
  @Field(() => AgencyType, { nullable: true }) agency!: AgencyView | null;
}

@ObjectType({ description: '令牌吊销 A token that was taken back.' })
export class RevokeTokenPayload implements TokenRevocation {
  @Field(() => ID) agencyCode!: string;
  @Field(() => ID) tokenId!: string;
}

@ObjectType({ description: '工作人员停用 Tokens issued up to this instant are worth nothing.' })
export class RevokeOfficerPayload {
  @Field(() => ID) agencyCode!: string;
  @Field(() => ID) officerId!: string;
  @Field(() => DateTimeScalar) revokedAt!: Date;
}

/** An act answers with the record as it was written, not as the directory has it. */
const payload = async (ctx: RequestContext, { code }: { code: string }): Promise<AgencyPayload> => ({
  agency: await ctx.deps.dataSource.manager.findOneByOrFail(AgencyEntity, { code }),
});
const forAgencies = <T>(ctx: RequestContext, value: T): T | null => (ctx.principal.kind === 'public' ? null : value);
const stub = (code: string): EnforcementRegion => ({ code });

@Resolver(() => AgencyType)
export class AgencyResolver {
  @Query(() => AgencyType, { nullable: true, description: '机关 An agency by its code.' })
  agency(@Arg('code', () => ID) code: string, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(code);
  }

  @Query(() => AgencyConnection, { nullable: true, description: '机关名录 The registry, newest entries first.' })
  agencies(
    @Arg('filter', () => AgencyFilter, { nullable: true }) filter: AgencyFilter | null,
    @Args(() => BothWaysPage) page: BothWaysPage,
    @Ctx() ctx: RequestContext,
  ): Promise<Connection<Visible<AgencyEntity>>> {
    return pageOf(ctx, agencyList(ctx.reader, filter ?? {}), page);
  }

  @FieldResolver(() => [AgencyFunctionEnum], { nullable: true, description: '职能 What the agency is for.' })
  functions(@Root() agency: AgencyView, @Ctx() ctx: RequestContext): readonly AgencyFunction[] | null {
    return forAgencies(ctx, agency.functions);
  }

  @FieldResolver(() => [EnforcementRegion], { nullable: true, description: '管辖地区 Regions that it is competent for.' })
  regions(@Root() agency: AgencyView, @Ctx() ctx: RequestContext): EnforcementRegion[] | null {
    return forAgencies(ctx, agency.regions.map(stub));
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '上级机关 The agency directly above.' })
  superior(@Root() agency: AgencyView, @Ctx() ctx: RequestContext): Promise<AgencyView | null> | null {
    return agency.superiorCode === null ? null : forAgencies(ctx, ctx.use(agencyLoader).load(agency.superiorCode));
  }

  @FieldResolver(() => AgencyStatusEnum, { nullable: true, description: '状态 Whether it is in service.' })
  status(@Root() agency: AgencyView, @Ctx() ctx: RequestContext): AgencyStatus | null {
    return forAgencies(ctx, agency.status);
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Counts the changes of the entry, for `expectedVersion`.' })
  version(@Root() agency: AgencyView, @Ctx() ctx: RequestContext): number | null | Promise<number | null> {
    return forAgencies(ctx, agency.version ?? ctx.use(agencyVersionLoader).load(agency.code));
  }

  @Mutation(() => AgencyPayload, { description: '机关登记 Enters an agency in the registry; scope hub:registry.' })
  async registerAgency(
    @Arg('input', () => RegisterAgencyInput) input: RegisterAgencyInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<AgencyPayload> {
    return payload(ctx, await registerAgency(ctx, { input }, key));
  }

  @Mutation(() => AgencyPayload, { description: '机关变更 Changes an entry of the registry; scope hub:registry.' })
  async updateAgency(
    @Arg('code', () => ID) code: string,
    @Arg('input', () => UpdateAgencyInput) input: UpdateAgencyInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<AgencyPayload> {
    return payload(ctx, await updateAgency(ctx, { code, input }, key));
  }

  @Mutation(() => AgencyPayload, { description: '机关撤销 Takes an agency out of service; scope hub:registry.' })
  async retireAgency(
    @Arg('code', () => ID) code: string,
    @Arg('input', () => RetireAgencyInput) input: RetireAgencyInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<AgencyPayload> {
    return payload(ctx, await retireAgency(ctx, { code, input }, key));
  }

  @Mutation(() => RevokeTokenPayload, { description: '吊销令牌 Takes one token back; a head of its agency, or scope hub:registry.' })
  revokeToken(
    @Arg('tokenId', () => ID) tokenId: string,
    @Arg('input', () => RevokeTokenInput) input: RevokeTokenInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<TokenRevocation> {
    return revokeToken(ctx, { tokenId, input }, key);
  }

  @Mutation(() => RevokeOfficerPayload, { description: '停用工作人员令牌 Takes back all tokens of an officer; a head of the agency, or scope hub:registry.' })
  async revokeOfficer(
    @Arg('agencyCode', () => ID) agencyCode: string,
    @Arg('officerId', () => ID) officerId: string,
    @Arg('input', () => RevokeOfficerInput) input: RevokeOfficerInput,
    @Arg('idempotencyKey', () => ID) key: string,
    @Ctx() ctx: RequestContext,
  ): Promise<RevokeOfficerPayload> {
    const done: OfficerRevocation = await revokeOfficer(ctx, { agencyCode, officerId, input }, key);
    return { ...done, revokedAt: new Date(done.revokedAt) };
  }
}
