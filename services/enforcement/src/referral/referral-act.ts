import { DomainError, Forbidden, isUuid, NotFound } from '@casebridge/kernel';
import { type Acting, type ActOn, and, defineAct, type Found, query, sql, toVisible, type Visible } from '@casebridge/platform';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { getCaseForUpdate, PartEnded } from '../admin-case/admin-case.loader';
import { saveCase } from '../admin-case/case-access';
import { ReferralEntity, ReferralTimelineEntity } from './referral.entity';
import { referralsSeen, type VisibleReferral } from './referral.loader';
import { type ReferralActName, referralMachine } from './referral.machine';
import { type ReferralParties, whyNotReferralAct } from './referral.policy';
import { type ActDone, referralActedEvent, timelineRow } from './referral-record';
import { referralRecords } from './referral.source';
import { signSteps } from './step-signatures';

export interface Locked {
  readonly referral: Visible<ReferralEntity>;
  readonly adminCase: Visible<AdminCaseEntity>;
}

/** How a referral stands, for the refusals of an act on it. */
export const standing = ({ id, status, updatedAt }: ReferralEntity): Found => ({ id, state: status, changedAt: updatedAt });

/**
 * The referral and its case, both locked, the case first, as every act does.
 *
 * @throws NotFound when it is absent or hidden, alike
 * @throws PartEnded when only a part that ended shows it
 */
export async function getReferralForUpdate(acting: ActOn, id: string): Promise<Locked> {
  if (!isUuid(id)) throw new NotFound('Referral');
  const { tx, ctx, reader, target } = acting;
  const seenNow = async (): Promise<VisibleReferral | undefined> => (await referralsSeen(ctx, tx.em, sql`r.id = ${id}`))[0];
  /** Not open by a running relation: a former party reads the record as it stood, for anybody else there is none. */
  const refusal = (seen: VisibleReferral | undefined, changedMeanwhile: boolean): NotFound | PartEnded => {
    if (!seen?.asOf) return new NotFound('Referral');
    target.was({ ...standing(seen), changedMeanwhile });
    target.refuseIfChanged();
    return new PartEnded();
  };

  const seen = await seenNow();
  if (!seen || seen.asOf) throw refusal(seen, false);
  // What was seen may have been hidden since, or have gone to another agency: under the lock everything is asked again.
  const adminCase = await getCaseForUpdate(acting, seen.caseId).catch(async (cause: unknown) => {
    throw cause instanceof DomainError ? refusal(await seenNow(), true) : cause;
  });
  const source = referralRecords(reader);
  const [row] = await query(tx.em, sql`
    select ${source.columns} from ${source.from} where ${and(sql`r.id = ${id}`, source.where)} for update of r`);
  if (!row) throw refusal(await seenNow(), true);
  const referral = toVisible(ctx, source, row);
  target.is({ ...standing(referral), changedMeanwhile: referral.version !== seen.version });
  return { adminCase, referral };
}

/**
 * Who may: asked before the version, and the version before the state.
 *
 * @throws Forbidden when the act is another agency's or another role's
 */
export function assertMayAct(acting: Acting, act: ReferralActName, parties: ReferralParties): void {
  const why = whyNotReferralAct(acting.who, act, parties);
  if (why !== null) throw new Forbidden(why);
}

/** Stores the record without what only its reader's view has. */
export async function saveReferral({ tx }: Acting, { may: _may, ...row }: Visible<ReferralEntity>, how: 'insert' | 'update'): Promise<void> {
  const referrals = tx.em.getRepository<Record<string, unknown>>(ReferralEntity);
  if (how === 'insert') await referrals.insert({ ...row });
  else await referrals.update({ id: row.id }, { ...row });
}

export interface Told extends Pick<ActDone, 'act' | 'decided' | 'detail' | 'tracks'> {
  /** Agencies whose part this act ended; they are told of it, and of nothing after it. */
  readonly departed?: readonly string[];
  /** The act changed the case too: its parts, its status. */
  readonly caseChanged?: boolean;
}

/** Timeline entry, its signature and the events of an act, once its rows are saved; the parts on the case are those after it. */
export async function tell(acting: Acting, after: ReferralEntity, adminCase: AdminCaseEntity, told: Told): Promise<void> {
  const { tx, who } = acting;
  const { act, decided, detail, departed, caseChanged, tracks } = told;
  const entry = timelineRow(after, { act, decided, actorCode: who.agency.code, officerId: who.officerId, ...(detail ? { detail } : {}), ...(tracks ? { tracks } : {}) });
  await tx.em.getRepository<Record<string, unknown>>(ReferralTimelineEntity).insert({ ...entry });
  await signSteps(tx.em, acting.ctx.deps.signer, after.id, after.updatedAt);
  // Before the act itself, so that other services know the new parts when they hear of it.
  if (caseChanged) await saveCase(tx, adminCase);
  await tx.emit(referralActedEvent(after, entry, adminCase, departed));
}

/** An act on referrals. */
export const defineReferralAct = <Command extends object>(
  act: ReferralActName,
  run: (acting: ActOn, command: Command) => Promise<Visible<ReferralEntity>>,
) => defineAct<Command, Visible<ReferralEntity>>(act, run, { basis: referralMachine.rules[act].basis, revive, changed: ({ id }) => [id] });

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
