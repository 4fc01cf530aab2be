export type Variables = Readonly<Record<string, unknown>>;
export type OperationName = 'SharedCase' | 'CaseList' | 'PublicPenalties';

export interface Operation {
  readonly name: OperationName;
  readonly query: string;
  /** Name of the only root field. */
  readonly root: string;
  /** Asked without a token, at the public door where there is one. */
  readonly public: boolean;
  /** Name of the list in the cursors of the answer. */
  readonly cursors: string;
  /** Each request takes one of them by chance. */
  readonly variables: readonly Variables[];
}
