import { BadUserInput } from '@casebridge/kernel';
import { DateScalar, RequestContext, type Visible } from '@casebridge/platform';
import { Arg, Ctx, Directive, Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { bansOf, isBannedOn } from './ban-check.source';
import type { CreditPunishmentEntity } from './credit-punishment.entity';
import { CreditPunishment } from './credit-punishment.type';

const isPublic = '@tag(name: "public")';

@ObjectType({ description: '从业禁止核查 Whether a person is banned from the industry on a day. Nothing of the number that was asked for is in it.' })
export class BanCheck {
  @Field(() => DateScalar, { description: '核查日期 The day that was asked for.' }) @Directive(isPublic) onDate!: string;
  @Field(() => Boolean, { description: '是否禁止从业 True while a ban covers the day; false for a person without one and for a number of nobody alike.' })
  @Directive(isPublic)
  banned!: boolean;
  idDigest!: string;
}

@Resolver(() => BanCheck)
export class BanCheckResolver {
  @Query(() => BanCheck, {
    nullable: true,
    description: '从业禁止核查 For whoever employs (DAL art. 140): whether a person is banned on a day, today by default. Yes or no to everybody; the bans themselves to '
      + 'agencies. Send the number as a variable by POST: it is compared by a keyed digest, and neither kept nor logged.',
  })
  @Directive(isPublic)
  @Directive('@cost(weight: 50)')
  async isBanned(
    @Arg('idNo', () => String, { description: '公民身份号码 Identity number.' }) @Directive(isPublic) idNo: string,
    @Arg('onDate', () => DateScalar, { nullable: true, description: 'Civil day; today when left out.' }) @Directive(isPublic) onDate: string | null,
    @Ctx() ctx: RequestContext,
  ): Promise<BanCheck> {
    const idDigest = ctx.deps.citizenIds.digest(idNo);
    if (idDigest === null) throw new BadUserInput('idNo', 'is no identity number of a citizen');
    const day = onDate ?? ctx.reader.today;
    return { onDate: day, banned: await isBannedOn(ctx, idDigest, day), idDigest };
  }

  @FieldResolver(() => [CreditPunishment], { nullable: true, description: '限制从业决定 The bans that cover the day, of those that the reader may see; for agencies.' })
  @Directive('@listSize(assumedSize: 5)')
  bans(@Root() { idDigest, onDate }: BanCheck, @Ctx() ctx: RequestContext): Promise<Visible<CreditPunishmentEntity>[]> | null {
    return ctx.reader.self === null ? null : bansOf(ctx, idDigest, onDate);
  }
}
