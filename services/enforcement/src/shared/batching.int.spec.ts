import { composeUscc, uuidv7 } from '@casebridge/kernel';
import { officer, statementsOf, statementsPerLevel } from '@casebridge/testkit';
import { PenaltyDecisionEntity, PenaltyItemEntity } from '../penalty-decision/penalty-decision.entity';
import { clueIn, doClue, head, receiver, receiving } from '../testing/clues';
import { askInput, doCooperation } from '../testing/cooperation';
import { ReferralWorld, regulator } from '../testing/referral-world';
import { dataOf, decisionRow, itemRow, testNow } from '../testing/world';

/*
 * What is nested is asked for once per level, however many parents there are: a query of twenty sends as many statements as a query of one.
 */

const many = 20;
interface Made {
  readonly caseId: string;
  readonly referralId: string;
  readonly uscc: string;
  readonly productId: string;
}

let world: ReferralWorld;
const made: Made[] = [];
beforeAll(async () => {
  world = await ReferralWorld.start();
  for (let i = 0; i < many; i += 1) {
    const uscc = composeUscc({ department: '91', region: '210100', organisation: `MABA${String(i).padStart(4, '0')}` });
    const productId = uuidv7(testNow);
    const { id, caseId } = await world.referralIn('UNDER_FILING_REVIEW', { enterpriseUscc: uscc, productId });
    const c = await world.case(caseId);
    await world.act(async (tx) => {
      for (const decidedOn of ['2026-11-02', '2026-11-03']) {
        const decision = decisionRow(c, tx.clock.now(), { decidedOn });
        await tx.em.insert(PenaltyDecisionEntity, { ...decision });
        await tx.em.insert(PenaltyItemEntity, [{ ...itemRow(decision.id) }, { ...itemRow(decision.id, { id: uuidv7(testNow), seq: 2 }) }]);
      }
    });
    made.push({ caseId, referralId: id, uscc, productId });
    const enterpriseUscc = composeUscc({ department: '91', region: '210100', organisation: `MABB${String(i).padStart(4, '0')}` });
    await doClue(world, 'transferClue', head, await clueIn(world, 'VERIFYING', { enterpriseUscc }), { agency: receiver, reasons: '演示' });
    await clueIn(world, 'FILED', { enterpriseUscc });
    await doCooperation(world, 'answerAssistance', (await doCooperation(world, 'requestAssistance', null, askInput({ caseId }))).id);
  }
});
afterAll(() => world.stop());

type Json = ReturnType<typeof JSON.parse>;
const ofReferral = `id status overdue deadline { dueAt } facts holder { code name superior { code } } filingAgency { name } policeAgency { name }
  documents { title } timeline { position actor { name } holder { name } }`;
const ofDecision = 'id agency { name } items { kind basis { article } }';
// Each kind of thing is asked for on one way only: two ways to it may meet in one statement or not, as the answers come.
const ofCase = `id caseNo agency { code name functions version regions { code } } referral { id status }
  referrals(first: 3) { totalCount nodes { ${ofReferral} } } penaltyDecision { ${ofDecision} } penaltyDecisions(first: 3) { totalCount nodes { id } }`;

/** The statements of a query of one and of many, both answered in full. */
const count = (text: string, variables: (n: number) => Record<string, unknown>, found: (data: Json) => readonly Json[], who = regulator): Promise<readonly string[]> =>
  statementsPerLevel(world.db, many, async (n) => found(dataOf(await world.send<Json>(who, text, variables(n)))));
const first = (n: number): Record<string, unknown> => ({ n });
const entities = (type: string, keyOf: (m: Made) => Record<string, unknown>) => (n: number): Record<string, unknown> => ({
  r: made.slice(0, n).map((m) => ({ __typename: type, ...keyOf(m) })),
});

