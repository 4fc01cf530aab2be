import { penaltyDecided } from '@casebridge/contracts';
import { BadUserInput, civilDate, isUuid, NotFound } from '@casebridge/kernel';
import { type ActOn, and, assertVersion, defineAct, query, sql, type Tx } from '@casebridge/platform';
import type { AdminCaseEntity } from '../admin-case/admin-case.entity';
import { getCaseForHead, ifCaseIsOpen } from '../admin-case/admin-case.loader';
import { caseSubject, saveCase } from '../admin-case/case-access';
import { caseMachine } from '../admin-case/case.machine';
import { decisionPeriodOf, isKeptHere, penaltyStepFindings } from '../case-step/case-standing.rule';
import { lastStepOf } from '../case-step/case-step.loader';
import { caseStateOf } from '../case-step/case-step-record';
import type { Finding } from './penalty-article.rule';
import { draftDecision, withoutIdNumbers } from './penalty-decision.draft';
import { PenaltyDecisionEntity, PenaltyItemEntity } from './penalty-decision.entity';
import { AlreadyServed, DocumentNoTaken, UnlawfulDecision } from './penalty-decision.errors';
import type { RecordPenaltyDecisionInput, RecordPenaltyServiceInput } from './penalty-decision.input';
import { dateFaults, findingsOn, needsNotWait, serviceFindings } from './penalty-decision.rule';
import { decisionsAsSeen } from './penalty-decision.source';

export interface DecisionRecorded {
  readonly decisionId: string;
  readonly caseId: string;
  /** What the rules had to say and did not refuse. */
  readonly warnings: readonly Finding[];
}

const definition = (act: (typeof caseMachine.acts)[number]) => ({
  basis: caseMachine.rules[act].basis,
  revive: ifCaseIsOpen<DecisionRecorded>,
  changed: ({ caseId }: DecisionRecorded) => [caseId],
});

const record = defineAct<{ caseId: string; input: RecordPenaltyDecisionInput }, DecisionRecorded>(
  'recordPenaltyDecision',
  async (acting, { caseId, input }) => {
    const { tx, who } = acting;
    const found = await getCaseForHead(acting, caseId);
    assertVersion(found.version, input.expectedVersion);
    const waits = found.status === 'PENDING_CRIMINAL' && needsNotWait(input.items);
    const decided = input.servedOn == null ? 'recordPenaltyDecision' : 'recordServedPenaltyDecision';
    const status = caseMachine.next(found.status, waits ? 'recordPenaltyWhilePendingCriminal' : decided);
    const { decision, items } = draftDecision(found, input, tx.clock);
    const [fault] = dateFaults({ ...decision, filedAt: found.filedAt, today: civilDate(tx.clock.now()) });
    if (fault) throw new BadUserInput(fault.field, fault.rule);
    const steps = await lastStepOf(tx.em, caseId);
    const { excluded, extensions } = decisionPeriodOf(caseStateOf(found, steps?.standing ?? null));
    const findings = findingsOn({
      ...decision, authorityFunctions: who.agency.functions, caseStatus: found.status, filedAt: found.filedAt, excluded, extensions,
      items: items.map((i) => ({ ...i, basis: { instrument: i.basisInstrument, article: i.basisArticle } })),
    }, tx.calendar);
    // Of a case whose steps are kept elsewhere, and of what need not wait for the criminal proceedings, the steps say nothing.
    if (steps && !waits && found.procedure === 'ORDINARY') {
      findings.push(...penaltyStepFindings(steps.standing, { decidedOn: decision.decidedOn, party: decision.partyKind, items, keptHere: isKeptHere(steps, found.status) }, tx.calendar));
    }
    const refusal = findings.find((f) => f.blocks);
    if (refusal) throw new UnlawfulDecision(refusal);

    const taken = await tx.em.createQueryBuilder().insert().into(PenaltyDecisionEntity).values({ ...decision }).orIgnore().returning('id').execute();
    if ((taken.raw as unknown[]).length === 0) throw new DocumentNoTaken();
    await tx.em.insert(PenaltyItemEntity, items.map((i) => ({ ...i })));
    found.status = status;
    await served(tx, found, decision, items);
    return { decisionId: decision.id, caseId, warnings: findings };
  },
  definition('recordPenaltyDecision'),
);

/** Records the decision of a case (行政处罚决定), served or not. */
export const recordPenaltyDecision: typeof record = (ctx, { caseId, input }, key) =>
  record(ctx, { caseId, input: withoutIdNumbers(input, (idNo) => ctx.deps.citizenIds.digest(idNo)) }, key);

