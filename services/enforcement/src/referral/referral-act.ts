import { type ReferralAct, referralAct as referralActs, referralActed } from '@casebridge/contracts';
import { type Citation, Conflict, type Deadline, Forbidden, IllegalTransition, isUuid, NotFound, uuidv7 } from '@casebridge/kernel';
import { type Acting, and, query, sql, toVisible, type Visible } from '@casebridge/platform';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { getCaseForUpdate } from '../admin-case/admin-case.loader';
import { caseSubject, saveCase } from '../admin-case/case-access';
import { ReferralEntity, ReferralTimelineEntity, type StoredDeadline } from './referral.entity';
import { type ReferralActName, referralMachine } from './referral.machine';
import { whyNotReferralAct } from './referral.policy';
import { type Decided, decideReferral, type ReferralState } from './referral.rule';
import { referralRecords } from './referral.source';

/** The name under which an act stands in the timeline: the mutation's, in upper snake case. */
export const timelineAct = (act: ReferralActName): ReferralAct => {
  const name = act.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
  if (!referralActs.is(name)) throw new RangeError(`${act} is not in the code list of acts`);
  return name;
};

export interface Locked {
  readonly referral: Visible<ReferralEntity>;
  readonly adminCase: Visible<AdminCaseEntity>;
}

/** The referral and its case, both locked, case first, as every act does. Hidden and absent: NOT_FOUND. */
export async function getReferralForUpdate(acting: Acting, id: string): Promise<Locked> {
  if (!isUuid(id)) throw new NotFound('Referral');
  const [known] = await query<{ case_id: string }>(acting.tx.em, sql`select case_id from referral where id = ${id}`);
  if (!known) throw new NotFound('Referral');
  const adminCase = await getCaseForUpdate(acting, known.case_id).catch((cause: unknown) => {
    throw cause instanceof NotFound ? new NotFound('Referral') : cause;
  });
  const source = referralRecords(acting.reader);
  const [row] = await query(acting.tx.em, sql`
    select ${source.columns} from ${source.from} where ${and(sql`r.id = ${id}`, source.where)} for update of r`);
  if (!row) throw new NotFound('Referral');
  return { adminCase, referral: toVisible(acting.ctx, source, row) };
}

export class NotActor extends Forbidden {
  constructor(why: string, state: string | null, basis: Citation) {
    super(why, { basis, ...(state === null ? {} : { state }) });
  }
}

/** Who may, and which version he has seen; asked before the state, so that a stranger learns nothing of it. */
export function assertMayAct(acting: Acting, act: ReferralActName, referral: ReferralEntity, expectedVersion: number | null | undefined): void {
  const { basis } = referralMachine.rules[act];
  const why = whyNotReferralAct(acting.who, act, referral);
  if (why !== null) throw new NotActor(why, referral.status, basis);
  assertVersion(referral, expectedVersion, basis);
}

export function assertVersion(record: { readonly version: number; readonly status: string }, expected: number | null | undefined, basis: Citation): void {
  if (expected == null || expected === record.version) return;
  throw new Conflict(`The record has version ${record.version}, not ${expected}`, { state: record.status, basis });
}

export const stateOf = (r: ReferralEntity): ReferralState => ({
  status: r.status, dueAt: r.dueAt, reviewStartedAt: r.reviewStartedAt,
  suspensions: r.suspensions.map((s) => ({ from: new Date(s.from), to: s.to === null ? null : new Date(s.to) })),
});

/**
 * What the machine says to an act. A record that changed after the request arrived changed under the caller: that is a lost race and
 * says CONFLICT; a plain act in the wrong state says ILLEGAL_TRANSITION.
 */
export function decideOrConflict(acting: Acting, state: ReferralState, act: ReferralActName, changedAt: Date | null): Decided {
  try {
    return decideReferral(state, act, acting.tx.clock.now(), acting.tx.calendar);
  } catch (cause) {
    if (cause instanceof IllegalTransition && changedAt !== null && changedAt >= acting.ctx.request.receivedAt) {
      const { state: present, basis } = cause;
      throw new Conflict(`The referral changed meanwhile; it is ${present ?? 'gone'}`, { ...(present ? { state: present } : {}), ...(basis ? { basis } : {}) });
    }
    throw cause;
  }
}

