// Checks the repository's imports against .dependency-cruiser.mjs, then checks the rules themselves. Each rule must
// find its seeded violation, because a rule that matches nothing passes silently, for instance after a folder was
// renamed. Part of `npm run check`.
import { cruise } from 'dependency-cruiser';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import rules from '../../../.dependency-cruiser.mjs';
import { folderCycles } from './folder-cycles.mjs';

const ROOT = new URL('../../../', import.meta.url).pathname;

/** A seeded violation of each rule: a file, and what it imports (a path or a package). */
const SEEDS = {
  'no-cycles': ['subgraphs/orders/src/seed.ts', '../../orders/src/seed-back.ts'],
  'domain-imports-nothing': ['subgraphs/kit/src/domain/seed.ts', 'pg'],
  'kit-imports-kit-only': ['subgraphs/kit/src/runtime/seed.ts', '../../../orders/src/order.ts'],
  'kit-starts-postgres-in-tests-only': [
    'subgraphs/kit/src/runtime/seed.ts',
    '../../../../infra/platform/src/embedded-postgres/index.ts',
  ],
  'platform-imports-kit-only': ['infra/platform/src/http/seed.ts', '../../../../subgraphs/orders/src/contract.ts'],
  'subgraph-imports-contracts-only': ['subgraphs/orders/src/seed.ts', '../../catalog/src/index.ts'],
  'contract-imports-kit-only': ['subgraphs/orders/src/contract.ts', '../../catalog/src/contract.ts'],
  'manifest-loads-nothing': ['subgraphs/orders/src/manifest.ts', '../../orders/src/index.ts'],
  'gateway-knows-no-subgraph': ['gateway/src/seed.ts', '../../subgraphs/orders/src/contract.ts'],
  'gateway-has-no-database': ['gateway/src/seed.ts', '../../subgraphs/kit/src/persistence/index.ts'],
  'reference-engine-on-demand': ['gateway/src/seed.ts', '../engine/src/reference/index.ts'],
  'engine-knows-no-http': ['gateway/engine/src/seed.ts', '../../src/gateway.ts'],
  'composition-root-is-not-imported': ['subgraphs/orders/src/seed.ts', '../../../infra/all-in-one/src/main.ts'],
  'all-in-one-is-not-imported': ['infra/processes/src/seed.ts', '../../all-in-one/src/main.ts'],
  'deployment-imports-no-way-to-run': ['infra/deployment/src/start/seed.ts', '../../../demo/src/load/index.ts'],
  'demo-imports-deployment-only': ['infra/demo/src/load/seed.ts', '../../../tools/src/generate.ts'],
  'launcher-imports-launcher-only': ['infra/launcher/src/seed.ts', '../../deployment/src/start/index.ts'],
  'clients-import-the-sdk-only': ['clients/storefront/src/seed.ts', '../../../gateway/src/index.ts'],
  'design-system-knows-no-api': ['clients/ui/src/seed.ts', '../../sdk/src/index.ts'],
  'sdk-needs-graphql-ws-and-sse-alone': ['clients/sdk/src/seed.ts', 'pg'],
  'sdk-hooks-need-react-alone': ['clients/sdk/src/react/seed.ts', 'pg'],
  'pure-decisions': ['subgraphs/orders/src/seed.ts', '../../kit/src/persistence/index.ts'],
  'pure-events': ['subgraphs/orders/src/seed.events.ts', './seed.service.ts'],
  'resolvers-do-not-query': ['subgraphs/orders/src/seed.resolver.ts', './seed.repository.ts'],
  'product-code-does-not-import-tests': ['gateway/src/seed.ts', '../../subgraphs/kit/src/testing/index.ts'],
  resolvable: ['gateway/src/seed.ts', './no-such-file.ts'],
};

/**
 * Files that the folder rule ignores: tests may import everything, and contracts import nothing of their own subgraph.
 */
const isApart = (file) => /(\.(test|browser)\.ts$|\/testing\/|\/drills\/|\/src\/contract\.ts$)/.test(file);

