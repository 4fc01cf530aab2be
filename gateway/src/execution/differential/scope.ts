import { type GraphQLCompositeType, type GraphQLOutputType, isLeafType, isListType, isNonNullType, isObjectType } from 'graphql';

export interface FieldUse {
  readonly kind: 'field';
  readonly alias: string | null;
  readonly name: string;
  readonly parent: GraphQLCompositeType;
  readonly type: GraphQLOutputType;
  readonly args: string;
  readonly directives: string;
  readonly below: readonly Selection[] | null;
}

export interface FragmentUse {
  readonly kind: 'fragment';
  /** Of a named one. */
  readonly name: string | null;
  readonly on: GraphQLCompositeType | null;
  readonly directives: string;
  readonly below: readonly Selection[];
}

export type Selection = FieldUse | FragmentUse;

export const keyOf = ({ alias, name }: Pick<FieldUse, 'alias' | 'name'>): string => alias ?? name;

/** Which fields stand where, so that no two of one response key contradict each other. */
export class Scope {
  private readonly uses = new Map<string, FieldUse[]>();

  /** @param path - response keys from the root on */
  accepts(path: string, field: FieldUse): boolean {
    return (this.uses.get(`${path}.${keyOf(field)}`) ?? []).every((other) => this.agree(field, other));
  }

  add(path: string, field: FieldUse): void {
    const place = `${path}.${keyOf(field)}`;
    this.uses.set(place, [...(this.uses.get(place) ?? []), field]);
  }

  /** Adds all fields at once, or none where one of them is not accepted. */
  addAll(path: string, selections: readonly Selection[]): boolean {
    const all = flat(path, selections);
    if (!all.every(([at, field]) => this.accepts(at, field))) return false;
    for (const [at, field] of all) this.add(at, field);
    return true;
  }

  private agree(a: FieldUse, b: FieldUse): boolean {
    const apart = a.parent !== b.parent && isObjectType(a.parent) && isObjectType(b.parent);
    return sameShape(a.type, b.type) && (apart || (a.name === b.name && a.args === b.args));
  }
}

function flat(path: string, selections: readonly Selection[]): [string, FieldUse][] {
  return selections.flatMap((selection): [string, FieldUse][] =>
    selection.kind === 'field' ? [[path, selection], ...flat(`${path}.${keyOf(selection)}`, selection.below ?? [])] : flat(path, selection.below),
  );
}

function sameShape(a: GraphQLOutputType, b: GraphQLOutputType): boolean {
  if (isNonNullType(a) || isNonNullType(b)) return isNonNullType(a) && isNonNullType(b) && sameShape(a.ofType, b.ofType);
  if (isListType(a) || isListType(b)) return isListType(a) && isListType(b) && sameShape(a.ofType, b.ofType);
  return isLeafType(a) || isLeafType(b) ? a === b : true;
}
