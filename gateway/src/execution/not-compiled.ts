/** The compiler does not know this; the operation runs on the library's own executor instead. */
export class NotCompiled extends Error {}
