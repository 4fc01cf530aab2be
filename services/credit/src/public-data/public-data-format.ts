import type { GraphQLSchema } from 'graphql';
import { isNonNullType, isObjectType } from 'graphql';
import type { PublicRecord } from './public-record.source';

/** Under what the data is given, in every file and reply. */
export const licence =
  'Open data of the drug-safety agencies: free use with the source named. Whoever keeps a copy removes at once what a tombstone names; nobody is to be identified by combining it with other data.';
export const caveat =
  'Demonstration data is synthetic. What is published is what the law shows on the day of reading; records end, are corrected and withdrawn. The decision itself is what counts.';

/** Columns of a file, in their order, and the field of `DisclosureRecord` that each is. */
export const publicColumns = [
  ['id', 'id'], ['documentNo', 'documentNo'], ['partyName', 'partyName'], ['partyKind', 'partyKind'], ['partyUscc', 'partyUscc'], ['violationType', 'violationType'],
  ['penaltyKinds', 'penaltyKinds'], ['penaltySummary', 'penaltySummary'], ['fineFen', 'fineFen'], ['authorityCode', 'authority'], ['regionCode', 'region'],
  ['decidedOn', 'decidedOn'], ['publishedOn', 'publishedOn'], ['disclosureEndsOn', 'disclosureEndsOn'],
] as const satisfies readonly (readonly [keyof PublicRecord, string])[];

export interface DictionaryEntry {
  readonly column: string;
  readonly type: string;
  readonly nullable: boolean;
  readonly description: string;
}

/** The columns as the schema describes them. */
export function dictionaryOf(schema: GraphQLSchema): readonly DictionaryEntry[] {
  const type = schema.getType('DisclosureRecord');
  if (!isObjectType(type)) throw new Error('The schema has no DisclosureRecord');
  return publicColumns.map(([column, name]) => {
    const field = type.getFields()[name];
    if (!field) throw new Error(`The schema has no DisclosureRecord.${name}`);
    const ofReference = column !== name;
    return { column, type: ofReference ? 'String!' : String(field.type), nullable: !ofReference && !isNonNullType(field.type), description: field.description ?? '' };
  });
}

/** A record as cells: what is none is empty, several values are joined by `;`. */
export const cellsOf = (record: PublicRecord): string[] =>
  publicColumns.map(([column]) => {
    const value = record[column];
    return value === null ? '' : Array.isArray(value) ? value.join(';') : String(value);
  });
