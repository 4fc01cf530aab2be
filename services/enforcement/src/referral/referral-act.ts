import { type Citation, Conflict, Forbidden, IllegalTransition, isUuid, NotFound } from '@casebridge/kernel';
import { type Acting, and, query, type RequestContext, sql, toVisible, useCase, type Visible } from '@casebridge/platform';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { getCaseForUpdate, PartEnded } from '../admin-case/admin-case.loader';
import { saveCase } from '../admin-case/case-access';
import { RecentCommits } from '../shared/recent-commits';
import { ReferralEntity, ReferralTimelineEntity } from './referral.entity';
import { referralsSeen } from './referral.loader';
import { type ReferralActName, referralMachine } from './referral.machine';
import { whyNotReferralAct } from './referral.policy';
import { type ActDone, referralActedEvent, timelineRow } from './referral-record';
import { type Decided, decideReferral, type ReferralState } from './referral.rule';
import { referralRecords } from './referral.source';

export interface Locked {
  readonly referral: Visible<ReferralEntity>;
  readonly adminCase: Visible<AdminCaseEntity>;
  /** It was changed by somebody else while this act waited for the lock. */
  readonly lostRace: boolean;
}

const commits = new RecentCommits();

/**
 * The referral and its case, both locked, the case first, as every act does.
 *
 * @throws NotFound when it is absent or hidden, alike
 * @throws PartEnded when only a part that ended shows it
 */
export async function getReferralForUpdate(acting: Acting, id: string): Promise<Locked> {
  if (!isUuid(id)) throw new NotFound('Referral');
  const { tx, ctx, reader } = acting;
  const [seen] = await referralsSeen(ctx, tx.em, sql`r.id = ${id}`);
  if (!seen) throw new NotFound('Referral');
  if (seen.asOf) throw new PartEnded();
  // What was seen may have been hidden since, or have gone to another agency: under the lock everything is asked again.
  const adminCase = await getCaseForUpdate(acting, seen.caseId).catch((cause: unknown) => {
    throw cause instanceof NotFound ? new NotFound('Referral') : cause;
  });
  const source = referralRecords(reader);
  const [row] = await query(tx.em, sql`
    select ${source.columns} from ${source.from} where ${and(sql`r.id = ${id}`, source.where)} for update of r`);
  if (!row) throw new NotFound('Referral');
  const referral = toVisible(ctx, source, row);
  const lostRace = referral.version !== seen.version || commits.changedAfter(id, referral.updatedAt, ctx.request.receivedAt);
  return { adminCase, referral, lostRace };
}

/** The record is visible, and the act is another agency's or another role's. */
export class NotActor extends Forbidden {
  constructor(why: string, state: string | null, basis: Citation) {
    super(why, { basis, ...(state === null ? {} : { state }) });
  }
}

/** Who may, and which version he has seen: asked before the state. */
export function assertMayAct(acting: Acting, act: ReferralActName, referral: ReferralEntity, expectedVersion: number | null | undefined): void {
  const { basis } = referralMachine.rules[act];
  const why = whyNotReferralAct(acting.who, act, referral);
  if (why !== null) throw new NotActor(why, referral.status, basis);
  assertVersion(referral, expectedVersion, basis);
}

export function assertVersion(record: { readonly version: number; readonly status: string }, expected: number | null | undefined, basis: Citation): void {
  if (expected == null || expected === record.version) return;
  throw new Conflict(`The record has version ${record.version}, not ${expected}`, { field: 'input.expectedVersion', state: record.status, basis });
}

/** When an act of this request happens: never before the last act on the record, whatever the clocks of two processes say. */
export const instantOf = (acting: Acting, referral: ReferralEntity | null): Date => {
  const now = acting.tx.clock.now();
  return referral && referral.updatedAt > now ? referral.updatedAt : now;
};

