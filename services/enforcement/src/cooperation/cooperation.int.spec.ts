import type { CooperationKind, CooperationStatus } from '@casebridge/contracts';
import { type Principal, uuidv7 } from '@casebridge/kernel';
import { officer } from '@casebridge/testkit';
import {
  askInput, assistanceIn, cooperationHistory, cooperationIn, cooperationRow, doCooperation, elsewhere, elsewhereOfficer, filing, labOfficer, lawfully, longer, regulator, said, tryCooperation, ways,
} from '../testing/cooperation';
import { heartbeat } from '../shared/live-events';
import { saidOf } from '../testing/clues';
import { caughtUp } from '../testing/referral-follower';
import { type Input, investigator, police, procuratorate, prosecutor, ReferralWorld } from '../testing/referral-world';
import { codesOf, dataOf, testNow } from '../testing/world';
import { type CooperationActName, cooperationMachines, machineOf } from './cooperation.machine';

let world: ReferralWorld;
beforeAll(async () => {
  world = await ReferralWorld.start();
});
afterAll(() => world.stop());

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const READ = `query R($id: ID!) { cooperation(id: $id) {
  id version kind status title content urgent dueAt overdue extended met askedBy { code } asked { code } case { caseNo }
  deadline { rule lastDay basis { article } } history { position act status met text actor { code } basis { article mark } documents { title fileId } }
} }`;
type Json = ReturnType<typeof JSON.parse>;
const read = async (who: Principal, id: string): Promise<Json> => dataOf(await world.send<{ cooperation: Json }>(who, READ, { id })).cooperation;

