import type { Citation } from '@casebridge/kernel';
import { BothWaysPage, type Connection, pageOf, RequestContext } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, ID, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType, type AgencyView } from '../agency/agency.type';
import { BasisType } from '../shared/basis.type';
import type { DutyCrimeClueActEntity } from './duty-crime-clue.entity';
import { ReceiveDutyCrimeClueInput, ReportDutyCrimeResultInput, SendDutyCrimeClueInput } from './duty-crime-clue.input';
import { dutyCrimeClueLoader, historyOfDutyCrimeClue, type VisibleDutyCrimeClue } from './duty-crime-clue.loader';
import { dutyCrimeClueMachine } from './duty-crime-clue.machine';
import { dutyCrimeClues } from './duty-crime-clue.source';
import { DutyCrimeClueConnection, DutyCrimeClueEntryType, DutyCrimeClueType } from './duty-crime-clue.type';
import { type DutyCrimeClueNamed, receiveDutyCrimeClue, reportDutyCrimeResult, sendDutyCrimeClue } from './duty-crime-clue.usecase';

@ObjectType({ description: 'The clue after the act.' })
export class DutyCrimeCluePayload implements DutyCrimeClueNamed {
  dutyCrimeClueId!: string;
}

const KeyArg = () => Arg('idempotencyKey', () => ID);
const ClueIdArg = () => Arg('dutyCrimeClueId', () => ID);

@Resolver(() => DutyCrimeCluePayload)
export class DutyCrimeClueActsResolver {
  @FieldResolver(() => DutyCrimeClueType, { nullable: true })
  dutyCrimeClue(@Root() { dutyCrimeClueId }: DutyCrimeClueNamed, @Ctx() ctx: RequestContext): Promise<VisibleDutyCrimeClue | null> {
    return ctx.use(dutyCrimeClueLoader).load(dutyCrimeClueId);
  }

  @Mutation(() => DutyCrimeCluePayload, { description: '移送职务犯罪线索 Sends a clue to a duty crime to supervision; every officer, and only he reads it afterwards.' })
  sendDutyCrimeClue(@Arg('input', () => SendDutyCrimeClueInput) input: SendDutyCrimeClueInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Promise<DutyCrimeClueNamed> {
    return sendDutyCrimeClue(ctx, { input }, key);
  }

  @Mutation(() => DutyCrimeCluePayload, { description: '签收职务犯罪线索 The receipt; the supervision that it was sent to.' })
  receiveDutyCrimeClue(
    @ClueIdArg() dutyCrimeClueId: string, @Arg('input', () => ReceiveDutyCrimeClueInput) input: ReceiveDutyCrimeClueInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<DutyCrimeClueNamed> {
    return receiveDutyCrimeClue(ctx, { dutyCrimeClueId, input }, key);
  }

  @Mutation(() => DutyCrimeCluePayload, { description: '反馈职务犯罪线索处置结果 Tells the sender what came of it; the supervision that it was sent to.' })
  reportDutyCrimeResult(
    @ClueIdArg() dutyCrimeClueId: string, @Arg('input', () => ReportDutyCrimeResultInput) input: ReportDutyCrimeResultInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<DutyCrimeClueNamed> {
    return reportDutyCrimeResult(ctx, { dutyCrimeClueId, input }, key);
  }
}

@Resolver(() => DutyCrimeClueType)
export class DutyCrimeClueResolver {
  @Query(() => DutyCrimeClueType, { nullable: true, description: '职务犯罪线索 One; null when there is none that you may see.' })
  dutyCrimeClue(@Arg('id', () => ID) id: string, @Ctx() ctx: RequestContext): Promise<VisibleDutyCrimeClue | null> {
    return ctx.use(dutyCrimeClueLoader).load(id);
  }

  @Query(() => DutyCrimeClueConnection, { nullable: true, description: '职务犯罪线索列表 Those that you sent, or that were sent to your agency of supervision; the newest first.' })
  dutyCrimeClues(@Args(() => BothWaysPage) page: BothWaysPage, @Ctx() ctx: RequestContext): Promise<Connection<VisibleDutyCrimeClue>> {
    return pageOf(ctx, dutyCrimeClues(ctx.reader), page);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '移送机关 Agency of the officer who sent it.' })
  agency(@Root() k: VisibleDutyCrimeClue, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(k.agencyCode);
  }

  @FieldResolver(() => AgencyType, { nullable: true, description: '监察机关 Who received it.' })
  supervision(@Root() k: VisibleDutyCrimeClue, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(k.receiverCode);
  }

  @Directive('@listSize(assumedSize: 3)')
  @FieldResolver(() => [DutyCrimeClueEntryType], { nullable: true, description: '办理过程 Every act, in order.' })
  history(@Root() k: VisibleDutyCrimeClue, @Ctx() ctx: RequestContext): Promise<DutyCrimeClueActEntity[]> {
    return ctx.use(historyOfDutyCrimeClue).load(k.id);
  }
}

@Resolver(() => DutyCrimeClueEntryType)
export class DutyCrimeClueEntryResolver {
  @FieldResolver(() => BasisType, { description: '依据 The article the act rests on.' })
  basis(@Root() { act }: DutyCrimeClueActEntity): Citation {
    return dutyCrimeClueMachine.rules[act].basis;
  }
}
