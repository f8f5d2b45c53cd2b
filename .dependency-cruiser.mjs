// The import rules. infra/tools/checks/import-rules.mjs checks them, and seeds one violation per rule.
/** Matches the folder of a subgraph: every folder except the kit. */
const SUBGRAPHS = '((?!kit/)[^/]+)';
/** Suffixes of files that do I/O or use a framework. The table in docs/architecture.md explains each. */
const LAYERS =
  '\\.(service|repository|entity|loader|job|subscriber|commands|provider|types|inputs|presenter|resolver|subscription|assembly)\\.ts$';
/** Files that exist once per subgraph, without a suffix. */
const ONCE = '/src/(index|manifest|contract|database|user-errors)\\.ts$';
/**
 * Files that the code of decisions must not import, not even as types, because a function that takes a transaction does
 * I/O.
 */
const IMPURE = [
  LAYERS,
  '^subgraphs/[^/]+/src/(index|database|user-errors)\\.ts$',
  '^subgraphs/kit/src/(?!domain/|context/|contracts/|postal/)',
  '^node_modules/(?!(zod|any-ascii|bidi-js|csv-parse|htmlparser2|iconv-lite|libphonenumber-js|postcode-validator|stdnum|@node-rs/argon2)/)', // these compute, and no more
  '^(node:)?(fs|net|http|https|child_process|dns|timers|worker_threads)(/|$)',
];
const TEST_ONLY = '(\\.(test|browser)\\.ts$|/testing/|/drills/)';

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'A circle of imports has no layers. A manifest loads its subgraph on demand: that import is none at load time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'domain-imports-nothing',
      comment: 'kit/domain is pure: no package, no other room of the kit.',
      severity: 'error',
      from: { path: '^subgraphs/kit/src/domain/', pathNot: TEST_ONLY },
      to: { pathNot: '^subgraphs/kit/src/domain/' },
    },
    {
      name: 'kit-imports-kit-only',
      comment: 'The kit knows no business noun.',
      severity: 'error',
      from: { path: '^subgraphs/kit/' },
      to: {
        path: '^(gateway|clients|infra|subgraphs/(?!kit/))',
        pathNot: '^infra/platform/src/embedded-postgres/',
      },
    },
    {
      name: 'kit-starts-postgres-in-tests-only',
      comment: 'The platform imports the kit: the other direction is for the Postgres that tests run on.',
      severity: 'error',
      from: { path: '^subgraphs/kit/', pathNot: TEST_ONLY },
      to: { path: '^infra/' },
    },
    {
      name: 'platform-imports-kit-only',
      comment: 'The platform adapts engines to the ports of the kit.',
      severity: 'error',
      from: { path: '^infra/platform/' },
      to: { path: '^(gateway|clients|infra/(?!platform/)|subgraphs/(?!kit/))' },
    },
    {
      name: 'subgraph-imports-contracts-only',
      comment: 'Of another subgraph only its contract and its manifest: its tables and services are its own.',
      severity: 'error',
      from: { path: `^subgraphs/${SUBGRAPHS}/` },
      to: {
        path: `^(gateway|clients|infra|subgraphs/${SUBGRAPHS})/`,
        pathNot: `^subgraphs/($1/|${SUBGRAPHS}/src/(contract|manifest)\\.ts$)`,
      },
    },
    {
      name: 'contract-imports-kit-only',
      comment: 'A contract is read by other subgraphs: it must not drag its owner in.',
      severity: 'error',
      from: { path: `^subgraphs/${SUBGRAPHS}/src/contract\\.ts$` },
      to: { path: '^(gateway|clients|infra|subgraphs)/', pathNot: '^subgraphs/kit/src/(domain|contracts)/' },
    },
    {
      name: 'manifest-loads-nothing',
      comment: 'Every process imports every manifest: none may drag its subgraph in. `load` imports it on demand.',
      severity: 'error',
      from: { path: `^subgraphs/${SUBGRAPHS}/src/manifest\\.ts$` },
      to: {
        path: '^(gateway|clients|infra|subgraphs|node_modules)/',
        pathNot: `^(node_modules/zod/|subgraphs/kit/src/(domain|contracts|manifest)/|subgraphs/${SUBGRAPHS}/src/contract\\.ts$)`,
        dependencyTypesNot: ['type-only', 'dynamic-import'],
      },
    },
    {
      name: 'gateway-knows-no-subgraph',
      comment: 'The gateway serves any supergraph.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: {
        path: `^(clients|infra|subgraphs/${SUBGRAPHS})/`,
        pathNot: '^infra/platform/src/(http|metrics)/',
      },
    },
    {
      name: 'gateway-has-no-database',
      comment: 'The gateway keeps nothing.',
      severity: 'error',
      from: { path: '^gateway/' },
      to: {
        path: '^(subgraphs/kit/src/persistence/|infra/platform/src/embedded-postgres/|node_modules/(pg|kysely|@mikro-orm)/)',
      },
    },
    {
      name: 'engine-knows-no-http',
      comment: 'The engine plans, runs and shapes operations; transports and stores are given to it.',
      severity: 'error',
      from: { path: '^gateway/engine/', pathNot: TEST_ONLY },
      to: {
        path: '^(gateway/src/|infra/|node_modules/(fastify|@fastify|undici|ws|graphql-ws|ioredis)/|(node:)?(http|https|net|tls)$)',
      },
    },
    {
      name: 'reference-engine-on-demand',
      comment: "Apollo's packages are loaded where a setting asks for them, by a dynamic import alone.",
      severity: 'error',
      from: {
        path: '^(gateway|infra|subgraphs)/',
        pathNot: `(^gateway/engine/src/reference/|${TEST_ONLY}|^infra/load/)`,
      },
      to: {
        path: '^(gateway/engine/src/reference/|node_modules/@apollo/(gateway|server)/)',
        dynamic: false,
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'composition-root-is-not-imported',
      comment: 'infra is where everything is put together; nothing depends on it but on its adapters to engines.',
      severity: 'error',
      from: { path: '^(gateway|subgraphs|clients)/' },
      to: { path: '^infra/(?!platform/)' },
    },
    {
      name: 'all-in-one-is-not-imported',
      comment: 'It is one way to run Souk. Another way shares infra/deployment with it; the benchmarks start it.',
      severity: 'error',
      from: { path: '^infra/(?!all-in-one/)' },
      to: { path: '^infra/all-in-one/' },
    },
    {
      name: 'deployment-imports-no-way-to-run',
      comment: 'Every way to run Souk shares the deployment.',
      severity: 'error',
      from: { path: '^infra/deployment/' },
      to: { path: '^infra/(all-in-one|processes|tools|demo|load)/' },
    },
    {
      name: 'demo-imports-deployment-only',
      comment: 'Demo data goes through a deployment, however it runs.',
      severity: 'error',
      from: { path: '^infra/demo/' },
      to: { path: '^infra/(all-in-one|processes|tools|load)/' },
    },
    {
      name: 'launcher-imports-launcher-only',
      comment: 'It runs before packages are installed and built.',
      severity: 'error',
      from: { path: '^infra/launcher/' },
      to: { path: '^(gateway|subgraphs|clients|infra/(?!launcher/))' },
    },
    {
      name: 'clients-import-the-sdk-only',
      comment:
        'A web app knows of Souk what any customer of the API knows, and has the components of the design system.',
      severity: 'error',
      from: { path: '^clients/([^/]+)/' },
      to: { path: '^(gateway|infra|subgraphs|clients)/', pathNot: '^clients/($1|sdk|ui)/' },
    },
    {
      name: 'design-system-knows-no-api',
      comment: 'Components show texts and numbers that an app gives them.',
      severity: 'error',
      from: { path: '^clients/ui/' },
      to: { path: '^clients/(?!ui/)' },
    },
    {
      name: 'sdk-needs-graphql-ws-and-sse-alone',
      comment: 'It is loaded by every page, in browsers and in Node.',
      severity: 'error',
      from: { path: '^clients/sdk/', pathNot: '^clients/sdk/src/react/|\\.test\\.ts$' },
      to: { pathNot: '^(clients/sdk/src/(?!react/)|node_modules/graphql-(ws|sse)/)' },
    },
    {
      name: 'sdk-hooks-need-react-alone',
      comment: 'The hooks are an entry of their own. An app without React does not install it.',
      severity: 'error',
      from: { path: '^clients/sdk/src/react/' },
      to: { pathNot: '^(clients/sdk|node_modules/(react|@types/react|@tanstack/react-query))/' },
    },
    {
      name: 'pure-decisions',
      comment:
        'A file without a suffix, a machine, a policy and errors decide: no I/O, no framework. A new suffix belongs into LAYERS.',
      severity: 'error',
      from: { path: `^subgraphs/${SUBGRAPHS}/src/`, pathNot: [TEST_ONLY, LAYERS, ONCE, '\\.events\\.ts$'] },
      to: { path: [...IMPURE, '^subgraphs/kit/src/contracts/'] },
    },
    {
      name: 'pure-events',
      comment: 'Events are made from the state of an aggregate, by the contract that defines them.',
      severity: 'error',
      from: { path: `^subgraphs/${SUBGRAPHS}/src/.*\\.events\\.ts$` },
      to: { path: IMPURE },
    },
    {
      name: 'resolvers-do-not-query',
      comment: 'A resolver calls a service; the service calls the repository.',
      severity: 'error',
      from: { path: '\\.(resolver|types|inputs|presenter)\\.ts$' },
      to: {
        path: '(\\.(repository|entity)\\.ts$|^node_modules/(pg|kysely|@mikro-orm)/)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'product-code-does-not-import-tests',
      comment: 'The test kit starts databases.',
      severity: 'error',
      from: { pathNot: TEST_ONLY },
      to: { path: '(\\.test\\.ts$|^(subgraphs/kit/src/(messaging/)?testing|gateway/engine/src/testing)/)' },
    },
    {
      name: 'resolvable',
      comment:
        'An import that leads nowhere is not checked by any other rule. The partner generates its client before each run.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '__generated__/souk-api' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '((^|/)dist|^infra/load/competitors)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['souk-source', 'import', 'node', 'default'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.css'],
    },
  },
};
