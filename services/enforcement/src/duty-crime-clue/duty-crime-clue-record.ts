import { uuidv7 } from '@casebridge/kernel';
import type { DutyCrimeClueActEntity, DutyCrimeClueEntity } from './duty-crime-clue.entity';
import { type DutyCrimeActName, dutyCrimeClueMachine } from './duty-crime-clue.machine';

/*
 * What an act writes, as plain values: no I/O, so that the generator of demo data writes the very rows that the use cases write.
 */

/** One that no act has been done on yet: version 0, to be given to `dutyCrimeClueAfter` before it is stored. */
export const newDutyCrimeClue = (draft: Pick<DutyCrimeClueEntity, 'id' | 'agencyCode' | 'officerId' | 'receiverCode' | 'official' | 'facts' | 'sentAt'>): DutyCrimeClueEntity =>
  ({ ...draft, version: 0, status: 'SENT', result: null, updatedAt: draft.sentAt });

/**
 * The clue after an act.
 *
 * @throws IllegalTransition when the act is not lawful in the present state
 */
export const dutyCrimeClueAfter = (clue: DutyCrimeClueEntity, act: DutyCrimeActName, at: Date, result: DutyCrimeClueEntity['result'] = clue.result): DutyCrimeClueEntity =>
  ({ ...clue, status: dutyCrimeClueMachine.next(clue.version === 0 ? null : clue.status, act), result, version: clue.version + 1, updatedAt: at });

/** Entry in the history of an act that was done. */
export const dutyCrimeClueActRow = (
  after: DutyCrimeClueEntity, by: Pick<DutyCrimeClueActEntity, 'act' | 'actorCode' | 'officerId' | 'text'>, makeId: (at: Date) => string = uuidv7,
): DutyCrimeClueActEntity => ({ id: makeId(after.updatedAt), clueId: after.id, position: after.version, status: after.status, at: after.updatedAt, ...by });
