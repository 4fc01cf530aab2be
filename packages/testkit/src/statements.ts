import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource } from 'typeorm';

type Runner = ReturnType<DataSource['createQueryRunner']>;

/**
 * The statements that a piece of work sends to the database, whichever way it goes about it, in the order in which they are sent. What the
 * service does meanwhile of its own accord is not among them, nor the log of accesses.
 */
export async function statementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const within = new AsyncLocalStorage<true>();
  const create = dataSource.createQueryRunner.bind(dataSource);
  dataSource.createQueryRunner = (...args): Runner => {
    const runner = create(...args);
    const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
    runner.query = ((text: string, ...rest: unknown[]) => {
      if (within.getStore() && !text.includes('access_log')) sent.push(text);
      return query(text, ...rest);
    }) as Runner['query'];
    return runner;
  };
  try {
    await within.run(true, work);
  } finally {
    dataSource.createQueryRunner = create;
  }
  return sent;
}