/**
 * Allowed cycles: pairs of features that need each other. Breaking the cycle would split a feature over several
 * folders.
 */
const MUTUAL_FOLDERS = [
  // GraphQL fields lead in both directions. A product has categories and collections. Categories and collections have
  // products.
  'subgraphs/catalog/src/product → subgraphs/catalog/src/category',
  'subgraphs/catalog/src/product → subgraphs/catalog/src/collection',
  // Products and variants are one aggregate. A product is created with its variants. A change of a variant changes its
  // product.
  'subgraphs/catalog/src/product → subgraphs/catalog/src/variant',
  // Orders and fulfillments are one aggregate. Fulfillments are saved with their order, whose statuses are derived from
  // its fulfillments.
  'subgraphs/orders/src/fulfillment → subgraphs/orders/src/order',
];

const { modules, summary } = await cruised(ROOT, [
  'gateway/src',
  'gateway/engine/src',
  'subgraphs',
  'clients',
  'infra',
]);
const found = summary.violations;
for (const { rule, from, to } of found) console.error(`${rule.name}: ${from} → ${to}`);

const cycles = folderCycles(modules, isApart, MUTUAL_FOLDERS);
for (const cycle of cycles) console.error(`folders import each other by value: ${cycle}`);
const needless = MUTUAL_FOLDERS.filter((each) => isNeedless(each));
for (const each of needless) console.error(`no folder cycle needs this exception, remove it: ${each}`);

const silent = [];
for (const { name } of rules.forbidden) {
  if (!(await breaks(name, SEEDS[name]))) silent.push(name);
}
if (!(await findsFolderCycle())) silent.push('folder cycles');
for (const name of silent) console.error(`${name}: its seeded violation was not found, so the rule checks nothing`);

if (found.length + cycles.length + needless.length + silent.length > 0) process.exit(1);
console.log(`import rules hold, and each of the ${rules.forbidden.length + 1} finds its seeded violation`);

function isNeedless(exception) {
  const others = MUTUAL_FOLDERS.filter((each) => each !== exception);
  return folderCycles(modules, isApart, others).length === 0;
}

async function cruised(baseDir, folders) {
  const { output } = await cruise(
    folders,
    {
      ...rules.options,
      baseDir,
      ruleSet: { forbidden: rules.forbidden },
      validate: true,
      exclude: { path: '(^|/)dist/' },
    },
    rules.options.enhancedResolveOptions,
  );
  return output;
}

/** Returns whether the rule finds the seeded violation in a folder that contains nothing else. */
async function breaks(rule, [file, specifier]) {
  const target = join(dirname(file), specifier);
  const isFile = specifier.startsWith('.');
  const files = {
    [file]: `import '${specifier}';\n`,
    ...(isFile && rule !== 'resolvable' && { [target]: `import './${file.split('/').at(-1)}';\n` }),
  };
  const { summary: seeded } = await cruisedSeed(files);
  return seeded.violations.some((violation) => violation.rule.name === rule);
}

/**
 * Whether the check finds two folders that import each other's values, and accepts two folders when one imports only
 * types.
 */
async function findsFolderCycle() {
  const seed = {
    'gateway/src/one/seed.ts': "import '../two/leaf.ts';\nimport '../three/leaf.ts';\n",
    'gateway/src/one/leaf.ts': 'export type Leaf = 1;\n',
    'gateway/src/two/seed.ts': "import '../one/leaf.ts';\n",
    'gateway/src/two/leaf.ts': 'export type Leaf = 1;\n',
    'gateway/src/three/seed.ts': "import type { Leaf } from '../one/leaf.ts';\n",
    'gateway/src/three/leaf.ts': 'export type Leaf = 1;\n',
  };
  const { modules: seeded } = await cruisedSeed(seed);
  return folderCycles(seeded, isApart).join() === 'gateway/src/one ↔ gateway/src/two';
}

async function cruisedSeed(files) {
  const folder = await mkdtemp(join(tmpdir(), 'souk-import-rules-'));
  try {
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    const [first] = Object.keys(files);
    return await cruised(folder, [first.split('/')[0]]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
