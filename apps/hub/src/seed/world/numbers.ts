/** Running numbers of documents by kind and year: `演示一市市监立〔2026〕12号`. */
export class Numbers {
  private readonly given = new Map<string, number>();

  /** The next number of a series. */
  count(series: string): number {
    const n = (this.given.get(series) ?? 0) + 1;
    this.given.set(series, n);
    return n;
  }

  next(prefix: string, year: string): string {
    return `${prefix}〔${year}〕${this.count(`${prefix}${year}`)}号`;
  }
}
