import type { RepairKind } from '@casebridge/contracts';
import { civilDate, Forbidden, isUuid, NotFound, o107, uuidv7 } from '@casebridge/kernel';
import { type ActOn, and, assertVersion, defineAct, instantOf, query, sql, toVisible, type Visible } from '@casebridge/platform';
import type { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import { showAgain, stopShowing } from '../disclosure/disclosure-record.repository';
import { disclosureRecords } from '../disclosure/disclosure-record.source';
import { disclosureStatusOn, endOf } from '../disclosure/disclosure-status.rule';
import type { ActInput } from '../listing/listing-act';
import { CreditRepairActEntity, CreditRepairEntity, type RepairActDetail } from './repair.entity';
import { NotRepairable, RepairUnderWay } from './repair.errors';
import type { VisibleRepair } from './repair.loader';
import { overStatuses, type RepairActName, repairMachine, type RepairOpening } from './repair.machine';
import { whyNotRepairAct } from './repair.policy';
import { openedRepair, type Opening, repairActedEvent, repairActRow, repairAfter, showingAfter } from './repair-record';
import { decideRepairAct } from './repair.rule';
import { repairRecords } from './repair.source';

type Done = { readonly id: string };

/** What an act does besides changing the state. */
export interface RepairEffect {
  readonly fields?: Partial<CreditRepairEntity>;
  readonly detail?: RepairActDetail;
  /** Where the clock that it starts counts from a day that it tells of. */
  readonly from?: Date;
  /** The period that begins anew, where what was stopped is shown again. */
  readonly windows?: Parameters<typeof showAgain>[3];
}

export interface RepairDoing {
  readonly acting: ActOn;
  readonly repair: VisibleRepair;
  readonly today: string;
}

function assertMay({ who }: ActOn, act: RepairActName, parties: Parameters<typeof whyNotRepairAct>[2]): void {
  const why = whyNotRepairAct(who, act, parties);
  if (why !== null) throw new Forbidden(why);
}

/** Stops the publication, or shows it again, as the act asks; nothing where it went out of sight otherwise meanwhile. */
async function show({ tx, who }: ActOn, before: Pick<CreditRepairEntity, 'stoppedAt'>, after: CreditRepairEntity, { reasons }: RepairActDetail, windows?: RepairEffect['windows']): Promise<void> {
  const done = { at: after.updatedAt, actorCode: who.agency.code, officerId: who.officerId, detail: reasons === undefined ? {} : { reasons } };
  const showing = showingAfter(before, after);
  if (showing === 'stop') await stopShowing(tx.em, after.decisionId, done);
  if (showing === 'restart') await showAgain(tx.em, after.decisionId, done, windows);
}

async function enter({ tx, who }: ActOn, act: RepairActName, after: CreditRepairEntity, met: boolean | null, detail: RepairActDetail): Promise<Done> {
  const entry = repairActRow(after, { act, met, actorCode: who.agency.code, officerId: who.officerId, detail });
  await tx.em.getRepository<Record<string, unknown>>(CreditRepairActEntity).insert({ ...entry });
  await tx.emit(repairActedEvent(after, entry));
  return { id: after.id };
}

/** The repair, locked; what one may not see does not exist. */
async function getRepairForUpdate({ tx, reader, ctx, target }: ActOn, id: string): Promise<VisibleRepair> {
  if (!isUuid(id)) throw new NotFound('Credit repair');
  const [before] = await query<{ version: number }>(tx.em, sql`select version from credit_repair where id = ${id}`);
  const source = repairRecords(reader);
  const [row] = await query(tx.em, sql`select ${source.columns} from ${source.from} where ${and(sql`cr.id = ${id}`, source.where)} for update of cr`);
  if (!row) throw new NotFound('Credit repair');
  const found = toVisible(ctx, source, row);
  target.is({ id, state: found.status, changedAt: found.updatedAt, changedMeanwhile: before !== undefined && before.version !== found.version });
  return found;
}

/** The published penalty, locked against another application; what one may not see does not exist. */
async function getRecordForUpdate({ tx, reader, ctx, target }: ActOn, id: string): Promise<Visible<DisclosureRecordEntity>> {
  if (!isUuid(id)) throw new NotFound('Disclosure record');
  const source = disclosureRecords(reader);
  const [row] = await query(tx.em, sql`select ${source.columns} from ${source.from} where ${and(sql`d.id = ${id}`, source.where)} for update of d`);
  if (!row) throw new NotFound('Disclosure record');
  const found = toVisible(ctx, source, row);
  // To whom the procedure is closed, a refusal tells no more of it than a reading.
  const state = found.may['procedure'] ? disclosureStatusOn(found, reader.today, found.may['deferred'] === true) : 'PUBLISHED';
  target.is({ id, state, changedAt: found.updatedAt });
  return found;
}

const definition = (act: RepairActName) => ({
  basis: repairMachine.rules[act].basis,
  revive: async (acting: ActOn, stored: Done) => {
    await getRepairForUpdate(acting, stored.id);
    return stored;
  },
  changed: ({ id }: Done) => [id],
});

/** An act that begins a repair: lock the record, who may, whether another is under way, what it says, save, tell. */
export const repairOpening = <Input extends object>(
  act: RepairOpening, kindOf: (input: Input) => RepairKind,
  effect: (acting: ActOn, record: DisclosureRecordEntity, input: Input, today: string) => Promise<Omit<Opening, 'id' | 'kind' | 'at'> & { readonly detail: RepairActDetail }>,
) =>
  defineAct<{ disclosureId: string; input: Input }, Done>(
    act,
    async (acting, { disclosureId, input }) => {
      const { tx, target } = acting;
      const record = await getRecordForUpdate(acting, disclosureId);
      assertMay(acting, act, { agencyCode: record.authorityCode, registryCode: null });
      const [running] = await query<{ id: string; status: string; created_at: Date }>(tx.em, sql`
        select id, status, created_at from credit_repair where disclosure_id = ${record.id} and status <> all(${overStatuses}::text[])`);
      if (running) {
        target.is({ id: running.id, state: running.status, changedAt: running.created_at }); // a moment ago: the race for it is lost
        throw new RepairUnderWay(running.status);
      }
      const at = tx.clock.now();
      if (endOf(record, civilDate(at), record.may['deferred'] === true) !== null) throw new NotRepairable('Nothing is shown of this record', target.state, o107('7-9'));
      const { detail, ...opening } = await effect(acting, record, input, civilDate(at));
      const repair = openedRepair(record, act, { ...opening, id: uuidv7(at), kind: kindOf(input), at }, tx.calendar);
      await tx.em.insert(CreditRepairEntity, repair);
      await show(acting, { stoppedAt: null }, repair, detail);
      return enter(acting, act, repair, null, detail);
    },
    definition(act),
  );

/** An act on a repair, the same steps for all: lock, who may, version, state, effect, save, tell. */
export const repairStep = <Input extends ActInput>(
  act: Exclude<RepairActName, RepairOpening>, effect: (doing: RepairDoing, input: Input) => Promise<RepairEffect> | RepairEffect,
) =>
  defineAct<{ id: string; input: Input }, Done>(
    act,
    async (acting, { id, input }) => {
      const { tx } = acting;
      const repair = await getRepairForUpdate(acting, id);
      const [first] = await query<{ officer_id: string }>(tx.em, sql`select officer_id from credit_repair_act where repair_id = ${id} and position = 1`);
      assertMay(acting, act, { ...repair, openedBy: first?.officer_id ?? null });
      assertVersion(repair.version, input.expectedVersion);
      repairMachine.next(repair.status, act); // the state is asked before what the act says
      const now = instantOf(acting, repair);
      const { fields, detail = {}, from, windows } = await effect({ acting, repair, today: civilDate(now) }, input);
      const decided = decideRepairAct(repair, act, now, tx.calendar, from);
      const { may: _may, ...after } = repairAfter(repair, decided, fields ?? {}, now);
      await tx.em.update(CreditRepairEntity, { id }, after);
      await show(acting, repair, after, detail, windows);
      return enter(acting, act, after, decided.met, detail);
    },
    definition(act),
  );
