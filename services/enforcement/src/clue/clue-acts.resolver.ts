import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, FieldResolver, ID, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import type { ClueNamed } from './clue-act';
import {
  BeginClueVerificationInput, DeclineToFileCaseInput, ExtendClueReviewInput, FileCaseInput, MergeClueInput, RecordClueInput, RecordClueTestResultInput,
  SendClueForTestingInput, TransferClueInput,
} from './clue.input';
import { clueLoader, type VisibleClue } from './clue.loader';
import { ClueType } from './clue.type';
import {
  beginClueVerification, declineToFileCase, extendClueReview, mergeClue, recordClueTestResult, sendClueForTesting, transferClue,
} from './clue.usecase';
import { fileCase } from './file-case.usecase';
import { recordClue } from './record-clue.usecase';

@ObjectType({ description: 'The clue after the act.' })
export class CluePayload implements ClueNamed {
  clueId!: string;
  caseId!: string | null;
}

const ClueIdArg = () => Arg('clueId', () => ID);
const KeyArg = () => Arg('idempotencyKey', () => ID);

@Resolver(() => CluePayload)
export class ClueActsResolver {
  @FieldResolver(() => ClueType, { nullable: true })
  clue(@Root() { clueId }: ClueNamed, @Ctx() ctx: RequestContext): Promise<VisibleClue | null> {
    return ctx.use(clueLoader).load(clueId);
  }

  @Mutation(() => CluePayload, { description: '登记线索 Records a clue; market or drug regulation.' })
  recordClue(@Arg('input', () => RecordClueInput) input: RecordClueInput, @KeyArg() key: string, @Ctx() ctx: RequestContext): Promise<ClueNamed> {
    return recordClue(ctx, { input }, key);
  }

  @Mutation(() => CluePayload, { description: '开始核查 Begins the verification of a clue.' })
  beginClueVerification(
    @ClueIdArg() clueId: string, @Arg('input', () => BeginClueVerificationInput) input: BeginClueVerificationInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<ClueNamed> {
    return beginClueVerification(ctx, { clueId, input }, key);
  }

  @Mutation(() => CluePayload, { description: '送检测、检验、检疫、鉴定 Sends what the clue is about to be tested; the period of review waits.' })
  sendClueForTesting(
    @ClueIdArg() clueId: string, @Arg('input', () => SendClueForTestingInput) input: SendClueForTestingInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<ClueNamed> {
    return sendClueForTesting(ctx, { clueId, input }, key);
  }

  @Mutation(() => CluePayload, { description: '记录检测、检验、检疫、鉴定结果 Records the result; the period of review runs on.' })
  recordClueTestResult(
    @ClueIdArg() clueId: string, @Arg('input', () => RecordClueTestResultInput) input: RecordClueTestResultInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<ClueNamed> {
    return recordClueTestResult(ctx, { clueId, input }, key);
  }

  @Mutation(() => CluePayload, { description: '延长核查期限 Approves another fifteen working days, once; a head of the agency.' })
  extendClueReview(
    @ClueIdArg() clueId: string, @Arg('input', () => ExtendClueReviewInput) input: ExtendClueReviewInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<ClueNamed> {
    return extendClueReview(ctx, { clueId, input }, key);
  }

  @Mutation(() => CluePayload, { description: '立案 Files a case on a clue; a head of the agency.' })
  fileCase(
    @ClueIdArg() clueId: string, @Arg('input', () => FileCaseInput) input: FileCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<ClueNamed> {
    return fileCase(ctx, { clueId, input }, key);
  }

  @Mutation(() => CluePayload, { description: '不予立案 Decides that no case is filed, with ground and reasons; a head of the agency.' })
  declineToFileCase(
    @ClueIdArg() clueId: string, @Arg('input', () => DeclineToFileCaseInput) input: DeclineToFileCaseInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<ClueNamed> {
    return declineToFileCase(ctx, { clueId, input }, key);
  }

  @Mutation(() => CluePayload, { description: '移送 Hands a clue to the competent agency; a head of the agency.' })
  transferClue(
    @ClueIdArg() clueId: string, @Arg('input', () => TransferClueInput) input: TransferClueInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<ClueNamed> {
    return transferClue(ctx, { clueId, input }, key);
  }

  @Mutation(() => CluePayload, { description: '并入重复线索 Merges a clue into an older one of the same agency that it repeats.' })
  mergeClue(
    @ClueIdArg() clueId: string, @Arg('input', () => MergeClueInput) input: MergeClueInput, @KeyArg() key: string, @Ctx() ctx: RequestContext,
  ): Promise<ClueNamed> {
    return mergeClue(ctx, { clueId, input }, key);
  }
}
