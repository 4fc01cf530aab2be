import { type Citation, type HolidayCalendar, isOverdue } from '@casebridge/kernel';
import { DeadlineType, RequestContext, toDeadline } from '@casebridge/platform';
import { Ctx, Directive, FieldResolver, Resolver, Root } from 'type-graphql';
import type { VisibleCase } from '../admin-case/admin-case.loader';
import { CaseType } from '../admin-case/admin-case.type';
import { agencyLoader } from '../agency/agency.loader';
import { AgencyType, type AgencyView } from '../agency/agency.type';
import { BasisType } from '../shared/basis.type';
import { shownDeadline } from '../shared/stored-deadline';
import type { CompulsoryMeasureActEntity } from './measure.entity';
import { measureActsOfCase } from './measure.loader';
import { runningDeadlines, statusAt } from './measure.rule';
import { CompulsoryMeasureEntryType, CompulsoryMeasureType } from './measure.type';

/** A measure with its acts, as the reader may see them. */
export interface ShownMeasure extends CompulsoryMeasureType {
  readonly acts: readonly CompulsoryMeasureActEntity[];
}

/** A measure as it stood at an instant, by its acts until then. */
function shownMeasure(acts: readonly CompulsoryMeasureActEntity[], now: Date, calendar: HolidayCalendar): ShownMeasure[] {
  const last = acts.at(-1);
  if (!last) return [];
  const { kind, urgent, goods, place, officers, takenAt, documentNo, extended, reportOn, outcome, convertedFrom } = last.standing;
  const status = statusAt(last.status, last.standing, now, calendar);
  const running = runningDeadlines(last.status, last.standing, now, calendar);
  const dueAt = running[0]?.dueAt ?? null;
  return [{
    id: last.measureId, kind, urgent, goods, place, officers, documentNo, extended, outcome, convertedFrom, status, takenAt: new Date(takenAt), testReportOn: reportOn, dueAt,
    overdue: status !== 'LAPSED' && isOverdue(now, dueAt), deadlines: running.map(toDeadline), acts,
  }];
}

/** Measures of a case that are open to the reader: the file, up to the end of his part. */
export async function measuresOf(c: VisibleCase, ctx: RequestContext): Promise<ShownMeasure[] | null> {
  if (!c.may['file']) return null;
  const now = c.ended?.at ?? ctx.deps.clock.now();
  const acts = (await ctx.use(measureActsOfCase).load(c.caseId)).filter(({ at }) => !c.ended || at <= c.ended.at);
  return [...new Set(acts.map((a) => a.measureId))].flatMap((id) => shownMeasure(acts.filter((a) => a.measureId === id), now, ctx.deps.calendar));
}

@Resolver(() => CaseType)
export class CaseMeasuresResolver {
  @Directive('@listSize(assumedSize: 5)')
  @FieldResolver(() => [CompulsoryMeasureType], { nullable: true, description: '行政强制措施 Preservation, sealing and seizure in this case, in order; part of the file.' })
  compulsoryMeasures(@Root() c: VisibleCase, @Ctx() ctx: RequestContext): Promise<ShownMeasure[] | null> {
    return measuresOf(c, ctx);
  }
}

@Resolver(() => CompulsoryMeasureType)
export class CompulsoryMeasureResolver {
  @Directive('@listSize(assumedSize: 6)')
  @FieldResolver(() => [CompulsoryMeasureEntryType], { description: '办理过程 Every act, in order.' })
  history(@Root() { acts }: ShownMeasure): readonly CompulsoryMeasureActEntity[] {
    return acts;
  }
}

@Resolver(() => CompulsoryMeasureEntryType)
export class CompulsoryMeasureEntryResolver {
  @FieldResolver(() => AgencyType, { nullable: true, description: '办理机关 Who acted.' })
  actor(@Root() a: CompulsoryMeasureActEntity, @Ctx() ctx: RequestContext): Promise<AgencyView | null> {
    return ctx.use(agencyLoader).load(a.actorCode);
  }

  @FieldResolver(() => BasisType, { description: '依据 The article the act rests on.' })
  basis(@Root() a: CompulsoryMeasureActEntity): Citation {
    return { instrument: a.basisInstrument, article: a.basisArticle, mark: a.basisMark };
  }

  @FieldResolver(() => DeadlineType, { nullable: true, description: '期限说明 Why what ended first after it was due then.' })
  deadline(@Root() a: CompulsoryMeasureActEntity): DeadlineType | null {
    return shownDeadline(a.deadline);
  }

  @FieldResolver(() => String, { nullable: true, description: '说明 What was said with the act.' })
  note(@Root() { words }: CompulsoryMeasureActEntity): string | null {
    return words.text ?? null;
  }
}
