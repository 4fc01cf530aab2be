export type Json = Record<string, unknown>;

export const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Puts what a fetch brought into what is known already. Objects and lists of equal length are merged member by member,
 * everything else is replaced.
 *
 * @param shared - the source belongs to others too (an answer shared by several requests): it is copied and not taken over
 */
export function mergeInto(target: Json, source: Json, shared = false): void {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (value === undefined) continue;
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isObject(known) && isObject(value)) mergeInto(known, value, shared);
    else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) mergeLists(known, value, shared);
    else put(target, key, shared ? copyOf(value) : value);
  }
}

/** As an own property, whatever the key: a service that answers `__proto__` changes no prototype. */
export function put(target: Json, key: string, value: unknown): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, configurable: true, enumerable: true, writable: true });
  else target[key] = value;
}

function mergeLists(target: unknown[], source: readonly unknown[], shared: boolean): void {
  for (const [i, value] of source.entries()) {
    const known = target[i];
    if (isObject(known) && isObject(value)) mergeInto(known, value, shared);
    else if (Array.isArray(known) && Array.isArray(value) && known.length === value.length) mergeLists(known, value, shared);
    else target[i] = shared ? copyOf(value) : value;
  }
}

/** Of plain data; a scalar's own objects (dates) are values and stay as they are. */
export function copyOf<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copyOf) as T;
  if (!isObject(value) || !isPlain(value)) return value;
  const copy: Json = {};
  for (const key of Object.keys(value)) put(copy, key, copyOf(value[key]));
  return copy as T;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
