import type { NonFilingGround } from '@casebridge/contracts';
import { agencyCode, BadUserInput, recordId, uuidv7 } from '@casebridge/kernel';
import { and, lineInput, query, sql, toVisible } from '@casebridge/platform';
import { clueAct, clueWords, type Doing, saveClue, tell } from './clue-act';
import type { BeginClueVerificationInput, ExtendClueReviewInput, MergeClueInput, RecordClueTestResultInput, SendClueForTestingInput, TransferClueInput } from './clue.input';
import { handlesClues, takesClues } from './clue.policy';
import { clueAfter, clueStateOf, transferredClue } from './clue-record';
import { decideClue, isOlder, takesDuplicates } from './clue.rule';
import { clueRecords } from './clue.source';

export const beginClueVerification = clueAct<BeginClueVerificationInput>('beginClueVerification', () => ({}));

export const sendClueForTesting = clueAct<SendClueForTestingInput>('sendClueForTesting', (_, { kind, testedBy }) => ({
  detail: { testKind: kind, testedBy: lineInput(testedBy, 'input.testedBy') },
}));

export const recordClueTestResult = clueAct<RecordClueTestResultInput>('recordClueTestResult', ({ clue }, { result }) => ({
  detail: { result: clueWords(clue.source, 'input.result', result) },
}));

export const extendClueReview = clueAct<ExtendClueReviewInput>('extendClueReview', ({ clue }, input) => ({
  detail: { reasons: clueWords(clue.source, 'input.reasons', input.reasons) },
}));

export const declineToFileCase = clueAct<{ ground: NonFilingGround; reasons: string }>('declineToFileCase', ({ clue }, input) => {
  const reasons = clueWords(clue.source, 'input.reasons', input.reasons);
  return { fields: { nonFilingGround: input.ground, reasons }, detail: { reasons } };
});

/** Hands a clue to the competent agency (移送): it has a clue of its own from then on, with its own time; the sender keeps his as it stood. */
export const transferClue = clueAct<TransferClueInput>('transferClue', async ({ acting, clue }, input) => {
  const receiver = acting.ctx.deps.directory.agency(agencyCode(input.agency, 'input.agency'));
  if (!receiver || receiver.status !== 'ACTIVE') throw new BadUserInput('input.agency', 'is not the code of a registered agency');
  if (receiver.code === clue.agencyCode) throw new BadUserInput('input.agency', 'must be another agency than the one that transfers');
  if (!takesClues(receiver.functions)) throw new BadUserInput('input.agency', 'gets suspected crimes by referral, and clues to duty crimes by a channel of its own');
  const reasons = clueWords(clue.source, 'input.reasons', input.reasons);
  if (handlesClues(receiver.functions)) {
    const at = acting.tx.clock.now();
    const own = transferredClue(clue, { id: uuidv7(at), agencyCode: receiver.code, at });
    const after = clueAfter(own, { decided: decideClue(clueStateOf(own), 'recordClue', at, acting.tx.calendar), at });
    await saveClue(acting, after);
    await tell(acting, { act: 'recordClue', after });
  }
  return { fields: { transferredToCode: receiver.code, parts: [receiver.code], reasons }, detail: { reasons } };
});

/** Merges a clue into an older one of the same agency that it repeats (并入). */
export const mergeClue = clueAct<MergeClueInput>('mergeClue', async ({ acting, clue }, input) => {
  const into = await olderClue({ acting, clue }, input.into);
  const reasons = clueWords(clue.source, 'input.reasons', input.reasons);
  return { fields: { mergedIntoId: into, reasons }, detail: { reasons } };
});

/** Of two clues the younger is locked before the older, by every act: they never wait for each other. */
async function olderClue({ acting: { tx, ctx, reader }, clue }: Doing, id: string): Promise<string> {
  const source = clueRecords(reader);
  const rowOf = async (lock = sql``) => (await query(tx.em, sql`
    select ${source.columns} from ${source.from} where ${and(sql`q.id = ${recordId(id, 'input.into')} and q.agency_code = ${clue.agencyCode}`, source.where)} ${lock}`))[0];
  const seen = await rowOf();
  if (!seen) throw new BadUserInput('input.into', 'is no clue of your agency');
  if (!isOlder(toVisible(ctx, source, seen), clue)) throw new BadUserInput('input.into', 'must be received earlier than the clue that is merged into it');
  const row = await rowOf(sql`for share of q`);
  if (!row || !takesDuplicates(toVisible(ctx, source, row).status)) throw new BadUserInput('input.into', 'must be a clue that is under review or filed');
  return id;
}
