/** In milliseconds; what takes longer is cut, so that nobody holds a connection by doing little. */
export interface HttpTimeouts {
  /** From the opening of a connection, or the first byte of a later request, to the end of the header. */
  readonly headers: number;
  /** For the body of a GraphQL request. */
  readonly body: number;
  /** For a whole request: files come over slow lines. */
  readonly request: number;
  /** Without a byte in either direction while an answer is awaited or not read. Longer than any answer takes to begin. */
  readonly stalled: number;
  /** Between two requests. Longer than that of common proxies, who would else meet a connection that was just closed. */
  readonly idle: number;
}

export const httpTimeouts: HttpTimeouts = { headers: 15_000, body: 15_000, request: 300_000, stalled: 120_000, idle: 65_000 };
