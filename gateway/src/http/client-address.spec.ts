import type { IncomingMessage } from 'node:http';
import { clientAddress, trustedProxies } from './client-address';

const from = (remoteAddress: string, forwarded?: string) =>
  ({ socket: { remoteAddress }, headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('where a request comes from', () => {
  const proxies = trustedProxies(['10.1.0.0/16', '192.0.2.7', 'fd00::/8']);

  it.each([
    ['nobody is trusted to say', '203.0.113.9', '198.51.100.1', '203.0.113.9'],
    ['a proxy says', '10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['a proxy, as IPv6 shows it, says', '::ffff:10.1.2.3', '198.51.100.1', '198.51.100.1'],
    ['two proxies in a row say', '192.0.2.7', '198.51.100.1, 10.1.9.9', '198.51.100.1'],
    ['the client has put something before', '10.1.2.3', '127.0.0.1, 10.1.1.1, 198.51.100.1', '198.51.100.1'],
    ['a proxy of the other version says', 'fd12::1', '2001:db8::5', '2001:db8::5'],
    ['a proxy says nothing', '10.1.2.3', undefined, '10.1.2.3'],
    ['a proxy says nonsense', '10.1.2.3', 'unknown', '10.1.2.3'],
  ])('%s', (_, remote, forwarded, expected) => expect(clientAddress(from(remote, forwarded), proxies)).toBe(expected));

  it.each(['10.1', '10.0.0.0/33', 'proxy.example', '10.0.0.0/', '::/129'])('%s is no proxy', (entry) => {
    expect(() => trustedProxies([entry])).toThrow(`${entry} is neither`);
  });
});
