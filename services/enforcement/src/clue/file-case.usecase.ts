import { violationType } from '@casebridge/contracts';
import { apl2021, BadUserInput, normaliseDocumentNo, parseDocumentNo, recordId, uuidv7 } from '@casebridge/kernel';
import { lineInput } from '@casebridge/platform';
import { openCase } from '../admin-case/case-access';
import { caseMachine } from '../admin-case/case.machine';
import { twoOfficers } from '../shared/officers';
import { clueAct, clueWords, suspectedArticles } from './clue-act';
import type { ClueEntity } from './clue.entity';
import type { FileCaseInput } from './clue.input';
import { type FilingCondition, filingConditions } from './clue.rule';

/** Files a case (立案) on a clue: the four conditions confirmed, two officers named, the case opened. */
export const fileCase = clueAct<FileCaseInput>('fileCase', async ({ acting, clue }, input) => {
  for (const [name, basis] of Object.entries(filingConditions)) {
    if (!input.conditions[name as FilingCondition]) throw new BadUserInput(`input.conditions.${name}`, 'must hold for a case to be filed', basis);
  }
  const caseOfficers = await twoOfficers(acting, input.officers, { agencyCode: clue.agencyCode, field: 'input.officers', basis: apl2021('42') });
  const now = acting.tx.clock.now();
  const { caseId } = await openCase(acting.tx, {
    caseId: uuidv7(now), caseNo: caseNo(input.caseNo), status: caseMachine.initial ?? 'FILED', agencyCode: clue.agencyCode, regionCode: clue.regionCode,
    ...respondentOf(clue, input), productId: input.productId == null ? null : recordId(input.productId, 'input.productId'), violationType: violation(input.violationType), domain: input.domain, procedure: 'ORDINARY',
    facts: input.facts == null ? clue.facts : clueWords(clue.source, 'input.facts', input.facts),
    suspectedArticles: input.suspectedArticles == null ? clue.suspectedArticles : suspectedArticles(input.suspectedArticles, 'input.suspectedArticles'),
    goodsValueFen: goodsValue(input.goodsValueFen), testRequired: input.testRequired, filedAt: now,
  });
  return { fields: { caseId, caseOfficers } };
});

function caseNo(text: string): string {
  const number = normaliseDocumentNo(text);
  if (parseDocumentNo(number) === null) throw new BadUserInput('input.caseNo', 'must be a case number such as 沈市监立〔2026〕12号');
  return number;
}

function respondentOf({ enterpriseUscc, partyKind, partyName }: ClueEntity, input: FileCaseInput) {
  const respondentKind = input.respondentKind ?? partyKind;
  if (enterpriseUscc !== null && respondentKind === 'NATURAL_PERSON') {
    throw new BadUserInput('input.respondentKind', 'cannot be a natural person: the clue names an enterprise');
  }
  const respondentName = input.respondentName == null ? partyName : lineInput(input.respondentName, 'input.respondentName');
  if (respondentName === null) throw new BadUserInput('input.respondentName', 'must be given where the clue has no name');
  return { enterpriseUscc, respondentKind, respondentName };
}

function violation(code: string): string {
  if (!violationType.is(code)) throw new BadUserInput('input.violationType', 'is no code of the list ViolationType');
  return code;
}

function goodsValue(value: number | null | undefined): number | null {
  if (value != null && value < 0) throw new BadUserInput('input.goodsValueFen', 'must not be negative');
  return value ?? null;
}
