import { InvalidEnvironment } from '@casebridge/platform';

/** EX_CONFIG of sysexits: a supervisor need not try again before somebody has changed the environment. */
const invalidEnvironmentStatus = 78;

/** Ends the process: what went wrong in one line on stderr, 78 where the environment is to blame, else 1. Services and gateway do the same. */
export function endWith(cause: unknown): never {
  process.stderr.write(`${cause instanceof Error ? cause.message : 'failed'}\n`);
  process.exit(cause instanceof InvalidEnvironment ? invalidEnvironmentStatus : 1);
}