describe('assistance', () => {
  it('is asked for, taken up, extended and answered with documents, each act with its article', async () => {
    const c = await world.givenCase({ agencyCode: filing });
    const { id } = await doCooperation(world, 'requestAssistance', null, askInput({ caseId: c.caseId, documents: [{ title: '演示协助调查函', fileId: await world.givenFile(filing) }] }));
    await doCooperation(world, 'acceptAssistance', id);
    await doCooperation(world, 'extendAssistance', id);
    const fileId = await world.givenFile(elsewhere);
    await doCooperation(world, 'answerAssistance', id, { ...said, documents: [{ title: '演示协查回函', fileId }] });
    const there = await read(elsewhereOfficer, id);
    expect(there).toMatchObject({ kind: 'ASSISTANCE', status: 'ANSWERED', version: 4, extended: true, met: true, dueAt: null, overdue: false, askedBy: { code: filing }, asked: [{ code: elsewhere }] });
    // What is asked does not open the case.
    expect([there.case, (await read(regulator, id)).case]).toEqual([null, { caseNo: c.caseNo }]);
    const aboutIt = async (who: Principal): Promise<number> => dataOf(await world.send<{ cooperations: { totalCount: number } }>(who, 'query($id: ID!) { cooperations(first: 5, filter: { caseId: $id }) { totalCount } }', { id: c.caseId })).cooperations.totalCount;
    expect([await aboutIt(elsewhereOfficer), await aboutIt(regulator)]).toEqual([0, 1]);
    expect(there.history.map((h: Input) => [h['act'], h['status'], (h['actor'] as Input)['code'], (h['basis'] as Input)['article']])).toEqual([
      ['REQUEST_ASSISTANCE', 'REQUESTED', filing, '45'], ['ACCEPT_ASSISTANCE', 'UNDER_WAY', elsewhere, '45'], ['EXTEND_ASSISTANCE', 'UNDER_WAY', elsewhere, '45'],
      ['ANSWER_ASSISTANCE', 'ANSWERED', elsewhere, '45'],
    ]);
    expect(there.history[3].documents).toEqual([{ title: '演示协查回函', fileId }]);
    const events = await saidOf(world, `cooperation:${id}`);
    expect(events.map((e) => [e.type, e.data['act'], e.data['ownerCode'], e.data['askedCodes']])).toEqual(
      ['REQUEST_ASSISTANCE', 'ACCEPT_ASSISTANCE', 'EXTEND_ASSISTANCE', 'ANSWER_ASSISTANCE'].map((act) => ['enforcement.cooperation-acted.v1', act, filing, [elsewhere]]));
    expect(JSON.stringify(events)).not.toContain('演示');
    expect(dataOf(await world.send<Input>(regulator, 'query($c: ID!) { case(id: $c) { cooperations { totalCount nodes { id } } } }', { c: c.caseId }))['case']).toEqual({ cooperations: { totalCount: 1, nodes: [{ id }] } });
  });

  it.each([
    [{}, 'assistance', '2026-12-11', '45'], [{ urgent: true }, 'assistanceUrgent', '2026-12-01', '59'], [{ agency: police }, 'assistanceElsewhere', '2026-12-11', '协助办理期限'],
  ] as const)('asked with %j is due by %s', async (changes, rule, lastDay, article) => {
    const own = await ReferralWorld.start();
    try {
      const answer = await tryCooperation(own, 'requestAssistance', regulator, null, askInput(changes));
      const { id } = dataOf(answer)['requestAssistance']!.cooperation;
      expect(dataOf(await own.send<{ cooperation: Input }>(regulator, READ, { id })).cooperation['deadline']).toEqual({ rule, lastDay, basis: { article } });
    } finally {
      await own.stop();
    }
  });

  it('to and from supervision', async () => {
    const sup = officer('SUP-210000', 2);
    const toSup = dataOf(await tryCooperation(world, 'requestAssistance', regulator, null, askInput({ agency: 'SUP-210000' })))['requestAssistance']!.cooperation.id;
    expect((await read(sup, toSup)).status).toBe('REQUESTED');
    const fromSup = dataOf(await tryCooperation(world, 'requestAssistance', sup, null, askInput({ agency: filing })))['requestAssistance']!.cooperation.id;
    expect(dataOf(await tryCooperation(world, 'answerAssistance', regulator, fromSup, said))['answerAssistance']!.cooperation.status).toBe('ANSWERED');
  });

  const faulty: readonly (readonly [field: string, changes: Input])[] = [
    ['input.agency', { agency: filing }], ['input.agency', { agency: 'NOBODY-1' }], ['input.agency', { agency: '%' }], ['input.title', { title: ' ' }], ['input.content', { content: '' }],
    ['input.caseId', { caseId: 'nonsense' }], ['input.caseId', { caseId: uuidv7(testNow) }], ['input.urgent', { urgent: true, agency: police }],
    ['input.documents.0.fileId', { documents: [{ title: '演示', fileId: uuidv7(testNow) }] }], ['input.documents.0.title', { documents: [{ title: ' ', fileId: uuidv7(testNow) }] }],
  ];
  it('refuses what cannot stand and stores nothing of it', async () => {
    const count = () => world.db.query('select count(*)::int as n from cooperation');
    const before = await count();
    const theirs = await world.givenCase({ agencyCode: 'MRA-210200' });
    for (const [field, changes] of [...faulty, ['input.caseId', { caseId: theirs.caseId }] as const]) {
      const { errors } = await tryCooperation(world, 'requestAssistance', regulator, null, askInput(changes));
      expect([changes, errors?.map((e) => [e.extensions['code'], e.extensions['field']])]).toEqual([changes, [['BAD_USER_INPUT', field]]]);
    }
    expect(await count()).toEqual(before);
  });

  it('an extension told late moves nothing', async () => {
    const own = await ReferralWorld.start();
    try {
      const id = await assistanceIn(own, 'UNDER_WAY');
      const { dueAt } = await cooperationRow(own, id);
      own.pass(dueAt!.getTime() - own.clock.now().getTime());
      const list = '{ cooperations(filter: { overdue: true }) { totalCount } }';
      // The token of a test officer is as old as the test: it is asked for by a newer one.
      const late = (who: string, n: number) => officer(who, n, { expiresAt: new Date(own.clock.now().getTime() + 3_600_000) });
      expect(dataOf(await own.send<Input>(late(filing, 2), list))).toEqual({ cooperations: { totalCount: 1 } });
      expect(codesOf(await tryCooperation(own, 'extendAssistance', late(elsewhere, 1), id, longer))).toEqual([]);
      expect(await cooperationRow(own, id)).toMatchObject({ extended: false, dueAt });
      expect(codesOf(await tryCooperation(own, 'answerAssistance', late(elsewhere, 2), id, said))).toEqual([]);
      expect((await cooperationRow(own, id)).met).toBe(false);
    } finally {
      await own.stop();
    }
  });
});

