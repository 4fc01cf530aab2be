import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ServiceName, serviceNames } from '@casebridge/contracts';
import { composePublic, composeSupergraph } from '@casebridge/gateway/dist/compose';
import { systemClock } from '@casebridge/kernel';
import { directoryOf, mintDevelopmentToken } from '@casebridge/platform';
import type { Closing } from '../closing';
import { type Child, freePort, servingFlags, startChild } from '../processes';
import { withServiceUrls } from '../supergraph';
import { GatewayTarget } from './gateway-target';
import { type HivePeer, PeersMissing, preparePeers } from './peers';
import { readerAgency, serviceUrlKey } from './settings';
import { benchScope, subgraphSources } from './subgraphs';
import { type ServiceForm, type TargetName, targets } from './targets';

/** Everything that is measured, up. */
export interface GatewayStage {
  readonly targets: readonly GatewayTarget[];
  /** Versions of others' gateways. */
  readonly peers: Readonly<Record<string, string>>;
  /** Why a target that was asked for is not there. */
  readonly missing: readonly string[];
  /** Processes that can be profiled, by target. */
  readonly profiled: ReadonlyMap<TargetName, { readonly pid: number; readonly file: string }>;
  lastWords(): string;
}

export interface GatewayStageRequest {
  readonly wanted: readonly TargetName[];
  /** Whether the supergraph of our gateway has rights on some of what is asked for. */
  readonly rights: boolean;
  /** File for a profile of a target; null when none is wanted. */
  readonly profileFile: ((target: TargetName) => string) | null;
  readonly signal: AbortSignal;
  readonly closing: Closing;
  readonly say: (line: string) => void;
}

export const peersFolder = resolve(__dirname, '../../.peers');

interface Services {
  readonly pids: readonly number[];
  readonly urls: ReadonlyMap<ServiceName, string>;
  /** File of the supergraph with their addresses. */
  readonly supergraph: string;
}

const hivePlanners = { 'hive-js': 'javascript', 'hive-rust': 'rust' } as const;

/** Four services in each form that somebody wants, and every gateway in a process of its own. */
export async function openGatewayStage({ wanted, rights, profileFile, signal, closing, say }: GatewayStageRequest): Promise<GatewayStage> {
  const dataDir = await mkdtemp(join(tmpdir(), 'casebridge-bench-gateway-'));
  closing.add(() => rm(dataDir, { recursive: true, force: true }));
  const missing: string[] = [];
  const hive = wanted.some((name) => name in hivePlanners) ? await peersOrReason(missing, say) : null;

  const children: Child[] = [];
  const start = async (name: string, script: string, env: Record<string, string>, flags: readonly string[] = []): Promise<Child> => {
    const child = await startChild({ name, script: `bench/dist/gateway/${script}.js`, flags, signal, env: { NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true', ...env } },
      (stop) => closing.add(stop));
    children.push(child);
    return child;
  };

  say('Composing, and starting the processes …');
  const supergraph = composeSupergraph(subgraphSources({ rights: false }));
  const ourSources = subgraphSources({ rights });
  const files = { ours: join(dataDir, 'supergraph.graphql'), public: join(dataDir, 'supergraph.public.graphql') };
  await writeFile(files.ours, composeSupergraph(ourSources));
  await writeFile(files.public, composePublic(ourSources));

  const services = new Map<ServiceForm, Services>();
  for (const form of ['default', 'lean'] as const) {
    if (!targets.some((target) => target.services === form && wanted.includes(target.name))) continue;
    const started = await Promise.all(serviceNames.map(async (name) => [name, await start(`${name} (${form})`, `${form}-server`, { BENCH_SERVICE: name })] as const));
    const urls = new Map(started.map(([name, { url }]) => [name, new URL(url).origin]));
    const file = join(dataDir, `supergraph.${form}.graphql`);
    await writeFile(file, withServiceUrls(supergraph, new Map([...urls].map(([name, url]) => [name, `${url}/graphql`]))));
    services.set(form, { pids: started.map(([, { pid }]) => pid), urls, supergraph: file });
  }

  const token = await readerToken(dataDir);
  const profiled = new Map<TargetName, { pid: number; file: string }>();
  const up: GatewayTarget[] = [];
  for (const { name, services: form } of targets.filter((target) => wanted.includes(target.name))) {
    if (name in hivePlanners && !hive) continue;
    const behind = form === 'none' ? null : (services.get(form) ?? null);
    const profile = profileFile?.(name);
    const ours = { HUB_DATA_DIR: dataDir, BENCH_SUPERGRAPH: files.ours, BENCH_PUBLIC_SUPERGRAPH: files.public, ...(profile ? { BENCH_PROFILE: profile } : {}) };
    const child = await {
      stock: () => start(name, 'stock-gateway-server', { BENCH_SUPERGRAPH: behind?.supergraph ?? '' }),
      'stock-lean': () => start(name, 'stock-gateway-server', { BENCH_SUPERGRAPH: behind?.supergraph ?? '' }),
      'hub-http': () => start(name, 'hub-server', {
        ...ours, BENCH_FORM: 'http', ...Object.fromEntries([...(behind?.urls ?? [])].map(([service, url]) => [serviceUrlKey(service), url])),
      }, servingFlags),
      hub: () => start(name, 'hub-server', { ...ours, BENCH_FORM: 'in-process' }, servingFlags),
      'hive-js': () => startHive('hive-js', behind),
      'hive-rust': () => startHive('hive-rust', behind),
      limit: () => start(name, 'limit-server', {}),
    }[name]();
    if (profile) profiled.set(name, { pid: child.pid, file: profile });
    const target = new GatewayTarget(name, child.url, token, { gateway: child.pid, services: behind?.pids ?? [] });
    closing.add(() => target.close());
    up.push(target);
  }

  async function startHive(name: keyof typeof hivePlanners, behind: Services | null): Promise<Child> {
    if (!hive || !behind) throw new Error(`${name} cannot be started`);
    return start(name, 'hive-server', {
      PORT: String(await freePort()), BENCH_SUPERGRAPH: behind.supergraph, BENCH_HIVE_BIN: hive.bin, BENCH_HIVE_CONFIG: hive.configs[hivePlanners[name]],
    });
  }

  return {
    targets: up, peers: hive?.versions ?? {}, missing, profiled,
    lastWords: () => children.map(({ name, lastWords }) => `${name}:\n${lastWords().trim()}`).filter((text) => !text.endsWith(':\n')).join('\n'),
  };
}

async function peersOrReason(missing: string[], say: (line: string) => void): Promise<HivePeer | null> {
  try {
    return await preparePeers(peersFolder, say);
  } catch (cause) {
    if (!(cause instanceof PeersMissing)) throw cause;
    const line = `Hive Gateway is left out: ${cause.message}`;
    missing.push(line);
    say(line);
    return null;
  }
}

/** The bench is the issuer, and the only one who trusts it is the gateway that it starts: the environment of the processes plays no part. */
function readerToken(dataDir: string): Promise<string> {
  const agency = directoryOf([{ ...readerAgency, functions: [...readerAgency.functions] }]).agency(readerAgency.code);
  if (!agency) throw new Error('the reader has no agency');
  return mintDevelopmentToken({ dataDir, nodeEnv: 'development', agency, clock: systemClock, purpose: 'bench', scopes: [benchScope], expiresIn: '1d' });
}
