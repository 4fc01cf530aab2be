import { changesOf, saltedDigest, type StepFacts, stepHash, stepText, type StepWords } from './step-signature.rule';
import { newReferralRow, timelineRow } from './referral-record';
import { decideReferral, noReferral } from './referral.rule';
import { stateCouncilCalendar } from '@casebridge/kernel';

const facts: StepFacts = {
  referralId: 'r', referralNo: '演移1号', caseId: 'c', position: 2, act: 'APPROVE_REFERRAL', status: 'APPROVED', holder: 'MRA', actor: 'MRA', at: '2026-11-21T01:00:00.000Z',
  basis: { instrument: 'O310', article: '5(2)', mark: 'V' }, dueAt: null, deadline: null, met: true, tracks: [],
};
const words: StepWords = { officer: 'MRA-1', detail: { opinion: '同意' }, changes: {} };
const step = { facts, words, documents: [], wordsSalt: 'a', documentsSalt: 'b', previous: null, signedAt: '2026-11-21T01:00:00.000Z' };
const text = stepText(step);

it('is one text for one step, in one order, and holds no word of what was said', () => {
  expect(text).toBe(stepText({ ...step, facts: { ...facts, basis: { mark: 'V', article: '5(2)', instrument: 'O310' } } }));
  expect(text).not.toContain('同意');
  expect(text).not.toContain('MRA-1');
  expect(JSON.parse(text)).toEqual({ ...facts, words: saltedDigest('a', words), documents: saltedDigest('b', []), previous: null, signedAt: step.signedAt });
});

it.each<[string, Partial<typeof step>]>([
  ...Object.entries({
    referralId: 'x', referralNo: 'x', caseId: 'x', position: 3, act: 'REFUSE_REFERRAL', status: 'NOT_APPROVED', holder: 'PSB', actor: 'PSB', at: '2026-11-21T01:00:00.001Z',
    basis: { ...facts.basis, article: '5(1)' }, dueAt: facts.at, met: false, tracks: [{ kind: 'SUPERVISION', openedPosition: 1, state: 'PROPOSED', holderCode: null, deadline: null }],
  }).map(([name, value]): [string, Partial<typeof step>] => [name, { facts: { ...facts, [name]: value } as StepFacts }]),
  ['officer', { words: { ...words, officer: 'MRA-2' } }], ['detail', { words: { ...words, detail: { opinion: '不同意' } } }], ['changes', { words: { ...words, changes: { receiptNo: '1' } } }],
  ['documents', { documents: [{ id: 'd' }] as never }], ['words salt', { wordsSalt: 'c' }], ['documents salt', { documentsSalt: 'c' }], ['previous', { previous: stepHash('x') as never }],
])('tells another %s apart', (_, changes) => {
  expect(stepHash(stepText({ ...step, ...changes }))).not.toBe(stepHash(text));
});

it('names what an act changed of the record, and nothing that stood so before', () => {
  const now = new Date('2026-11-21T01:00:00Z');
  const made = newReferralRow({ id: 'r', referralNo: '1', caseId: 'c', agencyCode: 'MRA', at: now });
  const decided = decideReferral(noReferral, 'submitReferralReport', now, stateCouncilCalendar);
  const first = timelineRow({ ...made, version: 1 }, { act: 'submitReferralReport', decided, actorCode: 'MRA', officerId: 'MRA-2' });
  expect(changesOf(null, first.standing)).toEqual({});
  expect(changesOf(first.standing, { ...first.standing, gaps: ['缺'], receiptNo: '1' })).toEqual({ gaps: ['缺'], receiptNo: '1' });
  expect(changesOf({ ...first.standing, gaps: ['缺'] }, first.standing)).toEqual({ gaps: [] });
});