describe('who sees it', () => {
  it('both ends and those above them, nobody else, and no count tells', async () => {
    const id = await assistanceIn(world, 'UNDER_WAY', { agency: elsewhere });
    const toPolice = dataOf(await tryCooperation(world, 'requestAssistance', officer('MRA-210102', 2), null, askInput({ agency: 'PSB-210102' })))['requestAssistance']!.cooperation.id;
    const seen = async (code: string, n = 2) => {
      const who = officer(code, n);
      const ids = dataOf(await world.send<{ cooperations: { nodes: { id: string }[] } }>(who, '{ cooperations(first: 100) { nodes { id } } }')).cooperations.nodes.map((w) => w.id);
      const one = await Promise.all([id, toPolice].map(async (w) => [(await read(who, w)) !== null, ids.includes(w)]));
      expect(one.map(([shown, listed]) => shown === listed)).toEqual([true, true]);
      return one.map(([shown]) => shown);
    };
    expect(await Promise.all([filing, elsewhere, 'DRA-210000', 'MRA-210102', 'PSB-210102', 'PSB-210100', 'PSB-210000', 'PSB-210200', 'PPO-210100', 'HC-210000', 'MIB-210000', 'SUP-210100', 'LAB-210000'].map((c) => seen(c))))
      .toEqual([[true, true], [true, false], [true, true], [false, true], [false, true], [false, true], [false, true], [false, false], [false, false], [false, false], [false, false], [false, false], [false, false]]);
  });

  it('nothing of it where the case is sealed from him or he is excluded, its documents included', async () => {
    const c = await world.givenCase({ agencyCode: filing });
    const fileId = await world.upload(regulator, '演示附件');
    const id = await assistanceIn(world, 'REQUESTED', { caseId: c.caseId, documents: [{ title: '演示', fileId }] });
    const opens = async (who: typeof elsewhereOfficer): Promise<boolean> => (await world.harness.service.runtime.files!.open(who, fileId)) !== null;
    expect(await Promise.all([regulator, elsewhereOfficer, officer('MRA-210200', 2)].map(opens))).toEqual([true, true, false]);
    await world.change(c.caseId, { sealedUntil: '2027-01-01', sealOfficers: [`${filing}-4`] });
    expect(await Promise.all([regulator, elsewhereOfficer, officer(filing, 4)].map(async (who) => (await read(who, id)) === null))).toEqual([true, true, false]);
    expect(codesOf(await tryCooperation(world, 'answerAssistance', elsewhereOfficer, id, said))).toEqual(['NOT_FOUND']);
    expect(await Promise.all([regulator, elsewhereOfficer, officer(filing, 4)].map(opens))).toEqual([false, false, true]);
    const other = await assistanceIn(world, 'REQUESTED');
    expect(codesOf(await tryCooperation(world, 'answerAssistance', elsewhereOfficer, other, { ...said, documents: [{ title: '演示', fileId }] }))).toEqual(['BAD_USER_INPUT']);
  });
});

