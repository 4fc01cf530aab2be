import { Readable } from 'node:stream';
import type { DomainError } from '@casebridge/kernel';
import { FileTooLarge, UploadInterrupted } from '@casebridge/platform';

/**
 * The bytes of a stream up to a limit; ends with `FileTooLarge` at the first byte past it, with `UploadInterrupted` when the
 * source breaks off. The source itself is left alone, so that its connection can still carry the answer.
 */
export class LimitedBody extends Readable {
  /** Why it ended early. */
  fault: DomainError | null = null;
  private size = 0;
  private readonly parts: AsyncIterator<Buffer | string>;

  constructor(source: Readable, private readonly limitBytes: number) {
    super({ highWaterMark: 256 * 1024 });
    // Heard from the start and for good: a source that breaks before anybody reads it would end the process.
    source.on('error', () => this.break(new UploadInterrupted()));
    this.parts = source.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer | string>;
  }

  override _read(): void {
    this.parts.next().then(
      ({ done, value }) => {
        if (done) return void this.push(null);
        const chunk = Buffer.isBuffer(value) ? value : Buffer.from(value);
        this.size += chunk.length;
        if (this.size > this.limitBytes) return this.break(new FileTooLarge(this.limitBytes));
        this.push(chunk);
      },
      () => this.break(new UploadInterrupted()),
    );
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.parts.return?.().catch(() => undefined); // not waited for: a client that stalls would hold it up
    callback(error);
  }

  private break(fault: DomainError): void {
    this.fault ??= fault;
    this.destroy(this.fault);
  }
}
