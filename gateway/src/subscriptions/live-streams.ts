import type { AgencyRecord, Clock, DomainError, Principal } from '@casebridge/kernel';
import { AgencyUnknown, type Directory, revocationKey, TokenExpired, TokenRevoked } from '@casebridge/platform';
import type { GraphQLError } from 'graphql';
import { AuthorizationChanged, toGraphQLError } from '../errors';

/** How often expiry is looked at, in milliseconds. Revocations do not wait for it: the directory tells of them. */
const sweepMs = 500;

const hasExpired = (principal: Principal, now: number): boolean => principal.kind === 'agency' && now >= principal.expiresAt.getTime();

/** Why a reader who was let in is no longer, or null. */
export function lostAccess(principal: Principal, directory: Directory, clock: Clock): DomainError | null {
  if (principal.kind === 'public') return null;
  if (hasExpired(principal, clock.now().getTime())) return new TokenExpired();
  if (directory.isRevoked(revocationKey(principal))) return new TokenRevoked();
  const agency = directory.agency(principal.agency.code);
  if (!agency || agency.status !== 'ACTIVE') return new AgencyUnknown();
  // Services judge by the agency that the reader carries, and his was read when he came.
  return sameCompetence(agency, principal.agency) ? null : new AuthorizationChanged();
}

/** Records are frozen, those of the directory and those of readers: worked out once for each. */
const competences = new WeakMap<AgencyRecord, string>();
function competence(agency: AgencyRecord): string {
  const known = competences.get(agency);
  if (known !== undefined) return known;
  const { functions, regions, superior } = agency;
  const text = JSON.stringify([functions, regions, superior]);
  competences.set(agency, text);
  return text;
}
const sameCompetence = (a: AgencyRecord, b: AgencyRecord): boolean => a === b || competence(a) === competence(b);

/** What can be ended. */
export interface LiveStream {
  end(error: GraphQLError | null): void;
}

/** All live streams of the process; ends those whose reader may not read any more. */
export class LiveStreams {
  private readonly streams = new Map<LiveStream, Principal>();
  private readonly timer: NodeJS.Timeout;
  private readonly unsubscribe: () => void;
  /** Version of the directory that all streams agree with. */
  private agreed: number;
  private soon: NodeJS.Immediate | null = null;

  constructor(
    private readonly directory: Directory,
    private readonly clock: Clock,
  ) {
    this.agreed = directory.version;
    this.timer = setInterval(() => this.sweep(), sweepMs);
    this.timer.unref();
    // A batch of changes is one sweep: an import of a thousand agencies must not go through all streams a thousand times.
    this.unsubscribe = directory.onChange(() => (this.soon ??= setImmediate(() => this.sweep())));
  }

  get size(): number {
    return this.streams.size;
  }

  /** The stream must agree with the directory as it is now. */
  add(stream: LiveStream, principal: Principal): void {
    this.streams.set(stream, principal);
  }

  delete(stream: LiveStream): void {
    this.streams.delete(stream);
  }

  /**
   * To be called before an event is handed over: what was revoked while it was put together, and not swept yet, is not sent any more.
   *
   * @returns whether the reader may have it
   */
  recheck(stream: LiveStream): boolean {
    const principal = this.streams.get(stream);
    if (!principal) return false;
    if (this.agreed === this.directory.version && !hasExpired(principal, this.clock.now().getTime())) return true;
    const lost = lostAccess(principal, this.directory, this.clock);
    if (lost) stream.end(toGraphQLError(lost));
    return lost === null;
  }

  /** Ends all streams without an error. */
  endAll(): void {
    for (const stream of [...this.streams.keys()]) stream.end(null);
  }

  close(): void {
    clearInterval(this.timer);
    if (this.soon) clearImmediate(this.soon);
    this.unsubscribe();
    this.endAll();
  }

  /** Mostly nothing has changed, and all that is left to ask is the time. */
  private sweep(): void {
    this.soon = null;
    const { version } = this.directory;
    const now = this.clock.now().getTime();
    for (const [stream, principal] of this.streams) {
      if (version === this.agreed && !hasExpired(principal, now)) continue;
      const lost = lostAccess(principal, this.directory, this.clock);
      if (lost) stream.end(toGraphQLError(lost));
    }
    this.agreed = version;
  }
}
