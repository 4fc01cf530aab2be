import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A connection on which nothing came for so long is not about to be used; one that is closed under a request looks like a fault. */
const graceMs = 200;
const sweepMs = 100;

/**
 * Prepares a server, before it listens, to be closed without cutting a request.
 *
 * @param deadlineMs - for answers under way; what is not out by then is cut
 * @returns what closes it: answers from then on are the last on their connections, connections on which nothing is asked are closed, and
 * it resolves when the last is
 */
export function closesGently(server: Server, deadlineMs: number): () => Promise<void> {
  const underWay = new Set<ServerResponse>();
  /** Connections opened ahead of need, on which nothing was asked yet: to the server they are not idle. */
  const unused = new Set<Socket>();
  server.on('connection', (socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.prependListener('upgrade', (request) => void unused.delete(request.socket));
  let closing = false;
  server.prependListener('request', (request, response) => {
    unused.delete(request.socket);
    underWay.add(response);
    response.once('close', () => underWay.delete(response));
    if (closing) response.shouldKeepAlive = false;
  });
  return async () => {
    closing = true;
    for (const response of underWay) response.shouldKeepAlive = false;
    // Clients that ask one thing after the other on a connection are told to leave it before it is taken from them.
    await sleep(graceMs);
    for (const socket of unused) socket.destroy();
    const sweep = setInterval(() => server.closeIdleConnections(), sweepMs);
    const late = setTimeout(() => server.closeAllConnections(), deadlineMs);
    await new Promise((resolve) => server.close(resolve));
    clearInterval(sweep);
    clearTimeout(late);
  };
}
