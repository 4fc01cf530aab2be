/** Arrows point one way (docs/adr/0002-rooms-and-arrows.md); a new edge against them fails `npm run check`. */
const service = '^services/([^/]+)/';
module.exports = {
  forbidden: [
    { name: 'no-circular', severity: 'error', from: { pathNot: 'node_modules' }, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'kernel-is-pure', severity: 'error', from: { path: '^packages/kernel/src/(?!.*\\.spec\\.)' }, to: { pathNot: '^packages/kernel/' } },
    { name: 'contracts-know-kernel-only', severity: 'error', from: { path: '^packages/contracts/' }, to: { path: '^(packages/(platform|testkit)|services|gateway|apps|e2e|bench)/' } },
    { name: 'platform-knows-no-service', severity: 'error', from: { path: '^packages/platform/' }, to: { path: '^(packages/testkit|services|gateway|apps|e2e|bench)/' } },
    { name: 'services-never-meet', severity: 'error', from: { path: service }, to: { path: '^services/', pathNot: '^services/$1/' } },
    { name: 'services-know-no-gateway', severity: 'error', from: { path: '^services/' }, to: { path: '^(gateway|apps|e2e|bench)/' } },
    { name: 'gateway-knows-no-service', severity: 'error', from: { path: '^gateway/' }, to: { path: '^(services|apps|e2e|bench)/' } },
    { name: 'testkit-in-tests-only', severity: 'error', from: { path: '^(packages|services|gateway|apps)/', pathNot: '(\\.spec\\.ts$|/test(ing)?/|^packages/testkit/)' }, to: { path: '^packages/testkit/' } },
    { name: 'domain-is-pure', severity: 'error', from: { path: '\\.(machine|policy|errors|rule)\\.ts$' }, to: { path: '(typeorm|type-graphql|graphql|pg|^packages/platform)' } },
    // Inside a feature folder: what is lawful knows no rows and no graph; the graph knows the rows of its own feature only, and asks no database.
    { name: 'rules-know-no-rows-and-no-graph', severity: 'error', from: { path: '\\.(machine|policy|errors|rule|clocks)\\.ts$' }, to: { path: '(typeorm|\\.(entity|repository|source|loader|usecase|projection|handler|type|input|resolver|reference)\\.ts$)' } },
    { name: 'graph-knows-its-own-rows', severity: 'error', from: { path: '^(services/[^/]+/src/[^/]+/).*\\.(resolver|reference|type|input)\\.ts$' }, to: { path: '\\.(entity|repository)\\.ts$', pathNot: '^$1' } },
    { name: 'graph-asks-no-database', severity: 'error', from: { path: '^services/.*\\.(resolver|reference|type|input)\\.ts$' }, to: { path: '(typeorm|node_modules/pg/)' } },
    { name: 'admission-is-for-doors', severity: 'error', from: { path: '^services/' }, to: { path: 'platform/(src|dist)/identity/admission' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(/dist/|\\.d\\.ts$)' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['require', 'node', 'types'], extensions: ['.ts', '.js', '.json'] },
  },
};
