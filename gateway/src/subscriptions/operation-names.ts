/**
 * Names of the operations on one socket. An id is the client's to use again as soon as he has completed, and then two operations may
 * have it: one that is still being opened, and the new one. The protocol's library would take the one for the other, so each has a name
 * of its own there.
 */
export class OperationNames {
  /** By the client's id: of those that neither side has completed. */
  private readonly names = new Map<string, string>();
  private count = 0;

  /** @returns null when there is one with this id */
  begin(id: string): string | null {
    if (this.names.has(id)) return null;
    this.count += 1;
    const name = `${this.count} ${id}`;
    this.names.set(id, name);
    return name;
  }

  /** The client has completed it: the id is free. */
  complete(id: string): string | undefined {
    const name = this.names.get(id);
    this.names.delete(id);
    return name;
  }

  /** It is over; the id may be another's already. */
  end(name: string): void {
    const id = idOf(name);
    if (this.names.get(id) === name) this.names.delete(id);
  }
}

/** The client's id of an operation. */
export const idOf = (name: string): string => name.slice(name.indexOf(' ') + 1);

const head = '{"id":"';

/** A message of the library as the client knows the operation. */
export const withId = (message: string): string => (message.startsWith(head) ? head + message.slice(message.indexOf(' ', head.length) + 1) : message);
