import { pathToFileURL } from 'node:url';
import { required } from '../config';
import { sayReady, start } from './serve';

const patienceMs = 60_000;
const pollMs = 100;

/** Hive Gateway by its own command line, in this process; says `ready` when it does. Its settings are in the file that the bench wrote. */
start(async () => {
  const port = required('PORT');
  const url = `http://127.0.0.1:${port}`;
  process.argv = [
    process.argv[0] ?? 'node', 'hive-gateway', 'supergraph', required('BENCH_SUPERGRAPH'),
    '--config-path', required('BENCH_HIVE_CONFIG'), '--port', port, '--host', '127.0.0.1',
  ];
  await import(pathToFileURL(required('BENCH_HIVE_BIN')).href);
  const deadline = performance.now() + patienceMs;
  while (!(await isReady(url))) {
    if (performance.now() > deadline) throw new Error('not ready in time');
    await new Promise((wake) => setTimeout(wake, pollMs));
  }
  sayReady(url);
});

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readiness`)).ok;
  } catch {
    return false;
  }
}
