/** What one subscriber is sent: an event's answer as text, made once for all who get it. */
export interface Frame {
  /** A GraphQL result as JSON. */
  readonly text: string;
  /** Place in the log of the service, where it tells one; ascending within a stream. */
  readonly position: number | null;
  /** From where a client resumes after this frame; null where the field has no cursor. */
  readonly cursor: string | null;
}

/** A place without an event: keeps an idle stream resumable. */
export interface Beat {
  readonly position: number | null;
  readonly cursor: string;
}
