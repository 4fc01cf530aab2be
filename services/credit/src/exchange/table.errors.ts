/** A file of which no table can be read; its words go into the receipt. */
export class TableUnreadable extends Error {}
