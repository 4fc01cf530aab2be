import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { serviceNames } from '@casebridge/contracts';
import { parseConfig } from '@casebridge/gateway/dist/config';
import { databaseNames, parseHubConfig } from '../config';
import { composeFile, type ComposeService, composeText, home, interpolations, parseDotEnv, readFromHome } from './testing/compose-file';

const passwords = { POSTGRES_PASSWORD: 'pg', OWNER_PASSWORD: 'own', RUNTIME_PASSWORD: 'run' };
const compose = composeFile({ ...parseDotEnv(readFromHome('.env.example')), ...passwords });
const service = (name: string): ComposeService => {
  const found = compose.services[name];
  if (!found) throw new Error(`${name} is not in docker-compose.yml`);
  return found;
};
const processes = ['gateway', ...serviceNames];
const inImage = (path: string): string => resolve(home, path.replace(/^\/app\//, ''));

describe('docker-compose.yml', () => {
  it('runs PostgreSQL, the gateway and the four services, and nothing without its password', () => {
    expect(Object.keys(compose.services).sort()).toEqual(['postgres', ...processes].sort());
    for (const missing of Object.keys(passwords)) expect(() => composeFile({ ...passwords, [missing]: '' })).toThrow(missing);
  });

  it('holds no secret: passwords are required variables, and urls have no other', () => {
    for (const [whole, name, kind] of composeText().matchAll(interpolations)) if (/PASSWORD|SECRET|KEY/.test(name as string)) expect([whole, kind]).toEqual([whole, '?']);
    expect(composeText().match(/postgres:\/\/[^:\s]+:(?!\$\{(?:RUNTIME|OWNER)_PASSWORD:\?)/g)).toBeNull();
  });

  it('gives the gateway an environment that it takes', () => {
    const config = parseConfig(service('gateway').environment);
    expect(config).toMatchObject({ nodeEnv: 'production', port: 4000, host: '0.0.0.0', adminPort: 4001, developmentIssuer: false });
    expect(new URL(config.busUrl).hostname).toBe('postgres');
    for (const [name, url] of config.serviceUrls) expect(url).toBe(`http://${name}:${service(name).environment['PORT']}`);
    expect(() => parseConfig({ ...service('gateway').environment, DATABASE_URL_BUS: '' })).toThrow('DATABASE_URL_BUS');
  });

  it('gives each service its own database, as owner and as runtime role, and no other', () => {
    for (const name of serviceNames) {
      const { environment } = service(name);
      const urls = Object.entries(environment).filter(([key]) => key.startsWith('DATABASE_')).map(([key, value]) => [key, value.replace(/:\/\/([^:]+):[^@]+@/, '://$1@')]);
      expect(Object.fromEntries(urls)).toEqual({
        [`DATABASE_URL_${name.toUpperCase()}`]: `postgres://casebridge_${name}@postgres:5432/${name}`,
        [`DATABASE_OWNER_URL_${name.toUpperCase()}`]: `postgres://casebridge_${name}_owner@postgres:5432/${name}`,
        DATABASE_URL_BUS: 'postgres://casebridge_bus@postgres:5432/bus', DATABASE_OWNER_URL_BUS: 'postgres://casebridge_bus_owner@postgres:5432/bus',
      });
      for (const [key, value] of Object.entries(environment)) if (key.includes('URL')) expect(new URL(value).password).toBe(key.includes('OWNER') ? 'own' : 'run');
    }
    expect(readFromHome('deploy/create-databases.sh')).toContain(`for name in ${databaseNames.join(' ')}; do`);
  });

  it('publishes the door of the gateway and nothing else, on the ports of the design', () => {
    const published = Object.entries(compose.services).flatMap(([name, { ports = [] }]) => ports.map((port) => `${name} ${port}`));
    expect(published).toEqual(['gateway 4000:4000']);
    expect(composeFile({ ...passwords, PORT: '8080' }).services['gateway']?.ports).toEqual(['8080:4000']);
    const ports = processes.map((name) => service(name).environment['PORT']);
    expect(new Set(ports).size).toBe(processes.length);
    for (const name of processes) expect(service(name).environment['HUB_ADMIN_PORT']).toBe('4001');
  });

  it('names only what is there: dependencies, volumes, programs, files', () => {
    for (const { depends_on = {}, volumes } of Object.values(compose.services)) {
      for (const name of Object.keys(depends_on)) expect(service(name).healthcheck.test.length).toBeGreaterThan(1);
      for (const [source = ''] of volumes.map((volume) => volume.split(':'))) {
        expect([source, source.startsWith('.') ? existsSync(resolve(home, source)) : source in compose.volumes]).toEqual([source, true]);
      }
    }
    for (const name of processes) {
      const { command = [] } = service(name);
      expect(command.filter((part) => !part.startsWith('--'))).toEqual(['node', name === 'gateway' ? 'gateway/dist/main.js' : `services/${name}/dist/main.js`]);
      expect([name, existsSync(inImage(command.at(-1) as string))]).toEqual([name, true]);
    }
  });

  it('asks for the health of each process where its admin listener is', () => {
    for (const name of processes) {
      const { test } = service(name).healthcheck;
      expect(test.slice(0, 3)).toEqual(['CMD', 'node', '-e']);
      const url = new URL(/fetch\('([^']+)'\)/.exec(test[3] as string)?.[1] ?? '');
      expect([url.hostname, url.port, url.pathname]).toEqual(['127.0.0.1', service(name).environment['HUB_ADMIN_PORT'], '/healthz']);
    }
  });

  it('runs everything unprivileged, from images of a fixed version', () => {
    for (const name of processes) {
      expect(service(name)).toMatchObject({ cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'], image: 'casebridge' });
      expect(service(name).user ?? 'node').not.toMatch(/^(0|root)/);
    }
    expect(service('postgres').image).toMatch(/^postgres:\d+\.\d+-/);
    // Owner and runtime role of one private key: the gateway alone may write it.
    expect(processes.filter((name) => service(name).volumes.some((v) => v.startsWith('keys:') && !v.endsWith(':ro')))).toEqual(['gateway']);
    expect(processes.filter((name) => service(name).user !== undefined)).toEqual(['gateway']);
  });
});

describe('Dockerfile', () => {
  const lines = readFromHome('Dockerfile').replace(/\\\n/g, ' ').split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const [build = [], final = []] = lines.reduce<string[][]>((stages, line) => {
    if (line.startsWith('FROM ')) stages.push([]);
    stages.at(-1)?.push(line);
    return stages;
  }, []);
  const copied = (stage: readonly string[], from: string): string[] => stage.flatMap((line) => {
    const words = line.split(/\s+/);
    return words[0] === 'COPY' && (words[1]?.startsWith('--from=') ? words[1] === from : from === '') ? words.slice(from === '' ? 1 : 2, -1) : [];
  });

  it('has two stages on one image of a fixed version', () => {
    const [first = '', second = ''] = lines.filter((line) => line.startsWith('FROM '));
    expect(first).toMatch(/^FROM node:\d+\.\d+\.\d+-\S+ AS build$/);
    expect(`${second} AS build`).toBe(first);
  });

  it('copies what is there and not kept out', () => {
    const ignored = readFromHome('.dockerignore').split('\n').filter((line) => line !== '' && !line.includes('*'));
    const sources = copied(build, '');
    expect(sources.length).toBeGreaterThan(8);
    for (const source of sources) {
      expect([source, existsSync(resolve(home, source))]).toEqual([source, true]);
      expect(ignored.some((line) => source.startsWith(line))).toBe(false);
    }
    // `npm ci` wants the manifest of every workspace.
    const { workspaces } = JSON.parse(readFromHome('package.json')) as { workspaces: string[] };
    for (const workspace of workspaces) {
      const folder = workspace.replace('/*', '');
      expect(sources.some((source) => source === folder || source === `${folder}/package.json`)).toBe(true);
    }
    for (const source of copied(final, '--from=build')) expect([source, existsSync(inImage(source))]).toEqual([source, true]);
  });

  it('has everything that the commands need', () => {
    const there = copied(final, '--from=build').map((path) => path.replace('/app/', ''));
    const start = JSON.parse(/^CMD (.*)$/.exec(final.at(-1) ?? '')?.[1] ?? '[]') as string[];
    expect(start[0]).toBe('node');
    expect(existsSync(inImage(start.at(-1) as string))).toBe(true);
    for (const command of [start, ...processes.map((name) => service(name).command ?? [])]) expect(there).toContain(command.at(-1)?.split('/')[0]);
    expect(there).toContain('node_modules');
  });

  it('does not run as root, with an environment that the hub takes', () => {
    expect(final.filter((line) => line.startsWith('USER '))).toEqual(['USER node']);
    const env = Object.fromEntries(final.filter((line) => line.startsWith('ENV ')).flatMap((line) => line.slice(4).split(' ').map((pair) => pair.split('=') as [string, string])));
    expect(parseHubConfig(env)).toMatchObject({ nodeEnv: 'production', dataDir: '/data', development: false, seed: null });
    const uid = /useradd --uid (\d+)/.exec(final.join('\n'))?.[1];
    expect(service('gateway').user).toBe(`${uid}:${uid}`);
    // Each folder under which a process finds a volume is made in the image, with its owner.
    for (const name of processes) for (const volume of service(name).volumes) expect(final.join('\n')).toMatch(new RegExp(` ${volume.split(':')[1]}(?: |$)`, 'm'));
  });
});
