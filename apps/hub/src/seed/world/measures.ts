import { type DishonestyListingEntity, isListedOn, type JointMeasureEntity, measureActedEvent, measureAfter, orderedMeasure } from '@casebridge/credit';
import type { JointMeasureKind } from '@casebridge/contracts';
import { addDays, stateCouncilCalendar, uuidv7 } from '@casebridge/kernel';
import { dayNumber, dayOf, dayText, officeTime, workingDaysLater } from './days';
import type { Desk } from './desk';
import type { EventLog } from './event-log';
import { label } from './names';
import type { Random } from './random';
import { tables } from './tables';

type Stage = Desk & { readonly log: EventLog };
type Answer = Parameters<typeof measureAfter>[1];

/** Who is asked for what: the insurer looks at procurement, a regulator elsewhere at permits. */
const asked: readonly (readonly [kind: JointMeasureKind, executor: (owner: string) => string, notice: string])[] = [
  ['PROCUREMENT_SCRUTINY', () => 'MIB-210000', `${label}请在药品集中采购中依法作为重要考量因素。`],
  ['KEY_SUPERVISION', (owner) => (owner === 'DRA-210000' ? 'MRA-210100' : 'DRA-210000'), `${label}请列为重点监管对象，提高检查频次。`],
];
const answers: readonly (readonly [act: Answer, text: string] | null)[] = [
  ['reportMeasureExecuted', `${label}已按通知执行。`], null, ['reportMeasureNotExecutable', `${label}该当事人未参加本机关组织的有关活动，无法执行。`],
  ['reportMeasureExecuted', `${label}已按通知执行。`],
];

/** What other agencies were asked to do against a party on the list, what they answered, and whether they have lifted it since. */
export function orderMeasures(stage: Stage, listing: DishonestyListingEntity, random: Random): void {
  // What was restored was published a second time: its measures were ordered after the first, of which the row says nothing any more.
  if (listing.publishedOn === null || listing.status === 'RESTORED') return;
  for (const [kind, executorOf, notice] of asked) {
    const nth = stage.numbers.count('joint-measure');
    const executorCode = executorOf(listing.agencyCode);
    const ordered = workingDaysLater(dayNumber(listing.publishedOn), 3);
    if (ordered >= stage.present.number) return;
    const at = new Date(officeTime(ordered, random));
    const order = { id: uuidv7(at, random.bytes), kind, executorCode, notice, orderedBy: `${listing.agencyCode}-2`, at };
    let measure = orderedMeasure(listing, order, stateCouncilCalendar);
    tell(stage, measure, 'orderJointMeasure', listing.agencyCode, random);

    const says = (act: Answer, text: string, day: number, listed: boolean): void => {
      if (day >= stage.present.number) return;
      measure = measureAfter(measure, act, { text, on: dayText(day), by: `${executorCode}-2`, at: new Date(officeTime(day, random)), listed });
      tell(stage, measure, act, executorCode, random);
    };
    const answer = answers[nth % answers.length] ?? null;
    if (answer) says(...answer, workingDaysLater(ordered, 5), true);
    const ended = endOf(listing, stage.present.day);
    if (measure.status === 'EXECUTED' && ended !== null && nth % 3 !== 0) says('liftJointMeasure', `${label}名单已移出，措施已解除。`, workingDaysLater(ended, 3), false);
    stage.rows.put(tables.measure, measure);
  }
}

/** The first day off the list, if that has come. */
function endOf(listing: DishonestyListingEntity, today: string): number | null {
  if (isListedOn(listing, today)) return null;
  return listing.status === 'REVOKED' || listing.status === 'EXITED_EARLY' ? dayOf(listing.updatedAt.getTime()) : dayNumber(addDays(listing.endsOn!, 1));
}

function tell({ log }: Stage, after: JointMeasureEntity, act: Parameters<typeof measureActedEvent>[1], actorCode: string, random: Random): void {
  log.emit('credit', after.updatedAt.getTime(), random, measureActedEvent(after, act, actorCode));
}
