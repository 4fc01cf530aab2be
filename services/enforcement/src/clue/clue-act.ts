import { type ClueSource, type ClueTestKind } from '@casebridge/contracts';
import { BadUserInput, Forbidden, isUuid, NotFound, scrub } from '@casebridge/kernel';
import {
  type Acting, type ActOn, and, articleInput, assertVersion, at, defineAct, instantOf, query, sql, textInput, toVisible, type Visible,
} from '@casebridge/platform';
import { markOf } from '../penalty-decision/penalty-article.rule';
import { type ClueActDetail, ClueActEntity, ClueEntity } from './clue.entity';
import { type ClueActName, clueMachine } from './clue.machine';
import { whyNotClueAct } from './clue.policy';
import { clueActedEvent, clueActRow, clueAfter, clueStateOf } from './clue-record';
import { decideClue } from './clue.rule';
import { clueRecords } from './clue.source';

/** The clue that an act was on, and the case that came of it. */
export interface ClueNamed {
  readonly clueId: string;
  readonly caseId: string | null;
}

/**
 * The clue with its row locked until the act is done.
 *
 * @throws NotFound when it is absent or hidden, alike
 */
export async function getClueForUpdate({ tx, reader, ctx, target }: ActOn, id: string): Promise<Visible<ClueEntity>> {
  if (!isUuid(id)) throw new NotFound('Clue');
  const [before] = await query<{ version: number }>(tx.em, sql`select version from clue where id = ${id}`);
  const source = clueRecords(reader);
  const [row] = await query(tx.em, sql`
    select ${source.columns} from ${source.from} where ${and(sql`q.id = ${id}`, source.where)} for update of q`);
  if (!row) throw new NotFound('Clue');
  const found = toVisible(ctx, source, row);
  target.is({ id, state: found.status, changedAt: found.updatedAt, changedMeanwhile: found.version !== before?.version });
  return found;
}

/** @throws Forbidden when the act is another agency's or another role's */
export function assertMayAct({ who }: Acting, act: ClueActName, clue: { readonly agencyCode: string } | null): void {
  const why = whyNotClueAct(who, act, clue);
  if (why !== null) throw new Forbidden(why);
}

export interface Done {
  readonly act: ClueActName;
  readonly after: ClueEntity;
  readonly detail?: ClueActDetail;
}

/** Stores the record without what only its reader's view has; false where an agency has a clue under this number of this source. */
export async function saveClue({ tx }: Acting, { may: _may, ...row }: ClueEntity & { readonly may?: unknown }): Promise<boolean> {
  if (row.version > 1) {
    await tx.em.getRepository<Record<string, unknown>>(ClueEntity).update({ id: row.id }, { ...row });
    return true;
  }
  const inserted = await tx.em.createQueryBuilder().insert().into(ClueEntity).values({ ...row }).orIgnore().returning('id').execute();
  return (inserted.raw as unknown[]).length > 0;
}

/** Entry in the history and event of an act, once its row is saved. */
export async function tell({ tx, who }: Acting, { act, after, detail }: Done): Promise<void> {
  const entry = clueActRow(after, { act, actorCode: who.agency.code, officerId: who.officerId, ...(detail ? { detail } : {}) });
  await tx.em.getRepository<Record<string, unknown>>(ClueActEntity).insert({ ...entry });
  await tx.emit(clueActedEvent(after, entry));
}

/** An act on clues. */
export const defineClueAct = <Command extends object>(act: ClueActName, run: (acting: ActOn, command: Command) => Promise<ClueNamed>) =>
  defineAct<Command, ClueNamed>(act, run, {
    basis: clueMachine.rules[act].basis,
    /** Once a clue is hidden from the caller, so is what he did with it. */
    revive: async (acting, stored) => {
      await getClueForUpdate(acting, stored.clueId);
      return stored;
    },
    changed: ({ clueId, caseId }) => (caseId === null ? [clueId] : [clueId, caseId]),
  });

type Versioned<T> = T & { readonly expectedVersion?: number | null };

export interface Doing {
  readonly acting: ActOn;
  readonly clue: Visible<ClueEntity>;
}

/** What an act does besides changing the state. */
interface Effect {
  readonly fields?: Partial<ClueEntity>;
  readonly detail?: ClueActDetail;
}

/** An act on a clue that exists, the same steps for all: lock, who may, version, state, effect, save, tell. */
export const clueAct = <Input extends object>(act: ClueActName, effect: (doing: Doing, input: Input) => Promise<Effect> | Effect) =>
  defineClueAct<{ readonly clueId: string; readonly input: Versioned<Input> }>(act, async (request, { clueId, input }) => {
    const clue = await getClueForUpdate(request, clueId);
    assertMayAct(request, act, clue);
    assertVersion(clue.version, input.expectedVersion);
    const acting = at(request, instantOf(request, clue));
    const now = acting.tx.clock.now();
    const decided = decideClue(clueStateOf(clue), act, now, acting.tx.calendar, (input as { readonly kind?: ClueTestKind }).kind);
    const { fields, detail } = await effect({ acting, clue }, input);
    const after = clueAfter(clue, { decided, at: now, ...(fields ? { fields } : {}) });
    await saveClue(acting, after);
    await tell(acting, { act, after, ...(detail ? { detail } : {}) });
    return { clueId, caseId: after.caseId };
  });

/** Behind these stand people who complained, reported or fell ill: what is written of such a clue is scrubbed of them. */
const ofPeople: ReadonlySet<ClueSource> = new Set(['COMPLAINT', 'ADR_SIGNAL', 'LATE_REPORT']);

const LONGEST_TEXT = 10_000;
const MOST_ARTICLES = 50;

/** Words on a clue as they are stored. */
export const clueWords = (source: ClueSource, field: string, text: string): string =>
  textInput(ofPeople.has(source) ? scrub(text) : text, field, LONGEST_TEXT);

/** Articles that seem to be broken, each with the mark that it bears. */
export function suspectedArticles(articles: readonly { readonly instrument: string; readonly article: string }[], field: string): ClueEntity['suspectedArticles'] {
  if (articles.length > MOST_ARTICLES) throw new BadUserInput(field, `must name at most ${MOST_ARTICLES} articles`);
  return articles.map((article, i) => {
    const ref = articleInput(article, `${field}.${i}`);
    return { ...ref, mark: markOf(ref) };
  });
}
