import { mix } from './random';

/** What a service does wrong, or may do, at one field or element. */
export const placeFaults = [
  'null', 'nullWithError', 'valueWithError', 'missing', 'wrongKind', 'wrongLeaf', 'wrongTypename', 'extraKeys',
] as const;
export type PlaceFault = (typeof placeFaults)[number];

/** What a service does wrong with a whole fetch. */
export const fetchFaults = [
  'down', 'downWithNullData', 'downWithPath', 'silent', 'noData', 'errorWithoutPath', 'errorNowhere', 'fewerEntities', 'moreEntities', 'entitiesAreNull', 'entitiesAreNone',
] as const;
export type FetchFault = (typeof fetchFaults)[number];

type Rates<F extends string> = Readonly<Partial<Record<F, number>>>;

/** A way for services to behave. */
export interface Manner {
  /** Null where the type promises a value: such a service does not even null the parent. */
  readonly rude: boolean;
  /** Per thousand places. */
  readonly places: Rates<PlaceFault>;
  /** Per thousand fetches. */
  readonly fetches: Rates<FetchFault>;
}

export const manners = {
  right: { rude: false, places: {}, fetches: {} },
  nulls: { rude: false, places: { null: 80 }, fetches: {} },
  errors: { rude: false, places: { null: 10, nullWithError: 60, valueWithError: 30 }, fetches: { errorWithoutPath: 60, errorNowhere: 60 } },
  rude: { rude: true, places: { null: 60, nullWithError: 20, missing: 20, extraKeys: 20 }, fetches: {} },
  broken: { rude: true, places: { null: 15, missing: 10, wrongKind: 12, wrongLeaf: 40, wrongTypename: 12, valueWithError: 10, extraKeys: 10 }, fetches: {} },
  down: {
    rude: false,
    places: { null: 10, nullWithError: 10 },
    fetches: {
      down: 60, downWithNullData: 40, downWithPath: 40, silent: 30, noData: 30, errorWithoutPath: 30, fewerEntities: 60, moreEntities: 60, entitiesAreNull: 40, entitiesAreNone: 40,
    },
  },
} as const satisfies Record<string, Manner>;

export type MannerName = keyof typeof manners;
export const mannerNames = Object.keys(manners) as MannerName[];

export const placeFault = (manner: Manner, ...place: readonly (number | string)[]): PlaceFault | null => drawn(manner.places, placeFaults, mix('place', ...place));
export const fetchFault = (manner: Manner, ...fetch: readonly (number | string)[]): FetchFault | null => drawn(manner.fetches, fetchFaults, mix('fetch', ...fetch));

function drawn<F extends string>(rates: Rates<F>, faults: readonly F[], hash: number): F | null {
  let left = hash % 1_000;
  for (const fault of faults) {
    left -= rates[fault] ?? 0;
    if (left < 0) return fault;
  }
  return null;
}
