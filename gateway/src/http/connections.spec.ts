import { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { trustedProxies } from './client-address';
import { Connections } from './connections';

/** What a connection looks like from here. */
class FakeSocket extends EventEmitter {
  said = '';
  isClosed = false;
  constructor(readonly remoteAddress: string) {
    super();
  }
  end(text = ''): void {
    this.said += text;
    this.destroy();
  }
  destroy(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.emit('close');
  }
}

describe('connections', () => {
  let refused = 0;
  const made = (total: number, perAddress: number): Connections => new Connections({ total, perAddress }, trustedProxies(['203.0.113.0/24']), () => void (refused += 1));
  const connect = (to: Connections, address: string): FakeSocket & Socket => {
    const socket = new FakeSocket(address) as FakeSocket & Socket;
    to.admit(socket);
    return socket;
  };
  const busy = (to: Connections, address: string): FakeSocket & Socket => {
    const socket = connect(to, address);
    to.begin(socket);
    return socket;
  };
  const closed = (sockets: readonly FakeSocket[]): boolean[] => sockets.map(({ isClosed }) => isClosed);
  beforeEach(() => (refused = 0));

  it('of one address are bounded: the idle one makes room, and who has none is told to come later', () => {
    const all = made(100, 2);
    const [first, second] = [busy(all, '192.0.2.1'), connect(all, '::ffff:192.0.2.1')];
    const third = connect(all, '192.0.2.1');
    expect(closed([first, second, third])).toEqual([false, true, false]);
    all.begin(third);
    const fourth = connect(all, '192.0.2.1');
    expect(closed([first, third, fourth])).toEqual([false, false, true]);
    expect(fourth.said).toMatch(/^HTTP\/1\.1 503 Service Unavailable\r\nRetry-After: 1\r\n/);
    expect(JSON.parse(fourth.said.split('\r\n\r\n')[1]!)).toMatchObject({ errors: [{ extensions: { code: 'GATEWAY_BUSY', kind: 'UNAVAILABLE' } }] });
    expect(all.begin(fourth)).toBe(false);
    expect(refused).toBe(1);
    expect(closed([connect(all, '192.0.2.2')])).toEqual([false]); // somebody else
    first.destroy();
    expect(closed([connect(all, '192.0.2.1')])).toEqual([false]);
  });

  it.each(['127.0.0.1', '::1', '203.0.113.9'])('from %s, behind which stand many, are not', (address) => {
    const all = made(100, 2);
    expect(closed(Array.from({ length: 10 }, () => busy(all, address)))).toEqual(Array.from({ length: 10 }, () => false));
    expect(all.size).toBe(10);
  });

  it('altogether are bounded: who has most idle ones loses one, however early others came', () => {
    const all = made(6, 5);
    const early = connect(all, '192.0.2.1');
    const many = Array.from({ length: 5 }, () => connect(all, '192.0.2.2'));
    const late = busy(all, '192.0.2.3');
    expect(closed([early, ...many, late])).toEqual([false, true, false, false, false, false, false]);
    for (const socket of [early, ...many]) all.begin(socket);
    const none = connect(all, '192.0.2.4');
    expect(closed([none])).toEqual([true]);
    expect([refused, all.size]).toEqual([1, 6]);
    all.end(many[3]!); // answered: idle again
    expect(closed([connect(all, '192.0.2.4'), many[3]!])).toEqual([false, true]);
  });

  it('that stay are counted for the client behind the proxy', () => {
    const all = made(100, 2);
    const claims = Array.from({ length: 3 }, () => {
      const socket = connect(all, '203.0.113.1');
      return { socket, is: all.claim(socket, '192.0.2.1') };
    });
    expect(claims.map(({ is }) => is)).toEqual([true, true, false]);
    const other = connect(all, '203.0.113.1');
    expect(all.claim(other, '192.0.2.2')).toBe(true);
    claims[0]!.socket.destroy();
    const again = connect(all, '203.0.113.1');
    expect(all.claim(again, '192.0.2.1')).toBe(true);
  });

  it('leave nothing behind', () => {
    const all = made(1_000, 100);
    const sockets = Array.from({ length: 500 }, (_, n) => connect(all, `192.0.2.${n % 50}`));
    for (const [n, socket] of sockets.entries()) {
      if (n % 3 === 0) all.begin(socket);
      if (n % 6 === 0) all.end(socket);
      socket.destroy();
    }
    expect([all.size, JSON.stringify([...Object.values(all)].map((value) => (value instanceof Map || value instanceof Set ? value.size : null)).filter((size) => size !== null))]).toEqual([0, '[0,0,0]']);
  });
});
