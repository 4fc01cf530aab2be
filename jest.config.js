/**
 * Tests run on what `tsc -b` built; the source maps lead failures back to the sources.
 * TEST_ROOM chooses the room: `unit` (pure), `integration` (real PostgreSQL), `e2e` (the whole stack through the gateway).
 */
const rooms = {
  unit: { testTimeout: 30_000, testMatch: ['**/dist/**/*.spec.js'], testPathIgnorePatterns: ['/node_modules/', '\\.int\\.spec\\.js$', '\\.e2e\\.spec\\.js$'] },
  integration: { testMatch: ['**/dist/**/*.int.spec.js'], testTimeout: 60_000 },
  e2e: { testMatch: ['**/dist/**/*.e2e.spec.js'], testTimeout: 120_000 },
};
const room = process.env.TEST_ROOM ?? 'unit';
const cluster = {
  globalSetup: '<rootDir>/packages/testkit/dist/jest-global-setup.js',
  globalTeardown: '<rootDir>/packages/testkit/dist/jest-global-teardown.js',
};

module.exports = {
  testEnvironment: 'node',
  transform: {},
  roots: ['packages', 'services', 'gateway', 'apps', 'e2e', 'bench', 'tools'].map((folder) => `<rootDir>/${folder}`),
  ...rooms[room],
  ...(room === 'unit' ? {} : cluster),
};
