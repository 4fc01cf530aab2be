/**
 * When this process last committed an act on a record.
 *
 * A row knows when its act began, not when it was committed; a request that arrived between the two lost a race and must hear so. What another process committed is in the table
 * `act_commit`, which is asked only where a request is refused; this is the answer without a question.
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

  /**
   * Whether a request lost a race for a record: the act that changed it began no earlier than the request arrived, or was committed later.
   * Of the millisecond of the commit nothing is said: a client that has heard of it may be back within it.
   */
  overtook(id: string, changedAt: Date, receivedAt: Date): boolean {
    return changedAt.getTime() >= receivedAt.getTime() || (this.byId.get(id) ?? 0) > receivedAt.getTime();
  }
}
