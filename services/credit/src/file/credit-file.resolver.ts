import { BadUserInput } from '@casebridge/kernel';
import { type Connection, RequestContext, type Visible } from '@casebridge/platform';
import { Arg, Args, Ctx, Directive, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { CreditAgency } from '../agency/agency.type';
import { caseOf } from '../case/case.source';
import { CreditCase } from '../case/case.type';
import { CreditEnterprise } from '../enterprise/enterprise.type';
import type { CreditFileEntryEntity } from './credit-file-entry.entity';
import { CreditFiles, type KindCount } from './credit-file.loader';
import { CreditFile, CreditFileCount, CreditFileEntry, CreditFileEntryConnection, CreditFilePage } from './credit-file.type';
import { maskedName } from './masked-name.rule';

const isPublic = '@tag(name: "public")';
type Row = Visible<CreditFileEntryEntity>;
const files = (ctx: RequestContext): CreditFiles => new CreditFiles(ctx);

@Resolver(() => CreditEnterprise)
export class EnterpriseCreditFileResolver {
  @FieldResolver(() => CreditFile, { nullable: true, description: '信用档案 The credit file of the enterprise, and of persons in it.' })
  @Directive(isPublic)
  creditFile(@Root() { uscc }: CreditEnterprise): CreditFile {
    return { owner: { by: 'uscc', key: uscc } };
  }
}

@Resolver(() => CreditFile)
export class CreditFileResolver {
  @Query(() => CreditFile, {
    nullable: true,
    description: '自然人信用档案 The credit file of a person, for agencies: by the identity number, which is compared by a keyed digest and neither kept nor logged. Send it as a variable by POST.',
  })
  @Directive('@cost(weight: 50)')
  personCreditFile(@Arg('idNo', () => String, { description: '公民身份号码 Identity number.' }) idNo: string, @Ctx() ctx: RequestContext): CreditFile | null {
    const digest = ctx.deps.citizenIds.digest(idNo);
    if (digest === null) throw new BadUserInput('idNo', 'is no identity number of a citizen');
    return ctx.reader.self === null ? null : { owner: { by: 'person_id_digest', key: digest } };
  }

  @FieldResolver(() => CreditFileEntryConnection, { nullable: true, description: '条目 Entries, newest first.' })
  @Directive(isPublic)
  entries(@Root() { owner }: CreditFile, @Args(() => CreditFilePage) page: CreditFilePage, @Ctx() ctx: RequestContext): Promise<Connection<Row>> {
    return ctx.use(files).entries(owner, page, page.filter);
  }

  @FieldResolver(() => [CreditFileCount], { nullable: true, description: '分类统计 How many entries of each kind the reader sees.' })
  @Directive(isPublic)
  @Directive('@listSize(assumedSize: 5)')
  counts(@Root() { owner }: CreditFile, @Ctx() ctx: RequestContext): Promise<KindCount[]> {
    return ctx.use(files).counts(owner);
  }
}

@Resolver(() => CreditFileEntry)
export class CreditFileEntryResolver {
  @FieldResolver(() => String, { description: '对象名称 Who it is; of a person the public reads the first character.' })
  @Directive(isPublic)
  partyName(@Root() { partyKind, partyName }: Row, @Ctx() ctx: RequestContext): string {
    return partyKind === 'PERSON' && ctx.reader.self === null ? maskedName(partyName) : partyName;
  }

  @FieldResolver(() => CreditAgency, { nullable: true, description: '决定机关 Agency that decided.' })
  @Directive(isPublic)
  agency(@Root() { agencyCode }: Row): CreditAgency {
    return { code: agencyCode };
  }

  @FieldResolver(() => CreditCase, { nullable: true, description: '案件 The case, where the reader may see it.' })
  case(@Root() { caseId }: Row, @Ctx() ctx: RequestContext): Promise<CreditCase | null> {
    return caseOf(ctx, caseId);
  }
}
