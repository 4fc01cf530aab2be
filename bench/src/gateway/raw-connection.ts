import { connect, type Socket } from 'node:net';
import { ResponseReader, type ReadResponse } from './response-reader';

const patienceMs = 15_000;

/** A kept connection with one request at a time, opened again when the server closes it. */
export class RawConnection {
  private socket: Socket | null = null;
  private waiting: { give: (answer: ReadResponse) => void; fail: (cause: Error) => void } | null = null;

  constructor(private readonly address: { readonly host: string; readonly port: number }) {}

  /**
   * @param request - the whole of it, header and body
   * @throws when the connection breaks, or no answer comes within 15 s
   */
  ask(request: Buffer): Promise<ReadResponse> {
    return new Promise((give, fail) => {
      this.waiting = { give, fail };
      (this.socket ??= this.open()).write(request);
    });
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private open(): Socket {
    const socket = connect({ ...this.address, noDelay: true });
    const reader = new ResponseReader();
    const broken = (cause: Error): void => {
      socket.destroy();
      if (this.socket === socket) this.socket = null;
      const { waiting } = this;
      this.waiting = null;
      waiting?.fail(cause);
    };
    socket.setTimeout(patienceMs, () => {
      if (this.waiting) broken(new Error('no answer in time'));
    });
    socket.on('error', broken);
    socket.on('close', () => broken(new Error('the connection was closed')));
    socket.on('data', (part) => {
      try {
        const answer = reader.push(part);
        if (!answer) return;
        if (!answer.keepAlive) {
          this.socket = null;
          socket.removeAllListeners('close').end();
        }
        const { waiting } = this;
        this.waiting = null;
        waiting?.give(answer);
      } catch (cause) {
        broken(cause as Error);
      }
    });
    return socket;
  }
}
