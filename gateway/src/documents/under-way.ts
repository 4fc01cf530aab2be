import type { DocumentNode } from 'graphql';

interface Held {
  readonly document: DocumentNode;
  count: number;
}

/**
 * Documents of the operations that run, by hash of their text: what the door has parsed and validated is neither parsed nor validated again
 * by the library that runs it. Holds nothing that does not run.
 */
export class DocumentsUnderWay {
  private readonly held = new Map<string, Held>();

  get size(): number {
    return this.held.size;
  }

  begin(hash: string, document: DocumentNode): void {
    const held = this.held.get(hash);
    if (held) held.count += 1;
    else this.held.set(hash, { document, count: 1 });
  }

  end(hash: string): void {
    const held = this.held.get(hash);
    if (held && (held.count -= 1) === 0) this.held.delete(hash);
  }

  /** @param key - the hash, behind one of the schema: the library's word */
  get(key: string): Promise<DocumentNode | undefined> {
    return Promise.resolve(this.held.get(key.slice(key.lastIndexOf(':') + 1))?.document);
  }

  /** The library has read a document by itself, which happens to none that came through the door. */
  set(): Promise<void> {
    return Promise.resolve();
  }

  delete(): Promise<boolean> {
    return Promise.resolve(false);
  }
}
