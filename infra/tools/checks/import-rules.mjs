// Who may import whom: checks the repository against .dependency-cruiser.mjs, then checks the rules themselves. Each
// rule has a seeded violation, because a rule that matches nothing passes silently (a renamed folder, TypeScript files
// that the parser skipped). Run by `npm run check`.
import { cruise } from 'dependency-cruiser';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import rules from '../../../.dependency-cruiser.mjs';

const ROOT = new URL('../../../', import.meta.url).pathname;

/** Rule → a file that breaks it, and what it imports (a path of the repository, or a package). */
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
  'nobody-imports-the-composition-root': ['subgraphs/orders/src/seed.ts', '../../../infra/all-in-one/src/main.ts'],
  'all-in-one-is-not-imported': ['infra/processes/src/seed.ts', '../../all-in-one/src/main.ts'],
  'deployment-imports-no-way-to-run': ['infra/deployment/src/start/seed.ts', '../../../demo/src/load/index.ts'],
  'demo-imports-deployment-only': ['infra/demo/src/load/seed.ts', '../../../tools/src/generate.ts'],
  'launcher-imports-launcher-only': ['infra/launcher/src/seed.ts', '../../deployment/src/start/index.ts'],
  'clients-import-the-sdk-only': ['clients/storefront/src/seed.ts', '../../../gateway/src/index.ts'],
  'sdk-needs-graphql-ws-alone': ['clients/sdk/src/seed.ts', 'pg'],
  'pure-decisions': ['subgraphs/orders/src/seed.machine.ts', './seed.service.ts'],
  'resolvers-do-not-query': ['subgraphs/orders/src/seed.resolver.ts', './seed.repository.ts'],
  'product-code-does-not-import-tests': ['gateway/src/seed.ts', '../../subgraphs/kit/src/testing/index.ts'],
  resolvable: ['gateway/src/seed.ts', './no-such-file.ts'],
};

const found = await violations(ROOT, ['gateway/src', 'subgraphs', 'clients', 'infra']);
for (const { rule, from, to } of found) console.error(`${rule.name}: ${from} → ${to}`);

const silent = [];
for (const { name } of rules.forbidden) {
  if (!(await breaks(name, SEEDS[name]))) silent.push(name);
}
for (const name of silent) console.error(`${name}: its seeded violation was not found, so the rule checks nothing`);

if (found.length + silent.length > 0) process.exit(1);
console.log(`import rules hold, and each of the ${rules.forbidden.length} finds its seeded violation`);

async function violations(baseDir, folders) {
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
  return output.summary.violations;
}

/** Whether the rule, in a folder that holds nothing but the seed, finds it. */
async function breaks(rule, [file, specifier]) {
  const folder = await mkdtemp(join(tmpdir(), 'souk-import-rules-'));
  try {
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const target = join(dirname(file), specifier);
    const isFile = specifier.startsWith('.');
    const files = {
      [file]: `import '${specifier}';\n`,
      ...(isFile && rule !== 'resolvable' && { [target]: `import './${file.split('/').at(-1)}';\n` }),
    };
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(folder, dirname(path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    return (await violations(folder, [file.split('/')[0]])).some((violation) => violation.rule.name === rule);
  } finally {
    await rm(folder, { recursive: true });
  }
}