const HOUSE = '药案通平台规则（非法律规定）';
const kinds = Object.keys(ways) as CooperationKind[];
const refusals = async (act: CooperationActName, who: Principal, id: string | null, input: Input, receivedAt?: Date) =>
  (await tryCooperation(world, act, who, id, input, {}, receivedAt)).errors?.map(({ extensions: e }) => [e['code'], e['state'] ?? null, (e['basis'] as Input | undefined)?.['instrument'] ?? null, (e['basis'] as Input | undefined)?.['article'] ?? null]);
const articleOf = (act: CooperationActName): readonly [string, string] => {
  const { instrument, article } = machineOf(act).rules[act].basis;
  return [instrument, article];
};
/** Acts of a head, and who is an officer of the same agency. */
const ofHeads: Partial<Record<CooperationActName, Principal>> = {
  extendAssistance: elsewhereOfficer, declineAssistance: elsewhereOfficer, orderJointSupervision: regulator, extendJointSupervision: regulator, closeJointSupervision: regulator,
  withdrawJointSupervision: regulator, requestEarlyConsultation: regulator, declineEarlyConsultation: investigator, issueProcuratorialSuggestion: prosecutor,
  answerProcuratorialSuggestion: regulator, withdrawProcuratorialSuggestion: prosecutor, sendPublicInterestClue: regulator,
};
/** Above both ends, or one of them: sees it and may do nothing to it. */
const above: Readonly<Record<CooperationKind, Principal>> = {
  ASSISTANCE: officer('DRA-210000', 1), JOINT_SUPERVISION: officer('DRA-210000', 1), CONSULTATION: officer('DRA-210000', 1), EARLY_CONSULTATION: officer('PSB-210000', 1),
  TEST: officer('DRA-210000', 1), SUGGESTION: officer('PPO-210000', 1), PUBLIC_INTEREST_CLUE: officer('PPO-210000', 1),
};

describe.each(kinds)('%s: a refused act says its code, the state and the article', (kind) => {
  const states = Object.keys(ways[kind]) as CooperationStatus[];
  const { acts } = cooperationMachines[kind] as { acts: readonly CooperationActName[] };
  const opening = acts[0]!;

  it.each(acts.slice(1))('%s', async (act) => {
    const [who, usual] = lawfully[act];
    const { from, to } = machineOf(act).rules[act];
    for (const state of states) {
      const id = await cooperationIn(world, kind, state);
      const input = await usual(world);
      if (!from.includes(state)) {
        expect([state, await refusals(act, who, id, input)]).toEqual([state, [['ILLEGAL_TRANSITION', state, ...articleOf(act)]]]);
        continue;
      }
      expect(await refusals(act, above[kind], id, input)).toEqual([['FORBIDDEN', state, ...articleOf(act)]]);
      if (ofHeads[act]) expect(await refusals(act, ofHeads[act]!, id, input)).toEqual([['FORBIDDEN', state, ...articleOf(act)]]);
      expect(await refusals(act, who, id, { ...input, expectedVersion: 99 })).toEqual([['CONFLICT', state, HOUSE, '并发修改']]);
      if ('text' in input) expect(await refusals(act, who, id, { ...input, text: ' ' })).toEqual([['BAD_USER_INPUT', state, HOUSE, '输入校验']]);
      else expect((await tryCooperation(world, act, who, id, input, { idempotencyKey: ' ' })).errors?.[0]?.extensions['code']).toBe('BAD_USER_INPUT');
      if ('workingDays' in input) for (const workingDays of [0, 61]) expect(await refusals(act, who, id, { ...input, workingDays })).toEqual([['BAD_USER_INPUT', state, HOUSE, '输入校验']]);
      const receivedAt = world.clock.now();
      const { status } = await doCooperation(world, act, id);
      expect(status).toBe(machineOf(act).next(state, act));
      if (typeof to === 'string' && !from.includes(to)) expect((await refusals(act, who, id, await usual(world), receivedAt))?.[0]?.[0]).toBe('CONFLICT');
      expect((await cooperationHistory(world, id)).at(-1)).toMatchObject({ status, basisArticle: articleOf(act)[1], actorCode: who.agency.code });
    }
  });

  it(opening, async () => {
    const [who, usual] = lawfully[opening];
    expect(await refusals(opening, officer('HC-210100', 1), null, await usual(world))).toEqual([['FORBIDDEN', null, ...articleOf(opening)]]);
    if (ofHeads[opening]) expect(await refusals(opening, ofHeads[opening]!, null, await usual(world))).toEqual([['FORBIDDEN', null, ...articleOf(opening)]]);
    expect(await refusals(opening, who, null, { ...(await usual(world)), title: ' ' })).toEqual([['BAD_USER_INPUT', null, HOUSE, '输入校验']]);
    // An act of another kind finds nothing, and so does a stranger.
    const id = await cooperationIn(world, kind, states[0]!);
    const other = kind === 'TEST' ? 'answerAssistance' : 'reportTest';
    expect(await refusals(other, lawfully[other][0], id, await lawfully[other][1](world))).toEqual([['NOT_FOUND', null, null, null]]);
    for (const subject of [id, uuidv7(testNow), 'nonsense']) {
      expect(await refusals(acts[1]!, officer('MRA-210200', 1), subject, await lawfully[acts[1]!][1](world))).toEqual([['NOT_FOUND', null, null, null]]);
    }
  });
});

