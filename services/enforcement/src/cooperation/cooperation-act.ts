import { type CooperationKind } from '@casebridge/contracts';
import { Forbidden, isUuid, NotFound, uuidv7 } from '@casebridge/kernel';
import { type ActOn, and, assertVersion, at, defineAct, instantOf, query, sql, toVisible, type Visible } from '@casebridge/platform';
import { checkedDocuments, type DocumentOf } from '../shared/documents';
import { type CooperationActDetail, CooperationActEntity, CooperationDocumentEntity, CooperationEntity } from './cooperation.entity';
import { type CooperationActName, kindOfAct, machineOf } from './cooperation.machine';
import { whyNotCooperationAct } from './cooperation.policy';
import { cooperationActedEvent, cooperationActRow, cooperationAfter, cooperationStateOf } from './cooperation-record';
import { decideCooperation } from './cooperation.rule';
import { cooperationRecords } from './cooperation.source';

export interface CooperationNamed {
  readonly cooperationId: string;
}

/**
 * What an act is on, with its row locked until the act is done.
 *
 * @param kind - another kind is as none
 * @throws NotFound when it is absent or hidden, alike
 */
async function getForUpdate({ tx, reader, ctx, target }: ActOn, id: string, kind: CooperationKind): Promise<Visible<CooperationEntity>> {
  if (!isUuid(id)) throw new NotFound('Cooperation');
  const [before] = await query<{ version: number }>(tx.em, sql`select version from cooperation where id = ${id}`);
  const source = cooperationRecords(reader);
  const [row] = await query(tx.em, sql`
    select ${source.columns} from ${source.from} where ${and(sql`w.id = ${id} and w.kind = ${kind}`, source.where)} for update of w`);
  if (!row) throw new NotFound('Cooperation');
  const found = toVisible(ctx, source, row);
  target.is({ id, state: found.status, changedAt: found.updatedAt, changedMeanwhile: found.version !== before?.version });
  return found;
}

/** @throws Forbidden when the act is another agency's or another role's */
export function assertMayAct({ who }: ActOn, act: CooperationActName, cooperation: CooperationEntity | null): void {
  const why = whyNotCooperationAct(who, act, cooperation);
  if (why !== null) throw new Forbidden(why);
}

/** What an act says, besides its name. */
export interface Said extends CooperationActDetail {
  readonly documents?: readonly DocumentOf[];
}

/** Decides an act, saves its record, tells of it. */
export async function done(acting: ActOn, act: CooperationActName, before: CooperationEntity, { documents = [], ...detail }: Said): Promise<CooperationNamed> {
  const { tx, who } = acting;
  const now = tx.clock.now();
  const { may: _may, ...after } = cooperationAfter<CooperationEntity & { readonly may?: unknown }>(
    before, decideCooperation(cooperationStateOf(before), act, now, tx.calendar, detail.workingDays), now, detail);
  const records = tx.em.getRepository<Record<string, unknown>>(CooperationEntity);
  if (after.version === 1) await records.insert({ ...after });
  else await records.update({ id: after.id }, { ...after });
  const entry = cooperationActRow(after, { act, actorCode: who.agency.code, officerId: who.officerId, detail });
  await tx.em.getRepository<Record<string, unknown>>(CooperationActEntity).insert({ ...entry });
  if (documents.length > 0) {
    await tx.em.insert(CooperationDocumentEntity, documents.map(({ title, fileId }) => ({ id: uuidv7(now), cooperationId: after.id, position: after.version, title, fileId })));
  }
  await tx.emit(cooperationActedEvent(after, entry));
  acting.ctx.reads.add('Cooperation', [after.id]);
  return { cooperationId: after.id };
}

/** An act, its refusals resting on its article. */
export const defineCooperationAct = <Command extends object>(act: CooperationActName, run: (acting: ActOn, command: Command) => Promise<CooperationNamed>) =>
  defineAct<Command, CooperationNamed>(act, run, {
    basis: machineOf(act).rules[act].basis,
    revive: async (acting, stored) => {
      await getForUpdate(acting, stored.cooperationId, kindOfAct[act]);
      return stored;
    },
    changed: ({ cooperationId }) => [cooperationId],
  });

/** Documents of an act as they are given: each names bytes that the acting agency has stored before. */
export const documentsOf = async (acting: ActOn, cooperationId: string, inputs: readonly DocumentOf[] | null | undefined): Promise<DocumentOf[]> => {
  if (!inputs || inputs.length === 0) return [];
  const there = await query<{ file_id: string }>(acting.tx.em, sql`select file_id from cooperation_document where cooperation_id = ${cooperationId}`);
  return checkedDocuments(acting, inputs, new Set(there.map((d) => d.file_id)));
};

type Versioned<T> = T & { readonly expectedVersion?: number | null };

/** An act on what is there, the same steps for all: lock, who may, version, state, save, tell. */
export const cooperationAct = <Input extends object>(act: CooperationActName, say: (acting: ActOn, input: Input, id: string) => Promise<Said> | Said) =>
  defineCooperationAct<{ readonly cooperationId: string; readonly input: Versioned<Input> }>(act, async (request, { cooperationId, input }) => {
    const found = await getForUpdate(request, cooperationId, kindOfAct[act]);
    assertMayAct(request, act, found);
    assertVersion(found.version, input.expectedVersion);
    const acting = at(request, instantOf(request, found));
    machineOf(act).next(found.status, act); // before what is said is looked at: the state is the first thing to be wrong
    return done(acting, act, found, await say(acting, input, cooperationId));
  });
