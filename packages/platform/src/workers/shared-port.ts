import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/** Where a listener is. */
export const originOf = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Below those that systems give to connections that go out: workers listen seconds after their port was chosen, and it must not be taken meanwhile. */
const [least, most] = [20_000, 32_000];
const tries = 50;

/**
 * The port that the workers share: 0 becomes a free one, so that a worker that is started again has the same one.
 *
 * @throws when it is taken, or may not be opened, before anything is started
 */
export async function sharedPort(host: string, wanted: number): Promise<number> {
  if (wanted !== 0) return tryOut(host, wanted);
  for (let tried = 1; ; tried += 1) {
    try {
      return await tryOut(host, randomInt(least, most));
    } catch (cause) {
      if (tried === tries || (cause as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw cause;
    }
  }
}

/** The same port, where it can be listened on. */
function tryOut(host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, host, () => server.close(() => resolve(port)));
  });
}
