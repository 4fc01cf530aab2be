#!/usr/bin/env node
// Runs the three rooms of tests one after the other and adds up what they say: unit, integration (real PostgreSQL), end-to-end.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const wanted = process.argv.slice(2);
const rooms = wanted.length > 0 ? wanted : ['unit', 'integration', 'e2e'];
const jest = new URL('../node_modules/jest/bin/jest.js', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'casebridge-results-'));
let passed = 0;
let failed = 0;
let broken = false;

for (const room of rooms) {
  process.stdout.write(`\n== ${room} ==\n`);
  const output = join(folder, `${room}.json`);
  // The whole-stack tests share two cores with their own servers: one file at a time.
  const workers = room === 'e2e' ? '--runInBand' : '--maxWorkers=2';
  // A test that failed before it closed its server must not keep the others from being told of.
  const run = spawnSync(process.execPath, [jest, '--json', `--outputFile=${output}`, '--forceExit', workers], {
    stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, TEST_ROOM: room },
  });
  try {
    const result = JSON.parse(readFileSync(output, 'utf8'));
    passed += result.numPassedTests;
    failed += result.numFailedTests + result.numRuntimeErrorTestSuites;
    broken ||= run.status !== 0;
  } catch {
    broken = true;
    failed += 1;
  }
  if (broken) break;
}
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(broken || failed > 0 ? 1 : 0);
