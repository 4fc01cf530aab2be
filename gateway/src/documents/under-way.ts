import type { DocumentNode } from 'graphql';

interface Held {
  readonly document: DocumentNode;
  readonly text: string;
  count: number;
}

/**
 * Documents of the operations that run, by hash of their text: what the door has hashed, parsed and validated is neither hashed nor parsed nor
 * validated again by the library that runs it. Holds nothing that does not run.
 */
export class DocumentsUnderWay {
  private readonly held = new Map<string, Held>();
  /** For the library, which is given the hash alone. */
  readonly texts = this.cache((held) => held.text);
  readonly documents = this.cache((held) => held.document);

  get size(): number {
    return this.held.size;
  }

  begin(hash: string, document: DocumentNode, text: string): void {
    const held = this.held.get(hash);
    if (held) held.count += 1;
    else this.held.set(hash, { document, text, count: 1 });
  }

  end(hash: string): void {
    const held = this.held.get(hash);
    if (held && (held.count -= 1) === 0) this.held.delete(hash);
  }

  /** The library has read a document by itself, which happens to none that came through the door. */
  set(): Promise<void> {
    return Promise.resolve();
  }

  /** In the library's form, whose keys are hashes with words of the library before them. */
  private cache<T>(of: (held: Held) => T): Cache<T> {
    return {
      get: (key) => {
        const held = this.held.get(key.slice(key.lastIndexOf(':') + 1));
        return Promise.resolve(held && of(held));
      },
      set: () => this.set(),
      delete: () => Promise.resolve(false),
    };
  }
}

interface Cache<T> {
  get(key: string): Promise<T | undefined>;
  set(): Promise<void>;
  delete(): Promise<boolean>;
}
