/**
 * When this process last committed an act on a record.
 *
 * A row knows when its act began, not when it was committed; a request that arrived between the two lost a race and must hear so. Acts
 * committed by another process are told by the row alone.
 */
export class RecentCommits {
  private readonly byId = new Map<string, number>();

  constructor(private readonly size = 1_000) {}

  note(id: string, at: Date): void {
    this.byId.delete(id); // so that it goes to the end: the first is the oldest
    this.byId.set(id, at.getTime());
    if (this.byId.size <= this.size) return;
    const [oldest] = this.byId.keys();
    if (oldest !== undefined) this.byId.delete(oldest);
  }

  /** Whether the record changed after an instant, by its own time of change or by the commit of that change. */
  changedAfter(id: string, changedAt: Date, instant: Date): boolean {
    return Math.max(changedAt.getTime(), this.byId.get(id) ?? 0) > instant.getTime();
  }
}
