#!/usr/bin/env node
// Runs the three rooms of tests one after the other and adds up what they say: unit, integration (real PostgreSQL), end-to-end.
// A room that fails does not keep the next from running. The last line is always "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const wanted = process.argv.slice(2);
const rooms = wanted.length > 0 ? wanted : ['unit', 'integration', 'e2e'];
const home = dirname(dirname(fileURLToPath(import.meta.url)));
const jest = join(home, 'node_modules/jest/bin/jest.js');
const folder = mkdtempSync(join(tmpdir(), 'casebridge-results-'));
const skipped = [];
let passed = 0;
let failed = 0;

/** Adds up one room; a run that ended badly though no test failed, or said nothing at all, counts as one failure. */
function add(room, status, output) {
  let result;
  try {
    result = JSON.parse(readFileSync(output, 'utf8'));
  } catch {
    failed += 1;
    process.stderr.write(`The room ${room} ended without a result\n`);
    return;
  }
  const red = result.numFailedTests + result.numRuntimeErrorTestSuites;
  passed += result.numPassedTests;
  failed += red > 0 || status === 0 ? red : 1;
  for (const { name, assertionResults } of result.testResults) {
    for (const { fullName, status: outcome } of assertionResults) {
      if (outcome === 'pending' || outcome === 'todo' || outcome === 'disabled') skipped.push(`${room}: ${fullName} (${relative(home, name)})`);
    }
  }
}

for (const room of rooms) {
  process.stdout.write(`\n== ${room} ==\n`);
  const output = join(folder, `${room}.json`);
  // The whole-stack tests share two cores with their own servers: one file at a time.
  const workers = room === 'e2e' ? '--runInBand' : '--maxWorkers=2';
  // A test that failed before it closed its server must not keep the others from being told of.
  const run = spawnSync(process.execPath, [jest, '--json', `--outputFile=${output}`, '--forceExit', workers], {
    cwd: home, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, TEST_ROOM: room },
  });
  add(room, run.status, output);
}
rmSync(folder, { recursive: true, force: true });
if (skipped.length > 0) process.stdout.write(`\n${skipped.length} skipped\n${skipped.map((line) => `  ${line}`).join('\n')}\n`);
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exit(failed > 0 ? 1 : 0);