describe('what the kinds ask for', () => {
  it.each<readonly [act: CooperationActName, field: string, changes: Input]>([
    ['orderJointSupervision', 'input.agencies', { agencies: [] }], ['orderJointSupervision', 'input.agencies', { agencies: [elsewhere, elsewhere] }],
    ['orderJointSupervision', 'input.agencies.0', { agencies: ['HC-210100'] }], ['orderJointSupervision', 'input.workingDays', { workingDays: 121 }],
    ['orderJointSupervision', 'input.workingDays', { workingDays: 0 }], ['openConsultation', 'input.agencies.1', { agencies: [elsewhere, filing] }],
    ['requestEarlyConsultation', 'input.agencies.0', { agencies: [elsewhere] }], ['requestEarlyConsultation', 'input.caseId', { caseId: uuidv7(testNow) }],
    ['requestTest', 'input.agency', { agency: police }], ['requestTest', 'input.productName', { productName: ' ' }], ['requestTest', 'input.batchNo', { batchNo: ' ' }],
    ['issueProcuratorialSuggestion', 'input.agency', { agency: police }], ['sendPublicInterestClue', 'input.agency', { agency: police }],
  ])('%s: %s', async (act, field, changes) => {
    const [who, usual] = lawfully[act];
    const { errors } = await tryCooperation(world, act, who, null, { ...(await usual(world)), ...changes });
    expect(errors?.map((e) => [e.extensions['code'], e.extensions['field']])).toEqual([['BAD_USER_INPUT', field]]);
  });

  it('a report of a test comes with the report, and is evidence of its case', async () => {
    const c = await world.givenCase({ agencyCode: filing });
    const id = await cooperationIn(world, 'TEST', 'UNDER_WAY', { caseId: c.caseId });
    const { errors } = await tryCooperation(world, 'reportTest', labOfficer, id, { conclusion: 'CONFORMS', ...said, documents: [] });
    expect(errors?.map((e) => [e.extensions['code'], e.extensions['field']])).toEqual([['BAD_USER_INPUT', 'input.documents']]);
    await doCooperation(world, 'reportTest', id);
    const shown = dataOf(await world.send<Input>(regulator, `query($c: ID!) { case(id: $c) { cooperations(first: 5) { nodes {
      kind productName batchNo costBearer testConclusion met history { documents { title } } } } } }`, { c: c.caseId }));
    expect(shown['case']).toEqual({ cooperations: { nodes: [{
      kind: 'TEST', productName: '演示片', batchNo: '演示1', costBearer: 'PUBLIC_FUNDS', testConclusion: 'DOES_NOT_CONFORM', met: true,
      history: [{ documents: [] }, { documents: [] }, { documents: [{ title: '演示检验报告' }] }] }] } });
    expect(dataOf(await world.send<Input>(labOfficer, 'query($c: ID!) { case(id: $c) { id } }', { c: c.caseId }))['case']).toBeNull();
  });

  it('police asked early read what they were asked, not the case, and each of them speaks for himself', async () => {
    const c = await world.givenCase({ agencyCode: filing });
    const id = await cooperationIn(world, 'EARLY_CONSULTATION', 'REQUESTED', { caseId: c.caseId });
    await doCooperation(world, 'giveEarlyOpinion', id);
    expect(codesOf(await tryCooperation(world, 'giveEarlyOpinion', prosecutor, id, said))).toEqual([]);
    const seen = await read(investigator, id);
    expect([seen.case, seen.status, seen.history.map((h: Input) => (h['actor'] as Input)['code'])]).toEqual([null, 'UNDER_WAY', [filing, police, procuratorate]]);
  });

  it('a suggestion is nothing to police or supervision, whoever is above or below', async () => {
    const id = await cooperationIn(world, 'SUGGESTION', 'REQUESTED');
    const codes = ['PPO-210100', 'PPO-210000', filing, 'DRA-210000', 'PSB-210100', 'PSB-210000', 'SUP-210000', 'HC-210000'];
    expect(await Promise.all(codes.map(async (code) => (await read(officer(code, 2), id)) !== null))).toEqual([true, true, true, true, false, false, false, false]);
  });

  it('a key that was used gives the first answer again', async () => {
    const more = { idempotencyKey: 'assistance-once' };
    const first = dataOf(await tryCooperation(world, 'requestAssistance', regulator, null, askInput(), more));
    expect(dataOf(await tryCooperation(world, 'requestAssistance', regulator, null, askInput(), more))).toEqual(first);
    expect(codesOf(await tryCooperation(world, 'requestAssistance', regulator, null, askInput({ title: '演示另一事由' }), more))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });
});

it('ten answers at once with ten keys: one success, nine CONFLICT', async () => {
  const id = await assistanceIn(world, 'UNDER_WAY');
  const answers = await Promise.all(times(10, () => tryCooperation(world, 'answerAssistance', elsewhereOfficer, id, said)));
  expect(answers.filter((a) => !a.errors)).toHaveLength(1);
  expect(answers.flatMap(codesOf)).toEqual(times(9, () => 'CONFLICT'));
  expect((await cooperationHistory(world, id)).map((h) => h.position)).toEqual([1, 2, 3]);
});

it('is told live, from a cursor without loss, to those who may see it and to nobody else', async () => {
  heartbeat.everyMs = 40;
  try {
    const followers = [regulator, elsewhereOfficer, officer('DRA-210000', 2), officer('MRA-210200', 2), officer('SUP-210000', 2)];
    const cursors = await Promise.all(followers.map(async (who) => dataOf(await world.send<{ cooperationEventCursor: string }>(who, '{ cooperationEventCursor }')).cooperationEventCursor));
    const id = await assistanceIn(world, 'ANSWERED');
    await caughtUp(world);
    const told = await Promise.all(followers.map(async (who, i) => {
      const stream = await world.subscribe(who, 'subscription S($after: String) { cooperationUpdated(after: $after) { act statusAfter cooperation { id } } }', { after: cursors[i] });
      if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream.errors));
      const acts: unknown[] = [];
      let beats = 0;
      for await (const { data } of stream) {
        if (data) acts.push(data['cooperationUpdated']);
        else if ((beats += 1) === 3) break;
      }
      return acts;
    }));
    const both = [{ act: 'REQUEST_ASSISTANCE', statusAfter: 'REQUESTED', cooperation: { id } }, { act: 'ANSWER_ASSISTANCE', statusAfter: 'ANSWERED', cooperation: { id } }];
    expect(told).toEqual([both, both, both, [], []]);
  } finally {
    heartbeat.everyMs = 20_000;
  }
});
