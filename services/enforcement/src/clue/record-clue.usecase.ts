import { BadUserInput, creditCode, uuidv7 } from '@casebridge/kernel';
import { type ActOn, and, lineInput, query, regionCode, sql, toVisible } from '@casebridge/platform';
import { assertMayAct, clueWords, defineClueAct, saveClue, suspectedArticles, tell } from './clue-act';
import type { ClueEntity } from './clue.entity';
import { ClueAlreadyRecorded } from './clue.errors';
import type { RecordClueInput } from './clue.input';
import { clueAfter, clueStateOf, newClueRow } from './clue-record';
import { decideClue, whyNotReceived } from './clue.rule';
import { clueRecords } from './clue.source';

const act = 'recordClue';
const MOST_NAMES = 50;

/** Takes a clue in (登记线索): from now on it must be decided whether a case is filed. */
export const recordClue = defineClueAct<{ readonly input: RecordClueInput }>(act, async (acting, { input }) => {
  assertMayAct(acting, act, null);
  const { clock, calendar } = acting.tx;
  const now = clock.now();
  const draft = draftClue(acting, input, now);
  const after = clueAfter(draft, { decided: decideClue(clueStateOf(draft), act, now, calendar), at: now });
  if (!(await saveClue(acting, after))) throw await alreadyRecorded(acting, after);
  await tell(acting, { act, after });
  acting.ctx.reads.add('Clue', [after.id]);
  return { clueId: after.id, caseId: null };
});

/** @throws BadUserInput when a field by itself cannot stand */
function draftClue({ who }: ActOn, input: RecordClueInput, now: Date): ClueEntity {
  const why = whyNotReceived(input.receivedAt, now);
  if (why !== null) throw new BadUserInput('input.receivedAt', why);
  const { source, partyKind } = input;
  if (input.productNames.length > MOST_NAMES) throw new BadUserInput('input.productNames', `must have at most ${MOST_NAMES} names`);
  return newClueRow({
    id: uuidv7(now), agencyCode: who.agency.code, source, sourceRef: line(input.sourceRef, 'input.sourceRef'), regionCode: regionCode(input.region, 'input.region'),
    ...partyOf(input), partyKind, productKind: input.productKind ?? null, productNames: input.productNames.map((name, i) => lineInput(name, `input.productNames.${i}`)),
    batchNo: line(input.batchNo, 'input.batchNo'), facts: clueWords(source, 'input.facts', input.facts),
    suspectedArticles: suspectedArticles(input.suspectedArticles, 'input.suspectedArticles'), receivedAt: input.receivedAt, recordedAt: now, transferredFromId: null,
  });
}

const line = (text: string | null | undefined, field: string): string | null => (text == null ? null : lineInput(text, field));

function partyOf({ enterpriseUscc, partyName, partyKind }: RecordClueInput): Pick<ClueEntity, 'enterpriseUscc' | 'partyName'> {
  const uscc = enterpriseUscc == null ? null : creditCode(enterpriseUscc, 'input.enterpriseUscc');
  if (uscc !== null && partyKind === 'NATURAL_PERSON') throw new BadUserInput('input.enterpriseUscc', 'belongs to an entity, not to a natural person');
  const name = line(partyName, 'input.partyName');
  if (uscc === null && name === null) throw new BadUserInput('input.partyName', 'must be given where there is no enterpriseUscc');
  return { enterpriseUscc: uscc, partyName: name };
}

/** The clue that has the number: named where it is open to the caller. */
async function alreadyRecorded({ tx, reader, ctx, target }: ActOn, { agencyCode, source, sourceRef }: ClueEntity): Promise<ClueAlreadyRecorded> {
  const records = clueRecords(reader);
  const [row] = await query(tx.em, sql`
    select ${records.columns} from ${records.from}
    where ${and(sql`q.agency_code = ${agencyCode} and q.source = ${source} and q.source_ref = ${sourceRef}`, records.where)}`);
  if (!row) return new ClueAlreadyRecorded(null);
  const { id, status, updatedAt } = toVisible(ctx, records, row);
  target.is({ id, state: status, changedAt: updatedAt });
  return new ClueAlreadyRecorded({ id, state: status });
}
