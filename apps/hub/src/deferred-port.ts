import type { ServiceName } from '@casebridge/contracts';
import type { DataPort, FilePort, ReadsNote, ServiceHealth, ServicePort, ServiceRequest } from '@casebridge/platform';

export interface Deferred<T> {
  readonly promise: Promise<T>;
  resolve(value: T): void;
  reject(cause: unknown): void;
}

export function deferred<T>(): Deferred<T> {
  let resolve!: (value: T) => void;
  let reject!: (cause: unknown) => void;
  const promise = new Promise<T>((done, failed) => {
    resolve = done;
    reject = failed;
  });
  promise.catch(() => undefined); // whoever awaits it is told
  return { promise, resolve, reject };
}

/** A service of this process that is still starting while the gateway loads; asked before it is there, it says so. */
export class DeferredPort implements ServicePort {
  private service: ServicePort | null = null;
  readonly files?: FilePort;
  readonly data?: DataPort;

  constructor(readonly name: ServiceName, has: { readonly files: boolean; readonly data: boolean }) {
    if (has.files) {
      this.files = {
        store: (...args) => this.filesOf().store(...args),
        open: (...args) => this.filesOf().open(...args),
        make: (...args) => this.filesOf().make(...args),
      };
    }
    if (has.data) this.data = { take: (...args) => this.dataOf().take(...args), open: (...args) => this.dataOf().open(...args) };
  }

  connect(service: ServicePort): void {
    this.service = service;
  }

  execute(request: ServiceRequest): ReturnType<ServicePort['execute']> {
    return this.there().execute(request);
  }

  subscribe(request: ServiceRequest): ReturnType<ServicePort['subscribe']> {
    return this.there().subscribe(request);
  }

  async noteReads(note: ReadsNote): Promise<void> {
    const service = this.there();
    if (!service.noteReads) throw new Error(`${this.name} notes no readings`);
    await service.noteReads(note);
  }

  health(): Promise<ServiceHealth> {
    return this.service?.health() ?? Promise.resolve({ name: this.name, ok: false, checks: { started: { ok: false, message: 'still starting' } } });
  }

  private there(): ServicePort {
    if (!this.service) throw new Error(`${this.name} is still starting`);
    return this.service;
  }

  private filesOf(): FilePort {
    const { files } = this.there();
    if (!files) throw new Error(`${this.name} has no files`);
    return files;
  }

  private dataOf(): DataPort {
    const { data } = this.there();
    if (!data) throw new Error(`${this.name} has no data`);
    return data;
  }
}
