import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { RawConnection } from './raw-connection';

const request = Buffer.from('POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 2\r\n\r\n{}');

describe('a connection', () => {
  let answer: (response: ServerResponse) => void;
  let server: Server;
  let connection: RawConnection;
  let sockets = 0;

  beforeEach(async () => {
    sockets = 0;
    server = createServer((asked, response) => asked.resume().on('end', () => answer(response))).on('connection', () => (sockets += 1));
    await new Promise<void>((up) => server.listen(0, '127.0.0.1', up));
    connection = new RawConnection({ host: '127.0.0.1', port: (server.address() as AddressInfo).port });
  });
  afterEach(async () => {
    connection.close();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });

  it('is kept from one request to the next', async () => {
    answer = (response) => response.end('abc');
    for (let i = 0; i < 3; i += 1) expect(await connection.ask(request)).toMatchObject({ status: 200, bytes: 3, head: 'abc' });
    expect(sockets).toBe(1);
  });

  it('reads what comes in parts', async () => {
    answer = (response) => {
      response.write('abc');
      setImmediate(() => response.end('def'));
    };
    expect(await connection.ask(request)).toMatchObject({ bytes: 6 });
  });

  it('is opened again after the server closed it', async () => {
    answer = (response) => response.setHeader('connection', 'close').end('abc');
    for (let i = 0; i < 2; i += 1) expect(await connection.ask(request)).toMatchObject({ bytes: 3, keepAlive: false });
    expect(sockets).toBe(2);
  });

  it('tells when it breaks, and works after that', async () => {
    answer = (response) => response.socket?.destroy();
    await expect(connection.ask(request)).rejects.toThrow();
    answer = (response) => response.end('abc');
    expect(await connection.ask(request)).toMatchObject({ bytes: 3 });
  });
});
