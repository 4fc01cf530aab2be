/** Channels of NOTIFY: bells only, the tables are the truth. */
export const channels = {
  /** In a service's database: something was committed that has no position yet. */
  emitted: 'outbox_emitted',
  /** In a service's database: the log has grown. */
  sequenced: 'outbox_sequenced',
  /** In the bus database: the log of the source named in the payload has grown. */
  published: 'bus_published',
} as const;

/** First half of every advisory lock taken here, so that no other room's lock can be the same by chance. */
export const lockSpace = 0x657674; // "evt"

/** Second half. The bus adds the hash of the source's name instead. */
export const locks = { sequencer: 1, relay: 2 } as const;
