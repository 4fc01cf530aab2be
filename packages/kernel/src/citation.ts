/**
 * Verification mark of a rule: V the article text was read, P a secondary source states it, NV not verified.
 * A rule marked NV warns and never blocks.
 */
export type Mark = 'V' | 'P' | 'NV';

/** Where a rule stands. `instrument` is the official Chinese title, `article` as the instrument counts it, e.g. `8(1)`. */
export interface Citation {
  readonly instrument: string;
  readonly article: string;
  readonly mark: Mark;
}

/** Whether a rule with this mark may refuse an act; without it the rule only warns. */
export const mayBlock = (mark: Mark): boolean => mark !== 'NV';

/** A citation in one line, e.g. `行政执法机关移送涉嫌犯罪案件的规定 5(2)`. */
export const formatCitation = ({ instrument, article }: Citation): string => `${instrument} ${article}`;
