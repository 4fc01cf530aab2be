import type { AgencyRecord, Clock, DomainError, Principal } from '@casebridge/kernel';
import { AgencyUnknown, type Directory, revocationKey, TokenExpired, TokenRevoked } from '@casebridge/platform';
import { AuthorizationChanged, toGraphQLError } from '../errors';
import type { LiveStream } from './live-stream';

/** How often expiry is looked at, in milliseconds. Revocations do not wait for it: the directory tells of them. */
const sweepMs = 500;

/** Why a reader who was let in is no longer, or null. */
export function lostAccess(principal: Principal, directory: Directory, clock: Clock): DomainError | null {
  if (principal.kind === 'public') return null;
  if (clock.now().getTime() >= principal.expiresAt.getTime()) return new TokenExpired();
  if (directory.isRevoked(revocationKey(principal))) return new TokenRevoked();
  const agency = directory.agency(principal.agency.code);
  if (!agency || agency.status !== 'ACTIVE') return new AgencyUnknown();
  // Services judge by the agency that the reader carries, and his was read when he came.
  return sameCompetence(agency, principal.agency) ? null : new AuthorizationChanged();
}

const competence = ({ functions, regions, superior }: AgencyRecord): string => JSON.stringify([functions, regions, superior]);
const sameCompetence = (a: AgencyRecord, b: AgencyRecord): boolean => competence(a) === competence(b);

/** All live streams of the process; ends those whose reader may not read any more. */
export class LiveStreams {
  private readonly streams = new Map<LiveStream, Principal>();
  private readonly timer: NodeJS.Timeout;
  private readonly unsubscribe: () => void;

  constructor(
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {
    this.timer = setInterval(() => this.sweep(), sweepMs);
    this.timer.unref();
    this.unsubscribe = directory.onChange(() => this.sweep());
  }

  get size(): number {
    return this.streams.size;
  }

  add(stream: LiveStream, principal: Principal): void {
    this.streams.set(stream, principal);
  }

  delete(stream: LiveStream): void {
    this.streams.delete(stream);
  }

  /** Ends all streams without an error. */
  endAll(): void {
    for (const stream of [...this.streams.keys()]) stream.end(null);
  }

  close(): void {
    clearInterval(this.timer);
    this.unsubscribe();
    this.endAll();
  }

  private sweep(): void {
    for (const [stream, principal] of [...this.streams]) {
      const lost = lostAccess(principal, this.directory, this.clock);
      if (lost) stream.end(toGraphQLError(lost));
    }
  }
}
