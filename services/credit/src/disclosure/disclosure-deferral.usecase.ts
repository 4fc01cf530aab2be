import { type Citation, BadUserInput, civilDate, Forbidden, isUuid, NotFound, uuidv7 } from '@casebridge/kernel';
import { type ActOn, and, articleInput, assertVersion, caseFacts, defineAct, hydrate, instantOf, query, sql, toVisible, visible } from '@casebridge/platform';
import { publishPunishmentsOf } from '../punishment/credit-punishment.repository';
import { type ActInput, words } from './disclosure-act';
import { DisclosureActEntity, type DisclosureActDetail } from './disclosure-act.entity';
import { DeferralRuns } from './disclosure.errors';
import { DisclosureDeferralEntity } from './disclosure-deferral.entity';
import { type DeferralActName, deferralMachine } from './disclosure-deferral.machine';
import { publishedFrom } from './disclosure-deferral.rule';
import { deferralRecords } from './disclosure-deferral.source';
import { whyNotDisclosureAct } from './disclosure.policy';
import { actEntry, disclosureActedEvent, disclosureEndedEvent, tombstoneOf } from './disclosure-procedure';
import { DisclosureRecordEntity } from './disclosure-record.entity';
import { buryRecords } from './disclosure-record.repository';
import { endOf } from './disclosure-status.rule';

/*
 * 暂缓公示 While publication would expose an investigation the head of the authority may put it off, before the decision is served or after, with a basis and a day
 * on which he looks at it again. Nothing is ever deferred of itself, and nothing but his act ends it.
 */

interface Done {
  readonly id: string;
}

const definition = (act: DeferralActName) => ({
  basis: deferralMachine.rules[act].basis,
  revive: async (acting: ActOn, stored: Done) => {
    await getDeferralForUpdate(acting, stored.id);
    return stored;
  },
  changed: ({ id }: Done) => [id],
});

async function getDeferralForUpdate({ tx, reader, ctx, target }: ActOn, id: string): Promise<DisclosureDeferralEntity> {
  if (!isUuid(id)) throw new NotFound('Disclosure deferral');
  const [before] = await query<{ version: number }>(tx.em, sql`select version from disclosure_deferral where id = ${id}`);
  const source = deferralRecords(reader);
  const [row] = await query(tx.em, sql`select ${source.columns} from ${source.from} where ${and(sql`f.id = ${id}`, source.where)} for update of f`);
  if (!row) throw new NotFound('Disclosure deferral');
  const { may: _may, ...found } = toVisible(ctx, source, row);
  target.is({ id, state: found.status, changedAt: found.updatedAt, changedMeanwhile: before !== undefined && before.version !== found.version });
  return found;
}

/** A day on which it is looked at again: it has to come yet. */
function reviewDay(on: string, today: string): string {
  if (on <= today) throw new BadUserInput('input.reviewOn', 'must lie in the future');
  return on;
}

/** The records of a case, locked, oldest first. */
const lockRecordsOf = async ({ tx }: ActOn, caseId: string): Promise<DisclosureRecordEntity[]> =>
  (await query(tx.em, sql`select d.* from disclosure_record d where d.case_id = ${caseId} order by d.id for update`))
    .map((row) => hydrate(tx.em, DisclosureRecordEntity, row));

async function record(acting: ActOn, act: DeferralActName, after: DisclosureDeferralEntity, detail: DisclosureActDetail, met: boolean | null): Promise<void> {
  const { tx, who } = acting;
  const done = { at: after.updatedAt, actorCode: who.agency.code, officerId: who.officerId, detail, met };
  const entry = actEntry({ recordId: null, deferralId: after.id, position: after.version, status: after.status }, act, deferralMachine.rules[act].basis, done);
  await tx.em.getRepository<Record<string, unknown>>(DisclosureActEntity).insert({ ...entry });
  await tx.emit(disclosureActedEvent(after, entry));
}

