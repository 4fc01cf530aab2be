import { BadUserInput, civilDate, Forbidden, isUuid, NotFound } from '@casebridge/kernel';
import { type ActOn, and, assertVersion, defineAct, instantOf, query, sql, textInput, toVisible } from '@casebridge/platform';
import type { DisclosureActDetail } from './disclosure-act.entity';
import { disclosureMachine } from './disclosure.machine';
import { type OfficerAct, whyNotDisclosureAct } from './disclosure.policy';
import { disclosureAfter } from './disclosure-procedure';
import type { DisclosureRecordEntity } from './disclosure-record.entity';
import type { VisibleDisclosure } from './disclosure-record.loader';
import { writeAct } from './disclosure-record.repository';
import { disclosureRecords } from './disclosure-record.source';
import { actStatusOn, disclosureStatusOn } from './disclosure-status.rule';

export interface ActInput {
  readonly expectedVersion?: number | null;
}

/** What an act does besides changing the state. */
export interface Effect {
  readonly fields?: Partial<DisclosureRecordEntity>;
  readonly detail?: DisclosureActDetail;
  readonly met?: boolean | null;
  /** What else is written. */
  readonly also?: () => Promise<void>;
}

export interface Doing {
  readonly acting: ActOn;
  readonly record: VisibleDisclosure;
  /** As of today. */
  readonly state: string;
  readonly now: Date;
  readonly today: string;
}

/** The record, locked; what one may not see does not exist. */
async function getDisclosureForUpdate({ tx, reader, ctx, target }: ActOn, id: string): Promise<VisibleDisclosure> {
  if (!isUuid(id)) throw new NotFound('Disclosure record');
  const [before] = await query<{ version: number }>(tx.em, sql`select version from disclosure_record where id = ${id}`);
  const source = disclosureRecords(reader);
  const [row] = await query(tx.em, sql`select ${source.columns} from ${source.from} where ${and(sql`d.id = ${id}`, source.where)} for update of d`);
  if (!row) throw new NotFound('Disclosure record');
  const found = toVisible(ctx, source, row);
  // To whom the procedure is closed, a refusal tells no more of it than a reading.
  const state = found.may['procedure'] ? disclosureStatusOn(found, reader.today, found.may['deferred'] === true) : 'PUBLISHED';
  target.is({ id, state, changedAt: found.updatedAt, changedMeanwhile: before !== undefined && before.version !== found.version });
  return found;
}

/** An act on a record, the same steps for all: lock, who may, version, state, effect, save, tell. */
export const disclosureActOf = <Input extends ActInput>(act: OfficerAct, effect: (doing: Doing, input: Input) => Promise<Effect> | Effect) =>
  defineAct<{ id: string; input: Input }, { readonly id: string }>(
    act,
    async (acting, { id, input }) => {
      const { tx, who, target } = acting;
      const record = await getDisclosureForUpdate(acting, id);
      const why = whyNotDisclosureAct(who, act, { ...record, agencyCode: record.authorityCode });
      if (why !== null) throw new Forbidden(why);
      assertVersion(record.version, input.expectedVersion);
      const now = instantOf(acting, record);
      const today = civilDate(now);
      disclosureMachine.next(actStatusOn(record, today), act); // the state is asked before what the act says
      const { fields, detail, met, also } = await effect({ acting, record, state: target.state ?? record.status, now, today }, input);
      const { may, ...kept } = record;
      const left = disclosureAfter(kept, act, fields ?? {}, {
        at: now, actorCode: who.agency.code, officerId: who.officerId, deferred: may['deferred'] === true, ...(detail ? { detail } : {}), ...(met === undefined ? {} : { met }),
      });
      await also?.();
      await writeAct(tx.em, left);
      for (const event of left.events) await tx.emit(event);
      return { id };
    },
    {
      basis: disclosureMachine.rules[act].basis,
      revive: async (acting, stored) => {
        await getDisclosureForUpdate(acting, stored.id);
        return stored;
      },
      changed: ({ id }) => [id],
    },
  );

const LONGEST_TEXT = 20_000;
export const words = (field: string, text: string): string => textInput(text, `input.${field}`, LONGEST_TEXT);

/** A day on which something happened: not in the future, and not before the decision. */
export function dayOf({ today, record }: Pick<Doing, 'today' | 'record'>, field: string, day: string): string {
  if (day > today) throw new BadUserInput(`input.${field}`, 'must not be in the future');
  if (day < record.decidedOn) throw new BadUserInput(`input.${field}`, 'must not be before the decision');
  return day;
}
