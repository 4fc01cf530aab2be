import type { DisclosureRecordEntity } from '@casebridge/credit';

export interface Punished {
  readonly uscc: string | null;
  readonly name: string;
  readonly violationType: string;
}

const keyOf = ({ uscc, name, violationType }: Punished): string => `${violationType} ${uscc ?? name}`;

/**
 * Who is punished more than once for the same kind of act. Cases are told in order of filing, so that a repair, which comes later than its case, is told before
 * the cases that were filed meanwhile: of these it is known beforehand whom they are against.
 */
export class SameActs {
  /** How many cases are still to be told that end in a decision, of those punished more than once. */
  private readonly toCome: ReadonlyMap<string, { left: number }>;
  private readonly lastDecided = new Map<string, string>();

  constructor(all: Iterable<Punished>) {
    const counted = new Map<string, { left: number }>();
    for (const punished of all) {
      const key = keyOf(punished);
      const count = counted.get(key);
      if (count) count.left += 1;
      else counted.set(key, { left: 1 });
    }
    for (const [key, { left }] of counted) if (left === 1) counted.delete(key);
    this.toCome = counted;
  }

  /** A case is told now. */
  told(punished: Punished, decidedOn: string): void {
    const key = keyOf(punished);
    const count = this.toCome.get(key);
    if (!count) return;
    count.left -= 1;
    if (decidedOn > (this.lastDecided.get(key) ?? '')) this.lastDecided.set(key, decidedOn);
  }

  /** Whether the party of a record has, or may come to have, a later decision for the same kind of act. */
  isFollowed({ partyUscc: uscc, partyName: name, violationType, decidedOn }: DisclosureRecordEntity): boolean {
    const key = keyOf({ uscc, name, violationType });
    return (this.toCome.get(key)?.left ?? 0) > 0 || (this.lastDecided.get(key) ?? '') > decidedOn;
  }
}
