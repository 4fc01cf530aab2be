import { agencyFunction, demoAgencies } from '@casebridge/contracts';
import type { AgencyFunction, AgencyReader, OfficerRole } from '@casebridge/kernel';
import type { ClueActName } from './clue.machine';
import { takesClues, whyNotClueAct } from './clue.policy';

/** PROC 18: the head decides whether a case is filed and approves the longer period; what leaves the agency is signed by its head. */
const byHead: Readonly<Record<ClueActName, boolean>> = {
  recordClue: false, beginClueVerification: false, sendClueForTesting: false, recordClueTestResult: false, extendClueReview: true, fileCase: true,
  declineToFileCase: true, transferClue: true, mergeClue: false,
};
const acts = Object.keys(byHead) as ClueActName[];

const reader = (code: string, roles: readonly OfficerRole[]): AgencyReader => {
  const agency = demoAgencies.find((a) => a.code === code);
  if (!agency) throw new Error(code);
  const at = new Date('2026-11-22T02:00:00.000Z');
  return { kind: 'agency', agency, officerId: `${code}-3`, roles, scopes: [], purpose: null, tokenId: 't', issuedAt: at, expiresAt: at };
};

describe('who may act on a clue', () => {
  it.each(acts)('%s', (act) => {
    const clue = act === 'recordClue' ? null : { agencyCode: 'MRA-210102' };
    expect(whyNotClueAct(reader('MRA-210102', ['head']), act, clue)).toBeNull();
    expect(whyNotClueAct(reader('MRA-210102', ['officer']), act, clue) === null).toBe(!byHead[act]);
    for (const role of ['reviewer', 'auditor', 'analyst', 'system'] as const) expect(whyNotClueAct(reader('MRA-210102', [role]), act, clue)).not.toBeNull();
    if (clue === null) return;
    // Neither the superior nor a neighbour.
    for (const other of ['MRA-210100', 'DRA-210000', 'MRA-210200', 'PSB-210102']) expect(whyNotClueAct(reader(other, ['head', 'officer']), act, clue)).toMatch('Only the agency that handles');
  });

  it('market and drug regulation record clues, nobody else', () => {
    for (const { code, functions } of demoAgencies) {
      const regulates = functions.some((f) => f === 'DRUG' || f === 'MARKET');
      expect([code, whyNotClueAct(reader(code, ['officer']), 'recordClue', null) === null]).toEqual([code, regulates]);
    }
  });

  it('a clue goes neither to police, procuratorate and court nor to supervision, unless they regulate as well', () => {
    const never: readonly AgencyFunction[] = ['POLICE', 'PROCURATORATE', 'COURT', 'SUPERVISION'];
    for (const f of agencyFunction.codes) expect([f, takesClues([f])]).toEqual([f, !never.includes(f)]);
    expect(takesClues(['MARKET', 'POLICE'])).toBe(true);
  });
});
