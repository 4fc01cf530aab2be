/** @throws when it is not set: these processes are started by the bench, which sets them all */
export function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set`);
  return value;
}

/** What a program of others needs of our environment: its path, its registry. */
export const inherited = (): NodeJS.ProcessEnv => ({ ...process.env });

export const optional = (name: string): string | null => process.env[name] || null;
