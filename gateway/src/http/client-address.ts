import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Proxies whose word on where a request comes from is taken. */
export type TrustedProxies = BlockList;

/**
 * @param entries - addresses and networks in CIDR notation
 * @throws RangeError naming the entry that is neither
 */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const entry of entries) {
    const [address = '', bits] = entry.split('/');
    const version = isIP(address);
    const prefix = bits === undefined ? (version === 4 ? 32 : 128) : /^\d{1,3}$/.test(bits) ? Number(bits) : -1;
    if (version === 0 || prefix < 0 || prefix > (version === 4 ? 32 : 128)) throw new RangeError(`${entry} is neither an address nor a network`);
    list.addSubnet(address, prefix, version === 4 ? 'ipv4' : 'ipv6');
  }
  return list;
}

/**
 * Where a request comes from: the last address of its way that is no trusted proxy. What stands before that in `X-Forwarded-For` is
 * the client's own word and counts for nothing.
 */
export function clientAddress({ headers, socket }: Pick<IncomingMessage, 'headers' | 'socket'>, proxies: TrustedProxies): string {
  if (headers['x-forwarded-for'] === undefined) return plainAddress(socket.remoteAddress ?? '');
  const hops = [headers['x-forwarded-for']].flat().join(',').split(',').map((hop) => hop.trim()).filter((hop) => hop !== '');
  let address = plainAddress(socket.remoteAddress ?? '');
  while (isTrustedProxy(address, proxies)) {
    const before = plainAddress(hops.pop() ?? '');
    if (isIP(before) === 0) return address;
    address = before;
  }
  return address;
}

/** IPv4 inside IPv6 is that IPv4 address. */
export const plainAddress = (address: string): string => address.replace(/^::ffff:(?=\d+\.)/i, '');

export function isTrustedProxy(address: string, proxies: TrustedProxies): boolean {
  const version = isIP(address);
  return version !== 0 && proxies.check(address, version === 4 ? 'ipv4' : 'ipv6');
}
