import { type ListSource, raw, type Reader, type RecordFacts, sql, visible } from '@casebridge/platform';
import { DutyCrimeClueEntity } from './duty-crime-clue.entity';

/** The owner is an officer and no agency: for everybody else of his agency, its head included, there is none. */
const facts = (reader: Reader): RecordFacts => ({
  owner: sql`case when k.officer_id = ${reader.officerId}::text then k.agency_code end`, parts: raw('array[k.receiver_code]'),
});

/** What is open to the reader: what lists, counts and acts work on. */
export const dutyCrimeClues = (reader: Reader): ListSource<DutyCrimeClueEntity> => ({
  type: 'DutyCrimeClue', name: 'dutyCrimeClues', id: 'id', entity: DutyCrimeClueEntity, columns: raw('k.*'), from: raw('duty_crime_clue k'),
  where: visible(reader, 'dutyCrimeClue', facts(reader)),
  order: [
    { expression: raw('k.sent_at'), column: 'sent_at', type: 'timestamptz' },
    { expression: raw('k.id'), column: 'id', type: 'uuid' },
  ],
});
