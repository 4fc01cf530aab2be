import { type DataPort, type FilePort, later, type Logger, type ReadsNote, type ServiceHealth, type ServicePort, type ServiceRequest, withinTime } from '@casebridge/platform';
import type { ExecutionResult } from 'graphql';
import { unavailable, unreachable } from './unavailable';

export interface InProcessOptions {
  readonly logger: Logger;
  /** Milliseconds until a fetch counts as failed. Default 5000. */
  readonly deadlineMs?: number;
}

/**
 * A service in this process: calls pass through, objects and all. Adds what the network form has too: a deadline, and an
 * answer where the service throws instead of giving one.
 */
export function inProcess(service: ServicePort, options: InProcessOptions): ServicePort {
  return new InProcessService(service, options);
}

const healthMs = 2_000;

class InProcessService implements ServicePort {
  readonly name;
  readonly files?: FilePort;
  readonly data?: DataPort;
  readonly noteReads?: (note: ReadsNote) => Promise<void>;

  constructor(
    private readonly service: ServicePort,
    private readonly options: InProcessOptions,
  ) {
    this.name = service.name;
    if (service.files) this.files = service.files;
    if (service.data) this.data = service.data;
    if (service.noteReads) this.noteReads = (note) => this.noted(note);
  }

  execute(request: ServiceRequest): Promise<ExecutionResult> {
    return this.guarded(request, () => this.service.execute(request));
  }

  subscribe(request: ServiceRequest): Promise<AsyncGenerator<ExecutionResult, void, void> | ExecutionResult> {
    let late = false;
    const open = async (): ReturnType<ServicePort['subscribe']> => this.service.subscribe(request);
    const opening = open(); // a service that throws before there is a promise is caught too
    // One that opens after nobody waits for it any more is closed again.
    opening.then((opened) => {
      if (late && Symbol.asyncIterator in opened) void opened.return();
    }, () => undefined);
    return this.guarded(request, () => opening, () => void (late = true));
  }

  private noted(note: ReadsNote): Promise<void> {
    const noting = async (): Promise<void> => this.service.noteReads?.(note);
    return withinTime(this.options.deadlineMs ?? 5_000, noting(), () => {
      throw new Error(`${this.name} did not note a reading in time`);
    });
  }

  async health(): Promise<ServiceHealth> {
    try {
      return await withinTime(healthMs, this.service.health(), () => unreachable(this.name, 'no answer in time'));
    } catch {
      return unreachable(this.name, 'the check failed');
    }
  }

  private guarded<T>(request: ServiceRequest, call: () => Promise<T>, onLate?: () => void): Promise<T | ExecutionResult> {
    const { deadlineMs = 5_000, logger } = this.options;
    // One promise for all three ends: this is on the way of every fetch.
    return new Promise((resolve) => {
      const inTime = later(deadlineMs, () => {
        onLate?.();
        logger.warn({ service: this.name, requestId: request.requestId, deadlineMs }, 'a service did not answer in time');
        resolve(unavailable(this.name));
      });
      const fail = (error: unknown): void => {
        inTime();
        logger.error({ err: error, service: this.name, requestId: request.requestId }, 'a service failed');
        resolve(unavailable(this.name));
      };
      try {
        call().then((answer) => {
          inTime();
          resolve(answer);
        }, fail);
      } catch (error) {
        fail(error);
      }
    });
  }
}
