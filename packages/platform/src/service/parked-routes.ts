import { type ServiceName, serviceNames } from '@casebridge/contracts';
import type { EventService, ParkedSubject } from '../events';
import type { AdminRoute } from '../process';

/** A subject set aside because an event of it keeps failing, as operators see it: no payload and no words of the error, which may quote it. */
interface ParkedRow {
  /** Who cannot handle it. */
  readonly service: ServiceName;
  /** Whose log it is in. */
  readonly stream: ServiceName;
  readonly subject: string;
  readonly type: string;
  readonly position: number;
  readonly waiting: number;
  readonly since: string;
  /** Since it was parked. */
  readonly attempts: number;
  readonly nextAttempt: string;
  readonly code: string;
}

interface Consuming {
  readonly deps: { readonly name: ServiceName };
  readonly events: Pick<EventService, 'listParked' | 'retryParked'>;
}

const rowOf = (service: ServiceName, parked: ParkedSubject): ParkedRow => ({
  service, stream: parked.source, subject: parked.subject, type: parked.type, position: parked.position, waiting: parked.waiting,
  since: parked.parkedAt.toISOString(), attempts: parked.retries, nextAttempt: parked.retryAt.toISOString(), code: parked.code,
});

const notParked = { status: 404, body: { error: 'No such parked subject' } };

/** `GET /parked` and `POST /parked/{service}/{stream}/{subject}/retry` of the admin listener; the parts of the path are percent-encoded. */
export function parkedRoutes(services: readonly Consuming[]): Readonly<Record<string, AdminRoute>> {
  const parkedOf = async ({ deps, events }: Consuming): Promise<ParkedRow[]> => (await events.listParked()).map((parked) => rowOf(deps.name, parked));
  return {
    'GET /parked': async () => ({ status: 200, body: (await Promise.all(services.map(parkedOf))).flat() }),
    'POST /parked/:service/:stream/:subject/retry': async ({ service: name, stream: source, subject = '' }) => {
      const service = services.find(({ deps }) => deps.name === name);
      const stream = serviceNames.find((known) => known === source);
      if (!service || !stream) return notParked;
      const isIt = (row: ParkedRow): boolean => row.stream === stream && row.subject === subject;
      if (!(await parkedOf(service)).some(isIt)) return notParked;
      const { handled, released } = await service.events.retryParked(subject, stream);
      const still = released ? undefined : (await parkedOf(service)).find(isIt);
      return { status: released ? 200 : 409, body: { handled, released, ...(still ? { parked: still } : {}) } };
    },
  };
}
