import type { JointMeasureKind } from '@casebridge/contracts';
import { BadUserInput, civilDate, Forbidden, isUuid, NotFound, uuidv7 } from '@casebridge/kernel';
import { type ActOn, and, assertVersion, defineAct, instantOf, query, sql, toVisible } from '@casebridge/platform';
import { type ActInput, getListingForUpdate, words } from '../listing/listing-act';
import { JointMeasureEntity } from './measure.entity';
import { ListingNotInForce, MeasureAlreadyOrdered } from './measure.errors';
import { canExecute, measureRow } from './measure-kind.rule';
import type { VisibleMeasure } from './measure.loader';
import { type MeasureActName, measureMachine } from './measure.machine';
import { whyNotMeasureAct } from './measure.policy';
import { measureActedEvent, measureAfter, orderedMeasure } from './measure-record';
import { measureStatus } from './measure.rule';
import { measureRecords } from './measure.source';

interface Done {
  readonly id: string;
}

const definition = (act: MeasureActName) => ({
  basis: measureMachine.rules[act].basis,
  revive: async (acting: ActOn, stored: Done) => {
    await getMeasureForUpdate(acting, stored.id);
    return stored;
  },
  changed: ({ id }: Done) => [id],
});

function assertMayAct({ who }: ActOn, act: MeasureActName, parties: Parameters<typeof whyNotMeasureAct>[2]): void {
  const why = whyNotMeasureAct(who, act, parties);
  if (why !== null) throw new Forbidden(why);
}

/** The measure, locked, and the listing that it rests on kept as it is; what one may not see does not exist. */
async function getMeasureForUpdate({ tx, reader, ctx, target }: ActOn, id: string): Promise<VisibleMeasure> {
  if (!isUuid(id)) throw new NotFound('Joint measure');
  const [before] = await query<{ version: number }>(tx.em, sql`select version from joint_measure where id = ${id}`);
  const source = measureRecords(reader);
  const [row] = await query(tx.em, sql`select ${source.columns} from ${source.from} where ${and(sql`m.id = ${id}`, source.where)} for update of m for share of l`);
  if (!row) throw new NotFound('Joint measure');
  const found = toVisible(ctx, source, row);
  target.is({
    id, state: measureStatus(found.status, found.may['listed'] === true), changedAt: found.updatedAt,
    changedMeanwhile: before !== undefined && before.version !== found.version,
  });
  return found;
}

interface OrderInput extends ActInput {
  readonly kind: JointMeasureKind;
  readonly executor: string;
  readonly notice: string;
}

/** Orders a measure of the closed list from an agency that can carry it out (联合惩戒通知); the version is that of the listing. */
export const orderJointMeasure = defineAct<{ listingId: string; input: OrderInput }, Done>(
  'orderJointMeasure',
  async (acting, { listingId, input }) => {
    const { tx, who, target } = acting;
    const listing = await getListingForUpdate(acting, listingId);
    assertMayAct(acting, 'orderJointMeasure', { agencyCode: listing.agencyCode, executorCode: null });
    assertVersion(listing.version, input.expectedVersion);
    const now = tx.clock.now();
    const state = target.state ?? listing.status;
    if (listing.may['listed'] !== true) throw new ListingNotInForce(state);
    const executor = acting.ctx.deps.directory.agency(input.executor);
    if (!executor || executor.status !== 'ACTIVE' || !canExecute(input.kind, executor.functions)) {
      throw new BadUserInput('input.executor', `is not the code of a registered agency with one of the functions ${measureRow(input.kind).executors.join(', ')}`);
    }
    const notice = words('notice', input.notice);
    const measure = orderedMeasure(listing, { id: uuidv7(now), kind: input.kind, executorCode: executor.code, notice, orderedBy: who.officerId, at: now }, tx.calendar);
    const taken = await tx.em.createQueryBuilder().insert().into(JointMeasureEntity).values(measure).orIgnore().returning('id').execute();
    if ((taken.raw as unknown[]).length === 0) {
      const [first] = await query<{ id: string; ordered_at: Date }>(tx.em, sql`
        select id, ordered_at from joint_measure
        where listing_id = ${listing.id} and kind = ${input.kind} and executor_code = ${executor.code} and status in ('ORDERED', 'EXECUTED')`);
      if (first) target.is({ id: first.id, state, changedAt: first.ordered_at }); // a moment ago: the race for the order is lost
      throw new MeasureAlreadyOrdered(state);
    }
    await tx.emit(measureActedEvent(measure, 'orderJointMeasure', who.agency.code));
    return { id: measure.id };
  },
  definition('orderJointMeasure'),
);

interface Said extends ActInput {
  readonly text: string;
  readonly on: string;
}

/** What the executor says to a measure, the same steps for all: lock, who may, version, state, day, save, tell. */
const executorAct = (act: Exclude<MeasureActName, 'orderJointMeasure'>) =>
  defineAct<{ id: string; input: Said }, Done>(
    act,
    async (acting, { id, input }) => {
      const { tx, who } = acting;
      const measure = await getMeasureForUpdate(acting, id);
      assertMayAct(acting, act, measure);
      assertVersion(measure.version, input.expectedVersion);
      const listed = measure.may['listed'] === true;
      measureMachine.next(measureStatus(measure.status, listed), act); // the state is asked before what the act says
      const at = instantOf(acting, measure);
      if (input.on > civilDate(at)) throw new BadUserInput('input.on', 'must not be in the future');
      if (input.on < civilDate(measure.orderedAt)) throw new BadUserInput('input.on', 'must not be before the order');
      const { may: _may, ...after } = measureAfter(measure, act, { text: words('text', input.text), on: input.on, by: who.officerId, at, listed });
      await tx.em.update(JointMeasureEntity, { id }, after);
      await tx.emit(measureActedEvent(after, act, who.agency.code));
      return { id };
    },
    definition(act),
  );

export const reportMeasureExecuted = executorAct('reportMeasureExecuted');
export const reportMeasureNotExecutable = executorAct('reportMeasureNotExecutable');
export const liftJointMeasure = executorAct('liftJointMeasure');
