import type { RepairDocument, RepairKind, RepairRefusalGround } from '@casebridge/contracts';
import { BadUserInput, latest, o107, startOfDay } from '@casebridge/kernel';
import { lineInput } from '@casebridge/platform';
import { DisclosureRecordEntity } from '../disclosure/disclosure-record.entity';
import { type ActInput, dayOf, words } from '../listing/listing-act';
import { type RepairDoing, repairOpening, repairStep } from './repair-act';
import { repairSince } from './repair.clocks';
import {
  CorrectionsRequestedAlready, ListingStillInForce, NotRepairable, OtherKindOfRepair, RepairBarred, RepairDocumentsMissing, RepairExtendedAlready, RepairTooEarly,
  SameActAgain,
} from './repair.errors';
import { askable, isGroundOf, rowOf } from './repair-ground.rule';
import { barredUntil, hasSameActAgain, isStillListed, restrictionsOf, wasRevoked } from './repair.repository';
import { earliestRepairOn, restartedWindow, revocationEndsOn } from './repair.rule';

/*
 * Credit repair of a published penalty: application, decision, execution, and telling others of it (O107 arts. 11-18, 4), restructuring (art. 22),
 * de-registration (art. 20), fraud (art. 23).
 */

type Acting = RepairDoing['acting'];

/** The first day on which the record may be repaired. */
async function earliest({ tx }: Acting, record: DisclosureRecordEntity): Promise<string | null> {
  const [restriction] = await restrictionsOf(tx.em, [record.decisionId]);
  return earliestRepairOn(rowOf(record), record.publishedOn, restriction!, tx.calendar);
}

/** The agency of another province, where the party is registered there. */
function registryOf({ ctx, who }: Acting, code: string | null | undefined): string | null {
  if (code == null) return null;
  const agency = ctx.deps.directory.agency(code.trim());
  if (!agency || agency.status !== 'ACTIVE' || agency.code === who.agency.code) throw new BadUserInput('input.registryAgency', 'is not the code of another registered agency');
  return agency.code;
}

interface Application {
  readonly kind: RepairKind;
  readonly appliedOn: string;
  readonly documents: readonly RepairDocument[];
  readonly dutiesPerformed: string;
  readonly harmRemoved: string;
  readonly registryAgency?: string | null;
}
/** What the party hands in is recorded as it came; whether it is complete is looked at when the application is accepted. */
export const applyForCreditRepair = repairOpening<Application>('applyForCreditRepair', ({ kind }) => kind, async (acting, record, input, today) => {
  const state = acting.target.state;
  if (input.kind === 'DEREGISTRATION') throw new BadUserInput('input.kind', 'is recorded by recordDeregistration');
  const appliedOn = dayOf({ today }, 'appliedOn', input.appliedOn, latest(record.publishedOn, repairSince), 'the publication, nor before Order 107 was in force');
  const row = rowOf(record);
  const from = await earliest(acting, record);
  if (from === null) throw new NotRepairable(`A record of this class has no repair: ${row.says}`, state, row.citation);
  if (await wasRevoked(acting.tx.em, record.id)) throw new NotRepairable('A period that began anew after fraud does not stop early', state, o107('23'));
  const barred = await barredUntil(acting.tx.em, record, appliedOn);
  if (barred !== null) throw new RepairBarred(state, barred);
  if (input.kind === 'ORDINARY' && appliedOn < from) throw new RepairTooEarly(state, from);
  const documents = [...new Set(input.documents)];
  return {
    appliedOn, documents, registryCode: registryOf(acting, input.registryAgency), from: startOfDay(appliedOn),
    detail: { documents, dutiesPerformed: words('dutiesPerformed', input.dutiesPerformed), harmRemoved: words('harmRemoved', input.harmRemoved), on: appliedOn },
  };
});

/** 注销 What is shown of a party that is no more stops once the head has granted it, and bans of persons go on: what is recorded is accepted with it. */
export const recordDeregistration = repairOpening<{ deregisteredOn: string; receiptNo: string; registryAgency?: string | null }>(
  'recordDeregistration', () => 'DEREGISTRATION', (acting, record, input, today) => {
    if (record.partyKind !== 'ENTITY') throw new NotRepairable('Only an enterprise is de-registered', acting.target.state, o107('20'));
    const on = dayOf({ today }, 'deregisteredOn', input.deregisteredOn, record.decidedOn, 'the decision');
    return Promise.resolve({
      appliedOn: today, documents: [], registryCode: registryOf(acting, input.registryAgency), from: acting.tx.clock.now(),
      detail: { receiptNo: lineInput(input.receiptNo, 'input.receiptNo'), on },
    });
  },
);

/** 一次性告知 Once, and nothing but documents of the application that are not there and cannot be had by data sharing. */
export const requestRepairCorrections = repairStep<ActInput & { documents: readonly RepairDocument[] }>('requestRepairCorrections', ({ repair, today }, input) => {
  if (repair.correctionsRequestedOn !== null) throw new CorrectionsRequestedAlready(repair.status);
  const documents = [...new Set(input.documents)];
  const may = askable(repair);
  if (documents.length === 0) throw new BadUserInput('input.documents', 'must name what is missing');
  const wrong = documents.findIndex((document) => !may.includes(document));
  if (wrong >= 0) throw new BadUserInput(`input.documents.${wrong}`, 'is there, is no document of this application, or can be had by data sharing', o107('14'));
  return { fields: { correctionsRequestedOn: today }, detail: { documents } };
});