/**
 * What the service of a decision is to its case. Only that of the decision that made it DECIDED moves it on: the latest, as nothing is decided
 * of a decided case; those made before, while it waited for criminal proceedings, leave it where it is.
 */
async function serviceAct({ tx }: ActOn, { caseId, status }: AdminCaseEntity, decisionId: string): Promise<(typeof caseMachine.acts)[number]> {
  if (status === 'PENDING_CRIMINAL') return 'recordPenaltyServiceWhilePendingCriminal';
  if (status !== 'DECIDED') return 'recordServiceOfEarlierDecision';
  const [latest] = await query<{ id: string }>(tx.em, sql`select id from penalty_decision where case_id = ${caseId} order by created_at desc, id desc limit 1`);
  return latest?.id === decisionId ? 'recordPenaltyService' : 'recordServiceOfEarlierDecision';
}

/** Records that a decision was served (送达): from then on the local regulator reads the case, and disclosure counts. */
export const recordPenaltyService = defineAct<{ decisionId: string; input: RecordPenaltyServiceInput }, DecisionRecorded>(
  'recordPenaltyService',
  async (acting, { decisionId, input: { servedOn, expectedVersion } }) => {
    const { tx } = acting;
    const found = await getCaseForHead(acting, await caseOfDecision(acting, decisionId));
    assertVersion(found.version, expectedVersion);
    const decision = await tx.em.findOneByOrFail(PenaltyDecisionEntity, { id: decisionId });
    if (decision.servedOn !== null) throw new AlreadyServed();
    const status = caseMachine.next(found.status, await serviceAct(acting, found, decisionId));
    const now = tx.clock.now();
    const [fault] = dateFaults({ filedAt: found.filedAt, decidedOn: decision.decidedOn, servedOn, today: civilDate(now) });
    if (fault) throw new BadUserInput(fault.field, fault.rule);
    await tx.em.update(PenaltyDecisionEntity, { id: decisionId }, { servedOn, serviceRecordedAt: now });
    const items = await tx.em.find(PenaltyItemEntity, { where: { decisionId }, order: { seq: 'ASC' } });
    found.status = status;
    await served(tx, found, { ...decision, servedOn }, items);
    return { decisionId, caseId: found.caseId, warnings: serviceFindings(decision.decidedOn, servedOn, tx.calendar) };
  },
  definition('recordPenaltyService'),
);

/** The case of a decision that is open to the caller; whether the case is too, and to his acts, is asked with its lock. */
async function caseOfDecision({ tx, reader }: ActOn, decisionId: string): Promise<string> {
  const source = decisionsAsSeen(reader);
  const [row] = isUuid(decisionId)
    ? await query<{ case_id: string }>(tx.em, sql`select d.case_id from ${source.from} where ${and(sql`d.id = ${decisionId}`, source.where)}`)
    : [];
  if (!row) throw new NotFound('Penalty decision');
  return row.case_id;
}

async function served(tx: Tx, c: AdminCaseEntity, decision: PenaltyDecisionEntity, items: readonly PenaltyItemEntity[]): Promise<void> {
  c.servedOn ??= decision.servedOn;
  await saveCase(tx, c);
  if (decision.servedOn !== null) await tx.emit(penaltyDecidedEvent(decision, decision.servedOn, items));
}

/** The event that disclosure, listing and bans start from. */
export const penaltyDecidedEvent = (decision: PenaltyDecisionEntity, servedOn: string, items: readonly PenaltyItemEntity[]) => ({
  type: penaltyDecided.type,
  subject: caseSubject(decision.caseId),
  data: {
    decisionId: decision.id, caseId: decision.caseId, documentNo: decision.documentNo, procedure: decision.procedure, authorityCode: decision.agencyCode,
    regionCode: decision.regionCode, partyName: decision.partyName, partyUscc: decision.partyUscc, partyKind: decision.partyKind,
    violationType: decision.violationType, domain: decision.domain, tier: decision.tier, decidedOn: decision.decidedOn, servedOn,
    items: items.map((i) => ({
      id: i.id, kind: i.kind, partyKind: i.partyKind, partyName: i.partyName, partyIdDigest: i.partyIdDigest, amountFen: i.amountFen,
      basis: { instrument: i.basisInstrument, article: i.basisArticle, mark: i.basisMark }, startsOn: i.startsOn, endsOn: i.endsOn, forLife: i.forLife,
    })),
  },
});
