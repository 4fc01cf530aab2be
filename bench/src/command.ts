import { Closing } from './closing';
import { endLeftovers } from './processes';

export const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** A run of a bench: what it was called with, and where what it opens is closed again. */
export interface BenchRun {
  /** As somebody types it. */
  readonly command: string;
  readonly signal: AbortSignal;
  readonly closing: Closing;
}

export interface BenchCommand<Options> {
  /** Of the script in package.json. */
  readonly script: string;
  readonly help: string;
  /** Null: help is asked for. */
  readonly parse: (args: readonly string[]) => Options | null;
  readonly run: (options: Options, run: BenchRun) => Promise<void>;
}

/** The main function of a bench: options, one Ctrl-C that stops what was started, a second that does not wait, exit status. */
export function benchCommand<Options>(definition: BenchCommand<Options>): void {
  main(definition, process.argv.slice(2)).then(
    () => process.exit(0),
    (cause: unknown) => {
      process.stderr.write(`${cause instanceof Error ? cause.message : 'failed'}\n`);
      process.exit(1);
    },
  );
}

async function main<Options>({ help, parse, run, script }: BenchCommand<Options>, args: readonly string[]): Promise<void> {
  const options = parse(args);
  if (!options) return say(help);
  const interrupted = new AbortController();
  const onSignal = (signal: NodeJS.Signals): void => {
    if (interrupted.signal.aborted) process.exit(130);
    process.stderr.write(`${signal}: stopping what was started …\n`);
    interrupted.abort(new Error('interrupted'));
  };
  process.on('SIGINT', onSignal).on('SIGTERM', onSignal).once('exit', endLeftovers);
  const closing = new Closing();
  try {
    await run(options, { command: `npm run ${script}${args.length > 0 ? ` -- ${args.join(' ')}` : ''}`, signal: interrupted.signal, closing });
  } catch (cause) {
    if (!interrupted.signal.aborted) throw cause;
  } finally {
    await closing.run();
  }
  if (interrupted.signal.aborted) process.exit(130);
}