interface DeferInput {
  readonly basis: Pick<Citation, 'instrument' | 'article'>;
  readonly reasons: string;
  readonly reviewOn: string;
}
export const deferDisclosure = defineAct<{ caseId: string; input: DeferInput }, Done>(
  'deferDisclosure',
  async (acting, { caseId, input }) => {
    const { tx, who, reader, target } = acting;
    const [found] = isUuid(caseId)
      ? await query<{ agency_code: string; region_code: string }>(tx.em, sql`
        select ca.agency_code, ca.region_code from case_access ca where ca.case_id = ${caseId} and ${visible(reader, 'case.head', caseFacts('ca'))}`)
      : [];
    if (!found) throw new NotFound('Case');
    const why = whyNotDisclosureAct(who, 'deferDisclosure', { agencyCode: found.agency_code });
    if (why !== null) throw new Forbidden(why);
    const now = tx.clock.now();
    const today = civilDate(now);
    const { instrument, article } = articleInput(input.basis, 'input.basis');
    const deferral: DisclosureDeferralEntity = {
      id: uuidv7(now), caseId, agencyCode: found.agency_code, regionCode: found.region_code, status: deferralMachine.next(null, 'deferDisclosure'),
      basisInstrument: instrument, basisArticle: article, reasons: words('reasons', input.reasons), reviewOn: reviewDay(input.reviewOn, today), orderedAt: now,
      liftedAt: null, version: 1, updatedAt: now,
    };
    const records = await lockRecordsOf(acting, caseId);
    const taken = await tx.em.createQueryBuilder().insert().into(DisclosureDeferralEntity).values(deferral).orIgnore().returning('id').execute();
    if ((taken.raw as unknown[]).length === 0) {
      const [first] = await query<{ id: string; updated_at: Date }>(tx.em, sql`select id, updated_at from disclosure_deferral where case_id = ${caseId} and lifted_at is null`);
      if (first) target.is({ id: first.id, state: 'RUNNING', changedAt: first.updated_at });
      throw new DeferralRuns('RUNNING');
    }
    const gone = records.filter((r) => endOf(r, today, false) === null);
    const tombstones = gone.map((r) => tombstoneOf(r, 'DEFERRED', today, now));
    await buryRecords(tx.em, tombstones);
    await record(acting, 'deferDisclosure', deferral, { reasons: deferral.reasons, reviewOn: deferral.reviewOn }, null);
    for (const [i, r] of gone.entries()) await tx.emit(disclosureEndedEvent(r, tombstones[i]!));
    return { id: deferral.id };
  },
  definition('deferDisclosure'),
);

/** What the head says to a running deferral, the same steps for both: lock, who may, version, state, save, tell. */
const deferralAct = <Input extends ActInput & { readonly reasons: string }>(
  act: Exclude<DeferralActName, 'deferDisclosure'>,
  effect: (acting: ActOn, deferral: DisclosureDeferralEntity, input: Input, now: Date) => Promise<Partial<DisclosureDeferralEntity>> | Partial<DisclosureDeferralEntity>,
) => defineAct<{ id: string; input: Input }, Done>(
  act,
  async (acting, { id, input }) => {
    const { tx, who } = acting;
    const deferral = await getDeferralForUpdate(acting, id);
    const why = whyNotDisclosureAct(who, act, deferral);
    if (why !== null) throw new Forbidden(why);
    assertVersion(deferral.version, input.expectedVersion);
    const status = deferralMachine.next(deferral.status, act);
    const now = instantOf(acting, deferral);
    const reasons = words('reasons', input.reasons);
    const after = { ...deferral, ...(await effect(acting, deferral, input, now)), status, version: deferral.version + 1, updatedAt: now };
    await tx.em.update(DisclosureDeferralEntity, { id }, after);
    const detail = after.reviewOn === deferral.reviewOn ? { reasons } : { reasons, reviewOn: after.reviewOn };
    await record(acting, act, after, detail, civilDate(now) <= deferral.reviewOn);
    return { id };
  },
  definition(act),
);

export const reviewDisclosureDeferral = deferralAct<ActInput & { reasons: string; reviewOn: string }>('reviewDisclosureDeferral', async (acting, _, input, now) => {
  await acting.target.refuseIfOvertaken(acting.tx.em); // the state keeps nobody from reviewing it twice
  return { reviewOn: reviewDay(input.reviewOn, civilDate(now)) };
});

/** What came while it ran is published now, and its period begins now; what had been public before is shown again for the rest of its period. */
export const liftDisclosureDeferral = deferralAct<ActInput & { reasons: string }>('liftDisclosureDeferral', async (acting, deferral, _, now) => {
  const publishedOn = civilDate(now);
  for (const held of (await lockRecordsOf(acting, deferral.caseId)).filter((r) => r.held)) {
    const published = publishedFrom(held, publishedOn);
    await acting.tx.em.update(DisclosureRecordEntity, { id: held.id }, published);
    await publishPunishmentsOf(acting.tx.em, held.decisionId, publishedOn, published.disclosureEndsOn);
  }
  return { liftedAt: now };
});
