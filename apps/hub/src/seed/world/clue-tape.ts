import type { ClueTestKind } from '@casebridge/contracts';
import { stateCouncilCalendar, uuidv7 } from '@casebridge/kernel';
import {
  clueActedEvent, type ClueActEntity, type ClueActName, clueActRow, clueAfter, type ClueEntity, clueStateOf, decideClue, type NewClue, newClueRow, transferredClue,
} from './enforcement';
import type { EventLog } from './event-log';
import type { Random } from './random';

/** What an act on a clue says and changes, besides its name. */
export interface ClueWords {
  readonly officer: string;
  /** Whose officer it is; the agency of the clue, unless another one made it by a transfer. */
  readonly agencyCode?: string;
  readonly kind?: ClueTestKind;
  readonly fields?: Partial<ClueEntity>;
  readonly detail?: ClueActEntity['detail'];
}

/** One clue, act by act, as the use cases of enforcement would have recorded it. */
export class ClueTape {
  row: ClueEntity;
  readonly history: ClueActEntity[] = [];

  private constructor(private readonly log: EventLog, private readonly random: Random, row: ClueEntity) {
    this.row = row;
  }

  /** `recordClue`. */
  static record(log: EventLog, random: Random, draft: Omit<NewClue, 'id' | 'transferredFromId'>, officer: string): ClueTape {
    const at = draft.recordedAt.getTime();
    const tape = new ClueTape(log, random, newClueRow({ ...draft, id: uuidv7(at, random.bytes), transferredFromId: null }));
    tape.act(at, 'recordClue', { officer });
    return tape;
  }

  /** The clue that the receiver gets by `transferClue`, which must follow at the same instant. */
  received(at: number, agencyCode: string, officer: string): ClueTape {
    const own = transferredClue(this.row, { id: uuidv7(at, this.random.bytes), agencyCode, at: new Date(at) });
    const tape = new ClueTape(this.log, this.random, own);
    tape.act(at, 'recordClue', { officer, agencyCode: this.row.agencyCode });
    return tape;
  }

  act(at: number, act: ClueActName, { officer, agencyCode, kind, fields, detail }: ClueWords): void {
    if (at < this.row.updatedAt.getTime()) throw new Error(`An act on clue ${this.row.id} before the last one`);
    const instant = new Date(at);
    const decided = decideClue(clueStateOf(this.row), act, instant, stateCouncilCalendar, kind);
    this.row = clueAfter(this.row, { decided, at: instant, ...(fields ? { fields } : {}) });
    const entry = clueActRow(this.row, { act, actorCode: agencyCode ?? this.row.agencyCode, officerId: officer, ...(detail ? { detail } : {}) }, () => uuidv7(at, this.random.bytes));
    this.history.push(entry);
    this.log.emit('enforcement', at, this.random, clueActedEvent(this.row, entry));
  }
}
