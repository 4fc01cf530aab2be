import 'reflect-metadata';
import { RequestContext } from '@casebridge/platform';
import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Resolver } from 'type-graphql';
import { caseLoader, type VisibleCase } from '../admin-case/admin-case.loader';
import { CaseType } from '../admin-case/admin-case.type';
import { callForFile } from './file-call.usecase';

@InputType()
export class CallForFileInput {
  @Field(() => String, { description: '调阅理由' }) reasons!: string;
}

@ObjectType({ description: 'The case whose file was called for.' })
export class CallForFilePayload {
  @Field(() => CaseType, { nullable: true }) case!: VisibleCase | null;
}

@Resolver()
export class FileCallResolver {
  @Mutation(() => CallForFilePayload, {
    description: '调阅案卷 Calls for the file of a case of the own regions, which gives the agency a part in it: the procuratorate where it knows of a refusal to refer, of a decision or of what stands still, supervision by the number.',
  })
  async callForFile(
    @Arg('caseNo', () => String, { description: '案号' }) caseNo: string, @Arg('input', () => CallForFileInput) input: CallForFileInput,
    @Arg('idempotencyKey', () => ID) key: string, @Ctx() ctx: RequestContext,
  ): Promise<CallForFilePayload> {
    const { caseId } = await callForFile(ctx, { caseNo, input }, key);
    return { case: await ctx.use(caseLoader).load(caseId) };
  }
}
