import type { CompulsoryMeasureKind } from '@casebridge/contracts';
import { BadUserInput, civilDate, normaliseDocumentNo, NotFound, parseDocumentNo, proc, uuidv7 } from '@casebridge/kernel';
import { lineInput, textInput } from '@casebridge/platform';
import { twoOfficers } from '../shared/officers';
import { type Doing, measureAct } from './measure-act';
import { NoMeasureInThisState } from './measure.errors';
import type {
  ApproveUrgentMeasureInput, ConvertPreservationInput, DecideOnMeasuredGoodsInput, MeasureReasonsInput, OrderCompulsoryMeasureInput, RecordSeizedGoodsReportInput, TakeUrgentMeasureInput,
} from './measure.input';
import type { CompulsoryMeasureActEntity } from './measure.entity';
import { type MeasureActName, measureMachine } from './measure.machine';
import { convertedMeasureAct, firstMeasureAct, laterMeasureAct } from './measure-record';
import { type MeasureStanding, type MeasureWords, newStanding, statusAt, takesMeasures } from './measure.rule';

const LONGEST_TEXT = 10_000;
const textOf = (text: string, field = 'input.reasons'): { readonly text: string } => ({ text: textInput(text, field, LONGEST_TEXT) });

function documentNoOf({ documentNo }: { readonly documentNo: string }): string {
  const number = normaliseDocumentNo(documentNo);
  if (parseDocumentNo(number) === null) throw new BadUserInput('input.documentNo', 'must be a document number such as 沈市监强制〔2026〕12号');
  return number;
}

/** A measure begins: in a case that is not decided, by two officers, on goods that are listed. */
async function begin({ acting, found, done }: Doing, input: TakeUrgentMeasureInput, ordered: Pick<MeasureStanding, 'urgent' | 'documentNo'>): Promise<CompulsoryMeasureActEntity[]> {
  const { tx } = acting;
  if (!takesMeasures(found.status)) throw new NoMeasureInThisState(found.status, measureMachine.rules[done.act].basis);
  const standing = newStanding({
    kind: input.kind, drug: found.domain === 'DRUG', goods: textOf(input.goods, 'input.goods').text, place: lineInput(input.place, 'input.place'),
    officers: await twoOfficers(acting, input.officers, { agencyCode: found.agencyCode, field: 'input.officers', basis: proc('22') }), takenAt: done.at.toISOString(), ...ordered,
  });
  return [firstMeasureAct({ ...done, measureId: uuidv7(done.at), words: textOf(input.reasons) }, standing, tx.calendar)];
}

export const orderCompulsoryMeasure = measureAct<OrderCompulsoryMeasureInput>('orderCompulsoryMeasure', (doing, input) =>
  begin(doing, input, { urgent: false, documentNo: documentNoOf(input) }));

export const takeUrgentMeasure = measureAct<TakeUrgentMeasureInput>('takeUrgentMeasure', (doing, input) => begin(doing, input, { urgent: true, documentNo: null }));

/** An act on a measure that there is; its state is asked before the input. */
const later = <Input extends { readonly expectedVersion?: number | null }>(act: MeasureActName, wordsOf: (input: Input, doing: Doing) => MeasureWords, kindAfter?: (input: Input) => CompulsoryMeasureKind) =>
  measureAct<Input>(act, (doing, input) => {
    const { acting: { tx: { calendar } }, last, done } = doing;
    if (!last) throw new NotFound('CompulsoryMeasure');
    measureMachine.next(statusAt(last.status, last.standing, done.at, calendar), act);
    const words = wordsOf(input, doing);
    const row = laterMeasureAct({ ...done, measureId: last.measureId, words }, last, calendar);
    return kindAfter ? [row, convertedMeasureAct(row, { ...done, measureId: uuidv7(done.at), words }, kindAfter(input), calendar)] : [row];
  });

/** Within 24 hours (向负责人报告). */
export const reportUrgentMeasure = later<MeasureReasonsInput>('reportUrgentMeasure', ({ reasons }) => textOf(reasons));

export const approveUrgentMeasure = later<ApproveUrgentMeasureInput>('approveUrgentMeasure', (input) => ({ ...textOf(input.reasons), documentNo: documentNoOf(input) }));

export const extendCompulsoryMeasure = later<MeasureReasonsInput>('extendCompulsoryMeasure', ({ reasons }) => textOf(reasons));

export const sendSeizedGoodsForTest = later<MeasureReasonsInput>('sendSeizedGoodsForTest', ({ reasons }) => textOf(reasons));

export const recordSeizedGoodsReport = later<RecordSeizedGoodsReportInput>('recordSeizedGoodsReport', ({ conclusion, issuedOn }, { done, last }) => {
  if (issuedOn > civilDate(done.at)) throw new BadUserInput('input.issuedOn', 'must not lie in the future');
  if (last && issuedOn < civilDate(new Date(last.standing.takenAt))) throw new BadUserInput('input.issuedOn', 'must not lie before the measure was taken');
  return { ...textOf(conclusion, 'input.conclusion'), on: issuedOn };
});

export const decideOnMeasuredGoods = later<DecideOnMeasuredGoodsInput>('decideOnMeasuredGoods', ({ reasons, outcome }) => ({ ...textOf(reasons), outcome }));

/** A preservation becomes sealing or seizure, a measure of its own (PROC art. 35). */
export const convertPreservation = later<ConvertPreservationInput>('convertPreservation', (input) => {
  if (input.kind === 'PRESERVATION') throw new BadUserInput('input.kind', 'must be sealing or seizure');
  return { ...textOf(input.reasons), documentNo: documentNoOf(input) };
}, ({ kind }) => kind);

export const liftCompulsoryMeasure = later<MeasureReasonsInput>('liftCompulsoryMeasure', ({ reasons }) => textOf(reasons));