const stored = (d: Deadline | null): StoredDeadline | null =>
  d && {
    dueAt: d.dueAt.toISOString(), lastDay: d.lastDay, provisional: d.provisional, rule: d.rule, startedAt: d.startedAt.toISOString(),
    calendarVersion: d.calendarVersion,
  };

/** Writes the decision of the machine onto the record. */
export function apply(referral: ReferralEntity, decided: Decided, holderCode: string, now: Date): void {
  Object.assign(referral, {
    status: decided.status, holderCode, dueAt: decided.deadline?.dueAt ?? null, deadline: stored(decided.deadline),
    reviewStartedAt: decided.reviewStartedAt,
    suspensions: decided.suspensions.map((s) => ({ from: s.from.toISOString(), to: s.to?.toISOString() ?? null })),
    version: referral.version + 1, updatedAt: now,
  });
}

export interface Recorded {
  readonly act: ReferralActName;
  readonly decided: Decided;
  readonly position: number;
  readonly detail?: Readonly<Record<string, unknown>>;
  /** Agencies whose part this act ended; they are told of it, and of nothing after it. */
  readonly departed?: readonly string[];
}

/** Position of the next entry in a referral's timeline; the referral's row is locked. */
export async function nextPosition(acting: Acting, referralId: string): Promise<number> {
  const [row] = await query<{ n: number }>(acting.tx.em, sql`
    select coalesce(max(position), 0) + 1 as n from referral_timeline where referral_id = ${referralId}`);
  return row?.n ?? 1;
}

/** Timeline entry, saved rows and event of one act; the parts on the case are already those after the act. */
export async function record(acting: Acting, { referral, adminCase }: { referral: ReferralEntity; adminCase: AdminCaseEntity }, r: Recorded): Promise<void> {
  const { tx, who } = acting;
  const now = tx.clock.now();
  const { basis } = referralMachine.rules[r.act];
  await tx.em.insert(ReferralTimelineEntity, {
    id: uuidv7(now), referralId: referral.id, position: r.position, act: timelineAct(r.act), status: referral.status, holderCode: referral.holderCode,
    version: referral.version, at: now, actorCode: who.agency.code, officerId: who.officerId, basisInstrument: basis.instrument,
    basisArticle: basis.article, basisMark: basis.mark, dueAt: referral.dueAt, deadline: referral.deadline as never, met: r.decided.met,
    detail: (r.detail ?? {}) as never,
  });
  await saveCase(tx, adminCase);
  await tx.emit({
    type: referralActed.type, subject: caseSubject(adminCase.caseId),
    data: {
      referralId: referral.id, caseId: adminCase.caseId, position: r.position, version: referral.version, act: timelineAct(r.act),
      statusAfter: referral.status, holderAfter: referral.holderCode, dueAtAfter: referral.dueAt?.toISOString() ?? null, occurredAt: now.toISOString(),
      actorCode: who.agency.code, ownerCode: adminCase.agencyCode, readers: [...new Set([...adminCase.parts, ...(r.departed ?? [])])].sort(),
    },
  });
}

/** An earlier result of the same key, with its dates; refused to whom the referral has become hidden meanwhile. */
export async function reviveReferral(acting: Acting, result: Visible<ReferralEntity>): Promise<Visible<ReferralEntity>> {
  const source = referralRecords(acting.reader);
  const [row] = await query(acting.tx.em, sql`select 1 as seen from ${source.from} where ${and(sql`r.id = ${result.id}`, source.where)}`);
  if (!row) throw new NotFound('Referral');
  const date = (value: unknown): Date | null => (value === null ? null : new Date(value as string));
  return {
    ...result, dueAt: date(result.dueAt), reviewStartedAt: date(result.reviewStartedAt), createdAt: new Date(result.createdAt),
    updatedAt: new Date(result.updatedAt),
  };
}

