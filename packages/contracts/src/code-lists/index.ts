import type { CodeList } from '@casebridge/kernel';
import * as adr from './adr';
import * as caseProcedure from './case-procedure';
import * as cooperation from './cooperation';
import * as credit from './credit';
import * as enforcement from './enforcement';
import * as law from './law';
import * as referral from './referral';
import * as regulatedWorld from './regulated-world';

export * from './adr';
export * from './case-procedure';
export * from './cooperation';
export * from './credit';
export * from './enforcement';
export * from './law';
export * from './referral';
export * from './regulated-world';

/** Every code list of the graph, readable as data with labels in both languages. */
export const codeLists: readonly CodeList<string>[] = [regulatedWorld, enforcement, referral, caseProcedure, cooperation, credit, adr, law].flatMap(
  (room) => Object.values(room) as readonly CodeList<string>[],
);
