import type { NamedClockRow } from '@casebridge/kernel';
import { clockRowsFor, clockRowsOf, RequestContext, StatutoryClockRow } from '@casebridge/platform';
import { Ctx, Directive, Query, Resolver } from 'type-graphql';
import { disclosureClocks } from './disclosure-window.rule';
import { publicationClocks } from './publication-clock.rule';

const rows = clockRowsOf(publicationClocks, disclosureClocks);

@Resolver()
export class DisclosureClocksResolver {
  @Directive('@tag(name: "public")')
  @Directive('@listSize(assumedSize: 20)')
  @Query(() => [StatutoryClockRow], {
    nullable: true, description: '公示期限表 The statutory clocks of disclosure: until when a decision is published, and how long it is shown.',
  })
  disclosureClocks(@Ctx() ctx: RequestContext): readonly NamedClockRow[] {
    return clockRowsFor(ctx.reader, rows);
  }
}
