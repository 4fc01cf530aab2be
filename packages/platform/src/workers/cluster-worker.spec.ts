import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sharedPort } from './shared-port';

/** Two workers that answer with their pid, under a primary that says when they can. */
const program = (port: number): string => `
  const { forkWorker, workerNumber } = require(${JSON.stringify(join(__dirname, 'cluster-worker'))});
  if (workerNumber() === null) for (const worker of [1, 2]) forkWorker(worker, {}).onMessage((pid) => process.stdout.write(pid + '\\n'));
  else require('node:http').createServer((_, response) => response.end(String(process.pid))).listen(${port}, '127.0.0.1', () => process.send(process.pid));
`;

it('loses no connection with a worker that is killed before it took it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'casebridge-workers-'));
  const file = join(folder, 'program.js');
  const port = await sharedPort('127.0.0.1', 0);
  await writeFile(file, program(port));
  const primary = spawn(process.execPath, [file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(primary, 'exit');
  try {
    let said = '';
    const pids = (): number[] => said.split('\n').filter(Boolean).map(Number);
    for await (const chunk of primary.stdout.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      said += chunk.toString();
      if (pids().length === 2) break;
    }
    const [first, second] = pids();
    process.kill(first!, 'SIGSTOP'); // as one whose loop is busy: it takes nothing
    const answers = Array.from({ length: 6 }, () => new Promise<string>((resolve, reject) => {
      get({ port, host: '127.0.0.1', agent: false, timeout: 10_000 }, (response) => response.setEncoding('utf8').once('data', resolve))
        .once('error', reject).once('timeout', () => resolve('nobody'));
    }));
    await sleep(200);
    process.kill(first!, 'SIGKILL');
    expect(await Promise.all(answers)).toEqual(answers.map(() => String(second)));
  } finally {
    primary.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
});
