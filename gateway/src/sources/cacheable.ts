import {
  agencyChanged, enterpriseChanged, type EventDefinition, productChanged, regionChanged, type RightsElement, type ServiceName,
} from '@casebridge/contracts';

/** What the gateway may remember of one type of entity. */
export interface CacheableType {
  /** The service that has these fields, and whose log tells of their changes. */
  readonly service: ServiceName;
  /** The field by which entities are named. */
  readonly key: string;
  /** By field the element of the rights table that opens it; null where the service opens it to whoever asks, or to every agency, without a row of the table. */
  readonly fields: Readonly<Record<string, RightsElement | null>>;
  /** Whether its service writes a line to the access log for reading it. */
  readonly logged: boolean;
  /** Told of every change, by the key. */
  readonly changed: EventDefinition<unknown>;
  readonly keyOf: (data: never) => string;
  /** Milliseconds after a change in which the service itself may still answer what was before: it reads a copy that follows the bus. */
  readonly settleMs: number;
}

const type = <T>(given: Omit<CacheableType, 'changed' | 'keyOf'> & { readonly changed: EventDefinition<T>; readonly keyOf: (data: T) => string }): CacheableType => given as CacheableType;

/**
 * The allow list of the entity cache. What stands here depends on the record and on what an agency is, and on nothing else: not on the
 * day, not on the officer, not on a case behind it. Every change of it is told by an event.
 *
 * Not here, and why: licences (their status depends on the day), key persons, scores and reasons (open to some agencies for some
 * enterprises), `Agency.version` (writers compare it), lists of anything (a new member is told to nobody).
 */
export const cacheable: Readonly<Record<string, CacheableType>> = {
  Agency: type({
    service: 'enforcement', key: 'code', logged: false, changed: agencyChanged, keyOf: ({ code }) => code,
    fields: { code: null, name: null, nameEn: null, functions: null, regions: null, superior: null, status: null },
    // The directory of each process reads the bus once a second at least; a revocation has 2 s to arrive, and so has a name.
    settleMs: 3_000,
  }),
  Region: type({
    service: 'inspection', key: 'code', logged: true, changed: regionChanged, keyOf: ({ code }) => code, settleMs: 0,
    fields: { code: null, name: null, nameEn: null, kind: null, parent: null },
  }),
  Enterprise: type({
    service: 'inspection', key: 'uscc', logged: true, changed: enterpriseChanged, keyOf: ({ uscc }) => uscc, settleMs: 0,
    fields: {
      uscc: 'enterprise.public', name: 'enterprise.public', nameEn: 'enterprise.public', kinds: 'enterprise.master', region: 'enterprise.master', address: 'enterprise.master',
      registeredOn: 'enterprise.master', supervisingAgency: 'enterprise.master',
      // A column of the record: whoever grades, the trigger on the table tells it.
      riskTier: 'enterprise.master',
    },
  }),
  Product: type({
    service: 'inspection', key: 'id', logged: true, changed: productChanged, keyOf: ({ id }) => id, settleMs: 0,
    fields: {
      id: 'enterprise.public', name: 'enterprise.public', registrationNo: 'enterprise.public', kind: 'enterprise.master', holder: 'enterprise.master',
      dosageForm: 'enterprise.master', strength: 'enterprise.master', domain: 'enterprise.master',
    },
  }),
};
