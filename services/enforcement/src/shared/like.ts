/** A `like` pattern for a text anywhere in a column; what the pattern language knows as signs is taken as it stands. */
export const contains = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