/** The same act, bound to one instant: all that it writes bears it. */
export const at = (acting: Acting, now: Date): Acting => ({ ...acting, tx: { ...acting.tx, clock: { now: () => new Date(now) } } });

/** Whether the record was changed by somebody else after the request had arrived. */
export const changedUnderCaller = (ctx: RequestContext, referral: ReferralEntity): boolean =>
  commits.changedAfter(referral.id, referral.updatedAt, ctx.request.receivedAt);

/**
 * What the machine says to an act. A record that changed after the request arrived changed under the caller: that is a lost race and
 * says CONFLICT; a plain act in the wrong state says ILLEGAL_TRANSITION.
 */
export function decideOrConflict(acting: Acting, state: ReferralState, act: ReferralActName, lostRace: boolean): Decided {
  try {
    return decideReferral(state, act, acting.tx.clock.now(), acting.tx.calendar);
  } catch (cause) {
    if (!(cause instanceof IllegalTransition) || !lostRace) throw cause;
    const { state: present, basis } = cause;
    throw new Conflict(`The referral changed meanwhile; it is ${present ?? 'gone'}`, { ...(present ? { state: present } : {}), ...(basis ? { basis } : {}) });
  }
}

/** Stores the record without what only its reader's view has. */
export async function saveReferral({ tx }: Acting, { may: _may, ...row }: Visible<ReferralEntity>, how: 'insert' | 'update'): Promise<void> {
  const referrals = tx.em.getRepository<Record<string, unknown>>(ReferralEntity);
  if (how === 'insert') await referrals.insert({ ...row });
  else await referrals.update({ id: row.id }, { ...row });
}

export interface Told extends Pick<ActDone, 'act' | 'decided' | 'detail'> {
  /** Agencies whose part this act ended; they are told of it, and of nothing after it. */
  readonly departed?: readonly string[];
  /** The act changed the case too: its parts, its status. */
  readonly caseChanged?: boolean;
}

/** Timeline entry and events of an act, once its rows are saved; the parts on the case are those after it. */
export async function tell(acting: Acting, after: ReferralEntity, adminCase: AdminCaseEntity, told: Told): Promise<void> {
  const { tx, who } = acting;
  const { act, decided, detail, departed, caseChanged } = told;
  const entry = timelineRow(after, { act, decided, actorCode: who.agency.code, officerId: who.officerId, ...(detail ? { detail } : {}) });
  await tx.em.getRepository<Record<string, unknown>>(ReferralTimelineEntity).insert({ ...entry });
  // Before the act itself, so that other services know the new parts when they hear of it.
  if (caseChanged) await saveCase(tx, adminCase);
  await tx.emit(referralActedEvent(after, entry, adminCase, departed));
}

/** An act on referrals as a use case; remembers when it was committed. */
export const referralUseCase = <Command extends object>(
  act: ReferralActName,
  run: (acting: Acting, command: Command) => Promise<Visible<ReferralEntity>>,
) => {
  const perform = useCase<Command, Visible<ReferralEntity>>(act, run, { revive });
  return async (ctx: RequestContext, command: Command, key: string): Promise<Visible<ReferralEntity>> => {
    const after = await perform(ctx, command, key);
    commits.note(after.id, ctx.deps.clock.now());
    return after;
  };
};

/** An earlier result of the same key, with its dates and with what of it is open now; refused to whom it has become hidden meanwhile. */
async function revive({ ctx, tx }: Acting, result: Visible<ReferralEntity>): Promise<Visible<ReferralEntity>> {
  const [seen] = await referralsSeen(ctx, tx.em, sql`r.id = ${result.id}`);
  if (!seen) throw new NotFound('Referral');
  const date = (value: Date | string | null): Date | null => (value === null ? null : new Date(value));
  return {
    ...result, dueAt: date(result.dueAt), reviewStartedAt: date(result.reviewStartedAt), createdAt: new Date(result.createdAt),
    updatedAt: new Date(result.updatedAt), may: seen.may,
  };
}
