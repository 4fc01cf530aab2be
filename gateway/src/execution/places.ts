import { isObject, type Json } from './merge';

/** A path in the answer; `@` stands for every element of a list. */
export type PlanPath = readonly (string | number)[];
export type Path = readonly (string | number)[];

/** The objects at a place of the plan, without the nulls, in the order of the answer. */
export type Collect = (root: Json) => Json[];

export function compileCollect(path: PlanPath): Collect {
  if (path.length === 0) return (root) => [root];
  const [first, ...rest] = path;
  const next = rest.length > 0 ? compileVisit(rest) : addTo;
  return (root) => {
    const found: Json[] = [];
    step(first as string, root, next, found);
    return found;
  };
}

type Visit = (value: unknown, found: Json[]) => void;

/** Of lists in lists the planner gives as many `@`; one that is left over is opened all the same. */
const addTo: Visit = (value, found) => {
  if (Array.isArray(value)) for (const element of value) addTo(element, found);
  else if (isObject(value)) found.push(value);
};

function compileVisit(path: PlanPath): Visit {
  const [first, ...rest] = path;
  const next = rest.length > 0 ? compileVisit(rest) : addTo;
  if (first !== '@') return (value, found) => step(first as string, value, next, found);
  return (value, found) => {
    if (Array.isArray(value)) for (const element of value) next(element, found);
  };
}

function step(key: string, value: unknown, next: Visit, found: Json[]): void {
  if (isObject(value) && Object.hasOwn(value, key)) next(value[key], found);
}

/** Where in the answer the objects that `compileCollect` finds stand, in the same order. Only errors need it. */
export function placesOf(root: Json, path: PlanPath): Path[] {
  const places: Path[] = [];
  const visit = (value: unknown, depth: number, at: Path): void => {
    const part = path[depth];
    if (Array.isArray(value)) {
      const below = part === '@' ? depth + 1 : depth;
      if (part === '@' || part === undefined) for (const [i, element] of value.entries()) visit(element, below, [...at, i]);
    } else if (isObject(value)) {
      if (part === undefined) places.push(at);
      else if (part !== '@' && Object.hasOwn(value, part)) visit(value[part], depth + 1, [...at, part]);
    }
  };
  visit(root, 0, []);
  return places;
}