export const recordRepairCorrections = repairStep<ActInput & { documents: readonly RepairDocument[]; receivedOn: string }>('recordRepairCorrections', (doing, input) => {
  const on = dayOf(doing, 'receivedOn', input.receivedOn, doing.repair.correctionsRequestedOn, 'the applicant was told');
  const documents = [...new Set(input.documents)];
  return { fields: { documents: [...new Set([...doing.repair.documents, ...documents])] }, detail: { documents, on }, from: startOfDay(on) };
});

type Refusal = ActInput & { ground: RepairRefusalGround; reasons: string };
const refusal = (act: 'declineRepairApplication' | 'refuseCreditRepair') =>
  repairStep<Refusal>(act, (_, { ground, reasons }) => {
    if (!isGroundOf(act, ground)) throw new BadUserInput('input.ground', 'is no ground of this act');
    return { fields: { refusalGround: ground }, detail: { ground, reasons: words('reasons', reasons) } };
  });
export const declineRepairApplication = refusal('declineRepairApplication');
export const refuseCreditRepair = refusal('refuseCreditRepair');

export const acceptRepairApplication = repairStep<ActInput>('acceptRepairApplication', ({ repair }) => {
  const missing = askable(repair);
  if (missing.length > 0) throw new RepairDocumentsMissing(repair.status, missing);
  return {};
});

/** Once, and counted from the end of the time that it extends. */
export const extendRepairDecision = repairStep<ActInput & { reasons: string }>('extendRepairDecision', ({ repair }, { reasons }) => {
  if (repair.clock !== 'repairDecision' || repair.dueAt === null) throw new RepairExtendedAlready(repair.status);
  return { detail: { reasons: words('reasons', reasons) }, from: new Date(repair.dueAt.getTime() - 1) };
});

type Opinion = ActInput & { opinion?: string | null };
const said = ({ opinion }: Opinion) => (opinion == null ? {} : { opinion: words('opinion', opinion) });

/** That the duties were performed and the harm removed is for the head to find; what the hub knows itself it looks up. */
export const grantCreditRepair = repairStep<Opinion>('grantCreditRepair', async ({ acting, repair, today }, input) => {
  const { em } = acting.tx;
  const { status } = repair;
  if (repair.kind === 'DEREGISTRATION') return { detail: said(input) }; // there is nobody left to whom conditions could apply
  if (repair.kind === 'RESTRUCTURING' && status === 'ACCEPTED') throw new OtherKindOfRepair('For a restructuring the repair is temporary first', status, o107('22'));
  const record = await em.findOneByOrFail(DisclosureRecordEntity, { id: repair.disclosureId });
  const from = await earliest(acting, record);
  if (from === null || from > today) throw new RepairTooEarly(status, from ?? '9999-12-31');
  if (await hasSameActAgain(em, record)) throw new SameActAgain(status);
  if (await isStillListed(em, repair.decisionId, today)) throw new ListingStillInForce(status);
  return { detail: said(input) };
});

export const grantTemporaryRepair = repairStep<Opinion>('grantTemporaryRepair', ({ repair }, input) => {
  if (repair.kind !== 'RESTRUCTURING') throw new OtherKindOfRepair('Only for a restructuring is there a temporary repair', repair.status, o107('22'));
  return { detail: said(input) };
});

/** The plan failed: what was taken from view comes back for what is left of its period. */
export const endTemporaryRepair = repairStep<ActInput & { reasons: string }>('endTemporaryRepair', (_, { reasons }) => ({ detail: { reasons: words('reasons', reasons) } }));

export const executeCreditRepair = repairStep<ActInput>('executeCreditRepair', () => ({}));

/** 同步 The other channel, and the registering province where it is another, must refresh at once (O107 arts. 4, 25-26). */
export const notifyCreditRepair = repairStep<ActInput & { receiptNo: string }>('notifyCreditRepair', ({ today }, { receiptNo }) => ({
  fields: { notifiedOn: today }, detail: { receiptNo: lineInput(receiptNo, 'input.receiptNo') },
}));

export const acknowledgeCreditRepair = repairStep<ActInput & { receiptNo: string }>('acknowledgeCreditRepair', (_, { receiptNo }) => ({
  detail: { receiptNo: lineInput(receiptNo, 'input.receiptNo') },
}));

/** 虚假材料 The repair was obtained by fraud: the period begins anew and does not stop early, and the revocation is shown for three years. */
export const revokeCreditRepair = repairStep<ActInput & { reasons: string }>('revokeCreditRepair', async ({ acting, repair, today }, { reasons }) => {
  const { em, calendar } = acting.tx;
  const detail = { reasons: words('reasons', reasons) };
  const record = await em.findOneByOrFail(DisclosureRecordEntity, { id: repair.disclosureId });
  return { fields: { revokedOn: today, revocationEndsOn: revocationEndsOn(today, calendar) }, detail, windows: restartedWindow(record, today) };
});
