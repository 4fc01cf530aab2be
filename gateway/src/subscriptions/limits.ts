export interface SocketLimits {
  /** Of one message. */
  readonly messageBytes: number;
  /** Live streams on one socket. */
  readonly streams: number;
  /** Characters of the name that the client gives an operation. */
  readonly idCharacters: number;
  /** Milliseconds for `connection_init`. */
  readonly initMs: number;
  /** Milliseconds between two signs of life that are asked for; who gives none by the next is cut off. */
  readonly keepAliveMs: number;
}

export const socketLimits: SocketLimits = { messageBytes: 1024 * 1024, streams: 256, idCharacters: 256, initMs: 3_000, keepAliveMs: 12_000 };

export interface EngineLimits {
  /** Live streams of one door in this process. */
  readonly total: number;
  /** Live streams of one officer in this process. */
  readonly perReader: number;
  /** Live streams of readers without a token from one network. */
  readonly perNetwork: number;
  /** Events that may wait for one slow reader, and their characters. */
  readonly frames: number;
  readonly characters: number;
}

export const streamLimits: EngineLimits = { total: 50_000, perReader: 20_000, perNetwork: 2_000, frames: 256, characters: 4 * 1024 * 1024 };
