import { readFromHome } from './testing/compose-file';

interface Package {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Packages = Readonly<Record<string, Package>>;

const { packages } = JSON.parse(readFromHome('package-lock.json')) as { packages: Packages };

/** Whether a package finds another one in its own folder or in one above it, as Node looks for it. */
function finds(all: Packages, from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    if (all[`${folder === '' ? '' : `${folder}/`}node_modules/${name}`] !== undefined) return true;
    if (folder === '') return false;
  }
}

/** What npm leaves out of a lock without a word when the registry does not have it at that moment. */
const missing = (all: Packages): string[] =>
  Object.entries(all).flatMap(([from, { optionalDependencies = {} }]) => Object.keys(optionalDependencies).filter((name) => !finds(all, from, name)).map((name) => `${from}: ${name}`));

describe('the lock', () => {
  it('names every platform build of what it names, so that it installs on each of them (docs/adr/0007-libraries.md)', () => {
    expect(missing(packages)).toEqual([]);
    const builds = Object.values(packages).reduce((sum, { optionalDependencies = {} }) => sum + Object.keys(optionalDependencies).length, 0);
    expect(builds).toBeGreaterThan(50);
    const { 'node_modules/@swc/core-darwin-arm64': _left, ...without } = packages;
    expect(missing(without)).toEqual(['node_modules/@swc/core: @swc/core-darwin-arm64']);
  });

  it('holds one graphql, and the tools at the versions of docs/adr/0007-libraries.md', () => {
    expect(Object.keys(packages).filter((path) => path.endsWith('node_modules/graphql'))).toEqual(['node_modules/graphql']);
    const held = [...readFromHome('docs/adr/0007-libraries.md').matchAll(/^\| `([^`]+)`(?: \(an override\))? \| (\d+\.\d+\.\d+) \|/gm)].map(([, name, version]) => [name, version]);
    expect(held).toHaveLength(5);
    expect(held.map(([name]) => [name, packages[`node_modules/${name}`]?.version])).toEqual(held);
  });
});
