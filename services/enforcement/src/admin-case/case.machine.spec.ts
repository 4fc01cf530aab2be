import { caseStatus } from '@casebridge/contracts';
import { IllegalTransition } from '@casebridge/kernel';
import { caseMachine } from './case.machine';

/** Written out from the brief of the machine, apart from its table. */
const open = ['FILED', 'INVESTIGATING', 'INVESTIGATION_CONCLUDED', 'UNDER_REVIEW', 'NOTICE_SERVED', 'HEARING'];

describe.each(caseStatus.codes)('from %s', (state) => {
  it('a decision is recorded only while nothing is decided', () => {
    expect(caseMachine.can(state, 'recordPenaltyDecision')).toBe(open.includes(state));
    expect(caseMachine.can(state, 'recordServedPenaltyDecision')).toBe(open.includes(state));
  });

  it('service follows a decision', () => {
    expect(caseMachine.can(state, 'recordPenaltyService')).toBe(state === 'DECIDED');
    // A decision made while the case waited is served wherever the case has come to, as long as its file is open.
    const later = ['SUSPENDED', 'DECIDED', 'SERVED', 'IN_EXECUTION', 'CLOSED'];
    expect(caseMachine.can(state, 'recordServiceOfEarlierDecision')).toBe([...open, ...later].includes(state));
    if (caseMachine.can(state, 'recordServiceOfEarlierDecision')) expect(caseMachine.next(state, 'recordServiceOfEarlierDecision')).toBe(state);
  });

  it('what need not wait is recorded while the criminal proceedings run, and there only', () => {
    expect(caseMachine.can(state, 'recordPenaltyWhilePendingCriminal')).toBe(state === 'PENDING_CRIMINAL');
    expect(caseMachine.can(state, 'recordPenaltyServiceWhilePendingCriminal')).toBe(state === 'PENDING_CRIMINAL');
  });
});

it('leads to DECIDED or SERVED, and leaves a waiting case waiting', () => {
  expect(caseMachine.next('HEARING', 'recordPenaltyDecision')).toBe('DECIDED');
  expect(caseMachine.next('HEARING', 'recordServedPenaltyDecision')).toBe('SERVED');
  expect(caseMachine.next('DECIDED', 'recordPenaltyService')).toBe('SERVED');
  expect(caseMachine.next('PENDING_CRIMINAL', 'recordPenaltyWhilePendingCriminal')).toBe('PENDING_CRIMINAL');
});

it('refuses with the article', () => {
  expect(() => caseMachine.next('PENDING_CRIMINAL', 'recordPenaltyDecision')).toThrow(IllegalTransition);
  expect(caseMachine.rules.recordPenaltyDecision.basis).toMatchObject({ instrument: '中华人民共和国行政处罚法', article: '57(1)', mark: 'V' });
});
