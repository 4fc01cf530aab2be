import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { inherited } from '../config';

/** Where a peer can be started from. */
export interface HivePeer {
  readonly bin: string;
  readonly versions: Readonly<Record<string, string>>;
  /** Settings for one planner, as a file of the peer. */
  readonly configs: { readonly javascript: string; readonly rust: string };
}

export class PeersMissing extends Error {}

const installMs = 10 * 60_000;
const run = promisify(execFile);

export const peersManifest = resolve(__dirname, '../../src/gateway/peers.json');

const configs = {
  javascript: `import { defineConfig } from '@graphql-hive/gateway';\nexport const gatewayConfig = defineConfig({});\n`,
  rust: `import { defineConfig } from '@graphql-hive/gateway';\nimport { unifiedGraphHandler } from '@graphql-hive/router-runtime';\n`
    + `export const gatewayConfig = defineConfig({ unifiedGraphHandler });\n`,
} as const;

/** @returns the exact versions that a manifest pins, by package */
export function pinned(manifest: string): Readonly<Record<string, string>> {
  const { dependencies } = JSON.parse(manifest) as { readonly dependencies: Readonly<Record<string, string>> };
  const loose = Object.entries(dependencies).filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version));
  if (loose.length > 0) throw new RangeError(`not an exact version: ${loose.map(([name, version]) => `${name} ${version}`).join(', ')}`);
  return dependencies;
}

/**
 * The gateways of others, from a folder of their own: they are no part of this software and need a registry once.
 *
 * @param folder - is made, and kept for the next run
 * @throws PeersMissing with the reason when they cannot be installed
 */
export async function preparePeers(folder: string, say: (line: string) => void): Promise<HivePeer> {
  const manifest = await readFile(peersManifest, 'utf8');
  const versions = pinned(manifest);
  await mkdir(folder, { recursive: true });
  if (!(await isInstalled(folder, manifest, versions))) {
    say(`Installing ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')} into ${folder} …`);
    await install(folder, manifest);
    if (!(await isInstalled(folder, manifest, versions))) throw new PeersMissing('npm installed other versions than were asked for');
  }
  const written = Object.entries(configs).map(async ([planner, text]) => {
    const file = join(folder, `${planner}.config.mjs`);
    await writeFile(file, text);
    return [planner, file] as const;
  });
  const files = Object.fromEntries(await Promise.all(written)) as { javascript: string; rust: string };
  return { bin: join(folder, 'node_modules/@graphql-hive/gateway/dist/bin.js'), versions, configs: files };
}

async function install(folder: string, manifest: string): Promise<void> {
  await writeFile(join(folder, 'package.json'), manifest);
  try {
    // Scripts of strangers' packages are not run: none of these needs one.
    await run('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock', '--prefix', folder], {
      cwd: folder, env: inherited(), timeout: installMs, maxBuffer: 16 * 1024 * 1024,
    });
  } catch (cause) {
    throw new PeersMissing(`npm install failed: ${lastLine(cause)}`);
  }
}

function lastLine(cause: unknown): string {
  const text = typeof cause === 'object' && cause !== null && 'stderr' in cause ? String(cause.stderr) : String(cause);
  return text.split('\n').find((line) => /npm (error|ERR!) (code|notarget|network|4\d\d)/.test(line))?.trim() ?? text.trim().split('\n').at(-1) ?? 'no reason given';
}

async function isInstalled(folder: string, manifest: string, versions: Readonly<Record<string, string>>): Promise<boolean> {
  const read = (path: string): Promise<string | null> => readFile(join(folder, path), 'utf8').catch(() => null);
  if ((await read('package.json')) !== manifest) return false;
  const found = await Promise.all(Object.entries(versions).map(async ([name, version]) => {
    const text = await read(join('node_modules', name, 'package.json'));
    return text !== null && (JSON.parse(text) as { version?: unknown }).version === version;
  }));
  return found.every(Boolean);
}
