import { AsyncLocalStorage } from 'node:async_hooks';
import type { DataSource } from 'typeorm';

type Runner = ReturnType<DataSource['createQueryRunner']>;

/** One for all: each that was ever entered costs every asynchronous step of the process something. */
const listening = new AsyncLocalStorage<string[]>();

/**
 * The statements that a piece of work sends to the database, whichever way it goes about it, in the order in which they are sent. What the
 * service does meanwhile of its own accord is not among them, nor the log of accesses.
 */
export async function statementsOf(dataSource: DataSource, work: () => Promise<unknown>): Promise<string[]> {
  const sent: string[] = [];
  const create = dataSource.createQueryRunner;
  dataSource.createQueryRunner = (...args): Runner => {
    const runner = create.apply(dataSource, args);
    const query = runner.query.bind(runner) as (...given: unknown[]) => Promise<unknown>;
    runner.query = ((text: string, ...rest: unknown[]) => {
      if (listening.getStore() === sent && !text.includes('access_log')) sent.push(text);
      return query(text, ...rest);
    }) as Runner['query'];
    return runner;
  };
  try {
    await listening.run(sent, work);
  } finally {
    dataSource.createQueryRunner = create;
  }
  return sent;
}

/**
 * The statements of a question about many, when the same question about one sends as many.
 *
 * @param ask - asks about the first n records and gives what was found of them, whole
 * @throws when an answer is not whole, or when the statements grow with the records
 */
export async function statementsPerLevel(dataSource: DataSource, many: number, ask: (n: number) => Promise<readonly unknown[]>): Promise<string[]> {
  const sent: string[][] = [];
  for (const n of [1, many]) {
    let found: readonly unknown[] = [];
    sent.push(await statementsOf(dataSource, async () => {
      found = await ask(n);
    }));
    if (found.length !== n || found.includes(null)) throw new Error(`Of ${n} asked for were found whole: ${found.filter((node) => node !== null).length}`);
  }
  const [one = [], all = []] = sent;
  if (one.length !== all.length) throw new Error(`One sends ${one.length} statements, ${many} send ${all.length}:\n${all.join('\n--\n')}`);
  return all;
}
