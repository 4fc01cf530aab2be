import { Forbidden, isUuid, NotFound } from '@casebridge/kernel';
import { type ActOn, assertVersion, at, defineAct, instantOf, type Visible } from '@casebridge/platform';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { getCaseForUpdate, ifCaseIsOpen } from '../admin-case/admin-case.loader';
import { saveCase } from '../admin-case/case-access';
import { CompulsoryMeasureActEntity } from './measure.entity';
import { type MeasureActName, measureMachine } from './measure.machine';
import { whyNotMeasureAct } from './measure.policy';
import { compulsoryMeasureActedEvent, type MeasureActDone } from './measure-record';

export interface MeasureNamed {
  readonly caseId: string;
  readonly measureId: string;
}

export interface Doing {
  readonly acting: ActOn;
  readonly found: Visible<AdminCaseEntity>;
  /** The last act on the measure; null where it is begun. */
  readonly last: CompulsoryMeasureActEntity | null;
  /** What the row of an act says of who did it, and when. */
  readonly done: Pick<MeasureActDone, 'caseId' | 'act' | 'actorCode' | 'officerId' | 'at'>;
}

export interface MeasureCommand<Input> {
  readonly caseId: string;
  /** Null for one that is begun. */
  readonly measureId: string | null;
  readonly input: Input;
}

/** The last act on a measure of this case. @throws NotFound when the case has no such measure */
async function lastActOn({ tx }: ActOn, caseId: string, measureId: string): Promise<CompulsoryMeasureActEntity> {
  const last = isUuid(measureId) ? await tx.em.findOne(CompulsoryMeasureActEntity, { where: { caseId, measureId }, order: { position: 'DESC' } }) : null;
  if (!last) throw new NotFound('CompulsoryMeasure');
  return last;
}

/**
 * An act on a compulsory measure, the same way for all: lock the case, who may, version, the measure, rule, save, tell.
 *
 * @param run - the rows that the act writes, the one on the measure that it answers with last
 */
export const measureAct = <Input extends { readonly expectedVersion?: number | null }>(
  act: MeasureActName, run: (doing: Doing, input: Input) => Promise<readonly CompulsoryMeasureActEntity[]> | readonly CompulsoryMeasureActEntity[],
) =>
  defineAct<MeasureCommand<Input>, MeasureNamed>(
    act,
    async (request, { caseId, measureId, input }) => {
      const found = await getCaseForUpdate(request, caseId);
      const why = whyNotMeasureAct(request.who, act, found);
      if (why !== null) throw new Forbidden(why);
      assertVersion(found.version, input.expectedVersion);
      await request.target.refuseIfOvertaken(request.tx.em); // no act on a measure moves the case, which keeps nobody from doing it twice
      const acting = at(request, instantOf(request, found));
      const { tx, who } = acting;
      const last = measureId === null ? null : await lastActOn(acting, caseId, measureId);
      const rows = await run({ acting, found, last, done: { caseId, act, actorCode: who.agency.code, officerId: who.officerId, at: tx.clock.now() } }, input);
      await saveCase(tx, found);
      for (const row of rows) {
        await tx.em.getRepository<Record<string, unknown>>(CompulsoryMeasureActEntity).insert({ ...row });
        await tx.emit(compulsoryMeasureActedEvent(found, row));
      }
      return { caseId, measureId: rows.at(-1)?.measureId ?? measureId ?? '' };
    },
    { basis: measureMachine.rules[act].basis, revive: ifCaseIsOpen, changed: ({ caseId }) => [caseId] },
  );
