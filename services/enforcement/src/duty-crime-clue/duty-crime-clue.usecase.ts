import { agencyCode, BadUserInput, Forbidden, isUuid, NotFound, o310, uuidv7 } from '@casebridge/kernel';
import { type ActOn, and, assertVersion, defineAct, instantOf, lineInput, query, sql, textInput, toVisible } from '@casebridge/platform';
import type { DutyCrimeResult } from '@casebridge/contracts';
import { DutyCrimeClueActEntity, DutyCrimeClueEntity } from './duty-crime-clue.entity';
import type { ReceiveDutyCrimeClueInput, ReportDutyCrimeResultInput, SendDutyCrimeClueInput } from './duty-crime-clue.input';
import { type DutyCrimeActName, dutyCrimeClueMachine } from './duty-crime-clue.machine';
import { isSupervision, whyNotDutyCrimeAct } from './duty-crime-clue.policy';
import { dutyCrimeClueActRow, dutyCrimeClueAfter, newDutyCrimeClue } from './duty-crime-clue-record';
import { dutyCrimeClues } from './duty-crime-clue.source';

export interface DutyCrimeClueNamed {
  readonly dutyCrimeClueId: string;
}

const LONGEST_TEXT = 10_000;

/** The clue with its row locked until the act is done. @throws NotFound when it is absent or hidden, alike */
async function getForUpdate({ tx, reader, ctx, target }: ActOn, id: string): Promise<DutyCrimeClueEntity> {
  if (!isUuid(id)) throw new NotFound('DutyCrimeClue');
  const [before] = await query<{ version: number }>(tx.em, sql`select version from duty_crime_clue where id = ${id}`);
  const source = dutyCrimeClues(reader);
  const [row] = await query(tx.em, sql`select ${source.columns} from ${source.from} where ${and(sql`k.id = ${id}`, source.where)} for update of k`);
  if (!row) throw new NotFound('DutyCrimeClue');
  const { may: _may, ...found } = toVisible(ctx, source, row);
  target.is({ id, state: found.status, changedAt: found.updatedAt, changedMeanwhile: found.version !== before?.version });
  return found;
}

function assertMayAct({ who }: ActOn, act: DutyCrimeActName, clue: DutyCrimeClueEntity | null): void {
  const why = whyNotDutyCrimeAct(who, act, clue);
  if (why !== null) throw new Forbidden(why);
}

/** Saves what an act made of a clue. No event: nothing of it leaves the two ends. */
async function done({ tx, who }: ActOn, act: DutyCrimeActName, after: DutyCrimeClueEntity, text: string | null): Promise<DutyCrimeClueNamed> {
  const records = tx.em.getRepository<Record<string, unknown>>(DutyCrimeClueEntity);
  if (after.version === 1) await records.insert({ ...after });
  else await records.update({ id: after.id }, { ...after });
  await tx.em.getRepository<Record<string, unknown>>(DutyCrimeClueActEntity)
    .insert({ ...dutyCrimeClueActRow(after, { act, actorCode: who.agency.code, officerId: who.officerId, text }) });
  return { dutyCrimeClueId: after.id };
}

const define = <Command extends object>(act: DutyCrimeActName, run: (acting: ActOn, command: Command) => Promise<DutyCrimeClueNamed>) =>
  defineAct<Command, DutyCrimeClueNamed>(act, run, {
    basis: dutyCrimeClueMachine.rules[act].basis,
    revive: async (acting, stored) => {
      await getForUpdate(acting, stored.dutyCrimeClueId);
      return stored;
    },
    changed: ({ dutyCrimeClueId }) => [dutyCrimeClueId],
  });

/** Sends a clue to a duty crime to the competent supervision (移送监察机关), past the own agency and the police. */
export const sendDutyCrimeClue = define<{ readonly input: SendDutyCrimeClueInput }>('sendDutyCrimeClue', async (acting, { input }) => {
  assertMayAct(acting, 'sendDutyCrimeClue', null);
  const { who, tx, ctx } = acting;
  const receiver = ctx.deps.directory.agency(agencyCode(input.supervision, 'input.supervision'));
  if (!receiver || receiver.status !== 'ACTIVE' || !isSupervision(receiver.functions)) throw new BadUserInput('input.supervision', 'is not the code of a supervision agency', o310('19'));
  if (receiver.code === who.agency.code) throw new BadUserInput('input.supervision', 'must be another agency than the one that sends');
  const now = tx.clock.now();
  const draft = newDutyCrimeClue({
    id: uuidv7(now), agencyCode: who.agency.code, officerId: who.officerId, receiverCode: receiver.code, official: lineInput(input.official, 'input.official'),
    facts: textInput(input.facts, 'input.facts', LONGEST_TEXT), sentAt: now,
  });
  return done(acting, 'sendDutyCrimeClue', dutyCrimeClueAfter(draft, 'sendDutyCrimeClue', now), null);
});

interface Later {
  readonly expectedVersion?: number | null;
}

/** An act of the receiver, the same steps for both: lock, who may, version, state, save. */
const later = <Input extends Later>(act: DutyCrimeActName, say: (input: Input) => { readonly text: string | null; readonly result?: DutyCrimeResult }) =>
  define<{ readonly dutyCrimeClueId: string; readonly input: Input }>(act, async (acting, { dutyCrimeClueId, input }) => {
    const found = await getForUpdate(acting, dutyCrimeClueId);
    assertMayAct(acting, act, found);
    assertVersion(found.version, input.expectedVersion);
    dutyCrimeClueMachine.next(found.status, act);
    const { text, result } = say(input);
    return done(acting, act, dutyCrimeClueAfter(found, act, instantOf(acting, found), result), text);
  });

export const receiveDutyCrimeClue = later<ReceiveDutyCrimeClueInput>('receiveDutyCrimeClue', () => ({ text: null }));

export const reportDutyCrimeResult = later<ReportDutyCrimeResultInput>('reportDutyCrimeResult', ({ text, result }) => ({ text: textInput(text, 'input.text', LONGEST_TEXT), result }));
