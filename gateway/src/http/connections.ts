import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { isThisMachine } from '../limits/budget-policy';
import { isTrustedProxy, plainAddress, type TrustedProxies } from './client-address';

export interface ConnectionLimits {
  /** Of this process, whatever they carry. */
  readonly total: number;
  /** From one address that is neither a trusted proxy nor this machine; of sockets that came by a proxy, for one client of it. */
  readonly perAddress: number;
}

/** Ten thousand live readers are one connection each; an office behind one address has some hundreds. */
export const connectionLimits: ConnectionLimits = { total: 50_000, perAddress: 2_000 };

/** Refused connections that are given the time to read why; with more at once they are cut without a word. */
const mostFarewells = 200;
const farewellMs = 500;

const body = JSON.stringify({ errors: [{ message: 'The gateway has more connections than it may have; try again in a moment', extensions: { code: 'GATEWAY_BUSY', kind: 'UNAVAILABLE' } }] });
const refusal = `HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** Of the idle ones that are looked at for a place: the search takes the same time however many there are. */
const looked = 32;

/** Connections of one address. */
interface Place {
  readonly all: Set<Duplex>;
  readonly idle: Set<Duplex>;
}

/**
 * Counts open connections and refuses those beyond the limits. Who comes when it is full takes the place of a connection on which nothing
 * is under way, of one that has been so for long and whose address has many: idle connections keep nobody out.
 */
export class Connections {
  /** With their address; null for those whose address says nothing of who it is. */
  private readonly open = new Map<Duplex, string | null>();
  /** Nothing is under way on them. The order is that in which they became so. */
  private readonly idle = new Set<Duplex>();
  private readonly places = new Map<string, Place>();
  private farewells = 0;

  /** @param onRefused - told of each connection that was refused */
  constructor(
    private readonly limits: ConnectionLimits,
    private readonly proxies: TrustedProxies,
    private readonly onRefused: () => void,
  ) {}

  get size(): number {
    return this.open.size;
  }

  /** Takes a new connection, or tells it to come later and closes it. */
  admit(socket: Socket): void {
    const remote = plainAddress(socket.remoteAddress ?? '');
    const address = this.isManifold(remote) ? null : remote;
    if ((address !== null && !this.makeRoomFor(address)) || !this.makeRoom()) return this.refuse(socket);
    this.open.set(socket, address);
    if (address !== null) this.placeOf(address).all.add(socket);
    this.end(socket);
    socket.once('close', () => this.forget(socket));
  }

  /**
   * A connection turns out to stay, for this client.
   *
   * @param address - the client's, which is that of the connection unless that is of a trusted proxy
   * @returns whether he may have one more
   */
  claim(socket: Duplex, address: string): boolean {
    if (!this.begin(socket)) return false;
    if (this.open.get(socket) !== null || this.isManifold(address)) return true;
    if ((this.places.get(address)?.all.size ?? 0) >= this.limits.perAddress) {
      this.onRefused();
      return false;
    }
    this.placeOf(address).all.add(socket);
    this.open.set(socket, address);
    return true;
  }

  /** @returns false for a connection that was refused: what still comes over it is not answered */
  begin(socket: Duplex): boolean {
    const address = this.open.get(socket);
    if (address === undefined) return false;
    this.idle.delete(socket);
    if (address !== null) this.places.get(address)?.idle.delete(socket);
    return true;
  }

  end(socket: Duplex): void {
    const address = this.open.get(socket);
    if (address === undefined) return;
    this.idle.add(socket);
    if (address !== null) this.placeOf(address).idle.add(socket);
  }

  /** Behind such an address stand many. */
  private isManifold(address: string): boolean {
    return isThisMachine(address) || isTrustedProxy(address, this.proxies);
  }

  private placeOf(address: string): Place {
    const place = this.places.get(address) ?? { all: new Set(), idle: new Set() };
    this.places.set(address, place);
    return place;
  }

  private makeRoomFor(address: string): boolean {
    const place = this.places.get(address);
    if (!place || place.all.size < this.limits.perAddress) return true;
    const [first] = place.idle;
    return this.evict(first);
  }

  private makeRoom(): boolean {
    if (this.open.size < this.limits.total) return true;
    let greediest: Duplex | undefined;
    let most = -1;
    let seen = 0;
    for (const socket of this.idle) {
      const many = this.places.get(this.open.get(socket) ?? '')?.all.size ?? 0;
      if (many > most) [greediest, most] = [socket, many];
      if ((seen += 1) === looked) break;
    }
    return this.evict(greediest);
  }

  private evict(socket: Duplex | undefined): boolean {
    if (!socket) return false;
    this.forget(socket);
    socket.destroy();
    return true;
  }

  private forget(socket: Duplex): void {
    const address = this.open.get(socket) ?? null;
    this.begin(socket);
    this.open.delete(socket);
    const place = address === null ? undefined : this.places.get(address);
    place?.all.delete(socket);
    if (address !== null && place?.all.size === 0) this.places.delete(address);
  }

  private refuse(socket: Socket): void {
    this.onRefused();
    socket.on('error', () => undefined);
    if (this.farewells >= mostFarewells) return void socket.destroy();
    this.farewells += 1;
    const timer = setTimeout(() => socket.destroy(), farewellMs);
    socket.once('close', () => {
      clearTimeout(timer);
      this.farewells -= 1;
    });
    socket.end(refusal);
  }
}