describe('lists with what is nested in them', () => {
  it('cases: referrals, decisions, their lines, documents, timelines and agencies', async () => {
    const statements = await count(`query($n: Int!) { cases(first: $n, filter: { status: [PENDING_CRIMINAL] }) { nodes { ${ofCase} enterprise { uscc cases(first: 2) { totalCount nodes { caseNo } } } } } }`, first,
      (d) => d.cases.nodes.filter((c: Json) => c.referrals.nodes[0].timeline.length === 4 && c.penaltyDecisions.totalCount === 2 && c.penaltyDecision.items.length === 2 && c.enterprise.cases.totalCount === 1));
    expect(statements).toHaveLength(13);
  });

  it('referrals: their cases, documents, timelines and agencies', async () => {
    const statements = await count(`query($n: Int!) { referrals(first: $n) { totalCount nodes { ${ofReferral} case { caseNo agency { name } penaltyDecision { ${ofDecision} } } } } }`, first,
      (d) => d.referrals.nodes.filter((r: Json) => r.timeline.length === 4 && r.documents.length === 3 && r.case.penaltyDecision !== null));
    expect(statements).toHaveLength(7);
  });

  it('what is asked of other agencies: both ends, the case, the history', async () => {
    const ofCooperation = 'id deadline { dueAt } askedBy { name } asked { name } case { caseNo } history { position actor { name } documents { title } }';
    const statements = await count(`query($n: Int!) { cooperations(first: $n) { totalCount nodes { ${ofCooperation} } } }`, first,
      (d) => d.cooperations.nodes.filter((w: Json) => w.history.length === 2 && w.asked.length === 1 && w.case !== null));
    expect(statements).toHaveLength(5);
  });

  it('clues: their cases, histories, agencies and what may be the same', async () => {
    const ofClue = `id status deadline { dueAt } tests { kind } agency { name } case { caseNo clue { id } } history { position actor { name } } possibleDuplicates(first: 2) { totalCount nodes { id } }`;
    const statements = await count(`query($n: Int!) { clues(first: $n, filter: { status: [FILED] }) { totalCount nodes { ${ofClue} } } }`, first,
      (d) => d.clues.nodes.filter((q: Json) => q.history.length === 3 && q.case.clue.id === q.id && q.possibleDuplicates.totalCount === 1));
    expect(statements).toHaveLength(7);
    const received = await count('query($n: Int!) { clues(first: $n, filter: { agency: "MRA-210200" }) { nodes { id transferredFrom { id transferredTo { name } history { position } } } } }', first,
      (d) => d.clues.nodes.filter((q: Json) => q.transferredFrom.history.length === 3), receiving);
    expect(received).toHaveLength(3);
  });

  it('decisions: their cases, lines and agencies', async () => {
    const statements = await count(`query($n: Int!) { penaltyDecisions(first: $n) { nodes { ${ofDecision} case { caseNo referral { status } } } } }`, first,
      (d) => d.penaltyDecisions.nodes.filter((p: Json) => p.items.length === 2 && p.case.referral.status === 'UNDER_FILING_REVIEW'));
    expect(statements).toHaveLength(4);
  });

  it('agencies: their superiors and regions', async () => {
    const statements = await count('query($n: Int!) { agencies(first: $n) { totalCount nodes { code name functions version regions { code } superior { name superior { code } } } } }', first,
      (d) => d.agencies.nodes);
    expect(statements).toHaveLength(2);
  });
});

describe('references from other services', () => {
  const r = (type: string, selection: string): string => `query($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { ${selection} } } }`;
  const all = (d: Json): readonly Json[] => d._entities;

  it.each<[string, string, (m: Made) => Record<string, unknown>, string, number]>([
    ['cases, whole', 'Case', (m) => ({ id: m.caseId }), ofCase, 11],
    ['cases, their number', 'Case', (m) => ({ id: m.caseId }), 'caseNo status', 1],
    ['referrals', 'Referral', (m) => ({ id: m.referralId }), `${ofReferral} case { caseNo }`, 4],
    ['enterprises, their cases and referrals', 'Enterprise', (m) => ({ uscc: m.uscc }), `cases(first: 2) { totalCount nodes { ${ofCase} } } referrals(first: 2) { totalCount nodes { id } }`, 14],
    ['products, their cases', 'Product', (m) => ({ id: m.productId }), 'cases(first: 2) { totalCount nodes { caseNo referral { status } } }', 3],
  ])('%s', async (_, type, keyOf, selection, expected) => {
    expect(await count(r(type, selection), entities(type, keyOf), all)).toHaveLength(expected);
  });

  it('agencies', async () => {
    const codes = ['MRA-210100', 'MRA-210102', 'PSB-210100', 'PPO-210100'];
    const statements = await count(r('Agency', 'name version superior { name }'), (n) => ({
      r: Array.from({ length: n }, (_, i) => ({ __typename: 'Agency', code: codes[i % codes.length] })),
    }), all);
    expect(statements).toHaveLength(1);
  });

  it('hidden and absent ones ask no more', async () => {
    const stranger = officer('MRA-210200', 2);
    const statements = await statementsOf(world.db, async () => {
      const answer = await world.send<Json>(stranger, r('Case', ofCase), entities('Case', (m) => ({ id: m.caseId }))(many));
      expect(new Set(dataOf(answer)._entities)).toEqual(new Set([null]));
    });
    expect(statements).toHaveLength(1);
  });
});
