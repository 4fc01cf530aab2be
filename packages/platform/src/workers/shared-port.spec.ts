import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { originOf, sharedPort } from './shared-port';

describe('the port of the workers', () => {
  it('is the one that was asked for, or a free one that no outgoing connection gets', async () => {
    const port = await sharedPort('127.0.0.1', 0);
    expect(port).toBeGreaterThanOrEqual(20_000);
    expect(port).toBeLessThan(32_000);
    expect(await sharedPort('127.0.0.1', port)).toBe(port);
  });

  it('is refused when it is taken, by its number', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(sharedPort('127.0.0.1', port)).rejects.toThrow(String(port));
    server.close();
  });

  it('stands in an address as it must', () => {
    expect([originOf('127.0.0.1', 1), originOf('::1', 2)]).toEqual(['http://127.0.0.1:1', 'http://[::1]:2']);
  });
});
