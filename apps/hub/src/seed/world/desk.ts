import type { Numbers } from './numbers';
import type { Present } from './present';
import type { Rows } from './tables';

/** Where records are made: rows to put them in, running numbers for them, and the day it is. */
export interface Desk {
  readonly rows: Rows;
  readonly numbers: Numbers;
  readonly present: Present;
}
