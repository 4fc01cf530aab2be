export type Variables = Readonly<Record<string, unknown>>;
export type OperationName = 'SharedCase' | 'CaseList' | 'PublicPenalties';

/** What a load knows of an operation. */
export interface AskedOperation {
  readonly name: string;
  readonly query: string;
  /** Name of the only root field, which answers with an object. */
  readonly root: string;
  /** Each request takes one of them by chance. */
  readonly variables: readonly Variables[];
}

export interface Operation extends AskedOperation {
  readonly name: OperationName;
  /** Asked without a token, at the public door where there is one. */
  readonly public: boolean;
  /** Name of the list in the cursors of the answer. */
  readonly cursors: string;
}
