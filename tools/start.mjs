#!/usr/bin/env node
// `npm start`: builds what was changed since its last build, then is the hub. The compiler is asked only where a source is newer than that
// build, since loading it costs a good part of a start.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const hub = join(home, 'apps/hub');
const main = join(hub, 'dist/main.js');
/** As old as the last build without a fault, from its beginning on: what is written meanwhile is newer. */
const mark = join(hub, 'dist/.start');

/** The hub's project and all that it refers to. */
function projects(folder, known = new Set()) {
  if (known.has(folder)) return known;
  known.add(folder);
  const { references = [] } = JSON.parse(readFileSync(join(folder, 'tsconfig.json'), 'utf8'));
  for (const { path } of references) projects(join(folder, path), known);
  return known;
}

/** Whether the folder, or anything in it, was written, added or taken away after `since`. */
function changed(folder, since) {
  return statSync(folder).mtimeMs > since || readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? changed(path, since) : statSync(path).mtimeMs > since;
  });
}

function isBuilt() {
  const since = statSync(mark, { throwIfNoEntry: false })?.mtimeMs;
  if (since === undefined) return false;
  const folders = [...projects(hub)];
  const settings = ['tsconfig.base.json', 'package-lock.json'].map((file) => join(home, file)).concat(folders.map((folder) => join(folder, 'tsconfig.json')));
  return folders.every((folder) => existsSync(join(folder, 'dist/.tsbuildinfo')) && !changed(join(folder, 'src'), since)) && settings.every((file) => statSync(file).mtimeMs <= since);
}

if (!isBuilt()) {
  mkdirSync(dirname(mark), { recursive: true });
  writeFileSync(`${mark}.begun`, '');
  const { status } = spawnSync(process.execPath, [join(home, 'node_modules/typescript/bin/tsc'), '-b', hub], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  renameSync(`${mark}.begun`, mark);
}
process.argv[1] = main; // what the workers are started with
createRequire(import.meta.url)(main);
